//! What happens in the sample besides usage: money added and given back, a tier that rises, a
//! channel that is cancelled. The sums are set so that the balances do what the story says: the
//! shared one ends July a little short, so that the month closing invoice asks for the rest; it
//! is below zero again on 29 August, and well filled when the story ends.

use super::parties::{CANCELLED, CANCELLED_ON, EUR_HUB, OVERDRAWN, UPGRADED};
use crate::word::PayByWord::{self, Boleto, Card, Pix};
use crate::word::RefundWord::{self, Balance, Bank};
use crate::word::TierWord::{self, Premium};
use crate::word::TopUpWord::{self, Automatic, Emergency, Manual};
use What::{Cancel, Refund, Rise, TopUp};

/// The months of the story: those for which both currencies have whole price cards.
pub(super) const FIRST_MONTH: &str = "2026-07";
pub(super) const LAST_MONTH: &str = "2026-09";

/// What the shared balance held on 1 July.
pub(super) const EUR_OPENING: &str = "318.40";

/// What happened to a hub or a channel.
pub(super) struct Event {
    pub(super) on: &'static str,
    pub(super) to: &'static str,
    pub(super) what: What,
}

pub(super) enum What {
    TopUp(&'static str, TopUpWord, PayByWord),
    Refund(&'static str, RefundWord),
    Rise(TierWord),
    /// Its last day.
    Cancel(&'static str),
}

const fn event(on: &'static str, to: &'static str, what: What) -> Event {
    Event { on, to, what }
}

pub(super) const EVENTS: [Event; 20] = [
    event("2026-07-02", EUR_HUB, TopUp("2000.00", Manual, Card)),
    event("2026-07-20", OVERDRAWN, TopUp("50.00", Manual, Card)),
    event("2026-07-24", EUR_HUB, TopUp("450.00", Automatic, Card)),
    event("2026-08-01", EUR_HUB, TopUp("1000.00", Manual, Card)),
    event("2026-08-03", "MerMa1CH", TopUp("200.00", Manual, Card)),
    event("2026-08-10", EUR_HUB, TopUp("1000.00", Manual, Pix)),
    event("2026-08-10", OVERDRAWN, TopUp("50.00", Manual, Card)),
    event("2026-08-12", UPGRADED, Rise(Premium)),
    event("2026-08-12", "PamCl1CH", TopUp("50.00", Manual, Card)),
    event("2026-08-20", EUR_HUB, Refund("24.60", Balance)),
    event("2026-08-21", EUR_HUB, TopUp("750.00", Manual, Boleto)),
    event("2026-08-26", "MerMa1CH", Refund("80.00", Bank)),
    event("2026-08-30", EUR_HUB, TopUp("500.00", Emergency, Card)),
    event("2026-09-02", EUR_HUB, TopUp("1500.00", Manual, Card)),
    event("2026-09-02", CANCELLED, Cancel(CANCELLED_ON)),
    event("2026-09-07", OVERDRAWN, TopUp("50.00", Manual, Card)),
    event("2026-09-09", "PamCl1CH", TopUp("50.00", Manual, Card)),
    event("2026-09-16", EUR_HUB, TopUp("1200.00", Manual, Pix)),
    event("2026-09-21", "CafAt5CH", TopUp("50.00", Manual, Card)),
    event("2026-09-25", EUR_HUB, TopUp("1000.00", Manual, Card)),
];

/// How balances renew themselves, or are set not to: threshold and amount.
pub(super) const RENEWALS: [(&str, bool, &str, &str); 12] = [
    // Switched off in the last days of July, after it had added once.
    (EUR_HUB, false, "100.00", "450.00"),
    ("MerMa1CH", true, "40.00", "150.00"),
    ("MerSe2CH", true, "10.00", "50.00"),
    (OVERDRAWN, false, "10.00", "50.00"),
    ("CafCe4CH", true, "60.00", "250.00"),
    ("CafAt5CH", true, "10.00", "50.00"),
    ("CafDl6CH", true, "10.00", "50.00"),
    ("BogVp7CH", true, "10.00", "50.00"),
    ("BogKr8CH", true, "10.00", "50.00"),
    ("PamPe9CH", true, "25.00", "100.00"),
    ("KigKr2CH", true, "20.00", "50.00"),
    // Against 360Dialog's advice: less than the threshold.
    ("KigHp3CH", true, "20.00", "10.00"),
];
