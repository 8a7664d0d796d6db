//! A reminder of invoices that are due and not paid. It names what is owed and since when; it asks
//! for no fee and no interest, and bears no VAT: the VAT stands on the invoices that it names.

use crate::currency::Currency;
use crate::error::Error;
use crate::id::InvoiceNumber;
use crate::invoice_party::{Buyer, Seller};
use crate::money::Money;
use crate::period::Date;

/// How firmly it asks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ReminderLevel {
    #[default]
    First,
    Second,
    Last,
}

impl ReminderLevel {
    /// By its number, from 1.
    pub fn of(number: u8) -> Option<Self> {
        match number {
            1 => Some(Self::First),
            2 => Some(Self::Second),
            3 => Some(Self::Last),
            _ => None,
        }
    }
}

/// An invoice that is due and not paid in full.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OverdueInvoice {
    pub number: InvoiceNumber,
    pub issued_on: Date,
    pub due_on: Date,
    /// What it asked for, VAT included, less what was credited of it.
    pub owed: Money,
    /// What of that was not paid; above zero.
    pub open: Money,
}

impl OverdueInvoice {
    /// Whole days since the day on which it was due.
    pub fn days_late(&self, on: Date) -> i64 {
        (on - self.due_on).num_days().max(0)
    }
}

/// A reminder of a client's invoices in one currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reminder {
    pub level: ReminderLevel,
    /// The day of the letter.
    pub on: Date,
    /// The day by which it asks to be paid.
    pub pay_by: Date,
    pub seller: Seller,
    pub buyer: Buyer,
    pub currency: Currency,
    /// The longest overdue first.
    pub invoices: Vec<OverdueInvoice>,
}

impl Reminder {
    /// All that is open, in whole cents.
    pub fn open(&self) -> Result<Money, Error> {
        Money::sum(
            self.currency,
            self.invoices.iter().map(|invoice| invoice.open),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::period::parse_date;

    #[test]
    fn days_late_are_counted_from_the_day_after_it_was_due() {
        let day = |text| parse_date(text).unwrap();
        let invoice = OverdueInvoice {
            number: InvoiceNumber::parse("2026-0001").unwrap(),
            issued_on: day("2026-09-01"),
            due_on: day("2026-09-15"),
            owed: Money::zero(Currency::Eur),
            open: Money::zero(Currency::Eur),
        };
        for (on, late) in [
            ("2026-09-14", 0),
            ("2026-09-15", 0),
            ("2026-09-16", 1),
            ("2026-10-15", 30),
        ] {
            assert_eq!(invoice.days_late(day(on)), late, "{on}");
        }
    }

    #[test]
    fn a_level_has_its_number() {
        let levels: Vec<_> = (0..5).map(ReminderLevel::of).collect();
        let wanted = [
            None,
            Some(ReminderLevel::First),
            Some(ReminderLevel::Second),
            Some(ReminderLevel::Last),
            None,
        ];
        assert_eq!(levels, wanted);
    }
}
