//! A company's logo, made fit for an archive: RGB or grey with a mask for what shows through, and
//! no larger than a letterhead needs.

mod svg;

use std::io::Cursor;
use std::sync::Arc;

use crate::error::Error;

/// Larger files are no logos.
const MOST_BYTES: usize = 5_000_000;
const MOST_PIXELS: u32 = 4_000;
/// A picture passed through as it is goes into every invoice.
const MOST_JPEG_BYTES: usize = 300_000;
/// Finer than a printer shows on a letterhead.
const KEPT_WIDTH: u32 = 900;
const KEPT_HEIGHT: u32 = 300;

/// A picture of pixels.
#[derive(Clone, Debug)]
pub struct Logo(Arc<Pixels>);

#[derive(Debug)]
pub(crate) struct Pixels {
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) colours: Colours,
}

#[derive(Debug)]
pub(crate) enum Colours {
    /// Red, green, blue for each pixel, and how much each covers where some show through.
    Plain {
        rgb: Vec<u8>,
        alpha: Option<Vec<u8>>,
    },
    /// A JPEG as it is, of one or three colours.
    Jpeg { bytes: Vec<u8>, is_grey: bool },
}

impl Logo {
    /// Reads a PNG or a JPEG; says what is wrong with any other.
    pub fn read(bytes: &[u8]) -> Result<Self, Error> {
        if bytes.len() > MOST_BYTES {
            return Err(unusable("it is larger than 5 MB"));
        }
        let pixels = if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
            png(bytes)?
        } else if bytes.starts_with(&[0xFF, 0xD8]) {
            jpeg(bytes)?
        } else {
            return Err(unusable("it is no PNG, JPEG or SVG picture"));
        };
        Ok(Self(Arc::new(pixels)))
    }

    /// A picture as a book keeps it, with its kind: PNG and JPEG as they are, an SVG drawn as PNG.
    /// What can be kept can be printed.
    ///
    /// # Errors
    /// Where it is no such picture, with the reason.
    pub fn to_keep(bytes: &[u8]) -> Result<(&'static str, Vec<u8>), Error> {
        let (kind, kept) = if bytes.starts_with(&[0xFF, 0xD8]) {
            ("jpeg", bytes.to_vec())
        } else if svg::is_svg(bytes) {
            ("png", svg::drawn(bytes)?)
        } else {
            ("png", bytes.to_vec())
        };
        Self::read(&kept)?;
        Ok((kind, kept))
    }

    pub(crate) fn pixels(&self) -> &Pixels {
        &self.0
    }
}

fn unusable(why: &str) -> Error {
    Error::UnusableLogo(why.to_owned())
}

fn bounded(width: u32, height: u32) -> Result<(), Error> {
    if width == 0 || height == 0 {
        Err(unusable("it is empty"))
    } else if width > MOST_PIXELS || height > MOST_PIXELS {
        Err(unusable("it has more than 4000 × 4000 pixels"))
    } else {
        Ok(())
    }
}

fn png(bytes: &[u8]) -> Result<Pixels, Error> {
    let broken = |_| unusable("it is damaged");
    let mut decoder = png::Decoder::new(Cursor::new(bytes));
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().map_err(broken)?;
    let (width, height) = reader.info().size();
    bounded(width, height)?;
    let size = reader
        .output_buffer_size()
        .ok_or_else(|| unusable("it is too large"))?;
    let mut data = vec![0; size];
    let frame = reader.next_frame(&mut data).map_err(broken)?;
    let rgba: Vec<[u8; 4]> = match frame.color_type {
        png::ColorType::Grayscale => data.iter().map(|g| [*g, *g, *g, 255]).collect(),
        png::ColorType::GrayscaleAlpha => {
            let pairs = data.as_chunks().0.iter();
            pairs.map(|[g, a]| [*g, *g, *g, *a]).collect()
        }
        png::ColorType::Rgb => {
            let triples = data.as_chunks().0.iter();
            triples.map(|[r, g, b]| [*r, *g, *b, 255]).collect()
        }
        png::ColorType::Rgba => data.as_chunks().0.to_vec(),
        png::ColorType::Indexed => return Err(unusable("it is damaged")),
    };
    Ok(plain(width, height, &rgba))
}

/// Pixels, a block of them made one where there are more than a letterhead shows.
fn plain(width: u32, height: u32, rgba: &[[u8; 4]]) -> Pixels {
    let block = width
        .div_ceil(KEPT_WIDTH)
        .max(height.div_ceil(KEPT_HEIGHT))
        .max(1);
    let (kept_width, kept_height) = (width.div_ceil(block), height.div_ceil(block));
    let (mut rgb, mut alpha) = (Vec::new(), Vec::new());
    for y in 0..kept_height {
        for x in 0..kept_width {
            let columns = x * block..(x * block + block).min(width);
            let rows = y * block..(y * block + block).min(height);
            let places = rows.flat_map(|y| columns.clone().map(move |x| (x, y)));
            let pixels = places.filter_map(|(x, y)| rgba.get(at(x, y, width)));
            let [r, g, b, a] = mean(pixels);
            rgb.extend([r, g, b]);
            alpha.push(a);
        }
    }
    let shows_through = alpha.iter().any(|a| *a < 255);
    Pixels {
        width: kept_width,
        height: kept_height,
        colours: Colours::Plain {
            rgb,
            alpha: shows_through.then_some(alpha),
        },
    }
}

fn at(x: u32, y: u32, width: u32) -> usize {
    usize::try_from(u64::from(y) * u64::from(width) + u64::from(x)).unwrap_or(usize::MAX)
}

/// One pixel for many; what is seen through has no say in the colour.
fn mean<'a>(pixels: impl Iterator<Item = &'a [u8; 4]>) -> [u8; 4] {
    let (mut sums, mut cover, mut count) = ([0_u64; 3], 0_u64, 0_u64);
    for [r, g, b, a] in pixels {
        let weight = u64::from(*a);
        for (sum, part) in sums.iter_mut().zip([r, g, b]) {
            *sum += u64::from(*part) * weight;
        }
        cover += weight;
        count += 1;
    }
    let share = |sum: u64, of: u64| {
        let rounded = (sum + of / 2).checked_div(of).unwrap_or(0);
        u8::try_from(rounded).unwrap_or(u8::MAX)
    };
    let [r, g, b] = sums.map(|sum| share(sum, cover));
    [r, g, b, share(cover, count)]
}

/// The size and the number of colours stand in the frame header.
fn jpeg(bytes: &[u8]) -> Result<Pixels, Error> {
    let damaged = || unusable("it is damaged");
    if bytes.len() > MOST_JPEG_BYTES {
        return Err(unusable(
            "as a JPEG it is larger than 300 KB: make it smaller, or save it as PNG",
        ));
    }
    let mut rest = bytes.get(2..).unwrap_or_default();
    loop {
        let [0xFF, marker, high, low, ..] = rest else {
            return Err(damaged());
        };
        let length = usize::from(u16::from_be_bytes([*high, *low]));
        let is_frame = matches!(*marker, 0xC0..=0xCF) && !matches!(*marker, 0xC4 | 0xC8 | 0xCC);
        if is_frame {
            let Some([8, h1, h2, w1, w2, colours]) = rest.get(4..10) else {
                return Err(damaged());
            };
            let width = u32::from(u16::from_be_bytes([*w1, *w2]));
            let height = u32::from(u16::from_be_bytes([*h1, *h2]));
            bounded(width, height)?;
            return match colours {
                1 | 3 => Ok(Pixels {
                    width,
                    height,
                    colours: Colours::Jpeg {
                        bytes: bytes.to_vec(),
                        is_grey: *colours == 1,
                    },
                }),
                _ => Err(unusable(
                    "its colours are for presses (CMYK): save it as RGB",
                )),
            };
        }
        rest = rest.get(2 + length..).ok_or_else(damaged)?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png_of(width: u32, height: u32, rgba: &[u8]) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, width, height);
        encoder.set_color(png::ColorType::Rgba);
        encoder.set_depth(png::BitDepth::Eight);
        let mut writer = encoder.write_header().unwrap();
        writer.write_image_data(rgba).unwrap();
        writer.finish().unwrap();
        bytes
    }

    /// The head of a JPEG of so many colours.
    fn jpeg_of(colours: u8) -> Vec<u8> {
        vec![
            0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 0, 0, 0xFF, 0xC2, 0, 11, 8, 0, 20, 0, 60, colours, 0, 0,
            0,
        ]
    }

    #[test]
    fn a_large_picture_is_made_smaller_and_keeps_what_shows_through() {
        let rgba = [200, 100, 0, 255, 0, 0, 0, 0].repeat(1000);
        let logo = Logo::read(&png_of(2000, 1, &rgba)).unwrap();
        let pixels = logo.pixels();
        // Three to one: two red ones and a hole, then one red one and two holes.
        assert_eq!((pixels.width, pixels.height), (667, 1));
        let Colours::Plain { rgb, alpha } = &pixels.colours else {
            panic!("no plain picture")
        };
        assert_eq!(rgb[..6], [200, 100, 0, 200, 100, 0]);
        assert_eq!(alpha.as_ref().unwrap()[..2], [170, 85]);
    }

    #[test]
    fn a_jpeg_is_taken_as_it_is_unless_its_colours_are_for_presses() {
        let logo = Logo::read(&jpeg_of(3)).unwrap();
        assert_eq!((logo.pixels().width, logo.pixels().height), (60, 20));
        assert!(Logo::read(&jpeg_of(1)).is_ok());
        let error = Logo::read(&jpeg_of(4)).unwrap_err();
        assert!(error.to_string().contains("CMYK"), "{error}");
    }

    #[test]
    fn what_is_no_logo_is_refused_with_the_reason() {
        let whole = png_of(2, 2, &[9; 16]);
        for (bytes, why) in [
            (&b"GIF89a"[..], "no PNG, JPEG or SVG"),
            (b"", "no PNG, JPEG or SVG"),
            (&whole[..40], "damaged"),
            (&[0xFF, 0xD8, 0xFF], "damaged"),
            (&vec![0; MOST_BYTES + 1], "5 MB"),
            (&png_of(4001, 1, &[0; 4001 * 4]), "4000 × 4000"),
        ] {
            let error = Logo::read(bytes).unwrap_err().to_string();
            assert!(error.contains(why), "{why}: {error}");
        }
    }
}
