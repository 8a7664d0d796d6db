//! (being written)

use crate::Book;
use crate::error::{Code, Error};
use crate::moment::Moment;
use crate::view::CheckView;

impl Book {
    pub fn check(&self, at: Moment) -> Result<CheckView, Error> {
        let _ = (at,);
        Err(Error::new(Code::StoreFailed, ["not written yet"]))
    }
}
