//! The chart of accounts: what each kind of account is, and the number and name that an
//! accountant knows it by. Numbers and names are a start; a person may set others.

use crate::journal::AccountKind;

/// Where an account stands in the statements.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum AccountClass {
    Asset,
    Liability,
    Equity,
    Revenue,
    Cost,
    /// Outside the owner's own books.
    Memo,
}

impl AccountKind {
    pub fn class(self) -> AccountClass {
        match self {
            Self::PrepaidBalance | Self::InputVat | Self::Bank | Self::Receivable => {
                AccountClass::Asset
            }
            Self::Payable | Self::OutputVat | Self::ClientPrepayments => AccountClass::Liability,
            Self::OpeningBalances => AccountClass::Equity,
            Self::Revenue => AccountClass::Revenue,
            Self::MessageCosts
            | Self::CallCosts
            | Self::PlanCosts
            | Self::LicenceCosts
            | Self::PaymentCosts
            | Self::Rounding
            | Self::BadDebts => AccountClass::Cost,
            Self::MemoClientFunds | Self::MemoClientUsage | Self::MemoClientMoney => {
                AccountClass::Memo
            }
        }
    }
}

/// A chart to begin with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ChartTemplate {
    Plain,
    /// DATEV's chart by the order of processes.
    Skr03,
    /// DATEV's chart by the order of the statements.
    Skr04,
}

impl ChartTemplate {
    /// The number and the name of a kind of account.
    pub fn account(self, kind: AccountKind) -> (&'static str, &'static str) {
        let [plain, skr03, skr04] = Self::row(kind);
        match self {
            Self::Plain => plain,
            Self::Skr03 => skr03,
            Self::Skr04 => skr04,
        }
    }

    /// A kind's number and name in each chart. Memorandum accounts are in no chart of DATEV's and
    /// keep plain ones.
    fn row(kind: AccountKind) -> [(&'static str, &'static str); 3] {
        match kind {
            AccountKind::PrepaidBalance => [
                ("1400", "Prepaid balance at 360Dialog"),
                ("1510", "Geleistete Anzahlungen"),
                ("1180", "Geleistete Anzahlungen"),
            ],
            AccountKind::Bank => [("1000", "Bank"), ("1200", "Bank"), ("1800", "Bank")],
            AccountKind::Receivable => [
                ("1200", "Receivable from clients"),
                ("1400", "Forderungen aus Lieferungen und Leistungen"),
                ("1200", "Forderungen aus Lieferungen und Leistungen"),
            ],
            AccountKind::InputVat => [
                ("1500", "Input VAT"),
                ("1576", "Abziehbare Vorsteuer"),
                ("1406", "Abziehbare Vorsteuer"),
            ],
            AccountKind::Payable => [
                ("2000", "Payable to 360Dialog"),
                ("1600", "Verbindlichkeiten aus Lieferungen und Leistungen"),
                ("3300", "Verbindlichkeiten aus Lieferungen und Leistungen"),
            ],
            AccountKind::OutputVat => [
                ("2100", "Output VAT"),
                ("1776", "Umsatzsteuer"),
                ("3806", "Umsatzsteuer"),
            ],
            AccountKind::ClientPrepayments => [
                ("2200", "Client prepayments"),
                ("1710", "Erhaltene Anzahlungen"),
                ("3250", "Erhaltene Anzahlungen auf Bestellungen"),
            ],
            AccountKind::OpeningBalances => [
                ("3000", "Opening balances"),
                ("9000", "Saldenvorträge Sachkonten"),
                ("9000", "Saldenvorträge Sachkonten"),
            ],
            AccountKind::Revenue => [
                ("4000", "Revenue from clients"),
                ("8400", "Erlöse"),
                ("4400", "Erlöse"),
            ],
            AccountKind::MessageCosts => [
                ("5000", "Message costs"),
                ("3100", "Fremdleistungen: Nachrichten"),
                ("5900", "Fremdleistungen: Nachrichten"),
            ],
            AccountKind::CallCosts => [
                ("5010", "Call costs"),
                ("3101", "Fremdleistungen: Anrufe"),
                ("5901", "Fremdleistungen: Anrufe"),
            ],
            AccountKind::LicenceCosts => [
                ("5020", "Channel licences"),
                ("3102", "Fremdleistungen: Lizenzen"),
                ("5902", "Fremdleistungen: Lizenzen"),
            ],
            AccountKind::PlanCosts => [
                ("6000", "Partner plan"),
                ("4964", "Aufwendungen für Lizenzen: Partnertarif"),
                ("6837", "Aufwendungen für Lizenzen: Partnertarif"),
            ],
            AccountKind::PaymentCosts => [
                ("6100", "Card fees"),
                ("4970", "Nebenkosten des Geldverkehrs"),
                ("6855", "Nebenkosten des Geldverkehrs"),
            ],
            AccountKind::Rounding => [
                ("6900", "Rounding"),
                ("4900", "Sonstige betriebliche Aufwendungen"),
                ("6300", "Sonstige betriebliche Aufwendungen"),
            ],
            AccountKind::BadDebts => [
                ("6800", "Bad debts"),
                ("2400", "Forderungsverluste"),
                ("6930", "Forderungsverluste"),
            ],
            AccountKind::MemoClientFunds => [("M100", "Clients' balances at 360Dialog"); 3],
            AccountKind::MemoClientUsage => [("M200", "Clients' usage"); 3],
            AccountKind::MemoClientMoney => [("M300", "Clients' money"); 3],
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn no_two_accounts_of_a_chart_share_a_number() {
        for template in [
            ChartTemplate::Plain,
            ChartTemplate::Skr03,
            ChartTemplate::Skr04,
        ] {
            let numbers: HashSet<_> = AccountKind::ALL
                .into_iter()
                .map(|kind| template.account(kind).0)
                .collect();
            assert_eq!(numbers.len(), AccountKind::ALL.len(), "{template:?}");
        }
    }

    #[test]
    fn a_class_is_what_the_accounts_name_says() {
        for kind in AccountKind::ALL {
            let word = match kind.class() {
                AccountClass::Asset => "asset:",
                AccountClass::Liability => "liability:",
                AccountClass::Equity => "equity:",
                AccountClass::Revenue => "revenue:",
                AccountClass::Cost => "cost:",
                AccountClass::Memo => "memo:",
            };
            assert!(kind.name().starts_with(word), "{kind:?}");
            assert_eq!(kind.is_memo(), kind.class() == AccountClass::Memo);
        }
    }
}
