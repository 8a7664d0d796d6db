//! What the window shows as a table, written part by part.

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
