//! The sums of a client invoice. Lines are rounded one by one to cents; VAT is worked out once for
//! each category and rate on their summed nets, half a cent going away from zero (BR-CO-17). All
//! other sums are sums of those, so nothing is rounded twice.

use rust_decimal::Decimal;

use super::{Deduction, DraftInvoice, InvoiceLine};
use crate::currency::Currency;
use crate::error::Error;
use crate::money::{Money, Rounding};
use crate::vat::VatCase;

/// The VAT of one category and rate (BG-23).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VatSum {
    /// BT-118, BT-119.
    pub case: VatCase,
    /// The summed nets (BT-116).
    pub basis: Money,
    /// BT-117.
    pub vat: Money,
}

/// The sums of an invoice (BG-22). There are no allowances or charges on the whole of a document,
/// so that the net (BT-109) is the sum of the lines (BT-106).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvoiceSums {
    /// By category, the higher rate first.
    pub vat: Vec<VatSum>,
    /// BT-106 and BT-109.
    pub net: Money,
    /// BT-110.
    pub vat_total: Money,
    /// The same VAT in the seller's own currency, with two decimals (BT-111).
    pub vat_in_own_currency: Option<Decimal>,
    /// BT-112.
    pub gross: Money,
    /// BT-113.
    pub prepaid: Money,
    /// BT-114.
    pub rounding: Money,
    /// BT-115.
    pub due: Money,
}

impl InvoiceSums {
    pub(super) fn of(
        draft: &DraftInvoice,
        lines: &[InvoiceLine],
        nets: &[Money],
    ) -> Result<Self, Error> {
        let currency = draft.currency;
        let vat = vat_sums(currency, lines, nets)?;
        let net = Money::sum(currency, nets.iter().copied())?;
        let vat_total = Money::sum(currency, vat.iter().map(|sum| sum.vat))?;
        let gross = net.checked_add(vat_total)?;
        let prepaid = prepaid(draft)?;
        let due = gross.checked_sub(prepaid)?.checked_add(draft.rounding)?;
        Ok(Self {
            vat,
            net,
            vat_total,
            vat_in_own_currency: in_own_currency(draft, vat_total)?,
            gross,
            prepaid,
            rounding: draft.rounding,
            due,
        })
    }
}

fn vat_sums(
    currency: Currency,
    lines: &[InvoiceLine],
    nets: &[Money],
) -> Result<Vec<VatSum>, Error> {
    let mut sums: Vec<VatSum> = Vec::new();
    for (line, net) in lines.iter().zip(nets) {
        let same = |sum: &&mut VatSum| {
            sum.case.code() == line.vat.code() && sum.case.percent() == line.vat.percent()
        };
        match sums.iter_mut().find(same) {
            Some(sum) => sum.basis = sum.basis.checked_add(*net)?,
            None => sums.push(VatSum {
                case: line.vat.clone(),
                basis: Money::zero(currency).checked_add(*net)?,
                vat: Money::zero(currency),
            }),
        }
    }
    for sum in &mut sums {
        let share = sum.case.percent() * Decimal::new(1, 2);
        let exact = sum.basis.times(share)?;
        sum.vat = exact.rounded(Rounding::ToCents);
    }
    sums.sort_by(|a, b| {
        let code = a.case.code().cmp(b.case.code());
        code.then(b.case.percent().cmp(&a.case.percent()))
    });
    Ok(sums)
}

fn prepaid(draft: &DraftInvoice) -> Result<Money, Error> {
    match draft.deduction {
        Deduction::AsLines => Ok(draft.paid),
        Deduction::AsPrepaid => draft
            .advances
            .iter()
            .try_fold(draft.paid, |sum, advance| sum.checked_add(advance.gross()?)),
    }
}

fn in_own_currency(draft: &DraftInvoice, vat: Money) -> Result<Option<Decimal>, Error> {
    let Some(own) = &draft.own_currency else {
        return Ok(None);
    };
    let exact = vat.times(own.rate)?;
    Ok(Some(exact.rounded(Rounding::ToCents).amount()))
}
