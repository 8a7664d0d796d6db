//! (being written)

use std::path::Path;

use crate::error::{Code, Error};
use crate::moment::{Moment, Who};
use crate::view::SampleView;

/// Makes the sample books in a folder: a partner's and a Direct-Paid client's.
pub fn make_sample(folder: &Path, who: &Who, at: Moment) -> Result<SampleView, Error> {
    let _ = (folder, who, at);
    Err(Error::new(Code::StoreFailed, ["not written yet"]))
}
