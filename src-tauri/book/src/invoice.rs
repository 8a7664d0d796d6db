//! (being written)

use std::path::Path;

use crate::Book;
use crate::error::{Code, Error};
use crate::form::VendorNumberForm;
use crate::moment::Moment;
use crate::view::{ExportedView, HubInvoiceView, InvoiceMonthView};

impl Book {
    pub fn invoices(
        &self,
        hub: Option<&str>,
        month: Option<&str>,
        at: Moment,
    ) -> Result<Vec<InvoiceMonthView>, Error> {
        let _ = (hub, month, at);
        Err(Error::new(Code::StoreFailed, ["not written yet"]))
    }

    pub fn invoice(&self, reference: &str, at: Moment) -> Result<HubInvoiceView, Error> {
        let _ = (reference, at);
        Err(Error::new(Code::StoreFailed, ["not written yet"]))
    }

    pub fn invoice_pdf(&self, reference: &str, at: Moment) -> Result<Vec<u8>, Error> {
        let _ = (reference, at);
        Err(Error::new(Code::StoreFailed, ["not written yet"]))
    }

    pub fn export_invoices(
        &self,
        references: &[String],
        folder: &Path,
        at: Moment,
    ) -> Result<ExportedView, Error> {
        let _ = (references, folder, at);
        Err(Error::new(Code::StoreFailed, ["not written yet"]))
    }

    pub fn export_month(
        &self,
        hub: Option<&str>,
        month: &str,
        folder: &Path,
        at: Moment,
    ) -> Result<ExportedView, Error> {
        let _ = (hub, month, folder, at);
        Err(Error::new(Code::StoreFailed, ["not written yet"]))
    }

    pub fn set_vendor_number(
        &mut self,
        form: VendorNumberForm,
        at: Moment,
    ) -> Result<HubInvoiceView, Error> {
        let _ = (form, at);
        Err(Error::new(Code::StoreFailed, ["not written yet"]))
    }
}
