//! (being written)

use crate::Book;
use crate::error::{Code, Error};
use crate::form::{AutoRenewalForm, CloseHubForm, EditHubForm, NewHubForm, OpeningForm, RuleForm};
use crate::moment::Moment;
use crate::view::{BookedView, HubView, RuleView};
use crate::word::PayByWord;

impl Book {
    pub fn hubs(&self, at: Moment) -> Result<Vec<HubView>, Error> {
        let _ = (at,);
        Err(Error::new(Code::StoreFailed, ["not written yet"]))
    }

    pub fn hub(&self, id: &str, at: Moment) -> Result<HubView, Error> {
        let _ = (id, at);
        Err(Error::new(Code::StoreFailed, ["not written yet"]))
    }

    pub fn add_hub(&mut self, form: NewHubForm, at: Moment) -> Result<HubView, Error> {
        let _ = (form, at);
        Err(Error::new(Code::StoreFailed, ["not written yet"]))
    }

    pub fn edit_hub(&mut self, form: EditHubForm, at: Moment) -> Result<HubView, Error> {
        let _ = (form, at);
        Err(Error::new(Code::StoreFailed, ["not written yet"]))
    }

    pub fn set_opening(&mut self, form: OpeningForm, at: Moment) -> Result<BookedView, Error> {
        let _ = (form, at);
        Err(Error::new(Code::StoreFailed, ["not written yet"]))
    }

    pub fn set_pay_by(
        &mut self,
        hub: &str,
        method: PayByWord,
        at: Moment,
    ) -> Result<HubView, Error> {
        let _ = (hub, method, at);
        Err(Error::new(Code::StoreFailed, ["not written yet"]))
    }

    pub fn rules(
        &self,
        hub: &str,
        month: Option<&str>,
        at: Moment,
    ) -> Result<Vec<RuleView>, Error> {
        let _ = (hub, month, at);
        Err(Error::new(Code::StoreFailed, ["not written yet"]))
    }

    pub fn set_rule(&mut self, form: RuleForm, at: Moment) -> Result<Vec<RuleView>, Error> {
        let _ = (form, at);
        Err(Error::new(Code::StoreFailed, ["not written yet"]))
    }

    pub fn set_auto_renewal(&mut self, form: AutoRenewalForm, at: Moment) -> Result<(), Error> {
        let _ = (form, at);
        Err(Error::new(Code::StoreFailed, ["not written yet"]))
    }

    pub fn close_hub(&mut self, form: CloseHubForm, at: Moment) -> Result<HubView, Error> {
        let _ = (form, at);
        Err(Error::new(Code::StoreFailed, ["not written yet"]))
    }
}
