//! How the file is asked: what screens show of a month, a page or a channel must not be looked for in all
//! that a book ever held. Plans depend on the schema alone, as a book keeps no statistics and plans
//! stay whatever is bound (`keep_plans`), so those of a small book are those of a large one.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use harness::story::{moment, storyteller};
use harness::walk::{all_charges, go_on};
use hubledger_book::activity::HistoryForm;
use hubledger_book::form::{
    ChargesForm, ChargesKind, ChargesSort, ChargesSortBy, ClientsForm, FindForm, SumBy,
};
use hubledger_book::ledger::{AccountForm, EntriesForm, TrialForm};
use hubledger_book::moment::Moment;
use hubledger_book::word::CategoryWord;
use hubledger_book::{Book, make_sample};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

/// Names the folder that the process of [`screens_ask`] works in.
const FOLDER: &str = "HUBLEDGER_TEST_PLANS";

const BOOK: &str = "book.hubbook";
const QUESTIONS: &str = "questions";

/// Asks a book what screens show. What it asks the file is written whole only when its process ends, so
/// it runs in one of its own.
#[test]
#[ignore = "run by the test below, in a folder that it names"]
fn screens_ask() {
    let folder = PathBuf::from(std::env::var_os(FOLDER).unwrap());
    let at = moment("2026-11-20");
    let sample = make_sample(&folder, &storyteller(), &mut go_on, at).unwrap();
    let path = folder.join(BOOK);
    std::fs::rename(sample.partner_book, &path).unwrap();
    let mut book = Book::open(&path, &storyteller(), at).unwrap();
    book.note_questions(&folder.join(QUESTIONS)).unwrap();
    ask_of_the_book(&book, at);
    for hub in book.hubs(at).unwrap() {
        for month in [hub.first_month.as_str(), "2026-11"] {
            ask_of_a_month(&book, &hub.id, month, at);
        }
        ask_for_charges(&book, &hub.id, at);
    }
}

fn ask_of_the_book(book: &Book, at: Moment) {
    book.book_view(at).unwrap();
    book.unrated(None, at).unwrap();
    book.what_can_be_undone().unwrap();
    book.client_invoices(None, None, None, at).unwrap();
    book.client_drafts(None, at).unwrap();
    let history = HistoryForm {
        limit: 100,
        ..HistoryForm::default()
    };
    let hub = book.hubs(at).unwrap().first().map(|hub| hub.id.clone());
    let of_hub = HistoryForm {
        hub,
        ..history.clone()
    };
    book.history_page(&of_hub).unwrap();
    let page = book.history_page(&history).unwrap();
    let next = HistoryForm {
        after: page.acts.first().map(|act| act.id),
        ..history
    };
    book.history_page(&next).unwrap();
    for text in ["", "ha", "49"] {
        let form = FindForm {
            text: text.to_owned(),
            invoices: true,
            limit: 8,
            ..FindForm::default()
        };
        book.find(&form, at).unwrap();
    }
    let trial = book.trial_balance(&TrialForm::default(), at).unwrap();
    for line in trial.balances.iter().flat_map(|balance| &balance.lines) {
        let form = AccountForm {
            account: line.account.clone(),
            from: "2026-10-01".to_owned(),
            until: String::new(),
        };
        book.account(&form, at).unwrap();
        ask_for_entries(book, Some(&line.account), at);
    }
    ask_for_entries(book, None, at);
}

fn ask_for_entries(book: &Book, account: Option<&str>, at: Moment) {
    for oldest_first in [false, true] {
        let form = EntriesForm {
            account: account.map(str::to_owned),
            month: Some("2026-10".to_owned()),
            oldest_first,
            limit: 2,
            ..EntriesForm::default()
        };
        let page = book.entries(&form, at).unwrap();
        let next = EntriesForm {
            after: page.next,
            ..form
        };
        book.entries(&next, at).unwrap();
    }
}

fn ask_of_a_month(book: &Book, hub: &str, month: &str, at: Moment) {
    book.hub(hub, at).unwrap();
    book.overview(hub, month, at).unwrap();
    book.balances(hub, month, at).unwrap();
    book.statement(hub, None, Some(month), at).ok();
    book.rules(hub, Some(month), at).unwrap();
    book.invoices(Some(hub), Some(month), at).unwrap();
    book.close_preview(hub, month, at).ok();
    for by in [
        SumBy::Channel,
        SumBy::Client,
        SumBy::Category,
        SumBy::Market,
    ] {
        book.charge_sums(hub, Some(month), by, at).unwrap();
    }
    let form = ClientsForm {
        hub: hub.to_owned(),
        month: month.to_owned(),
        limit: 100,
        ..ClientsForm::default()
    };
    book.clients_page(&form, at).unwrap();
    for channel in book.channels(Some(hub), month, at).unwrap() {
        book.channel_usage(&channel.id, month).unwrap();
        book.statement(hub, Some(&channel.id), Some(month), at).ok();
    }
}

/// The first and the second page of charges, narrowed and put in order in each way.
fn ask_for_charges(book: &Book, hub: &str, at: Moment) {
    let channel = book.channels(Some(hub), "2026-10", at).unwrap().remove(0);
    let all = ChargesForm {
        limit: 5,
        ..all_charges(hub, None)
    };
    let of_month = ChargesForm {
        month: Some("2026-10".to_owned()),
        ..all.clone()
    };
    let narrowed = [
        all,
        ChargesForm {
            client: Some(channel.client.clone()),
            ..of_month.clone()
        },
        ChargesForm {
            channel: Some(channel.id.clone()),
            ..of_month.clone()
        },
        ChargesForm {
            category: Some(CategoryWord::Marketing),
            ..of_month.clone()
        },
        ChargesForm {
            market: Some("Germany".to_owned()),
            ..of_month.clone()
        },
        ChargesForm {
            kind: Some(ChargesKind::Messages),
            ..of_month.clone()
        },
        ChargesForm {
            unrated: true,
            ..of_month.clone()
        },
        ChargesForm {
            day: Some("2026-10-10".to_owned()),
            ..of_month.clone()
        },
        of_month,
    ];
    let columns = [
        ChargesSortBy::Day,
        ChargesSortBy::Client,
        ChargesSortBy::Channel,
        ChargesSortBy::Market,
        ChargesSortBy::Category,
        ChargesSortBy::Quantity,
        ChargesSortBy::Amount,
    ];
    for form in &narrowed {
        for by in columns {
            for down in [false, true] {
                ask_for_two_pages(book, form, ChargesSort { by, down }, at);
            }
        }
    }
}

fn ask_for_two_pages(book: &Book, form: &ChargesForm, sort: ChargesSort, at: Moment) {
    let form = ChargesForm {
        sort: Some(sort),
        ..form.clone()
    };
    let page = book.charges(form.clone(), at).unwrap();
    for charge in page.rows.iter().take(1) {
        book.explain(&charge.id, at).unwrap();
    }
    let after = page.next;
    if after.is_some() {
        book.charges(ChargesForm { after, ..form }, at).unwrap();
    }
}

/// What a file was asked, each question once.
fn questions_of(noted: &str) -> BTreeSet<String> {
    noted
        .split("Elapsed time:")
        .filter_map(|one| one.split_once(" ms - "))
        .map(|(_, question)| question.trim().to_owned())
        .collect()
}

/// The steps of a plan.
fn plan_of(file: &Connection, question: &str) -> Vec<String> {
    let mut statement = file
        .prepare(&format!("EXPLAIN QUERY PLAN {question}"))
        .unwrap_or_else(|why| panic!("{why}: {question}"));
    let mut rows = statement.raw_query();
    let mut steps = Vec::new();
    while let Some(row) = rows.next().unwrap() {
        steps.push(row.get("detail").unwrap());
    }
    steps
}

/// Tables that grow from month to month.
const GROWING: [&str; 16] = [
    "activity",
    "change",
    "charge",
    "charge_sum",
    "client_invoice",
    "client_invoice_line",
    "client_payment",
    "entry",
    "hub_invoice",
    "import",
    "month_channel",
    "month_line",
    "posting",
    "refund",
    "seal_part",
    "top_up",
];

/// Steps that go through all of a growing table, or all of a hub's, and why they may: a part of the step, and
/// of the question.
const ALLOWED: [(&str, &str, &str); 7] = [
    (
        "SCAN charge",
        "FROM charge NOT INDEXED",
        "by a column, of days that hold a quarter of the book or more",
    ),
    (
        "SCAN charge USING INDEX charge_unrated",
        "outcome = 3",
        "the index holds what is unrated alone",
    ),
    (
        "SCAN activity",
        "FROM activity",
        "what people did, some acts a day; they are counted, and its words are listed",
    ),
    (
        "(hub=?)",
        "SELECT max(ifnull((SELECT day FROM entry",
        "the last of each that is not folded away",
    ),
    ("(hub=?)", "SELECT EXISTS", "until the first is found"),
    (
        "SEARCH hub_invoice USING INDEX hub_invoice_of_month (hub=?)",
        "vendor_number.number",
        "numbers are found by any part of them",
    ),
    (
        "SEARCH month_line USING PRIMARY KEY (hub=?)",
        "ifnull(late_month, month)",
        "what each closed month charged for licences, as later ones may be due for it",
    ),
];

/// The table behind a name of a question.
fn table_of<'a>(name: &'a str, question: &'a str) -> &'a str {
    let renamed = format!(" AS {name}");
    let before = question.match_indices(&renamed).find_map(|(at, text)| {
        let is_whole =
            !question[at + text.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '_');
        is_whole.then(|| &question[..at])
    });
    let table = before.and_then(|text| text.rsplit([' ', '\n', '(']).next());
    table.unwrap_or(name).trim_start_matches("main.")
}

/// Whether a step looks at all rows of a growing table, or at all of a hub's.
fn is_of_all(step: &str, plan: &[String], question: &str) -> bool {
    let mut words = step.split(' ');
    let how = words.next().unwrap_or_default();
    let table = table_of(words.next().unwrap_or_default(), question);
    if !GROWING.contains(&table) {
        return false;
    }
    let ends_with_the_page = question.contains(" LIMIT ")
        && !plan
            .iter()
            .any(|step| step == "USE TEMP B-TREE FOR ORDER BY");
    match how {
        "SCAN" => true,
        "SEARCH" => step.contains("(hub=?)") && !ends_with_the_page,
        _ => false,
    }
}

/// Steps that go through more than what is shown, with their question.
fn too_much(file: &Connection, question: &str) -> Vec<String> {
    let plan = plan_of(file, question);
    let is_allowed = |step: &str| {
        let mut allowed = ALLOWED.iter();
        allowed.any(|(part, of, _)| step.contains(part) && question.contains(of))
    };
    plan.iter()
        .filter(|step| is_of_all(step, &plan, question) && !is_allowed(step))
        .map(|step| format!("{step}\n    {question}"))
        .collect()
}

fn open(path: &Path) -> Connection {
    let file = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    file.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)
        .unwrap();
    file
}

#[test]
fn what_screens_show_is_not_looked_for_in_the_whole_book() {
    let folder = tempfile::tempdir().unwrap();
    let asked = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "plans::screens_ask", "--ignored"])
        .env(FOLDER, folder.path())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&asked.stdout);
    assert!(asked.status.success(), "{said}");
    let noted = std::fs::read_to_string(folder.path().join(QUESTIONS)).unwrap();
    let questions = questions_of(&noted);
    for hot in [
        "charge INDEXED BY charge_of_month",
        "charge INDEXED BY charge_by_place",
        "FROM charge_sum",
        "FROM posting WHERE account = ?1",
        "FROM entry INDEXED BY entry_of_hub",
        "LEFT JOIN posting ON posting.account = account.key",
        "FROM hub_invoice",
    ] {
        let is_asked = questions.iter().any(|question| question.contains(hot));
        assert!(is_asked, "nothing was asked of {hot}");
    }
    let file = open(&folder.path().join(BOOK));
    let found: Vec<_> = questions
        .iter()
        .flat_map(|question| too_much(&file, question))
        .collect();
    assert!(
        found.is_empty(),
        "each goes through all of a table that grows:\n{}",
        found.join("\n")
    );
    for (step, of, _) in ALLOWED {
        let is_needed = questions.iter().any(|question| {
            question.contains(of)
                && plan_of(&file, question)
                    .iter()
                    .any(|one| one.contains(step))
        });
        assert!(is_needed, "no {step} of {of} is left to be allowed");
    }
}

#[test]
fn a_plan_that_goes_through_all_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(BOOK);
    drop(hubledger_store::Store::create(&path, "test").unwrap());
    let file = open(&path);
    for question in [
        "SELECT sum(amount) FROM charge",
        "SELECT key FROM entry AS one WHERE ?1 IS NULL OR one.hub = ?1",
        "SELECT sum(amount) FROM charge WHERE hub = ?1",
        "SELECT key FROM charge WHERE hub = ?1 ORDER BY amount LIMIT 10",
        "SELECT count(*) FROM main.posting WHERE day = ?1",
    ] {
        assert_eq!(too_much(&file, question).len(), 1, "{question}");
    }
    for question in [
        "SELECT key FROM charge WHERE hub = ?1 ORDER BY booked LIMIT 10",
        "SELECT sum(amount) FROM posting WHERE account = ?1 AND day <= ?2",
        "SELECT count(*) FROM hub AS entry",
    ] {
        assert!(too_much(&file, question).is_empty(), "{question}");
    }
}
