//! The pictures of pixels that pages show: at most one a page, the logo.

use lopdf::{Document, Object, Stream, dictionary};

use crate::error::Error;
use crate::layout::{Mark, Page, Shape};
use crate::logo::{Colours, Logo};

/// The name of the picture in a page.
pub(super) const NAME: &[u8] = b"Logo";

pub(super) fn add_images(document: &mut Document, pages: &[Page]) -> Result<(), Error> {
    let faulty = |error: lopdf::Error| Error::FaultyPdf(error.to_string());
    let ids = document.get_pages().into_values();
    for (page, id) in pages.iter().zip(ids.collect::<Vec<_>>()) {
        let logo = page.items.iter().find_map(|item| match &item.mark {
            Mark::Picture { picture, .. } => match &picture.shape {
                Shape::Pixels(logo) => Some(logo),
                Shape::Squares { .. } => None,
            },
            _ => None,
        });
        let Some(logo) = logo else { continue };
        let image = image(document, logo);
        let page = document.get_dictionary(id).map_err(faulty)?;
        let shared = page.get(b"Resources").and_then(Object::as_reference).ok();
        let holder = document.get_object_mut(shared.unwrap_or(id));
        let mut resources = holder.and_then(Object::as_dict_mut).map_err(faulty)?;
        if shared.is_none() {
            let own = resources.get_mut(b"Resources");
            resources = own.and_then(Object::as_dict_mut).map_err(faulty)?;
        }
        resources.set("XObject", dictionary! { NAME => image });
    }
    Ok(())
}

fn image(document: &mut Document, logo: &Logo) -> Object {
    let pixels = logo.pixels();
    let mut picture = dictionary! {
        "Type" => "XObject",
        "Subtype" => "Image",
        "Width" => i64::from(pixels.width),
        "Height" => i64::from(pixels.height),
        "BitsPerComponent" => 8,
        "ColorSpace" => "DeviceRGB",
    };
    let content = match &pixels.colours {
        Colours::Jpeg { bytes, is_grey } => {
            picture.set("Filter", "DCTDecode");
            if *is_grey {
                picture.set("ColorSpace", "DeviceGray");
            }
            bytes.clone()
        }
        Colours::Plain { rgb, alpha } => {
            if let Some(alpha) = alpha {
                let mut mask = picture.clone();
                mask.set("ColorSpace", "DeviceGray");
                let mask = document.add_object(Stream::new(mask, alpha.clone()));
                picture.set("SMask", mask);
            }
            rgb.clone()
        }
    };
    Object::Reference(document.add_object(Stream::new(picture, content)))
}
