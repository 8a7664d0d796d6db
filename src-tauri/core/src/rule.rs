//! Billing rules that 360Dialog has not published, or tells in two ways (`billing-models` 5, 12, 14):
//! each is a dated setting of a hub with an *assumed* default. No other module holds such a choice in
//! its code. Beside them stands one choice of the partner's own: see [`Rule::is_own_choice`].

use crate::error::Error;
use crate::period::BillingPeriod;

/// Makes a rule's choices: the first is the default.
macro_rules! choices {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident => $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $name { $($(#[$vdoc])* $variant),+ }

        impl $name {
            const CHOICES: &'static [(&'static str, Self)] = &[$(($text, Self::$variant)),+];
            const TEXTS: &'static [&'static str] = &[$($text),+];

            /// The choice as it is spelled.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }
        }
    };
}

choices!(
    /// Which days of a month a licence or plan that starts within it is charged for.
    Proration {
        /// The start day counts: 17 August is 15 of 31 days.
        FromStartDay => "from-start-day",
        /// Counted from the day after the start day.
        AfterStartDay => "after-start-day",
        /// The month is charged whole.
        WholeMonth => "whole-month",
    }
);
choices!(
    /// What a hub's first month costs of its plan.
    PlanFirstMonth { ProRata => "pro-rata", Whole => "whole-month" }
);
choices!(
    /// When a dearer tier of a channel, or a dearer plan, is charged.
    Upgrade {
        /// The difference, pro-rata from its day.
        ProRata => "pro-rata",
        /// From the next 1st.
        NextMonth => "next-month",
    }
);
choices!(
    /// Whether Higher Throughput is charged in place of Premium or besides it.
    HigherThroughput { ReplacesPremium => "replaces-premium", AddsToPremium => "adds-to-premium" }
);
choices!(
    /// What a channel's termination day is.
    TerminationDay {
        /// The last day that it lives.
        LastDay => "last-day",
        /// The first day that it no longer lives.
        DayAfter => "day-after",
    }
);
choices!(
    /// What the card fee is charged on.
    CardFeeOn {
        Shortfall => "shortfall",
        /// Besides, on plan and licence invoices.
        ShortfallAndFees => "shortfall-and-fees",
        Nothing => "nothing",
    }
);
choices!(
    /// Where 360Dialog's VAT falls, once (`billing-models` 12).
    VatOn { TopUp => "top-up", Usage => "usage" }
);
choices!(
    /// The 1,000 free service messages a number and month from October 2026 (`reference` C11).
    FreeServiceMessages { On => "on", Off => "off" }
);
choices!(
    /// When a plan ends of which notice is given (`reference` C6): see [`crate::notice`].
    PlanNotice {
        /// 30 days later, rounded up to the end of a month.
        ThirtyDays => "thirty-days",
        /// With the month after.
        FollowingMonth => "following-month",
    }
);
choices!(
    /// What a charge costs once Meta has changed its prices and the book has no card of the
    /// hub's currency since. Not 360Dialog's to say: the partner's own choice.
    OutdatedCard {
        /// It waits for its card.
        Unrated => "unrated",
        /// The last card's rate, marked as an estimate until the card comes in.
        Estimate => "estimate",
    }
);

impl OutdatedCard {
    /// The choice in force in a month. Asked for each row of usage, so it looks at nothing else.
    pub fn in_force(settings: &[Setting], month: BillingPeriod) -> Self {
        let holding = holding(settings, Rule::OutdatedCard, month);
        let text = holding.map_or(Self::Unrated.as_str(), |s| s.choice.as_str());
        pick(Self::CHOICES, text, Self::Unrated)
    }
}

/// A rule by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Rule {
    Proration,
    PlanFirstMonth,
    Upgrade,
    HigherThroughput,
    TerminationDay,
    CardFeeOn,
    VatOn,
    FreeServiceMessages,
    PlanNotice,
    OutdatedCard,
}

impl Rule {
    pub const ALL: [Self; 10] = [
        Self::Proration,
        Self::PlanFirstMonth,
        Self::Upgrade,
        Self::HigherThroughput,
        Self::TerminationDay,
        Self::CardFeeOn,
        Self::VatOn,
        Self::FreeServiceMessages,
        Self::PlanNotice,
        Self::OutdatedCard,
    ];

    /// Whether it is the partner's own choice, and not a rule of 360Dialog's that is assumed.
    pub fn is_own_choice(self) -> bool {
        self == Self::OutdatedCard
    }

    /// Its name in the book, on the command line and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Proration => "proration",
            Self::PlanFirstMonth => "plan-first-month",
            Self::Upgrade => "upgrade",
            Self::HigherThroughput => "higher-throughput",
            Self::TerminationDay => "termination-day",
            Self::CardFeeOn => "card-fee-on",
            Self::VatOn => "vat-on",
            Self::FreeServiceMessages => "free-service-messages",
            Self::PlanNotice => "plan-notice",
            Self::OutdatedCard => "outdated-card",
        }
    }

    pub fn parse(text: &str) -> Result<Self, Error> {
        Self::ALL.into_iter().find(|rule| rule.name().eq_ignore_ascii_case(text.trim())).ok_or_else(|| {
            Error::UnknownChoice {
                text: text.trim().chars().take(40).collect(),
                allowed: "proration, plan-first-month, upgrade, higher-throughput, termination-day, card-fee-on, vat-on, free-service-messages, plan-notice, outdated-card",
            }
        })
    }

    /// What it can be; the first is the default.
    pub fn choices(self) -> &'static [&'static str] {
        match self {
            Self::Proration => Proration::TEXTS,
            Self::PlanFirstMonth => PlanFirstMonth::TEXTS,
            Self::Upgrade => Upgrade::TEXTS,
            Self::HigherThroughput => HigherThroughput::TEXTS,
            Self::TerminationDay => TerminationDay::TEXTS,
            Self::CardFeeOn => CardFeeOn::TEXTS,
            Self::VatOn => VatOn::TEXTS,
            Self::FreeServiceMessages => FreeServiceMessages::TEXTS,
            Self::PlanNotice => PlanNotice::TEXTS,
            Self::OutdatedCard => OutdatedCard::TEXTS,
        }
    }

    pub fn default_choice(self) -> &'static str {
        self.choices().first().copied().unwrap_or_default()
    }

    /// The choice as it is spelled, or a refusal that lists the choices.
    pub fn check_choice(self, text: &str) -> Result<&'static str, Error> {
        let text = text.trim();
        self.choices()
            .iter()
            .copied()
            .find(|choice| choice.eq_ignore_ascii_case(text))
            .ok_or_else(|| Error::UnknownChoice {
                text: text.chars().take(40).collect(),
                allowed: self.choices_in_words(),
            })
    }

    fn choices_in_words(self) -> &'static str {
        match self {
            Self::Proration => "from-start-day, after-start-day, whole-month",
            Self::PlanFirstMonth => "pro-rata, whole-month",
            Self::Upgrade => "pro-rata, next-month",
            Self::HigherThroughput => "replaces-premium, adds-to-premium",
            Self::TerminationDay => "last-day, day-after",
            Self::CardFeeOn => "shortfall, shortfall-and-fees, nothing",
            Self::VatOn => "top-up, usage",
            Self::FreeServiceMessages => "on, off",
            Self::PlanNotice => "thirty-days, following-month",
            Self::OutdatedCard => "unrated, estimate",
        }
    }
}

/// A choice that holds from a month on, until the next of the same rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    pub rule: Rule,
    pub choice: String,
    pub from: BillingPeriod,
}

/// All rules as they hold in one month of a hub.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules {
    pub proration: Proration,
    pub plan_first_month: PlanFirstMonth,
    pub upgrade: Upgrade,
    pub higher_throughput: HigherThroughput,
    pub termination_day: TerminationDay,
    pub card_fee_on: CardFeeOn,
    pub vat_on: VatOn,
    pub free_service_messages: FreeServiceMessages,
    pub plan_notice: PlanNotice,
    pub outdated_card: OutdatedCard,
}

impl Rules {
    /// The choices in force in a month: the newest setting of each rule up to it, or the default.
    pub fn in_force(settings: &[Setting], month: BillingPeriod) -> Self {
        let holding = |rule: Rule| {
            holding(settings, rule, month).map_or(rule.default_choice(), |s| s.choice.as_str())
        };
        Self {
            proration: pick(
                Proration::CHOICES,
                holding(Rule::Proration),
                Proration::FromStartDay,
            ),
            plan_first_month: pick(
                PlanFirstMonth::CHOICES,
                holding(Rule::PlanFirstMonth),
                PlanFirstMonth::ProRata,
            ),
            upgrade: pick(Upgrade::CHOICES, holding(Rule::Upgrade), Upgrade::ProRata),
            higher_throughput: pick(
                HigherThroughput::CHOICES,
                holding(Rule::HigherThroughput),
                HigherThroughput::ReplacesPremium,
            ),
            termination_day: pick(
                TerminationDay::CHOICES,
                holding(Rule::TerminationDay),
                TerminationDay::LastDay,
            ),
            card_fee_on: pick(
                CardFeeOn::CHOICES,
                holding(Rule::CardFeeOn),
                CardFeeOn::Shortfall,
            ),
            vat_on: pick(VatOn::CHOICES, holding(Rule::VatOn), VatOn::TopUp),
            free_service_messages: pick(
                FreeServiceMessages::CHOICES,
                holding(Rule::FreeServiceMessages),
                FreeServiceMessages::On,
            ),
            plan_notice: pick(
                PlanNotice::CHOICES,
                holding(Rule::PlanNotice),
                PlanNotice::ThirtyDays,
            ),
            outdated_card: OutdatedCard::in_force(settings, month),
        }
    }
}

/// The newest setting of a rule that holds in a month.
pub fn holding(settings: &[Setting], rule: Rule, month: BillingPeriod) -> Option<&Setting> {
    settings
        .iter()
        .filter(|s| s.rule == rule && s.from <= month)
        .max_by_key(|s| s.from)
}

fn pick<T: Copy>(choices: &[(&str, T)], text: &str, default: T) -> T {
    choices
        .iter()
        .find(|(name, _)| *name == text)
        .map_or(default, |(_, choice)| *choice)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_setting_holds_from_its_month_until_the_next() {
        let month = |text| BillingPeriod::parse(text).unwrap();
        let set = |choice: &str, from| Setting {
            rule: Rule::VatOn,
            choice: choice.into(),
            from: month(from),
        };
        let settings = [set("top-up", "2026-09"), set("usage", "2026-08")];
        for (at, expected) in [
            ("2026-07", VatOn::TopUp),
            ("2026-08", VatOn::Usage),
            ("2026-09", VatOn::TopUp),
            ("2027-01", VatOn::TopUp),
        ] {
            assert_eq!(
                Rules::in_force(&settings, month(at)).vat_on,
                expected,
                "{at}"
            );
        }
    }

    #[test]
    fn every_choice_of_every_rule_is_listed_in_its_refusal() {
        for rule in Rule::ALL {
            assert_eq!(rule.choices().join(", "), rule.choices_in_words());
            assert_eq!(Rule::parse(rule.name()), Ok(rule));
        }
    }
}
