//! Each fault that `check` knows, planted behind the app's back: it is told by its own code.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use harness::invoicing::{can_invoice, one_line};
use harness::story::{Story, tell};
use hubledger_book::Book;
use hubledger_book::form::{ClientDraftForm, ClientPaymentForm};
use hubledger_store::FaultCode;
use rusqlite::Connection;

use crate::without_triggers;

const MONTHS: &str = "
    today 2026-07-01
    book partner DE DE999999995
    hub aPA partner-paid EUR growth since 2026-07-01 opening 120.00
    hub bPA direct-paid USD growth since 2026-07-01
    client aCL of aPA
    client bCL of bPA
    channel aCH of aCL regular from 2026-07-03
    channel bCH of bCL premium from 2026-07-01
    today 2026-08-02
    top-up 2026-07-05 aPA 500.00
    top-up 2026-07-06 bCH 40.00
    refund 2026-07-20 aPA 3.00 to balance
    use 2026-07-04 aCH DE marketing 1000 id=m1
    use 2026-07-05 aCH ES utility 3000 id=m2
    import
    use 2026-07-04 aCH DE marketing 900 id=m1
    import
    close aPA 2026-07
    close bPA 2026-07 to-clients 2
    use 2026-08-01 aCH DE marketing 10
    use 2026-08-01 aCH AQ marketing 10 cost=0.5
    import
    top-up 2026-08-01 aPA 50.00
    top-up 2026-08-01 aPA 7.00
    undo
    use 2026-08-01 aCH ES marketing 20
    import
    undo
    client cCL of bPA
    channel cCH of cCL regular from 2026-08-01
    top-up 2026-08-02 cCH 9.00
    undo
    undo
    today 2026-10-20
    reverse top-up first
    reverse refund-to-balance
    undo
    reverse charge 2026-07-05 aCH utility
    undo
    reverse charge 2026-07-05 aCH utility
    close aPA 2026-08
    volume aCL Germany utility 150000 from 2026-10
    use 2026-10-04 bCH DE service 600
    use 2026-10-05 bCH DE service 600
    import
";

/// Two invoices to the client, one of them paid.
fn with_invoices(story: &mut Story) {
    let at = story.at();
    let book = story.book_mut();
    can_invoice(book, "aPA", "aCL", at);
    for _ in 0..2 {
        let invoice = one_line("aCL", "2", "50.00");
        let draft = book
            .put_client_draft(&ClientDraftForm { id: None, invoice }, at)
            .unwrap();
        book.issue_client_draft(&draft.id, at).unwrap();
    }
    let payment = ClientPaymentForm {
        number: "2026/0001".into(),
        amount: "119.00".into(),
        on: String::new(),
    };
    book.pay_client_invoice(&payment, at).unwrap();
}

/// A book with something in every corner.
pub(crate) fn book_with_everything() -> Story {
    let mut story = tell(MONTHS);
    with_invoices(&mut story);
    story
}

/// What is done to the book, and the code that must tell of it.
const PLANTED: &[(FaultCode, &str)] = &[
    (
        FaultCode::DanglingKey,
        "UPDATE charge SET place = 999 WHERE key = 1",
    ),
    (
        FaultCode::SchemaDiffers,
        "CREATE TRIGGER quiet BEFORE INSERT ON top_up BEGIN SELECT RAISE(IGNORE); END",
    ),
    (FaultCode::InexactColumn, "CREATE TABLE note (amount REAL)"),
    (
        FaultCode::EntryUnbalanced,
        "UPDATE posting SET amount = amount + 1 WHERE rowid_of_it",
    ),
    (
        FaultCode::EntryEmpty,
        "INSERT INTO entry (hub, kind, day, recorded_at) VALUES (1, 'opening', 20260901, '')",
    ),
    (
        FaultCode::PostingOnAnotherDay,
        "UPDATE posting SET day = day + 1 WHERE entry = (SELECT max(entry) FROM posting)",
    ),
    (
        FaultCode::PostingOfAnotherHub,
        "UPDATE entry SET hub = 2 WHERE key = (SELECT max(entry) FROM posting)",
    ),
    (
        FaultCode::MoneyMixed,
        "UPDATE posting SET account = (SELECT key FROM account WHERE kind = 'memo:client-funds')
         WHERE account = (SELECT key FROM account WHERE kind = 'asset:bank')",
    ),
    (
        FaultCode::UsageNotAsPosted,
        "UPDATE charge SET amount = amount + 1 WHERE key = (SELECT max(key) FROM charge WHERE amount > 0)",
    ),
    (
        FaultCode::ChargeOfAnotherHub,
        "UPDATE charge SET channel = (SELECT key FROM channel WHERE id = 'bCH') WHERE key = (SELECT max(key) FROM charge WHERE hub = 1)",
    ),
    (
        FaultCode::SharesDoNotAddUp,
        "UPDATE charge SET amount = amount + 1 WHERE key = (SELECT max(key) FROM charge WHERE amount > 0 AND hub = 1)",
    ),
    (
        FaultCode::SumNotItsCharges,
        "UPDATE charge_sum SET amount = amount + 1 WHERE kind = 0 AND period = 202607",
    ),
    (
        FaultCode::SumNotItsCharges,
        "UPDATE charge_sum SET estimated = estimated + 1 WHERE kind = 4 AND period = 20260801",
    ),
    (
        FaultCode::SumNotItsCharges,
        "DELETE FROM charge_sum WHERE kind = 1 AND hub = 2",
    ),
    (
        FaultCode::SumNotItsCharges,
        "INSERT INTO charge_sum VALUES (1, 2, 20270101, 1, -1, -1, 1, 1, 1, 0, 1, 0, 0, 0, 0)",
    ),
    (
        FaultCode::ChargeNotAsWritten,
        "INSERT INTO charge_block VALUES (1, 202610, 0, zeroblob(32), x'')",
    ),
    (
        FaultCode::TopUpNotAsPosted,
        "UPDATE top_up SET amount = amount + 10000 WHERE key = 1",
    ),
    (
        FaultCode::TopUpNotAsPosted,
        "UPDATE top_up SET day = day + 1 WHERE key = 1",
    ),
    (
        FaultCode::RefundNotAsPosted,
        "UPDATE refund SET destination = 'bank'",
    ),
    (
        FaultCode::EntryWithoutEvent,
        "DELETE FROM top_up WHERE key = (SELECT max(key) FROM top_up)",
    ),
    (
        FaultCode::VatNotAsPosted,
        "UPDATE posted_vat SET amount = amount + 10000 WHERE entry = (SELECT max(entry) FROM posted_vat)",
    ),
    (
        FaultCode::EntryMirrorDiffers,
        "UPDATE entry SET kind = 'opening' WHERE key = (SELECT max(key) FROM entry WHERE reverses IS NOT NULL AND kind = 'top-up')",
    ),
    (
        FaultCode::EntryMirrorDiffers,
        "UPDATE entry SET own_day = own_day + 1 WHERE reverses IS NOT NULL AND day / 100 > own_day / 100",
    ),
    (
        FaultCode::EntryMirrorDiffers,
        "UPDATE entry SET reverses = 999999 WHERE reverses IS NOT NULL AND day / 100 > own_day / 100",
    ),
    (
        FaultCode::EntryWithoutEvent,
        "UPDATE entry SET reverses = NULL WHERE reverses IS NOT NULL AND day / 100 > own_day / 100",
    ),
    (
        FaultCode::EntryTakenBackTwice,
        "UPDATE entry SET reverses = (SELECT min(reverses) FROM entry) WHERE reverses IS NOT NULL",
    ),
    (
        FaultCode::UndoneEntryStands,
        "UPDATE entry SET reverses = NULL WHERE key = (SELECT min(key) FROM entry WHERE reverses IS NOT NULL)",
    ),
    (
        FaultCode::UndoneChargeStands,
        "UPDATE charge SET is_live = 1 WHERE import IN (SELECT key FROM undone WHERE what = 'import') AND reverses IS NULL",
    ),
    (
        FaultCode::MirrorDiffers,
        "UPDATE charge SET is_live = 1 WHERE key = (SELECT reverses FROM charge AS back WHERE reverses IS NOT NULL
         AND NOT EXISTS (SELECT 1 FROM charge AS again WHERE again.reverses = back.key) ORDER BY key DESC LIMIT 1)",
    ),
    (
        FaultCode::UndoneChargeStands,
        "INSERT INTO undone SELECT 'charge', max(key), (SELECT max(key) FROM activity) FROM charge WHERE is_live = 1",
    ),
    (
        FaultCode::UndonePartyHoldsMoney,
        "UPDATE posting SET amount = amount + 1 WHERE account = (SELECT account.key FROM account JOIN channel ON channel.key = account.channel
         WHERE channel.gone IS NOT NULL) AND amount > 0",
    ),
    (
        FaultCode::ChargeWithoutFile,
        "UPDATE charge SET import = NULL WHERE key = (SELECT max(key) FROM charge)",
    ),
    (
        FaultCode::ImportWithoutHash,
        "UPDATE import SET sha256 = 'unknown' WHERE key = (SELECT max(key) FROM import)",
    ),
    (
        FaultCode::MirrorDiffers,
        "UPDATE charge SET quantity = quantity - 1 WHERE reverses IS NOT NULL",
    ),
    (
        FaultCode::ChargeTakenBackByNothing,
        "UPDATE charge SET is_live = 0 WHERE key = (SELECT max(key) FROM charge)",
    ),
    (
        FaultCode::ChargeTakenBackTwice,
        "UPDATE charge SET reverses = (SELECT reverses FROM charge WHERE reverses IS NOT NULL) WHERE key = (SELECT max(key) FROM charge)",
    ),
    (
        FaultCode::ChargeNeitherNor,
        "UPDATE charge SET is_live = 2 WHERE key = (SELECT max(key) FROM charge)",
    ),
    (
        FaultCode::ChargeMiscounted,
        "UPDATE charge SET free = free - 1 WHERE free = 400",
    ),
    (
        FaultCode::ChargeMispriced,
        "UPDATE charge SET rated = rated + 1 WHERE rated > 0 AND reverses IS NULL",
    ),
    (
        FaultCode::InvoiceNotItsLines,
        "UPDATE month_line SET amount = amount + 10000 WHERE reference LIKE '%/plan'",
    ),
    (
        FaultCode::InvoiceNotInCents,
        "UPDATE hub_invoice SET vat_base = vat_base + 1 WHERE reference LIKE '%/plan'",
    ),
    (
        FaultCode::InvoiceNumberGap,
        "UPDATE hub_invoice SET n = 7 WHERE kind = 'top-up' AND hub = 1",
    ),
    (
        FaultCode::LinePositionGap,
        "DELETE FROM month_line WHERE position = 1 AND hub = 1",
    ),
    (
        FaultCode::FrozenInOpenMonth,
        "DELETE FROM month_close WHERE hub = 1 AND month = 202608",
    ),
    (
        FaultCode::SummaryDoesNotAddUp,
        "UPDATE closing_summary SET ending = ending + 10000",
    ),
    (
        FaultCode::SummaryNotTheLedger,
        "UPDATE closing_summary SET ending = ending + 10000, added = added + 10000",
    ),
    (
        FaultCode::PayableNotTheInvoices,
        "UPDATE hub_invoice SET vat = vat + 10000, gross = gross + 10000 WHERE reference LIKE 'aPA/%/plan'",
    ),
    (
        FaultCode::UnratedInClosedMonth,
        "UPDATE charge SET outcome = 3, amount = NULL WHERE booked < 20260801 AND is_live = 1",
    ),
    (
        FaultCode::ClosedBeforeEarlier,
        "DELETE FROM month_close WHERE hub = 1 AND month = 202607",
    ),
    (
        FaultCode::ForeignInvoice,
        "UPDATE hub_invoice SET kind = 'licence' WHERE reference LIKE 'bPA/%'",
    ),
    (
        FaultCode::ClientNumberGap,
        "UPDATE client_invoice SET counter = 3 WHERE counter = 2",
    ),
    (
        FaultCode::ClientNumbersNotByDay,
        "UPDATE client_invoice SET issued_on = issued_on - 1 WHERE counter = 2",
    ),
    (
        FaultCode::ClientInvoiceNotItsLines,
        "UPDATE client_invoice_line SET net = net + 10000 WHERE invoice = 1",
    ),
    (
        FaultCode::ClientVatNotItsLines,
        "UPDATE client_invoice_line SET percent = '7' WHERE invoice = 1",
    ),
    (
        FaultCode::ClientOverCredited,
        "UPDATE client_invoice SET kind = 'credit-note', corrects = 1, gross = gross * 2 WHERE key = 2",
    ),
    (
        FaultCode::ClientDeductionDiffers,
        "UPDATE client_invoice SET deducted = deducted + 10000 WHERE key = 1",
    ),
    (
        FaultCode::ClientOverPaid,
        "UPDATE client_payment SET amount = amount + 10000",
    ),
    (
        FaultCode::OutputVatDiffers,
        "UPDATE client_invoice SET vat = vat + 10000, gross = gross + 10000 WHERE key = 1",
    ),
    (
        FaultCode::ReceivableDiffers,
        "UPDATE client_payment SET amount = amount - 10000",
    ),
    (
        FaultCode::ClientNotInvoicedHere,
        "UPDATE client_invoice SET client = 2 WHERE key = 1",
    ),
    (
        FaultCode::PaperChanged,
        "UPDATE client_paper SET bytes = zeroblob(9) WHERE invoice = 1",
    ),
    (
        FaultCode::PaperMissing,
        "DELETE FROM client_paper WHERE invoice = 2",
    ),
    (
        FaultCode::SealMissing,
        "DELETE FROM seal_part WHERE month = 202608; DELETE FROM seal WHERE month = 202608",
    ),
    (
        FaultCode::SealMarksMissing,
        "DELETE FROM seal_part WHERE part = 'charge' AND month = 202608",
    ),
    (
        FaultCode::SealedRowChanged,
        "UPDATE hub_invoice SET to_name = 'another' WHERE reference LIKE 'aPA/2026-08/plan'",
    ),
    (
        FaultCode::SealedRowRemoved,
        "DELETE FROM month_channel WHERE hub = 1 AND month = 202608",
    ),
    (
        FaultCode::SealedRowAdded,
        "INSERT INTO month_channel SELECT 1, 202608, key, '', '', '' FROM channel WHERE id = 'bCH'",
    ),
    (
        FaultCode::SealedRowChanged,
        "UPDATE seal SET is_late = 1 WHERE hub = 1 AND month = 202608",
    ),
    (
        FaultCode::BasisChanged,
        "UPDATE rate SET rate = rate + 1 WHERE card = 1 AND rowid_of_rate",
    ),
    (
        FaultCode::BasisChanged,
        "UPDATE market_list_country SET market = 'Elsewhere' WHERE country = 'DE'",
    ),
    (
        FaultCode::BasisChanged,
        "INSERT INTO hub_setting (hub, rule, from_month, choice) VALUES (1, 'vat-on', 202607, 'usage')",
    ),
    (
        FaultCode::TableChanged,
        "UPDATE client SET name = 'another' WHERE id = 'bCL'",
    ),
    (
        FaultCode::SealChanged,
        "UPDATE seal SET head = replace(head, substr(head, 1, 4), 'abcd') WHERE hub = 1 AND month = 202608",
    ),
];

/// Codes that need another way than a row of SQL; each has its own test.
const ELSEWHERE: &[FaultCode] = &[
    // A damaged file: `a_thousand_bytes…` in `flips.rs`, and `tests/faults/damaged.rs`.
    FaultCode::Unreadable,
    FaultCode::FileUnsound,
    // No row of ours is sorted by anything that can change without the row.
    FaultCode::SealedRowMoved,
    // A notice: `tests/faults/schema.rs`.
    FaultCode::NotSealedYet,
];

/// The codes that `check` tells of a file.
fn codes_of(path: &Path, story: &Story) -> BTreeSet<String> {
    let book = Book::open_read_only(path).unwrap();
    let check = book.check(story.at()).unwrap();
    let faults = check.lines.iter().flat_map(|line| &line.faults);
    faults.map(|fault| fault.code.to_string()).collect()
}

#[test]
fn each_planted_fault_is_told_by_its_own_code() {
    let story = book_with_everything();
    let good = story.book().check(story.at()).unwrap();
    assert!(good.holds, "{good:#?}");
    let whole = story.book().path().with_file_name("whole.hubbook");
    let from = Connection::open(story.book().path()).unwrap();
    from.execute("VACUUM INTO ?1", [whole.to_str().unwrap()])
        .unwrap();
    let path = whole.with_file_name("planted.hubbook");
    let mut failed = Vec::new();
    for (code, sql) in PLANTED {
        fs::copy(&whole, &path).unwrap();
        let file = Connection::open(&path).unwrap();
        without_triggers(&file);
        let sql = sql
            .replace(
                "rowid_of_it",
                "entry = (SELECT max(entry) FROM posting) AND amount > 0",
            )
            .replace(
                "card = 1 AND rowid_of_rate",
                "card = (SELECT min(key) FROM card WHERE currency = 'EUR')",
            );
        file.execute_batch(&sql).unwrap();
        assert!(
            file.total_changes() > 0 || sql.starts_with("CREATE"),
            "{sql}"
        );
        drop(file);
        let told = codes_of(&path, &story);
        if !told.contains(code.as_str()) {
            failed.push(format!("{}: {sql}\n   told: {told:?}", code.as_str()));
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

#[test]
fn every_code_is_planted() {
    let planted: BTreeSet<_> = PLANTED.iter().map(|(code, _)| code.as_str()).collect();
    let missing: Vec<_> = FaultCode::ALL
        .iter()
        .filter(|code| !ELSEWHERE.contains(code) && !planted.contains(code.as_str()))
        .collect();
    assert!(missing.is_empty(), "no test plants {missing:?}");
}
