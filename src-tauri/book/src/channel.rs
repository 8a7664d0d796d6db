//! (being written)

use crate::Book;
use crate::error::{Code, Error};
use crate::form::{CancelChannelForm, ChannelForm};
use crate::moment::Moment;
use crate::view::ChannelView;

impl Book {
    pub fn channels(
        &self,
        hub: Option<&str>,
        month: &str,
        at: Moment,
    ) -> Result<Vec<ChannelView>, Error> {
        let _ = (hub, month, at);
        Err(Error::new(Code::StoreFailed, ["not written yet"]))
    }

    pub fn add_channel(&mut self, form: ChannelForm, at: Moment) -> Result<ChannelView, Error> {
        let _ = (form, at);
        Err(Error::new(Code::StoreFailed, ["not written yet"]))
    }

    pub fn edit_channel(&mut self, form: ChannelForm, at: Moment) -> Result<ChannelView, Error> {
        let _ = (form, at);
        Err(Error::new(Code::StoreFailed, ["not written yet"]))
    }

    pub fn cancel_channel(
        &mut self,
        form: CancelChannelForm,
        at: Moment,
    ) -> Result<ChannelView, Error> {
        let _ = (form, at);
        Err(Error::new(Code::StoreFailed, ["not written yet"]))
    }
}
