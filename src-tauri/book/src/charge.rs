//! (being written)

use std::path::Path;

use crate::Book;
use crate::error::{Code, Error};
use crate::form::{ChargesForm, PriceChargeForm, SumBy, WaiveForm};
use crate::moment::Moment;
use crate::view::{ChargeSumView, ChargeView, ChargesView, ExplainView};

impl Book {
    pub fn charges(&self, form: ChargesForm, at: Moment) -> Result<ChargesView, Error> {
        let _ = (form, at);
        Err(Error::new(Code::StoreFailed, ["not written yet"]))
    }

    pub fn charge_sums(
        &self,
        hub: &str,
        month: Option<&str>,
        by: SumBy,
        at: Moment,
    ) -> Result<Vec<ChargeSumView>, Error> {
        let _ = (hub, month, by, at);
        Err(Error::new(Code::StoreFailed, ["not written yet"]))
    }

    pub fn unrated(&self, hub: Option<&str>, at: Moment) -> Result<Vec<ChargeView>, Error> {
        let _ = (hub, at);
        Err(Error::new(Code::StoreFailed, ["not written yet"]))
    }

    pub fn explain(&self, charge: &str, at: Moment) -> Result<ExplainView, Error> {
        let _ = (charge, at);
        Err(Error::new(Code::StoreFailed, ["not written yet"]))
    }

    pub fn price_charge(&mut self, form: PriceChargeForm, at: Moment) -> Result<ChargeView, Error> {
        let _ = (form, at);
        Err(Error::new(Code::StoreFailed, ["not written yet"]))
    }

    pub fn waive(&mut self, form: WaiveForm, at: Moment) -> Result<ChargeView, Error> {
        let _ = (form, at);
        Err(Error::new(Code::StoreFailed, ["not written yet"]))
    }

    pub fn export_charges(&self, form: ChargesForm, to: &Path, at: Moment) -> Result<u32, Error> {
        let _ = (form, to, at);
        Err(Error::new(Code::StoreFailed, ["not written yet"]))
    }
}
