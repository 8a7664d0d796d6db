//! Whose book it is: a partner's, or a Direct-Paid client's; and the company behind it as it
//! stands on invoices. Country and VAT ID are dated: a change holds from the next month.

use crate::country::Country;
use crate::tax::{VatId, VatTreatment};

/// Who keeps the book (`billing-models` 2). Chosen when it is made, for good.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Owner {
    Partner,
    Client,
}

/// A company as invoices name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Company {
    pub name: String,
    /// Street, town and so on, a line each, without the country.
    pub address: Vec<String>,
    pub country: Country,
    pub vat_id: Option<VatId>,
    /// Where invoices are sent; may be empty.
    pub billing_email: String,
}

impl Company {
    /// The VAT that 360Dialog applies to it.
    pub fn vat_treatment(&self) -> VatTreatment {
        VatTreatment::for_recipient(self.country, self.vat_id.as_ref())
    }
}
