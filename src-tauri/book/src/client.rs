//! (being written)

use crate::Book;
use crate::error::{Code, Error};
use crate::form::ClientForm;
use crate::moment::Moment;
use crate::view::ClientView;

impl Book {
    pub fn clients(
        &self,
        hub: Option<&str>,
        month: &str,
        at: Moment,
    ) -> Result<Vec<ClientView>, Error> {
        let _ = (hub, month, at);
        Err(Error::new(Code::StoreFailed, ["not written yet"]))
    }

    pub fn add_client(&mut self, form: ClientForm, at: Moment) -> Result<ClientView, Error> {
        let _ = (form, at);
        Err(Error::new(Code::StoreFailed, ["not written yet"]))
    }

    pub fn edit_client(&mut self, form: ClientForm, at: Moment) -> Result<ClientView, Error> {
        let _ = (form, at);
        Err(Error::new(Code::StoreFailed, ["not written yet"]))
    }
}
