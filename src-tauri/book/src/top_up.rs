//! (being written)

use crate::Book;
use crate::error::{Code, Error};
use crate::form::{RefundForm, TopUpForm};
use crate::moment::Moment;
use crate::view::BookedView;

impl Book {
    pub fn top_up(&mut self, form: TopUpForm, at: Moment) -> Result<BookedView, Error> {
        let _ = (form, at);
        Err(Error::new(Code::StoreFailed, ["not written yet"]))
    }

    pub fn refund(&mut self, form: RefundForm, at: Moment) -> Result<BookedView, Error> {
        let _ = (form, at);
        Err(Error::new(Code::StoreFailed, ["not written yet"]))
    }
}
