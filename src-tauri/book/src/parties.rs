//! (being written)

use std::path::Path;

use crate::Book;
use crate::error::{Code, Error};
use crate::moment::Moment;
use crate::view::PartiesView;

impl Book {
    pub fn preview_parties(&mut self, path: &Path, at: Moment) -> Result<PartiesView, Error> {
        let _ = (path, at);
        Err(Error::new(Code::StoreFailed, ["not written yet"]))
    }

    pub fn book_parties(
        &mut self,
        path: &Path,
        accept_differences: bool,
        at: Moment,
    ) -> Result<PartiesView, Error> {
        let _ = (path, accept_differences, at);
        Err(Error::new(Code::StoreFailed, ["not written yet"]))
    }
}
