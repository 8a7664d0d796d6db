//! What a fault is called where people read it.

use hubledger_store::{Fault, FaultCode};

/// What a code says: `{name}` stands for a fact, and what stands in brackets is left out where
/// its fact is not told.
fn template(code: FaultCode) -> &'static str {
    match code {
        FaultCode::Unreadable => "it can't be looked at: {text}",
        FaultCode::FileUnsound => "{text}",
        FaultCode::DanglingKey => "{table} row {row} names a {parent} that is not there",
        FaultCode::SchemaDiffers => "{object} is not as this version lays it: {how}",
        FaultCode::InexactColumn => "{column} of {table} can't hold an amount exactly",
        FaultCode::EntryUnbalanced => "entry {entry} of {day} is off by {off} {currency}",
        FaultCode::EntryEmpty => "entry {entry} of {day} has no postings",
        FaultCode::PostingOnAnotherDay => "entry {entry} of {day} has a posting on another day",
        FaultCode::PostingOfAnotherHub => "entry {entry} posts to {account} of another hub, {hub}",
        FaultCode::MoneyMixed => "entry {entry} mixes client money with your own",
        FaultCode::UsageNotAsPosted => {
            "hub {hub}[ channel {channel}] on {day}: charged {charged}, posted {posted} {currency}"
        }
        FaultCode::ChargeOfAnotherHub => {
            "charge {charge} of hub {hub} is of a channel of another hub"
        }
        FaultCode::SharesDoNotAddUp => {
            "hub {hub}: the balance is {found}, its clients' shares and the rest are {said} {currency}"
        }
        FaultCode::TopUpNotAsPosted => {
            "top-up {top_up} of {day} is {said}, and {found} is posted for it"
        }
        FaultCode::RefundNotAsPosted => {
            "refund {refund} of {day} moves {said}, and {found} is posted for it"
        }
        FaultCode::EntryWithoutEvent => {
            "entry {entry} of {day} is a {kind} that is not in the list"
        }
        FaultCode::VatNotAsPosted => {
            "entry {entry} of {day} posts VAT of {found}, and {said} is noted"
        }
        FaultCode::EntryMirrorDiffers => "entry {entry} is no mirror of entry {takes_back}",
        FaultCode::EntryTakenBackTwice => "entry {entry} is taken back more than once",
        FaultCode::UndoneEntryStands => {
            "entry {entry} stands, though number {unit} undid what posted it"
        }
        FaultCode::UndoneChargeStands => "charge {charge} stands, though it was undone",
        FaultCode::UndonePartyHoldsMoney => {
            "hub {hub}: {account} of what was undone holds {found} {currency}"
        }
        FaultCode::ChargeWithoutFile => "charge {charge} names no file",
        FaultCode::ImportWithoutHash => "import {import} of {file} has no hash of its file",
        FaultCode::MirrorDiffers => "charge {charge} is no mirror of charge {takes_back}",
        FaultCode::ChargeTakenBackByNothing => {
            "charge {charge} counts and does not stand, and nothing takes it back"
        }
        FaultCode::ChargeTakenBackTwice => "charge {charge} is taken back more than once",
        FaultCode::ChargeNeitherNor => "charge {charge} neither stands nor is taken back",
        FaultCode::ChargeMiscounted => {
            "charge {charge} stands at {said} {what} of its month, and counted anew at {found}"
        }
        FaultCode::ChargeMispriced => "charge {charge} is not what its rate or its row says",
        FaultCode::SumNotItsCharges => {
            "hub {hub} in {month}: by {by} {what}, {said} is kept over {charges_said} charges, and they are {found} over {charges_found}"
        }
        FaultCode::ChargeNotAsWritten => {
            "hub {hub} in {month}: charge {charge} is not as it was written"
        }
        FaultCode::InvoiceNotItsLines => "{invoice} is {said} net, and its lines are {found}",
        FaultCode::InvoiceNotInCents => "{invoice} is not in whole cents",
        FaultCode::InvoiceNumberGap => {
            "hub {hub} in {month}: top-ups count to {highest}, and there are {number}"
        }
        FaultCode::LinePositionGap => {
            "[hub {hub} in {month}][{invoice}]: lines count to {highest}, and there are {number}"
        }
        FaultCode::SummaryDoesNotAddUp => "{invoice} does not add up",
        FaultCode::SummaryNotTheLedger => "{invoice}: {part} is {said}, and {found} in the ledger",
        FaultCode::PayableNotTheInvoices => {
            "hub {hub} in {month}: invoices say {said}, the ledger {found} {currency}"
        }
        FaultCode::UnratedInClosedMonth => {
            "hub {hub}: {month} is closed and {number} of its charges are unrated"
        }
        FaultCode::ClosedBeforeEarlier => "hub {hub}: {month} is closed before the month before it",
        FaultCode::FrozenInOpenMonth => {
            "hub {hub}: {month} is open, and there is a {table} that only its close makes"
        }
        FaultCode::ForeignInvoice => "{invoice} does not belong in a partner's book",
        FaultCode::ClientNumberGap => {
            "series {series} {period} counts to {highest} and has {number} numbers"
        }
        FaultCode::ClientNumbersNotByDay => "{invoice} is dated before {earlier}",
        FaultCode::ClientInvoiceNotItsLines => "{invoice} is another sum than its lines",
        FaultCode::ClientVatNotItsLines => {
            "{invoice}: VAT of {percent} % is on {said}, and its lines are {found}"
        }
        FaultCode::ClientOverCredited => "{invoice} is credited by more than it bills",
        FaultCode::ClientDeductionDiffers => {
            "{invoice} takes {said} off for advances that come to {found}"
        }
        FaultCode::ClientOverPaid => "{invoice} bills {total}, and {found} is paid",
        FaultCode::OutputVatDiffers => {
            "hub {hub}: invoices bear VAT of {said}, the ledger {found} {currency}"
        }
        FaultCode::ReceivableDiffers => {
            "client {client} owes {said} by its invoices, and {found} by the ledger"
        }
        FaultCode::ClientNotInvoicedHere => "{invoice} does not belong in this book",
        FaultCode::PaperChanged => "the {format} of {invoice} was changed",
        FaultCode::PaperMissing => "{invoice} has no PDF",
        FaultCode::SealMissing => {
            "hub {hub} in {month}: the month_close 0 is closed and its seal is gone"
        }
        FaultCode::SealMarksMissing => {
            "hub {hub} in {month}: the marks of its {part} rows are gone"
        }
        FaultCode::SealedRowChanged => {
            "hub {hub} in {month}: {part} {row} was changed after the month was sealed"
        }
        FaultCode::SealedRowRemoved => {
            "hub {hub} in {month}: {part} {row} was removed after the month was sealed"
        }
        FaultCode::SealedRowAdded => {
            "hub {hub} in {month}: {part} {row} was added after the month was sealed"
        }
        FaultCode::SealedRowMoved => {
            "hub {hub} in {month}: {part} {row} stands in another place than when the month was sealed"
        }
        FaultCode::SealChanged => {
            "hub {hub} in {month}: its rows are as they were sealed, but the seal itself, or the one before it, was changed"
        }
        FaultCode::BasisChanged => {
            "hub {hub} in {month}: the {kind} {name} is no longer what the month was worked out with"
        }
        FaultCode::TableChanged => {
            "{table} was changed by something else than this program: {said} rows were written, {found} are there"
        }
        FaultCode::NotSealedYet => {
            "hub {hub}: {month} was closed by an earlier version; it is sealed when the book is next opened to work in it"
        }
    }
}

/// A fault as a sentence.
pub(crate) fn told(fault: &Fault) -> String {
    let mut text = String::new();
    let mut rest = template(fault.code);
    while let Some((before, after)) = rest.split_once('[') {
        text.push_str(&filled(before, fault));
        let (inside, behind) = after.split_once(']').unwrap_or((after, ""));
        let names_one = |name: &str| inside.contains(&format!("{{{name}}}"));
        if fault.facts.iter().any(|(name, _)| names_one(name)) {
            text.push_str(&filled(inside, fault));
        }
        rest = behind;
    }
    text.push_str(&filled(rest, fault));
    text.trim_end().to_owned()
}

fn filled(part: &str, fault: &Fault) -> String {
    let mut text = String::new();
    let mut rest = part;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let (name, behind) = after.split_once('}').unwrap_or((after, ""));
        text.push_str(fault.fact(name));
        rest = behind;
    }
    text.push_str(rest);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_stand_in_their_places_and_what_is_not_told_is_left_out() {
        let fault = Fault::new(FaultCode::UsageNotAsPosted)
            .with("hub", "aPA")
            .with("day", "2026-07-04")
            .with("charged", "1.5")
            .with("posted", "0")
            .with("currency", "EUR");
        assert_eq!(
            told(&fault),
            "hub aPA on 2026-07-04: charged 1.5, posted 0 EUR"
        );
        assert_eq!(
            told(&fault.with("channel", "aCH")),
            "hub aPA channel aCH on 2026-07-04: charged 1.5, posted 0 EUR"
        );
    }

    #[test]
    fn each_fault_has_words_that_end() {
        for code in FaultCode::ALL {
            let text = told(&Fault::new(*code));
            assert!(!text.contains(['{', '}', '[', ']']), "{text}");
        }
    }
}
