//! What the window shows as a table, written as a file.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fmt::Write as _;
use std::ops::ControlFlow;

use harness::story::{Story, tell};
use harness::walk::{all_charges, go_on};
use hubledger_book::activity::HistoryForm;
use hubledger_book::form::{
    ClientsForm, PartiesFileForm, ShownCharge, ShownChargesForm, ShownColumn, TopUpForm,
};
use hubledger_book::ledger::EntriesForm;
use hubledger_book::shown::{
    ShownAct, ShownChannel, ShownForm, ShownHead, ShownList, ShownPosting,
};
use hubledger_book::table_file::save_table;
use hubledger_book::view::ProgressView;
use hubledger_book::word::{TierWord, TopUpWord};

fn table(rows: &[&[&str]]) -> Vec<Vec<String>> {
    let rows = rows.iter();
    rows.map(|row| row.iter().map(|&cell| cell.to_owned()).collect())
        .collect()
}

#[test]
fn a_table_is_one_file_with_one_head() {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("shown.csv");
    let rows = table(&[
        &["Day", "Charge, EUR"],
        &["2026-09-01", "0.034500"],
        &["2026-09-02", "-1.5"],
        &["", "=1+1"],
    ]);
    assert_eq!(save_table(&rows, &to).unwrap(), 3);
    let written = std::fs::read_to_string(&to).unwrap();
    let expected =
        "\u{feff}Day,\"Charge, EUR\"\r\n2026-09-01,0.034500\r\n2026-09-02,-1.5\r\n,'=1+1\r\n";
    assert_eq!(written, expected);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn a_folder_that_is_not_there_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("gone").join("shown.csv");
    let refusal = save_table(&table(&[&["Day"]]), &to).unwrap_err();
    assert!(refusal.to_string().contains("gone"), "{refusal}");
}

/// 100 × 0.1131 = 11.31, and the plan and the licence of the month.
#[test]
fn charges_are_written_as_a_table_shows_them_and_what_is_stopped_leaves_what_was_there() {
    let story = tell(
        "
        today    2026-08-31
        book     partner DE DE136695976
        hub      elbePA partner-paid EUR growth since 2026-08-01
        client   marktCL of elbePA
        channel  a1CH of marktCL regular from 2026-08-01
        use      2026-08-04 a1CH DE marketing 100
        import   new=1
        ",
    );
    let column = |key, head: &str| ShownColumn {
        key,
        head: head.to_owned(),
    };
    let words = [
        ("marketing", "Werbung"),
        ("plan", "Plan"),
        ("licence", "Lizenz"),
    ];
    let form = ShownChargesForm {
        charges: all_charges("elbePA", Some("2026-08")),
        columns: vec![
            column(ShownCharge::Day, "Tag"),
            column(ShownCharge::Category, "Kategorie"),
            column(ShownCharge::Market, "Markt"),
            column(ShownCharge::Amount, "Entgelt, EUR"),
            column(ShownCharge::State, "Zustand"),
        ],
        words: words
            .map(|(code, word)| (code.to_owned(), word.to_owned()))
            .into(),
    };
    let to = story.path("entgelte.csv");
    let book = story.book();
    let rows = book.export_shown_charges(&form, &to, &mut go_on, story.at());
    assert_eq!(rows.unwrap(), 3);
    let written = std::fs::read_to_string(&to).unwrap();
    let lines: Vec<&str> = written.trim_start_matches('\u{feff}').lines().collect();
    assert_eq!(lines[0], "Tag,Kategorie,Markt,\"Entgelt, EUR\",Zustand");
    assert_eq!(lines[1], "2026-08-04,Werbung,Germany,11.31,");
    for fee in ["2026-08-01,Plan,,500.00,", "2026-08-01,Lizenz,,"] {
        assert!(
            lines.iter().any(|line| line.starts_with(fee)),
            "{fee}: {written}"
        );
    }

    std::fs::write(&to, "before").unwrap();
    let form = ShownChargesForm {
        charges: all_charges("nowherePA", None),
        ..form
    };
    let refused = book.export_shown_charges(&form, &to, &mut go_on, story.at());
    assert!(refused.is_err());
    assert_eq!(std::fs::read_to_string(&to).unwrap(), "before");
    assert!(!story.path("entgelte.csv.part").exists());
}

/// A month of top-ups alone: 100.00 with 19.00 VAT, and 50.00 with 9.50.
fn with_two_top_ups() -> Story {
    tell(
        "
        today    2026-08-31
        book     partner DE DE136695976
        hub      elbePA partner-paid EUR growth since 2026-08-01
        client   marktCL of elbePA
        client   hafenCL of elbePA
        channel  a1CH of marktCL regular from 2026-08-01
        channel  b1CH of hafenCL premium from 2026-08-15
        top-up   2026-08-02 elbePA 100.00
        top-up   2026-08-09 elbePA 50.00
        ",
    )
}

fn head<K>(key: K, head: &str) -> ShownHead<K> {
    ShownHead {
        key,
        head: head.to_owned(),
    }
}

/// The file of a list, line by line.
fn shown(story: &Story, list: ShownList, words: &[(&str, &str)]) -> Vec<String> {
    let words = words.iter();
    let form = ShownForm {
        list,
        words: words
            .map(|&(code, word)| (code.to_owned(), word.to_owned()))
            .collect(),
    };
    let to = story.path("shown.csv");
    let rows = story
        .book()
        .export_shown(&form, &to, &mut go_on, story.at())
        .unwrap();
    let written = std::fs::read_to_string(&to).unwrap();
    let lines: Vec<_> = written.trim_start_matches('\u{feff}').lines().collect();
    assert_eq!(lines.len(), usize::try_from(rows).unwrap() + 1);
    assert!(!story.path("shown.csv.part").exists());
    lines.into_iter().map(str::to_owned).collect()
}

#[test]
fn entries_are_written_as_they_are_narrowed_and_in_order() {
    let story = with_two_top_ups();
    let entries = |oldest_first| {
        let form = EntriesForm {
            kind: Some("top-up".to_owned()),
            oldest_first,
            // What a page would hold is nothing to a file.
            limit: 1,
            ..EntriesForm::default()
        };
        let columns = vec![
            head(ShownPosting::Day, "Tag"),
            head(ShownPosting::What, "Was"),
            head(ShownPosting::Name, "Konto"),
            head(ShownPosting::Debit, "Soll"),
            head(ShownPosting::Credit, "Haben"),
            head(ShownPosting::Currency, "Währung"),
        ];
        let words = [
            ("top-up", "Aufladung"),
            ("asset:prepaid-balance", "Guthaben bei 360Dialog"),
        ];
        shown(&story, ShownList::Entries { form, columns }, &words)
    };
    let oldest = entries(true);
    assert_eq!(oldest[0], "Tag,Was,Konto,Soll,Haben,Währung");
    let of_balance = |lines: &[String]| {
        let balance = |line: &&String| line.contains("Guthaben");
        lines.iter().filter(balance).cloned().collect::<Vec<_>>()
    };
    let expected = [
        "2026-08-02,Aufladung,Guthaben bei 360Dialog,100.00,,EUR",
        "2026-08-09,Aufladung,Guthaben bei 360Dialog,50.00,,EUR",
    ];
    assert_eq!(of_balance(&oldest), expected);
    let [first, second] = expected;
    assert_eq!(of_balance(&entries(false)), [second, first]);
    // An account without a word has the name that the chart gives it; VAT is 19 % of each.
    let vat = oldest.iter().filter(|line| line.contains("VAT")).count();
    assert_eq!(vat, 2, "{oldest:?}");
}

#[test]
fn the_record_is_written_with_the_words_of_the_window_and_values_as_they_are_kept() {
    let story = with_two_top_ups();
    let form = HistoryForm {
        use_case: Some("top-up".to_owned()),
        oldest_first: true,
        limit: 1,
        ..HistoryForm::default()
    };
    let columns = vec![
        head(ShownAct::What, "Was"),
        head(ShownAct::About, "Betrifft"),
        head(ShownAct::Inputs, "Angaben"),
        head(ShownAct::State, "Stand"),
    ];
    let words = [
        ("top-up", "Aufladung"),
        ("field.amount", "Betrag"),
        ("kind=manual", "von Hand"),
    ];
    let lines = shown(&story, ShownList::History { form, columns }, &words);
    assert_eq!(lines[0], "Was,Betrifft,Angaben,Stand");
    assert_eq!(lines.len(), 3, "{lines:?}");
    assert!(lines[1].starts_with("Aufladung,"), "{lines:?}");
    assert!(lines[1].contains("Betrag 100.00 · "), "{lines:?}");
    assert!(lines[1].contains("On 2026-08-02"), "{lines:?}");
    assert!(lines[1].contains("von Hand"), "{lines:?}");
    assert!(lines[2].contains("Betrag 50.00 · "), "{lines:?}");
}

/// A Regular licence is 25.00 a month.
#[test]
fn channels_are_written_as_they_are_narrowed_and_in_order() {
    let story = with_two_top_ups();
    let form = ClientsForm {
        hub: "elbePA".to_owned(),
        month: "2026-08".to_owned(),
        ..ClientsForm::default()
    };
    let columns = || {
        vec![
            head(ShownChannel::Id, "Kanal"),
            head(ShownChannel::Tier, "Stufe"),
            head(ShownChannel::State, "Stand"),
            head(ShownChannel::Licence, "Lizenz"),
            head(ShownChannel::Used, "Verbrauch"),
        ]
    };
    let list = |form: ClientsForm| {
        let columns = columns();
        let words = [("premium", "Premium"), ("active", "aktiv")];
        shown(&story, ShownList::Channels { form, columns }, &words)
    };
    let all = list(form.clone());
    assert_eq!(all[0], "Kanal,Stufe,Stand,Lizenz,Verbrauch");
    assert_eq!(all.len(), 3, "{all:?}");
    assert!(
        all.contains(&"a1CH,regular,aktiv,25.00,0.00".to_owned()),
        "{all:?}"
    );
    let premium = list(ClientsForm {
        tier: Some(TierWord::Premium),
        ..form
    });
    assert_eq!(premium.len(), 2, "{premium:?}");
    assert!(premium[1].starts_with("b1CH,Premium,aktiv,"), "{premium:?}");
}

#[test]
fn a_list_that_is_refused_leaves_what_was_there() {
    let story = with_two_top_ups();
    let to = story.path("shown.csv");
    std::fs::write(&to, "before").unwrap();
    let form = ShownForm {
        list: ShownList::History {
            form: HistoryForm {
                from: Some("not a day".to_owned()),
                ..HistoryForm::default()
            },
            columns: vec![head(ShownAct::Who, "Who")],
        },
        words: std::collections::BTreeMap::new(),
    };
    let book = story.book();
    let refused = book.export_shown(&form, &to, &mut go_on, story.at());
    assert_eq!(refused.unwrap_err().field, Some("from"));
    assert_eq!(std::fs::read_to_string(&to).unwrap(), "before");
}

/// More of each than is told at once, a thousand: 1,001 top-ups, an act and three postings each, and then a
/// file of channels. Nothing is checked between them, as a story's own lines would be.
fn with_long_lists() -> Story {
    let mut story = tell(
        "
        today    2026-08-31
        book     partner DE DE136695976
        hub      elbePA partner-paid EUR growth since 2026-08-01
        ",
    );
    let at = story.at();
    for _ in 0..1_001 {
        let form = TopUpForm {
            hub: Some("elbePA".to_owned()),
            channel: None,
            amount: "100.00".to_owned(),
            on: "2026-08-02".to_owned(),
            kind: TopUpWord::Manual,
            method: None,
        };
        story.book_mut().top_up(form, at).unwrap();
    }
    let file = story.path("parties.csv");
    let mut rows = "hub_id,client_id,client_name,country,channel_id,phone_number,display_name,tier,billing_started_at\n".to_owned();
    for n in 0..1_001 {
        let phone = format!("+49 351 5550 {n:04}");
        writeln!(
            rows,
            "elbePA,marktCL,Markt GmbH,DE,a{n}CH,{phone},Halle,regular,2026-08-01"
        )
        .unwrap();
    }
    std::fs::write(&file, rows).unwrap();
    let form = PartiesFileForm::default();
    story
        .book_mut()
        .book_parties(&file, &form, true, at)
        .unwrap();
    story
}

#[test]
fn a_list_that_is_stopped_says_so_and_leaves_no_file_or_the_one_that_was_there() {
    let story = with_long_lists();
    let entries = ShownList::Entries {
        form: EntriesForm::default(),
        columns: vec![head(ShownPosting::Debit, "Debit")],
    };
    let history = ShownList::History {
        form: HistoryForm::default(),
        columns: vec![head(ShownAct::What, "What")],
    };
    let channels = ShownList::Channels {
        form: ClientsForm {
            hub: "elbePA".to_owned(),
            month: "2026-08".to_owned(),
            ..ClientsForm::default()
        },
        columns: vec![head(ShownChannel::Id, "Channel")],
    };
    for (name, list) in [
        ("entries", entries),
        ("history", history),
        ("channels", channels),
    ] {
        let form = ShownForm {
            list,
            words: std::collections::BTreeMap::new(),
        };
        let to = story.path(&format!("{name}.csv"));
        let mut told = 0;
        let mut stop = || {
            let mut stop = |_: ProgressView| {
                told += 1;
                ControlFlow::Break(())
            };
            let stopped = story.book().export_shown(&form, &to, &mut stop, story.at());
            stopped.unwrap_err().code.as_str().to_owned()
        };
        assert_eq!(stop(), "cancelled", "{name}");
        assert!(!to.exists(), "{name}");
        std::fs::write(&to, "before").unwrap();
        assert_eq!(stop(), "cancelled", "{name}");
        assert_eq!(std::fs::read_to_string(&to).unwrap(), "before", "{name}");
        assert_eq!(told, 2, "{name}: it went on after it was stopped");
        let files = std::fs::read_dir(to.parent().unwrap()).unwrap();
        let left = files.filter(|file| {
            let name = file.as_ref().unwrap().file_name();
            name.to_string_lossy().ends_with(".part")
        });
        assert_eq!(left.count(), 0, "{name}");

        let book = story.book();
        let rows = book.export_shown(&form, &to, &mut go_on, story.at());
        assert!(rows.unwrap() > 1_000, "{name}: it was stopped at its end");
    }
}
