//! A month of a hub → its hub invoices and the movements that settle its balances
//! (`billing-models` 9 to 15).
//!
//! Charges keep six decimals until here. The usage of each balance is added up and rounded once;
//! what rounding takes or gives is one movement, so that every starting and ending balance is
//! whole cents and the summary adds up.

use rust_decimal::Decimal;

use crate::currency::Currency;
use crate::error::Error;
use crate::fee::Fee;
use crate::hub::{Hub, PaymentMethod};
use crate::hub_invoice::{
    ClosingSummary, HubInvoice, HubInvoiceKind, HubInvoiceLine, InvoiceVat, InvoicedChannel,
    LineKind, reference,
};
use crate::language::Language;
use crate::money::{Money, Rounding};
use crate::partner::Company;
use crate::period::{BillingPeriod, Date};
use crate::rule::{CardFeeOn, Rules, VatOn};
use crate::top_up::TopUpKind;

/// What moved a balance in a month, exact and unrounded. All amounts as they are named, so
/// `paid_out` and usage are above zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BalanceMonth {
    /// In whole cents, as the month before ended.
    pub starting: Money,
    pub added: Money,
    pub refunds_to_balance: Money,
    pub paid_out: Money,
    /// Messages of days of this month.
    pub messages: Money,
    /// Calls of days of this month.
    pub calls: Money,
    /// Usage of closed months booked in this one, and corrections of it; may be below zero.
    pub late: Money,
}

impl BalanceMonth {
    /// A month in which nothing moved.
    pub fn quiet(starting: Money) -> Self {
        let zero = Money::zero(starting.currency());
        Self {
            starting,
            added: zero,
            refunds_to_balance: zero,
            paid_out: zero,
            messages: zero,
            calls: zero,
            late: zero,
        }
    }
}

/// How the card fee falls.
#[derive(Clone, Copy, Debug)]
pub struct CardFee {
    pub method: PaymentMethod,
    /// 0.04 for 4 %.
    pub fraction: Decimal,
}

impl CardFee {
    fn on(self, base: Money) -> Result<Money, Error> {
        if self.method == PaymentMethod::Card {
            Ok(base.times(self.fraction)?.rounded(Rounding::ToCents))
        } else {
            Ok(Money::zero(base.currency()))
        }
    }

    fn percent(self) -> Decimal {
        (self.fraction * Decimal::ONE_HUNDRED).normalize()
    }
}

/// A balance's month, settled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettledBalance {
    pub summary: ClosingSummary,
    /// What rounding the usage gives back to the balance; below zero where it takes.
    pub rounding: Money,
    /// Lines of the month closing invoice; empty where nothing was used.
    pub lines: Vec<HubInvoiceLine>,
}

impl SettledBalance {
    /// Whether 360Dialog issues a month closing invoice: not for a month without usage.
    pub fn has_invoice(&self) -> bool {
        !self.lines.is_empty()
    }

    /// What VAT falls on.
    pub fn vat_base(&self, rules: &Rules) -> Result<Money, Error> {
        match rules.vat_on {
            VatOn::TopUp => Ok(self.summary.net_payable),
            VatOn::Usage => self.summary.used.checked_add(self.summary.card_fee),
        }
    }
}

/// Settles a balance's month (`billing-models` 10, 11).
pub fn settle(month: &BalanceMonth, rules: &Rules, fee: CardFee) -> Result<SettledBalance, Error> {
    let exact = month
        .messages
        .checked_add(month.calls)?
        .checked_add(month.late)?;
    let used = exact.rounded(Rounding::ToCents);
    let rounding = exact.checked_sub(used)?;
    let zero = Money::zero(used.currency());
    let before = month
        .starting
        .checked_add(month.added)?
        .checked_add(month.refunds_to_balance)?
        .checked_sub(month.paid_out)?
        .checked_sub(used)?;
    let parts = cents_of([month.messages, month.calls, month.late], used)?;
    let [messages, calls, late] = parts;
    if used.is_zero() {
        let summary = summary_of(month, used, late, zero, zero, zero, before)?;
        return Ok(SettledBalance {
            summary,
            rounding,
            lines: Vec::new(),
        });
    }
    let shortfall = before.negated().max(zero)?;
    let settled = used.checked_sub(shortfall)?.max(zero)?;
    let card_fee = match rules.card_fee_on {
        CardFeeOn::Shortfall | CardFeeOn::ShortfallAndFees => fee.on(shortfall)?,
        CardFeeOn::Nothing => zero,
    };
    let summary = summary_of(
        month,
        used,
        late,
        shortfall,
        settled,
        card_fee,
        before.checked_add(shortfall)?,
    )?;
    let lines = closing_lines(month, [messages, calls, late], &summary, fee)?;
    Ok(SettledBalance {
        summary,
        rounding,
        lines,
    })
}

fn summary_of(
    month: &BalanceMonth,
    used: Money,
    late: Money,
    shortfall: Money,
    settled: Money,
    card_fee: Money,
    ending: Money,
) -> Result<ClosingSummary, Error> {
    Ok(ClosingSummary {
        starting: month.starting,
        added: month.added,
        refunds_to_balance: month.refunds_to_balance,
        paid_out: month.paid_out,
        used,
        usage_reconciliation: late,
        settled,
        settled_by_invoice: shortfall,
        card_fee,
        ending,
        net_payable: shortfall.checked_add(card_fee)?,
    })
}

/// The lines of a month closing invoice: they add up to what is payable.
fn closing_lines(
    month: &BalanceMonth,
    [messages, calls, late]: [Money; 3],
    summary: &ClosingSummary,
    fee: CardFee,
) -> Result<Vec<HubInvoiceLine>, Error> {
    let zero = Money::zero(summary.used.currency());
    let credited = summary.used.negated().max(zero)?;
    let paid_by_usage = summary
        .used
        .checked_add(credited)?
        .checked_sub(summary.settled)?;
    let earlier = summary.settled_by_invoice.checked_sub(paid_by_usage)?;
    let mut lines = Vec::new();
    for (kind, exact, cents) in [
        (LineKind::Messages, month.messages, messages),
        (LineKind::Calls, month.calls, calls),
        (LineKind::UsageReconciliation, month.late, late),
    ] {
        if !exact.is_zero() {
            lines.push(plain_line(kind, cents));
        }
    }
    if summary.used.is_positive() {
        lines.push(plain_line(
            LineKind::SettledWithBalance,
            summary.settled.negated(),
        ));
    }
    for (kind, amount) in [
        (LineKind::CreditedToBalance, credited),
        (LineKind::EarlierShortfall, earlier),
    ] {
        if amount.is_positive() {
            lines.push(plain_line(kind, amount));
        }
    }
    if summary.card_fee.is_positive() {
        let kind = LineKind::CardFee {
            percent: fee.percent(),
            base: summary.settled_by_invoice,
        };
        lines.push(plain_line(kind, summary.card_fee));
    }
    Ok(lines)
}

fn plain_line(kind: LineKind, amount: Money) -> HubInvoiceLine {
    HubInvoiceLine {
        kind,
        channel: None,
        unit_price: None,
        amount,
    }
}

/// Exact parts in whole cents that add up to `total`: each is rounded down, and the largest
/// remainders take the cents that are left (`billing-models` 10).
pub fn cents_of<const N: usize>(parts: [Money; N], total: Money) -> Result<[Money; N], Error> {
    let currency: Currency = total.currency();
    let cent = Money::new(Decimal::new(1, Currency::CENT_DECIMALS), currency);
    let floors = parts.map(|part| {
        let floor = part.amount().round_dp_with_strategy(
            Currency::CENT_DECIMALS,
            rust_decimal::RoundingStrategy::ToNegativeInfinity,
        );
        Money::new(floor, currency)
    });
    let mut missing = total.checked_sub(Money::sum(currency, floors)?)?;
    let mut order: Vec<usize> = (0..N).collect();
    let remainder = |at: usize| match (parts.get(at), floors.get(at)) {
        (Some(part), Some(floor)) => part.amount() - floor.amount(),
        _ => Decimal::ZERO,
    };
    order.sort_by(|a, b| remainder(*b).cmp(&remainder(*a)).then(a.cmp(b)));
    let mut cents = floors;
    for at in order {
        if let Some(part) = cents.get_mut(at).filter(|_| missing.is_positive()) {
            *part = part.checked_add(cent)?;
            missing = missing.checked_sub(cent)?;
        }
    }
    Ok(cents)
}

/// What all invoices of a hub's month share.
#[derive(Clone, Debug)]
pub struct InvoiceFrame<'a> {
    pub hub: &'a Hub,
    pub period: BillingPeriod,
    /// As it stands in the period.
    pub recipient: &'a Company,
    /// Of the copies.
    pub language: Language,
    pub rules: &'a Rules,
    pub card_fee: CardFee,
    /// Set where the invoices are for one channel.
    pub channel: Option<InvoicedChannel>,
    pub frozen: bool,
}

impl InvoiceFrame<'_> {
    /// The partner plan, on the 1st; none where nothing is due.
    pub fn plan_invoice(&self, fees: Vec<Fee>) -> Result<Option<HubInvoice>, Error> {
        let lines = fees.into_iter().map(|fee| fee_line(fee, None)).collect();
        self.fee_invoice(HubInvoiceKind::PartnerPlan, self.period.first_day(), lines)
    }

    /// Licences of channels that live on the 1st, and late ones of closed months, on the 1st.
    pub fn licence_invoice(
        &self,
        fees: impl IntoIterator<Item = (InvoicedChannel, Fee)>,
    ) -> Result<Option<HubInvoice>, Error> {
        let lines = fees
            .into_iter()
            .map(|(channel, fee)| fee_line(fee, Some(channel)))
            .collect();
        self.fee_invoice(HubInvoiceKind::Licence, self.period.first_day(), lines)
    }

    /// Licences of channels that started, or rose, within the month, on its last day.
    pub fn pro_rata_invoice(
        &self,
        fees: impl IntoIterator<Item = (InvoicedChannel, Fee)>,
    ) -> Result<Option<HubInvoice>, Error> {
        let lines = fees
            .into_iter()
            .map(|(channel, fee)| fee_line(fee, Some(channel)))
            .collect();
        self.fee_invoice(
            HubInvoiceKind::ProRataLicence,
            self.period.last_day(),
            lines,
        )
    }

    /// One top-up, on its day; the n-th of the month. VAT as the rules say.
    pub fn top_up_invoice(
        &self,
        n: u32,
        on: Date,
        kind: TopUpKind,
        method: PaymentMethod,
        amount: Money,
    ) -> Result<HubInvoice, Error> {
        let line = plain_line(LineKind::TopUp { kind, method, on }, amount);
        let base = top_up_vat_base(self.rules, amount);
        self.invoice(HubInvoiceKind::TopUp(n), on, vec![line], base, None)
    }

    /// The month closing, on the 1st of the next month; none for a month without usage.
    /// Its annex is what the paper needs besides, and is put in when that is made.
    pub fn closing_invoice(&self, settled: &SettledBalance) -> Result<Option<HubInvoice>, Error> {
        if !settled.has_invoice() {
            return Ok(None);
        }
        let base = settled.vat_base(self.rules)?;
        let on = self.period.next().first_day();
        let summary = Some(settled.summary.clone());
        self.invoice(
            HubInvoiceKind::MonthClosing,
            on,
            settled.lines.clone(),
            base,
            summary,
        )
        .map(Some)
    }

    fn fee_invoice(
        &self,
        kind: HubInvoiceKind,
        on: Date,
        mut lines: Vec<HubInvoiceLine>,
    ) -> Result<Option<HubInvoice>, Error> {
        if lines.is_empty() {
            return Ok(None);
        }
        let net = Money::sum(self.hub.currency, lines.iter().map(|line| line.amount))?;
        let fee = self.card_fee.on(net)?;
        if self.rules.card_fee_on == CardFeeOn::ShortfallAndFees && fee.is_positive() {
            lines.push(plain_line(
                LineKind::CardFee {
                    percent: self.card_fee.percent(),
                    base: net,
                },
                fee,
            ));
        }
        let base = Money::sum(self.hub.currency, lines.iter().map(|line| line.amount))?;
        self.invoice(kind, on, lines, base, None).map(Some)
    }

    /// VAT is worked out once, on the base; net is the sum of the lines.
    fn invoice(
        &self,
        kind: HubInvoiceKind,
        issued_on: Date,
        lines: Vec<HubInvoiceLine>,
        vat_base: Money,
        summary: Option<ClosingSummary>,
    ) -> Result<HubInvoice, Error> {
        let treatment = self.recipient.vat_treatment();
        let net = Money::sum(self.hub.currency, lines.iter().map(|line| line.amount))?;
        let vat = treatment.on(vat_base)?;
        Ok(HubInvoice {
            reference: reference(
                &self.hub.id,
                self.period,
                kind,
                self.channel.as_ref().map(|c| &c.id),
            ),
            vendor_number: None,
            kind,
            hub: self.hub.id.clone(),
            hub_name: self.hub.name.clone(),
            model: self.hub.model,
            currency: self.hub.currency,
            channel: self.channel.clone(),
            period: self.period,
            issued_on,
            recipient: self.recipient.clone(),
            language: self.language,
            lines,
            net,
            vat: InvoiceVat {
                treatment,
                base: vat_base,
                amount: vat,
            },
            gross: net.checked_add(vat)?,
            summary,
            annex: Vec::new(),
            frozen: self.frozen,
            seal: None,
        })
    }
}

/// What a top-up's VAT falls on: all of it, or nothing where usage is taxed instead.
pub fn top_up_vat_base(rules: &Rules, amount: Money) -> Money {
    match rules.vat_on {
        VatOn::TopUp => amount,
        VatOn::Usage => Money::zero(amount.currency()),
    }
}

fn fee_line(fee: Fee, channel: Option<InvoicedChannel>) -> HubInvoiceLine {
    HubInvoiceLine {
        kind: fee.kind,
        channel,
        unit_price: Some(fee.unit_price),
        amount: fee.amount,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::plain_text;
    use crate::rule::{Rule, Setting};

    fn money(text: &str) -> Money {
        Money::new(Decimal::from_str_exact(text).unwrap(), Currency::Eur)
    }

    fn settled(amounts: [&str; 7], method: PaymentMethod) -> SettledBalance {
        let [
            starting,
            added,
            refunds_to_balance,
            paid_out,
            messages,
            calls,
            late,
        ] = amounts.map(money);
        let month = BalanceMonth {
            starting,
            added,
            refunds_to_balance,
            paid_out,
            messages,
            calls,
            late,
        };
        let rules = Rules::in_force(&[], BillingPeriod::new(2026, 8).unwrap());
        settle(
            &month,
            &rules,
            CardFee {
                method,
                fraction: Decimal::new(4, 2),
            },
        )
        .unwrap()
    }

    #[test]
    fn a_month_is_settled_to_the_cent() {
        use PaymentMethod::{Card, Pix};
        for (amounts, method, expected) in [
            // starting, added, to balance, paid out, messages, calls, late → used, settled, shortfall, fee, net, ending
            (
                ["120", "2500", "0", "0", "2650.40", "0", "0"],
                Card,
                ["2650.40", "2620.00", "30.40", "1.22", "31.62", "0.00"],
            ),
            (
                ["120", "2500", "0", "0", "2650.40", "0", "0"],
                Pix,
                ["2650.40", "2620.00", "30.40", "0.00", "30.40", "0.00"],
            ),
            (
                ["100", "0", "0", "0", "40.0049", "0.0001", "0"],
                Card,
                ["40.01", "40.01", "0.00", "0.00", "0.00", "59.99"],
            ),
            (
                ["10", "50", "2", "5", "20", "1", "0.50"],
                Card,
                ["21.50", "21.50", "0.00", "0.00", "0.00", "35.50"],
            ),
            // The opening was below zero: the shortfall is above the usage.
            (
                ["-50", "0", "0", "0", "10", "0", "0"],
                Card,
                ["10.00", "0.00", "60.00", "2.40", "62.40", "0.00"],
            ),
            // Corrections gave back more than was used.
            (
                ["5", "0", "0", "0", "1", "0", "-4"],
                Card,
                ["-3.00", "0.00", "0.00", "0.00", "0.00", "8.00"],
            ),
            // Nothing used: nothing settled, even below zero.
            (
                ["-50", "0", "0", "0", "0", "0", "0"],
                Card,
                ["0.00", "0.00", "0.00", "0.00", "0.00", "-50.00"],
            ),
        ] {
            let result = settled(amounts, method);
            let s = &result.summary;
            let figures = [
                s.used,
                s.settled,
                s.settled_by_invoice,
                s.card_fee,
                s.net_payable,
                s.ending,
            ]
            .map(|m| plain_text(m.amount()));
            assert_eq!(figures, expected, "{amounts:?}");
            let sum = Money::sum(Currency::Eur, result.lines.iter().map(|l| l.amount)).unwrap();
            assert_eq!(
                sum, s.net_payable,
                "lines of {amounts:?}: {:?}",
                result.lines
            );
        }
    }

    #[test]
    fn rounding_is_one_movement_that_leaves_whole_cents() {
        let result = settled(
            ["100", "0", "0", "0", "40.0049", "0.0001", "0.0003"],
            PaymentMethod::Card,
        );
        // 40.0053 is 40.01; the balance was charged 0.0047 too little.
        assert_eq!(plain_text(result.rounding.amount()), "-0.0047");
    }

    #[test]
    fn the_largest_remainders_take_the_cents() {
        for (parts, total, expected) in [
            (
                ["0.004", "0.004", "0.004"],
                "0.01",
                ["0.01", "0.00", "0.00"],
            ),
            (["1.006", "2.003", "0"], "3.01", ["1.01", "2.00", "0.00"]),
            (
                ["10.005", "0.009", "-0.004"],
                "10.01",
                ["10.00", "0.01", "0.00"],
            ),
        ] {
            let cents = cents_of(parts.map(money), money(total))
                .unwrap()
                .map(|m| plain_text(m.amount()));
            assert_eq!(cents, expected, "{parts:?}");
        }
    }

    #[test]
    fn vat_falls_on_the_top_up_or_on_the_usage_and_never_on_both() {
        let month = BillingPeriod::new(2026, 8).unwrap();
        let on_usage = [Setting {
            rule: Rule::VatOn,
            choice: "usage".into(),
            from: month,
        }];
        let result = settled(
            ["120", "2500", "0", "0", "2650.40", "0", "0"],
            PaymentMethod::Card,
        );
        for (settings, top_up, closing) in [
            (&[][..], "500.00", "31.62"),
            (&on_usage[..], "0.00", "2651.62"),
        ] {
            let rules = Rules::in_force(settings, month);
            assert_eq!(
                plain_text(top_up_vat_base(&rules, money("500")).amount()),
                top_up
            );
            assert_eq!(
                plain_text(result.vat_base(&rules).unwrap().amount()),
                closing
            );
        }
    }
}
