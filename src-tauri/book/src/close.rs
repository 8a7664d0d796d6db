//! (being written)

use crate::Book;
use crate::error::{Code, Error};
use crate::moment::Moment;
use crate::view::CloseView;

impl Book {
    pub fn close_preview(&self, hub: &str, month: &str, at: Moment) -> Result<CloseView, Error> {
        let _ = (hub, month, at);
        Err(Error::new(Code::StoreFailed, ["not written yet"]))
    }

    pub fn close_month(&mut self, hub: &str, month: &str, at: Moment) -> Result<CloseView, Error> {
        let _ = (hub, month, at);
        Err(Error::new(Code::StoreFailed, ["not written yet"]))
    }
}
