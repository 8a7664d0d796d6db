//! A logo that is an SVG, drawn once as pixels when it is brought in.

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};

use super::{KEPT_HEIGHT, KEPT_WIDTH, unusable};
use crate::error::Error;

/// Elements that are not drawn: letters would need the fonts of the machine, pictures within bring
/// formats and links of their own. A logo without them would be another logo.
const NOT_DRAWN: [(&str, &str); 3] = [
    ("<text", "its letters are text. Convert them to paths first"),
    ("<image", "it holds a picture. Save it as a PNG instead"),
    (
        "<foreignObject",
        "it holds a page. Save it as a PNG instead",
    ),
];

pub(super) fn is_svg(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).is_ok_and(|text| {
        let text = text.trim_start_matches('\u{feff}').trim_start();
        text.starts_with('<') && text.contains("<svg") && text.contains("</svg")
    })
}

/// As a PNG that is as large as a letterhead shows.
pub(super) fn drawn(bytes: &[u8]) -> Result<Vec<u8>, Error> {
    let broken = || unusable("it is damaged");
    let text = std::str::from_utf8(bytes).map_err(|_| broken())?;
    for (element, why) in NOT_DRAWN {
        if text.contains(element) {
            return Err(unusable(why));
        }
    }
    let tree = Tree::from_str(text, &Options::default()).map_err(|_| broken())?;
    let (width, height) = (tree.size().width(), tree.size().height());
    let scale = (pixels(KEPT_WIDTH) / width).min(pixels(KEPT_HEIGHT) / height);
    let whole = |length: f32| (length * scale).ceil().max(1.0);
    let mut picture = Pixmap::new(count(whole(width)), count(whole(height))).ok_or_else(broken)?;
    resvg::render(
        &tree,
        Transform::from_scale(scale, scale),
        &mut picture.as_mut(),
    );
    if picture.pixels().iter().all(|pixel| pixel.alpha() == 0) {
        return Err(unusable("nothing in it can be seen"));
    }
    picture.encode_png().map_err(|_| broken())
}

fn pixels(count: u32) -> f32 {
    f32::from(u16::try_from(count).unwrap_or(u16::MAX))
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "at most as large as a letterhead shows"
)]
fn count(pixels: f32) -> u32 {
    pixels.clamp(1.0, 1_000.0) as u32
}

#[cfg(test)]
mod tests {
    use super::super::{Colours, Logo};

    fn svg(inner: &str) -> Vec<u8> {
        format!(r#"<svg xmlns="http://www.w3.org/2000/svg" width="30" height="10">{inner}</svg>"#)
            .into_bytes()
    }

    #[test]
    fn an_svg_is_drawn_as_large_as_a_letterhead_shows() {
        let half = svg(r##"<rect width="15" height="10" fill="#c80000"/>"##);
        let (kind, kept) = Logo::to_keep(&half).unwrap();
        assert_eq!(kind, "png");
        let logo = Logo::read(&kept).unwrap();
        // 30 by 10 grows to 900 by 300: thirty times.
        assert_eq!((logo.pixels().width, logo.pixels().height), (900, 300));
        let Colours::Plain { rgb, alpha } = &logo.pixels().colours else {
            panic!("no plain picture")
        };
        let alpha = alpha.as_ref().unwrap();
        assert_eq!(rgb[..3], [200, 0, 0]);
        assert_eq!(
            (alpha[0], alpha[449], alpha[450], alpha[899]),
            (255, 255, 0, 0)
        );
        assert_eq!(
            Logo::to_keep(&half).unwrap().1,
            kept,
            "the same bytes again"
        );
    }

    #[test]
    fn what_would_not_be_drawn_is_refused() {
        for (bytes, why) in [
            (svg("<text>Elbe</text>"), "text"),
            (svg(r#"<image href="x.png"/>"#), "picture"),
            (svg("<foreignObject/>"), "page"),
            (svg(""), "nothing in it"),
            (b"<svg><g></svg>".to_vec(), "damaged"),
            (b"<html></html>".to_vec(), "no PNG, JPEG or SVG"),
        ] {
            let error = Logo::to_keep(&bytes).unwrap_err().to_string();
            assert!(error.contains(why), "{why}: {error}");
        }
    }
}
