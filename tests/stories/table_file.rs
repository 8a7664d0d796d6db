//! What the window shows as a table, written part by part.

use harness::story::tell;
use harness::walk::{all_charges, go_on};
use hubledger_book::form::{ShownCharge, ShownChargesForm, ShownColumn};
use hubledger_book::table_file::{TablePartForm, TableStep, save_table_part};

fn part(step: TableStep, rows: &[&[&str]]) -> TablePartForm {
    let rows = rows
        .iter()
        .map(|row| row.iter().map(|&cell| cell.to_owned()).collect());
    TablePartForm {
        step,
        rows: rows.collect(),
    }
}

#[test]
fn a_table_of_parts_is_one_file_with_one_head() {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("shown.csv");
    let put = |step, rows: &[&[&str]]| save_table_part(&part(step, rows), &to);
    assert_eq!(
        put(TableStep::Begin, &[&["Day", "Charge, EUR"]]).unwrap(),
        1
    );
    assert!(!to.exists(), "not before all is there");
    put(TableStep::Add, &[&["2026-09-01", "0.034500"]]).unwrap();
    assert_eq!(
        put(TableStep::Add, &[&["2026-09-02", "-1.5"], &["", "=1+1"]]).unwrap(),
        2
    );
    put(TableStep::Finish, &[]).unwrap();
    let written = std::fs::read_to_string(&to).unwrap();
    let expected =
        "\u{feff}Day,\"Charge, EUR\"\r\n2026-09-01,0.034500\r\n2026-09-02,-1.5\r\n,'=1+1\r\n";
    assert_eq!(written, expected);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn a_table_that_is_dropped_leaves_what_was_there() {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("shown.csv");
    std::fs::write(&to, "before").unwrap();
    save_table_part(&part(TableStep::Begin, &[&["Day"]]), &to).unwrap();
    save_table_part(&part(TableStep::Drop, &[]), &to).unwrap();
    assert_eq!(std::fs::read_to_string(&to).unwrap(), "before");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn a_folder_that_is_not_there_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("gone").join("shown.csv");
    let refusal = save_table_part(&part(TableStep::Begin, &[]), &to).unwrap_err();
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
