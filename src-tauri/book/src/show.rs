//! Values of the rules as views show them.

use std::collections::HashSet;

use hubledger_core::country::Country;
use hubledger_core::hub_invoice::{
    ClosingSummary, HubInvoice, HubInvoiceKind, HubInvoiceLine, InvoicedChannel, LineKind,
};
use hubledger_core::journal::EntryKind;
use hubledger_core::money::plain_text;
use hubledger_core::partner::Company;
use hubledger_core::period::Share;
use hubledger_store::ChannelRow;

use crate::file::count;
use crate::view::{
    ChannelLabelView, ClosingSummaryView, CompanyView, HubInvoiceLineView, HubInvoiceView,
    HubInvoiceWord, LineWord, MovementWord,
};

pub(crate) fn company(company: &Company) -> CompanyView {
    CompanyView {
        name: company.name.clone(),
        address: company.address.clone(),
        country: company.country.code().to_owned(),
        country_name: Country::name(company.country).to_owned(),
        vat_id: company.vat_id.as_ref().map(|id| id.as_str().to_owned()),
        billing_email: company.billing_email.clone(),
        vat_treatment: company.vat_treatment().into(),
    }
}

pub(crate) fn channel_label(row: &ChannelRow) -> ChannelLabelView {
    ChannelLabelView {
        id: row.channel.id.to_string(),
        name: row.channel.name.clone(),
        phone: row.channel.phone.to_string(),
        client: row.channel.client.to_string(),
        client_name: row.client_name.clone(),
    }
}

fn invoiced_channel(channel: &InvoicedChannel) -> ChannelLabelView {
    ChannelLabelView {
        id: channel.id.to_string(),
        name: channel.name.clone(),
        phone: channel.phone.to_string(),
        client: String::new(),
        client_name: channel.client_name.clone(),
    }
}

/// What moved a balance; none for entries that move none.
pub(crate) fn movement(kind: EntryKind) -> Option<MovementWord> {
    match kind {
        EntryKind::Opening => Some(MovementWord::Opening),
        EntryKind::TopUp => Some(MovementWord::TopUp),
        EntryKind::Usage => Some(MovementWord::Usage),
        EntryKind::Reconciliation => Some(MovementWord::Reconciliation),
        EntryKind::RefundToBalance => Some(MovementWord::RefundToBalance),
        EntryKind::PaidOut => Some(MovementWord::PaidOut),
        EntryKind::SettledByInvoice => Some(MovementWord::SettledByInvoice),
        EntryKind::Rounding => Some(MovementWord::Rounding),
        EntryKind::FeeInvoice
        | EntryKind::VatCorrection
        | EntryKind::ClientInvoice
        | EntryKind::ClientCredit
        | EntryKind::ClientPayment => None,
    }
}

/// How much of an invoice is wanted: a licence invoice has a line for each channel.
#[derive(Clone, Copy)]
pub(crate) enum Lines {
    All,
    /// As many as a list shows.
    First,
}

impl Lines {
    fn most(self) -> usize {
        match self {
            Self::All => usize::MAX,
            Self::First => 100,
        }
    }
}

/// An invoice with all of its lines.
pub(crate) fn invoice(invoice: &HubInvoice) -> HubInvoiceView {
    with_lines(invoice, usize::MAX)
}

/// Invoices of a list.
pub(crate) fn invoices(invoices: &[HubInvoice], lines: Lines) -> Vec<HubInvoiceView> {
    let most = lines.most();
    let views = invoices.iter().map(|invoice| with_lines(invoice, most));
    views.collect()
}

fn with_lines(invoice: &HubInvoice, most: usize) -> HubInvoiceView {
    HubInvoiceView {
        reference: invoice.reference.clone(),
        vendor_number: invoice.vendor_number.clone(),
        kind: invoice_word(invoice.kind),
        hub: invoice.hub.to_string(),
        hub_name: invoice.hub_name.clone(),
        channel: invoice.channel.as_ref().map(invoiced_channel),
        period: invoice.period.to_string(),
        issued_on: invoice.issued_on.to_string(),
        recipient: company(&invoice.recipient),
        net: invoice.net.into(),
        vat_treatment: invoice.vat.treatment.into(),
        vat_percent: invoice.vat.treatment.percent().to_string(),
        vat_base: invoice.vat.base.into(),
        vat: invoice.vat.amount.into(),
        gross: invoice.gross.into(),
        frozen: invoice.frozen,
        seal: invoice.seal.map(hubledger_core::seal::hex),
        lines: invoice.lines.iter().take(most).map(line).collect(),
        line_count: count(invoice.lines.len()),
        channels: channels(invoice),
        summary: invoice.summary.as_ref().map(summary),
        has_annex: invoice.kind == HubInvoiceKind::MonthClosing,
    }
}

fn channels(invoice: &HubInvoice) -> u32 {
    let named = invoice.lines.iter().filter_map(|l| l.channel.as_ref());
    count(
        named
            .map(|channel| &channel.id)
            .collect::<HashSet<_>>()
            .len(),
    )
}

pub(crate) fn invoice_word(kind: HubInvoiceKind) -> HubInvoiceWord {
    match kind {
        HubInvoiceKind::PartnerPlan => HubInvoiceWord::PartnerPlan,
        HubInvoiceKind::Licence => HubInvoiceWord::Licence,
        HubInvoiceKind::ProRataLicence => HubInvoiceWord::ProRataLicence,
        HubInvoiceKind::TopUp(_) => HubInvoiceWord::TopUp,
        HubInvoiceKind::MonthClosing => HubInvoiceWord::MonthClosing,
    }
}

fn line(line: &HubInvoiceLine) -> HubInvoiceLineView {
    let empty = HubInvoiceLineView {
        kind: LineWord::Plan,
        channel: line.channel.as_ref().map(invoiced_channel),
        plan: None,
        tier: None,
        from: None,
        month: None,
        days: None,
        of: None,
        top_up: None,
        method: None,
        percent: None,
        base: None,
        unit_price: line.unit_price.map(Into::into),
        amount: line.amount.into(),
    };
    let named = |kind| HubInvoiceLineView {
        kind,
        ..empty.clone()
    };
    let shared = |view: HubInvoiceLineView, share: Option<Share>| HubInvoiceLineView {
        days: share.map(|s| s.days),
        of: share.map(|s| s.of),
        ..view
    };
    match &line.kind {
        LineKind::Plan { plan, from, share } => shared(
            HubInvoiceLineView {
                plan: Some((*plan).into()),
                from: from.map(|d| d.to_string()),
                ..named(LineWord::Plan)
            },
            *share,
        ),
        LineKind::PlanUpgrade {
            plan, from, share, ..
        } => shared(
            HubInvoiceLineView {
                plan: Some((*plan).into()),
                from: Some(from.to_string()),
                ..named(LineWord::PlanUpgrade)
            },
            Some(*share),
        ),
        LineKind::Licence { tier } => HubInvoiceLineView {
            tier: Some((*tier).into()),
            ..named(LineWord::Licence)
        },
        LineKind::ProRataLicence { tier, from, share } => shared(
            HubInvoiceLineView {
                tier: Some((*tier).into()),
                from: Some(from.to_string()),
                ..named(LineWord::ProRataLicence)
            },
            Some(*share),
        ),
        LineKind::TierUpgrade {
            tier, from, share, ..
        } => shared(
            HubInvoiceLineView {
                tier: Some((*tier).into()),
                from: Some(from.to_string()),
                ..named(LineWord::TierUpgrade)
            },
            Some(*share),
        ),
        LineKind::LateLicence { tier, month, share } => shared(
            HubInvoiceLineView {
                tier: Some((*tier).into()),
                month: Some(month.to_string()),
                ..named(LineWord::LateLicence)
            },
            *share,
        ),
        LineKind::TopUp { kind, method, on } => HubInvoiceLineView {
            top_up: Some((*kind).into()),
            method: Some((*method).into()),
            from: Some(on.to_string()),
            ..named(LineWord::TopUp)
        },
        LineKind::CardFee { percent, base } => HubInvoiceLineView {
            percent: Some(percent.to_string()),
            base: Some((*base).into()),
            ..named(LineWord::CardFee)
        },
        LineKind::Messages => named(LineWord::Messages),
        LineKind::Calls => named(LineWord::Calls),
        LineKind::UsageReconciliation => named(LineWord::UsageReconciliation),
        LineKind::SettledWithBalance => named(LineWord::SettledWithBalance),
        LineKind::EarlierShortfall => named(LineWord::EarlierShortfall),
        LineKind::CreditedToBalance => named(LineWord::CreditedToBalance),
    }
}

fn summary(summary: &ClosingSummary) -> ClosingSummaryView {
    ClosingSummaryView {
        starting: summary.starting.into(),
        added: summary.added.into(),
        refunds_to_balance: summary.refunds_to_balance.into(),
        paid_out: summary.paid_out.into(),
        used: summary.used.into(),
        usage_reconciliation: summary.usage_reconciliation.into(),
        settled: summary.settled.into(),
        settled_by_invoice: summary.settled_by_invoice.into(),
        card_fee: summary.card_fee.into(),
        ending: summary.ending.into(),
        net_payable: summary.net_payable.into(),
    }
}

/// A decimal as views carry it: as short as it is, at least two decimals.
pub(crate) fn decimal(value: rust_decimal::Decimal) -> String {
    plain_text(value)
}
