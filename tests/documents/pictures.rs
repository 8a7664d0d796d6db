//! A few pages as pictures, next to how they looked when they were accepted. Where one changes on
//! purpose, look at it, then run with `ACCEPT=1`. What differs is written to the build's folder: the
//! page as it is now, and a picture of what changed.

use std::fs;
use std::path::{Path, PathBuf};

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};

use crate::{client, client_samples, letters, pdf, samples};

/// Of a page of 72 points an inch.
const DOTS_PER_INCH: f32 = 100.0;
/// A dot may differ by so many greys of 256: other processors round otherwise.
const GREYS: u8 = 24;
/// So many dots may differ by more; the stroke of a letter has more.
const DOTS: usize = 8;

/// A page in greys, row by row.
#[derive(Clone, PartialEq)]
struct Picture {
    width: u32,
    height: u32,
    greys: Vec<u8>,
}

impl Picture {
    fn of_page(bytes: &[u8], number: usize) -> Self {
        let pdf = Pdf::new(bytes.to_vec()).unwrap();
        let page = &pdf.pages()[number - 1];
        let scale = DOTS_PER_INCH / 72.0;
        let settings = PixmapSettings {
            x_scale: scale,
            y_scale: scale,
            bg_color: WHITE,
        };
        let drawn = render(
            page,
            &RenderCache::new(),
            &InterpreterSettings::default(),
            &RenderSettings::default(),
            &settings,
        );
        let grey = |dot: &[u8]| {
            let sum = u32::from(dot[0]) * 299 + u32::from(dot[1]) * 587 + u32::from(dot[2]) * 114;
            u8::try_from(sum / 1000).unwrap()
        };
        Self {
            width: u32::from(drawn.width()),
            height: u32::from(drawn.height()),
            greys: drawn.data_as_u8_slice().chunks(4).map(grey).collect(),
        }
    }

    fn read(path: &Path) -> Option<Self> {
        let file = std::io::BufReader::new(fs::File::open(path).ok()?);
        let mut reader = png::Decoder::new(file).read_info().ok()?;
        let mut greys = vec![0; reader.output_buffer_size()?];
        let info = reader.next_frame(&mut greys).ok()?;
        greys.truncate(info.buffer_size());
        Some(Self {
            width: info.width,
            height: info.height,
            greys,
        })
    }

    fn write(&self, path: &Path) {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let file = fs::File::create(path).unwrap();
        let mut encoder = png::Encoder::new(file, self.width, self.height);
        encoder.set_color(png::ColorType::Grayscale);
        encoder.set_compression(png::Compression::High);
        let mut writer = encoder.write_header().unwrap();
        writer.write_image_data(&self.greys).unwrap();
    }

    /// The dots that differ, dark where this page is darker or lighter; none where all are alike.
    fn differing_from(&self, other: &Self) -> Option<Self> {
        if (self.width, self.height) != (other.width, other.height) {
            return Some(self.clone());
        }
        let dots = self.greys.iter().zip(&other.greys);
        let greys: Vec<u8> = dots.map(|(now, kept)| 255 - now.abs_diff(*kept)).collect();
        let differing = greys.iter().filter(|grey| 255 - **grey > GREYS).count();
        (differing > DOTS).then_some(Self {
            greys,
            ..self.clone()
        })
    }
}

/// Each page to keep, with its name.
fn kept() -> Vec<(&'static str, Picture)> {
    let hub = |name: &str| {
        let all = samples::all();
        pdf(&all.iter().find(|(of, _)| of == name).unwrap().1)
    };
    let of_client = |name: &str| {
        let mut all = client_samples::all().into_iter();
        client::pdf(all.find(|(of, _)| of == name).unwrap().1)
    };
    let letter = |name: &str| {
        let mut all = letters::all().into_iter();
        all.find(|(of, _)| of == name).unwrap().1
    };
    let forty = of_client("client-forty");
    vec![
        ("hub-invoice", Picture::of_page(&hub("closing"), 1)),
        (
            "client-invoice",
            Picture::of_page(&of_client("client-de"), 1),
        ),
        ("client-second-page", Picture::of_page(&forty, 2)),
        (
            "long-texts",
            Picture::of_page(&of_client("client-long-texts"), 1),
        ),
        (
            "credit-note",
            Picture::of_page(&of_client("client-credit"), 1),
        ),
        (
            "right-to-left",
            Picture::of_page(&of_client("client-far-names"), 1),
        ),
        ("one-line", Picture::of_page(&of_client("client-one"), 1)),
        ("many-lines", Picture::of_page(&forty, 1)),
        (
            "cancellation",
            Picture::of_page(&of_client("client-cancellation"), 1),
        ),
        ("copy-in-french", Picture::of_page(&hub("every-word-fr"), 1)),
        ("reminder", Picture::of_page(&letter("reminder-de"), 1)),
        ("statement", Picture::of_page(&letter("statement-de"), 1)),
    ]
}

#[test]
fn pages_look_as_they_were_accepted() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("documents/pictures");
    let now = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("pictures");
    let mut changed = Vec::new();
    for (name, page) in kept() {
        let path = folder.join(format!("{name}.png"));
        if std::env::var_os("ACCEPT").is_some() {
            page.write(&path);
        }
        let before = Picture::read(&path);
        let differs = match &before {
            Some(before) => page.differing_from(before),
            None => Some(page.clone()),
        };
        if let Some(differs) = differs {
            let file = now.join(format!("{name}.png"));
            let difference = now.join(format!("{name}-differs.png"));
            page.write(&file);
            differs.write(&difference);
            changed.push(format!("{}\n  {}", file.display(), difference.display()));
        }
    }
    assert!(
        changed.is_empty(),
        "these pages look different from those in {}:\n{}",
        folder.display(),
        changed.join("\n")
    );
}

#[test]
fn a_changed_letter_is_seen() {
    let page = |text: &str| {
        let mut draft = client_samples::three_lines();
        draft.lines[2].text = text.to_owned();
        Picture::of_page(&client::pdf(draft), 1)
    };
    let before = page("Template care");
    assert!(page("Template care").differing_from(&before).is_none());
    assert!(page("Template cars").differing_from(&before).is_some());
}
