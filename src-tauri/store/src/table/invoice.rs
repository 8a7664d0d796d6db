//! Closed months and what they froze: hub invoices, their lines, and how channels were called.

use hubledger_core::channel::Tier;
use hubledger_core::currency::Currency;
use hubledger_core::hub::{Hub, PartnerPlan};
use hubledger_core::hub_invoice::{
    ClosingSummary, HubInvoice, HubInvoiceKind, HubInvoiceLine, InvoiceVat, InvoicedChannel,
    LineKind,
};
use hubledger_core::id::{ChannelId, PhoneNumber};
use hubledger_core::language::Language;
use hubledger_core::money::Money;
use hubledger_core::period::{BillingPeriod, Date, Share};
use hubledger_core::seal;
use hubledger_core::tax::VatId;
use rusqlite::{OptionalExtension, Row, params};

use super::partner::{company, language};
use crate::codec::{self, Word};
use crate::error::Error;
use crate::{Read, Write};

/// A month that is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClosedMonth {
    pub month: BillingPeriod,
    pub closed_on: Date,
    /// Direct-Paid in a partner's book: how many invoices 360Dialog sends to clients.
    pub invoices_to_clients: Option<u32>,
}

/// How a channel was called when a month closed.
#[derive(Clone, Debug)]
pub struct MonthChannel {
    pub key: i64,
    pub label: InvoicedChannel,
}

/// A frozen invoice; its lines and annex are asked for apart.
pub type StoredInvoice = HubInvoice;

/// A frozen line with the channel's key.
#[derive(Clone, Debug)]
pub struct StoredLine {
    pub reference: Option<String>,
    pub line: HubInvoiceLine,
    /// The rule by which its share of a month was worked out; lines of older books lack it.
    pub proration: Option<String>,
}

fn damaged(error: hubledger_core::Error) -> Error {
    Error::Damaged(error.to_string())
}

fn kind_word(kind: HubInvoiceKind) -> (&'static str, u32) {
    match kind {
        HubInvoiceKind::PartnerPlan => ("plan", 0),
        HubInvoiceKind::Licence => ("licence", 0),
        HubInvoiceKind::ProRataLicence => ("pro-rata", 0),
        HubInvoiceKind::TopUp(n) => ("top-up", n),
        HubInvoiceKind::MonthClosing => ("closing", 0),
    }
}

pub(crate) fn kind_of(word: &str, n: u32) -> Result<HubInvoiceKind, Error> {
    match word {
        "plan" => Ok(HubInvoiceKind::PartnerPlan),
        "licence" => Ok(HubInvoiceKind::Licence),
        "pro-rata" => Ok(HubInvoiceKind::ProRataLicence),
        "top-up" => Ok(HubInvoiceKind::TopUp(n)),
        "closing" => Ok(HubInvoiceKind::MonthClosing),
        other => Err(Error::Damaged(format!("an invoice can't be a {other}"))),
    }
}

/// A line's columns beside its amount; each kind fills its own.
#[derive(Default)]
struct LineColumns {
    kind: &'static str,
    plan: Option<&'static str>,
    tier: Option<&'static str>,
    before: Option<&'static str>,
    from_day: Option<i64>,
    late_month: Option<i64>,
    share: Option<Share>,
    top_up: Option<&'static str>,
    method: Option<&'static str>,
    percent: Option<i64>,
    base: Option<i64>,
}

fn columns_of(kind: &LineKind) -> Result<LineColumns, Error> {
    let named = |kind| LineColumns {
        kind,
        ..LineColumns::default()
    };
    Ok(match kind {
        LineKind::Plan { plan, from, share } => LineColumns {
            plan: Some(plan.word()),
            from_day: from.map(codec::day),
            share: *share,
            ..named("plan")
        },
        LineKind::PlanUpgrade {
            before,
            plan,
            from,
            share,
        } => LineColumns {
            plan: Some(plan.word()),
            before: Some(before.word()),
            from_day: Some(codec::day(*from)),
            share: Some(*share),
            ..named("plan-upgrade")
        },
        LineKind::Licence { tier } => LineColumns {
            tier: Some(tier.word()),
            ..named("licence")
        },
        LineKind::ProRataLicence { tier, from, share } => LineColumns {
            tier: Some(tier.word()),
            from_day: Some(codec::day(*from)),
            share: Some(*share),
            ..named("pro-rata-licence")
        },
        LineKind::TierUpgrade {
            before,
            tier,
            from,
            share,
        } => LineColumns {
            tier: Some(tier.word()),
            before: Some(before.word()),
            from_day: Some(codec::day(*from)),
            share: Some(*share),
            ..named("tier-upgrade")
        },
        LineKind::LateLicence { tier, month, share } => LineColumns {
            tier: Some(tier.word()),
            late_month: Some(codec::month(*month)),
            share: *share,
            ..named("late-licence")
        },
        LineKind::TopUp { kind, method, on } => LineColumns {
            top_up: Some(kind.word()),
            method: Some(method.word()),
            from_day: Some(codec::day(*on)),
            ..named("top-up")
        },
        LineKind::CardFee { percent, base } => LineColumns {
            percent: Some(codec::micros(*percent)?),
            base: Some(codec::money_micros(*base)?),
            ..named("card-fee")
        },
        LineKind::Messages => named("messages"),
        LineKind::Calls => named("calls"),
        LineKind::UsageReconciliation => named("usage-reconciliation"),
        LineKind::SettledWithBalance => named("settled-with-balance"),
        LineKind::EarlierShortfall => named("earlier-shortfall"),
        LineKind::CreditedToBalance => named("credited-to-balance"),
    })
}

const LINE: &str = "month_line.reference, month_line.kind, plan, tier, before, from_day, late_month, days, of_days, top_up,
    method, percent, base, unit_price, amount, channel.id, month_channel.name, month_channel.phone, month_channel.client_name,
    month_line.proration";

const LINE_FROM: &str = "FROM month_line
    LEFT JOIN month_channel ON month_channel.hub = month_line.hub AND month_channel.month = month_line.month
                           AND month_channel.channel = month_line.channel
    LEFT JOIN channel ON channel.key = month_line.channel";

fn line_of(row: &Row<'_>, currency: Currency) -> Result<StoredLine, Error> {
    let text = |at: usize| row.get::<_, Option<String>>(at);
    let missing = || Error::Damaged("an invoice line lacks a part".to_owned());
    let plan =
        |at| -> Result<PartnerPlan, Error> { Word::of_word(&text(at)?.ok_or_else(missing)?) };
    let tier = |at| -> Result<Tier, Error> { Word::of_word(&text(at)?.ok_or_else(missing)?) };
    let from = || -> Result<Date, Error> {
        codec::date(row.get::<_, Option<i64>>(5)?.ok_or_else(missing)?)
    };
    let share = match (row.get::<_, Option<u32>>(7)?, row.get::<_, Option<u32>>(8)?) {
        (Some(days), Some(of)) => Some(Share { days, of }),
        _ => None,
    };
    let kind = match row.get::<_, String>(1)?.as_str() {
        "plan" => LineKind::Plan {
            plan: plan(2)?,
            from: codec::optional_date(row.get(5)?)?,
            share,
        },
        "plan-upgrade" => LineKind::PlanUpgrade {
            before: plan(4)?,
            plan: plan(2)?,
            from: from()?,
            share: share.ok_or_else(missing)?,
        },
        "licence" => LineKind::Licence { tier: tier(3)? },
        "pro-rata-licence" => LineKind::ProRataLicence {
            tier: tier(3)?,
            from: from()?,
            share: share.ok_or_else(missing)?,
        },
        "tier-upgrade" => LineKind::TierUpgrade {
            before: tier(4)?,
            tier: tier(3)?,
            from: from()?,
            share: share.ok_or_else(missing)?,
        },
        "late-licence" => LineKind::LateLicence {
            tier: tier(3)?,
            month: codec::period(row.get::<_, Option<i64>>(6)?.ok_or_else(missing)?)?,
            share,
        },
        "top-up" => LineKind::TopUp {
            kind: Word::of_word(&text(9)?.ok_or_else(missing)?)?,
            method: Word::of_word(&text(10)?.ok_or_else(missing)?)?,
            on: from()?,
        },
        "card-fee" => LineKind::CardFee {
            percent: codec::amount(row.get::<_, Option<i64>>(11)?.ok_or_else(missing)?).normalize(),
            base: codec::money(
                row.get::<_, Option<i64>>(12)?.ok_or_else(missing)?,
                currency,
            ),
        },
        "messages" => LineKind::Messages,
        "calls" => LineKind::Calls,
        "usage-reconciliation" => LineKind::UsageReconciliation,
        "settled-with-balance" => LineKind::SettledWithBalance,
        "earlier-shortfall" => LineKind::EarlierShortfall,
        "credited-to-balance" => LineKind::CreditedToBalance,
        other => return Err(Error::Damaged(format!("an invoice line can't be {other}"))),
    };
    let line = HubInvoiceLine {
        kind,
        channel: label_of(row, 15)?,
        unit_price: row
            .get::<_, Option<i64>>(13)?
            .map(|micros| codec::money(micros, currency)),
        amount: codec::money(row.get(14)?, currency),
    };
    Ok(StoredLine {
        reference: text(0)?,
        line,
        proration: text(19)?,
    })
}

/// A channel's frozen names from four columns: id, name, phone, client.
fn label_of(row: &Row<'_>, at: usize) -> Result<Option<InvoicedChannel>, Error> {
    let Some(id) = row.get::<_, Option<String>>(at)? else {
        return Ok(None);
    };
    Ok(Some(InvoicedChannel {
        id: ChannelId::parse(&id).map_err(damaged)?,
        name: row.get(at + 1)?,
        phone: PhoneNumber::parse(&row.get::<_, String>(at + 2)?).map_err(damaged)?,
        client_name: row.get(at + 3)?,
    }))
}

const INVOICE: &str = "SELECT hub_invoice.reference, hub_invoice.month, hub_invoice.kind, hub_invoice.n, hub_invoice.hub_name,
    hub_invoice.issued_on, to_name, to_address, to_country, to_vat_id, to_email, vat_treatment, net, vat_base, vat, gross,
    vendor_number.number, channel.id, month_channel.name, month_channel.phone, month_channel.client_name, seal.head, month_language.language
    FROM hub_invoice
    LEFT JOIN month_language ON month_language.hub = hub_invoice.hub AND month_language.month = hub_invoice.month
    LEFT JOIN seal ON seal.hub = hub_invoice.hub AND seal.month = hub_invoice.month
    LEFT JOIN vendor_number ON vendor_number.reference = hub_invoice.reference
    LEFT JOIN month_channel ON month_channel.hub = hub_invoice.hub AND month_channel.month = hub_invoice.month
                           AND month_channel.channel = hub_invoice.channel
    LEFT JOIN channel ON channel.key = hub_invoice.channel";

fn invoice_of(row: &Row<'_>, hub: &Hub) -> Result<HubInvoice, Error> {
    let currency = hub.currency;
    let text = |at: usize| row.get::<_, String>(at);
    let money = |at: usize| {
        row.get::<_, i64>(at)
            .map(|micros| codec::money(micros, currency))
    };
    let treatment = Word::of_word(&text(11)?)?;
    Ok(HubInvoice {
        reference: text(0)?,
        vendor_number: row.get(16)?,
        kind: kind_of(&text(2)?, row.get(3)?)?,
        hub: hub.id.clone(),
        hub_name: text(4)?,
        model: hub.model,
        currency,
        channel: label_of(row, 17)?,
        period: codec::period(row.get(1)?)?,
        issued_on: codec::date(row.get(5)?)?,
        recipient: company(text(6)?, text(7)?, text(8)?, row.get(9)?, text(10)?)?,
        language: language(row.get(22)?)?,
        lines: Vec::new(),
        net: money(12)?,
        vat: InvoiceVat {
            treatment,
            base: money(13)?,
            amount: money(14)?,
        },
        gross: money(15)?,
        summary: None,
        annex: Vec::new(),
        frozen: true,
        seal: row
            .get::<_, Option<String>>(21)?
            .and_then(|head| seal::parse(&head)),
    })
}

impl Read<'_> {
    /// Closed months of a hub, oldest first.
    pub fn closed_months(&self, hub: i64) -> Result<Vec<ClosedMonth>, Error> {
        let mut statement = self.0.prepare_cached(
            "SELECT month, closed_on, invoices_to_clients FROM month_close WHERE hub = ?1 ORDER BY month",
        )?;
        let mut rows = statement.query([hub])?;
        let mut months = Vec::new();
        while let Some(row) = rows.next()? {
            months.push(ClosedMonth {
                month: codec::period(row.get(0)?)?,
                closed_on: codec::date(row.get(1)?)?,
                invoices_to_clients: row.get(2)?,
            });
        }
        Ok(months)
    }

    /// Frozen invoices of a hub's month, with lines and summary, without their annex.
    pub fn frozen_invoices(
        &self,
        hub_key: i64,
        hub: &Hub,
        month: BillingPeriod,
    ) -> Result<Vec<HubInvoice>, Error> {
        let mut statement = self.0.prepare_cached(&format!(
            "{INVOICE} WHERE hub_invoice.hub = ?1 AND hub_invoice.month = ?2
             ORDER BY hub_invoice.issued_on, hub_invoice.kind, hub_invoice.n, hub_invoice.reference"
        ))?;
        let mut rows = statement.query(params![hub_key, codec::month(month)])?;
        let mut invoices = Vec::new();
        while let Some(row) = rows.next()? {
            let mut invoice = invoice_of(row, hub)?;
            self.fill(&mut invoice)?;
            invoices.push(invoice);
        }
        Ok(invoices)
    }

    /// One frozen invoice, with lines and summary, without its annex.
    pub fn frozen_invoice(&self, hub: &Hub, reference: &str) -> Result<Option<HubInvoice>, Error> {
        let mut statement = self
            .0
            .prepare_cached(&format!("{INVOICE} WHERE hub_invoice.reference = ?1"))?;
        let mut rows = statement.query([reference])?;
        let Some(row) = rows.next()? else {
            return Ok(None);
        };
        let mut invoice = invoice_of(row, hub)?;
        self.fill(&mut invoice)?;
        Ok(Some(invoice))
    }

    fn fill(&self, invoice: &mut HubInvoice) -> Result<(), Error> {
        let mut statement = self.0.prepare_cached(&format!(
            "SELECT {LINE} {LINE_FROM} WHERE month_line.reference = ?1 ORDER BY position"
        ))?;
        let mut rows = statement.query([&invoice.reference])?;
        while let Some(row) = rows.next()? {
            invoice.lines.push(line_of(row, invoice.currency)?.line);
        }
        invoice.summary = self.summary(&invoice.reference, invoice.currency)?;
        Ok(())
    }

    fn summary(
        &self,
        reference: &str,
        currency: Currency,
    ) -> Result<Option<ClosingSummary>, Error> {
        let mut statement = self.0.prepare_cached(
            "SELECT starting, added, refunds_to_balance, paid_out, used, usage_reconciliation, settled,
                    settled_by_invoice, card_fee, ending, net_payable
             FROM closing_summary WHERE reference = ?1",
        )?;
        let found = statement
            .query_row([reference], |row| {
                let money = |at: usize| {
                    row.get::<_, i64>(at)
                        .map(|micros| codec::money(micros, currency))
                };
                Ok(ClosingSummary {
                    starting: money(0)?,
                    added: money(1)?,
                    refunds_to_balance: money(2)?,
                    paid_out: money(3)?,
                    used: money(4)?,
                    usage_reconciliation: money(5)?,
                    settled: money(6)?,
                    settled_by_invoice: money(7)?,
                    card_fee: money(8)?,
                    ending: money(9)?,
                    net_payable: money(10)?,
                })
            })
            .optional()?;
        Ok(found)
    }

    /// All lines of a closed month, with those that others are invoiced for.
    pub fn month_lines(
        &self,
        hub: i64,
        currency: Currency,
        month: BillingPeriod,
    ) -> Result<Vec<StoredLine>, Error> {
        let mut statement = self.0.prepare_cached(&format!(
            "SELECT {LINE} {LINE_FROM} WHERE month_line.hub = ?1 AND month_line.month = ?2 ORDER BY position"
        ))?;
        let mut rows = statement.query(params![hub, codec::month(month)])?;
        let mut lines = Vec::new();
        while let Some(row) = rows.next()? {
            lines.push(line_of(row, currency)?);
        }
        Ok(lines)
    }

    /// What was charged for the licence of each channel, or of one, with the month that it was for: line by
    /// line, of which a month may have several. They are added up by who asks, as sorting them here
    /// takes longer than reading them.
    pub fn charged_licences(
        &self,
        hub: i64,
        channel: Option<i64>,
        currency: Currency,
    ) -> Result<Vec<(i64, BillingPeriod, Money)>, Error> {
        let mut statement = self.0.prepare_cached(
            "SELECT channel, ifnull(late_month, month), amount FROM month_line
             WHERE hub = ?1 AND channel IS NOT NULL AND (?2 IS NULL OR channel = ?2)
               AND kind IN ('licence', 'pro-rata-licence', 'tier-upgrade', 'late-licence')",
        )?;
        let mut rows = statement.query(params![hub, channel])?;
        let mut charged = Vec::new();
        while let Some(row) = rows.next()? {
            charged.push((
                row.get(0)?,
                codec::period(row.get(1)?)?,
                codec::money(row.get(2)?, currency),
            ));
        }
        Ok(charged)
    }

    /// How channels were called when a month closed.
    pub fn month_channels(
        &self,
        hub: i64,
        month: BillingPeriod,
    ) -> Result<Vec<MonthChannel>, Error> {
        let mut statement = self.0.prepare_cached(
            "SELECT channel.key, channel.id, month_channel.name, month_channel.phone, month_channel.client_name
             FROM month_channel JOIN channel ON channel.key = month_channel.channel
             WHERE month_channel.hub = ?1 AND month_channel.month = ?2",
        )?;
        let mut rows = statement.query(params![hub, codec::month(month)])?;
        let mut channels = Vec::new();
        while let Some(row) = rows.next()? {
            if let Some(label) = label_of(row, 1)? {
                channels.push(MonthChannel {
                    key: row.get(0)?,
                    label,
                });
            }
        }
        Ok(channels)
    }

    /// The invoice that holds one of 360Dialog's numbers.
    pub fn invoice_of_number(&self, number: &str) -> Result<Option<String>, Error> {
        let mut statement = self
            .0
            .prepare_cached("SELECT reference FROM vendor_number WHERE number = ?1")?;
        Ok(statement.query_row([number], |row| row.get(0)).optional()?)
    }
}

impl Write<'_> {
    pub fn insert_month_close(&self, hub: i64, closed: &ClosedMonth) -> Result<(), Error> {
        self.0.0.execute(
            "INSERT INTO month_close (hub, month, closed_on, invoices_to_clients) VALUES (?1, ?2, ?3, ?4)",
            params![hub, codec::month(closed.month), codec::day(closed.closed_on), closed.invoices_to_clients],
        )?;
        Ok(())
    }

    /// Keeps the language that the copies of a month are frozen in.
    pub fn insert_month_language(
        &self,
        hub: i64,
        month: BillingPeriod,
        language: Language,
    ) -> Result<(), Error> {
        self.0.0.execute(
            "INSERT INTO month_language (hub, month, language) VALUES (?1, ?2, ?3)",
            params![hub, codec::month(month), language.tag()],
        )?;
        Ok(())
    }

    pub fn insert_month_channel(
        &self,
        hub: i64,
        month: BillingPeriod,
        channel: &MonthChannel,
    ) -> Result<(), Error> {
        self.0.0
            .prepare_cached(
                "INSERT INTO month_channel (hub, month, channel, name, phone, client_name) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute(params![
                hub,
                codec::month(month),
                channel.key,
                channel.label.name,
                channel.label.phone.digits(),
                channel.label.client_name,
            ])?;
        Ok(())
    }

    /// Freezes an invoice with its lines and summary. `position` counts the month's lines.
    pub fn insert_invoice(
        &self,
        hub: i64,
        invoice: &HubInvoice,
        position: &mut i64,
        proration: &dyn Fn(&LineKind) -> &'static str,
    ) -> Result<(), Error> {
        let (kind, n) = kind_word(invoice.kind);
        let to = &invoice.recipient;
        self.0.0
            .prepare_cached(
                "INSERT INTO hub_invoice (reference, hub, month, kind, n, channel, hub_name, issued_on, to_name, to_address,
                     to_country, to_vat_id, to_email, vat_treatment, net, vat_base, vat, gross)
                 VALUES (?1, ?2, ?3, ?4, ?5, (SELECT key FROM channel WHERE id = ?6), ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14,
                     ?15, ?16, ?17, ?18)",
            )?
            .execute(params![
                invoice.reference,
                hub,
                codec::month(invoice.period),
                kind,
                n,
                invoice.channel.as_ref().map(|c| c.id.as_str()),
                invoice.hub_name,
                codec::day(invoice.issued_on),
                to.name,
                to.address.join("\n"),
                to.country.code(),
                to.vat_id.as_ref().map(VatId::as_str),
                to.billing_email,
                invoice.vat.treatment.word(),
                codec::money_micros(invoice.net)?,
                codec::money_micros(invoice.vat.base)?,
                codec::money_micros(invoice.vat.amount)?,
                codec::money_micros(invoice.gross)?,
            ])?;
        for line in &invoice.lines {
            self.insert_month_line(
                hub,
                invoice.period,
                *position,
                Some(&invoice.reference),
                line,
                proration(&line.kind),
            )?;
            *position += 1;
        }
        match &invoice.summary {
            Some(summary) => self.insert_summary(&invoice.reference, summary),
            None => Ok(()),
        }
    }

    /// Freezes a line, a share of a month with its rule; without a reference, a fee that others
    /// are invoiced for.
    pub fn insert_month_line(
        &self,
        hub: i64,
        month: BillingPeriod,
        position: i64,
        reference: Option<&str>,
        line: &HubInvoiceLine,
        proration: &str,
    ) -> Result<(), Error> {
        let columns = columns_of(&line.kind)?;
        self.0.0
            .prepare_cached(
                "INSERT INTO month_line (hub, month, position, reference, kind, channel, plan, tier, before, from_day,
                     late_month, days, of_days, top_up, method, percent, base, unit_price, amount, proration)
                 VALUES (?1, ?2, ?3, ?4, ?5, (SELECT key FROM channel WHERE id = ?6), ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14,
                     ?15, ?16, ?17, ?18, ?19, ?20)",
            )?
            .execute(params![
                hub,
                codec::month(month),
                position,
                reference,
                columns.kind,
                line.channel.as_ref().map(|c| c.id.as_str()),
                columns.plan,
                columns.tier,
                columns.before,
                columns.from_day,
                columns.late_month,
                columns.share.map(|s| s.days),
                columns.share.map(|s| s.of),
                columns.top_up,
                columns.method,
                columns.percent,
                columns.base,
                line.unit_price.map(codec::money_micros).transpose()?,
                codec::money_micros(line.amount)?,
                columns.share.map(|_| proration),
            ])?;
        Ok(())
    }

    fn insert_summary(&self, reference: &str, summary: &ClosingSummary) -> Result<(), Error> {
        let micros = codec::money_micros;
        self.0.0
            .prepare_cached(
                "INSERT INTO closing_summary (reference, starting, added, refunds_to_balance, paid_out, used,
                     usage_reconciliation, settled, settled_by_invoice, card_fee, ending, net_payable)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
            )?
            .execute(params![
                reference,
                micros(summary.starting)?,
                micros(summary.added)?,
                micros(summary.refunds_to_balance)?,
                micros(summary.paid_out)?,
                micros(summary.used)?,
                micros(summary.usage_reconciliation)?,
                micros(summary.settled)?,
                micros(summary.settled_by_invoice)?,
                micros(summary.card_fee)?,
                micros(summary.ending)?,
                micros(summary.net_payable)?,
            ])?;
        Ok(())
    }

    /// Notes 360Dialog's own number of an invoice; none takes it back.
    pub fn put_vendor_number(&self, reference: &str, number: Option<&str>) -> Result<(), Error> {
        self.0.0.execute(
            "DELETE FROM vendor_number WHERE reference = ?1",
            [reference],
        )?;
        if let Some(number) = number {
            self.0.0.execute(
                "INSERT INTO vendor_number (reference, number) VALUES (?1, ?2)",
                [reference, number],
            )?;
        }
        Ok(())
    }
}
