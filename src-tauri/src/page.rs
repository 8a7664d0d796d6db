//! Draws the pages of our own PDFs as pictures: what is seen in the window are the very bytes that
//! are handed out.

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};

/// Widest picture, in pixels: an A4 page at 200 % on a dense screen.
const WIDEST: u32 = 2_400;

/// A page of a PDF, as a picture.
pub(crate) struct Page {
    /// How many pages the PDF has.
    pub(crate) of: u32,
    /// In pixels.
    pub(crate) width: u16,
    pub(crate) height: u16,
    pub(crate) png: Vec<u8>,
}

/// Draws a page, counted from 1, so many pixels wide; nothing where there is no such page.
#[expect(
    clippy::float_arithmetic,
    clippy::cast_precision_loss,
    clippy::disallowed_types,
    reason = "pixels are no money"
)]
pub(crate) fn draw(pdf: Vec<u8>, number: u32, width: u32) -> Option<Page> {
    let pdf = Pdf::new(pdf).ok()?;
    let pages = pdf.pages();
    let page = pages.get(usize::try_from(number).ok()?.checked_sub(1)?)?;
    let (points, _) = page.render_dimensions();
    let scale = width.clamp(100, WIDEST) as f32 / points.max(1.0);
    let settings = PixmapSettings {
        x_scale: scale,
        y_scale: scale,
        bg_color: WHITE,
    };
    let picture = render(
        page,
        &RenderCache::new(),
        &InterpreterSettings::default(),
        &RenderSettings::default(),
        &settings,
    );
    Some(Page {
        of: u32::try_from(pages.len()).ok()?,
        width: picture.width(),
        height: picture.height(),
        png: picture.into_png().ok()?,
    })
}
