//! (being written)

use crate::Book;
use crate::error::{Code, Error};
use crate::form::CompanyForm;
use crate::moment::Moment;
use crate::view::BookView;

impl Book {
    pub fn book_view(&self, at: Moment) -> Result<BookView, Error> {
        let _ = (at,);
        Err(Error::new(Code::StoreFailed, ["not written yet"]))
    }

    pub fn set_company(&mut self, form: CompanyForm, at: Moment) -> Result<BookView, Error> {
        let _ = (form, at);
        Err(Error::new(Code::StoreFailed, ["not written yet"]))
    }
}
