//! Any value of a sealed row, changed behind the app's back with the triggers dropped: `check`
//! says so and names the row.

use std::time::Instant;

use harness::story::tell;
use hubledger_book::Book;
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use crate::plant::book_with_everything;
use crate::{Dice, setting, without_triggers};

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
    refund 2026-07-21 aPA 2.00 to bank
    use 2026-07-04 aCH DE marketing 1000 id=m1
    use 2026-07-05 aCH ES utility 3000 id=m2
    use 2026-07-05 aCH AQ marketing 10 cost=0.5
    use 2026-07-09 bCH BR marketing 321
    import
    use 2026-07-04 aCH DE marketing 900 id=m1
    import
    close aPA 2026-07
    close bPA 2026-07 to-clients 3
    today 2026-09-02
    use 2026-07-30 aCH DE utility 50
    use 2026-08-04 aCH DE marketing 70000
    use 2026-08-05 bCH BR marketing 111
    import
    close aPA 2026-08
    close bPA 2026-08 to-clients 2
";

/// The tables whose rows a seal holds, with how `check` names a row of each.
const SEALED: [(&str, &str); 11] = [
    ("month_close", "'month_close 0'"),
    ("entry", "'entry ' || key"),
    ("posting", "'posting ' || entry"),
    ("top_up", "'top_up ' || key"),
    ("refund", "'refund ' || key"),
    ("posted_vat", "'posted_vat ' || entry"),
    ("charge", "'charge ' || key"),
    ("month_channel", "'month_channel ' || channel"),
    ("hub_invoice", "'hub_invoice ' || (SELECT count(*) FROM hub_invoice AS i WHERE i.hub = hub_invoice.hub AND i.month = hub_invoice.month AND i.reference <= hub_invoice.reference)"),
    ("month_line", "'month_line ' || position"),
    ("closing_summary", "'closing_summary ' || (SELECT count(*) FROM hub_invoice AS own JOIN hub_invoice AS i ON i.hub = own.hub AND i.month = own.month
                          JOIN closing_summary AS s ON s.reference = i.reference WHERE own.reference = closing_summary.reference AND s.reference <= closing_summary.reference)"),
];

struct Sealed {
    table: String,
    column: String,
    is_text: bool,
    /// Column and value of what finds the row again.
    row: Vec<(String, Value)>,
    name: String,
}

impl Sealed {
    fn was(&self) -> &Value {
        let mut cells = self.row.iter();
        &cells.find(|(name, _)| *name == self.column).unwrap().1
    }
}

/// Every value of every sealed row. How far a charge was counted on volume steps is none: late
/// usage moves it after the close, and no price with it.
fn values(file: &Connection) -> Vec<Sealed> {
    let mut found = Vec::new();
    for (table, name) in SEALED {
        let columns: Vec<(String, String)> = file
            .prepare(&format!(
                "SELECT name, type FROM pragma_table_info('{table}')"
            ))
            .unwrap()
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
            .unwrap()
            .map(Result::unwrap)
            .collect();
        let mut statement = file
            .prepare(&format!("SELECT *, {name} FROM {table}"))
            .unwrap();
        let mut rows = statement.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            let cells: Vec<(String, Value)> = columns
                .iter()
                .enumerate()
                .map(|(at, (column, _))| (column.clone(), row.get(at).unwrap()))
                .collect();
            let name: String = row.get(columns.len()).unwrap();
            for (column, kind) in columns.iter().filter(|(name, _)| name != "counted") {
                found.push(Sealed {
                    table: table.to_owned(),
                    column: column.clone(),
                    is_text: kind == "TEXT",
                    row: cells.clone(),
                    name: name.clone(),
                });
            }
        }
    }
    found
}

fn other(value: &Value, is_text: bool, dice: &mut Dice) -> Value {
    let step = i64::try_from(1 + dice.below(3)).unwrap();
    match value {
        Value::Integer(number) if dice.below(2) == 0 => Value::Integer(number.wrapping_add(step)),
        Value::Integer(number) => Value::Integer(number.wrapping_sub(step)),
        Value::Text(text) => Value::Text(format!("{text}x")),
        _ if is_text => Value::Text("x".to_owned()),
        _ => Value::Integer(step),
    }
}

/// Sets the value of a row that is found by all of its others. False where the book's own
/// indexes refuse it.
fn put(file: &Connection, sealed: &Sealed, from: &Value, to: &Value) -> bool {
    let mut values = vec![to.clone()];
    let mut found = Vec::new();
    for (column, value) in &sealed.row {
        let value = if *column == sealed.column {
            from
        } else {
            value
        };
        values.push(value.clone());
        found.push(format!("{column} IS ?{}", values.len()));
    }
    let sql = format!(
        "UPDATE {} SET {} = ?1 WHERE {}",
        sealed.table,
        sealed.column,
        found.join(" AND ")
    );
    file.execute(&sql, params_from_iter(values))
        .is_ok_and(|rows| rows == 1)
}

#[test]
fn a_changed_value_of_a_sealed_row_is_found_and_the_row_is_named() {
    let (seed, count) = (
        setting("HUBLEDGER_SEED", 1),
        setting("HUBLEDGER_TAMPERINGS", 1_010),
    );
    let begun = Instant::now();
    let story = tell(MONTHS);
    let path = story.book().path().to_owned();
    let at = story.at();
    let file = Connection::open(&path).unwrap();
    without_triggers(&file);
    let book = Book::open_read_only(&path).unwrap();
    let failing = || -> Vec<String> {
        let check = book.check(at).unwrap();
        let lines = check.lines.into_iter().filter(|line| !line.holds);
        lines.map(|line| line.code.to_string()).collect()
    };
    // That the triggers are gone is told, too.
    assert_eq!(failing(), ["schema-whole"]);
    let sealed = values(&file);
    let mut dice = Dice(seed);
    let mut done = 0;
    while done < count {
        let Some(value) = sealed.get(dice.below(sealed.len())) else {
            continue;
        };
        let was = value.was();
        let is = other(was, value.is_text, &mut dice);
        if !put(&file, value, was, &is) {
            continue;
        }
        done += 1;
        let told = format!(
            "seed {seed}, {done}: {} of {}: {was:?} to {is:?}",
            value.column, value.name
        );
        let check = book.check(at).unwrap_or_else(|e| panic!("{told}: {e}"));
        let failures: Vec<_> = check
            .lines
            .iter()
            .flat_map(|line| &line.faults)
            .map(|fault| &fault.text)
            .collect();
        let named = failures.iter().any(|failure| {
            failure.contains(&format!("{} ", value.name)) || failure.ends_with(&value.name)
        });
        assert!(named, "{told}\n  is not named: {failures:#?}");
        assert!(put(&file, value, &is, was), "{told}: can't be put back");
    }
    assert_eq!(failing(), ["schema-whole"], "the book is as it was");
    println!(
        "FAULTS tamper: seed {seed}, {count} values of {} of sealed rows changed through SQL, triggers dropped: all found, each row named; {:.0?}",
        sealed.len(),
        begun.elapsed()
    );
}

/// Any value of any table, sealed or not: `check` tells that something is not as it was written.
#[test]
fn a_changed_value_of_any_row_is_told() {
    let (seed, count) = (
        setting("HUBLEDGER_SEED", 1),
        setting("HUBLEDGER_ANY_TAMPERINGS", 150),
    );
    let begun = Instant::now();
    let story = book_with_everything();
    let path = story.book().path().to_owned();
    let file = Connection::open(&path).unwrap();
    without_triggers(&file);
    let book = Book::open_read_only(&path).unwrap();
    let failing = || -> Vec<String> {
        let check = book.check(story.at()).unwrap();
        let lines = check.lines.into_iter().filter(|line| !line.holds);
        lines.map(|line| line.code.to_string()).collect()
    };
    assert_eq!(failing(), ["schema-whole"]);
    let mut tables = file
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        .unwrap();
    let tables: Vec<String> = tables
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    let mut dice = Dice(seed);
    let mut done = 0;
    while done < count {
        let table = &tables[dice.below(tables.len())];
        let Some((value, is)) = any_value(&file, table, &mut dice) else {
            continue;
        };
        let was = value.was().clone();
        if !put(&file, &value, &was, &is) {
            continue;
        }
        done += 1;
        let told = failing();
        assert!(
            told.len() > 1,
            "seed {seed}, {done}: {} of {table}: {was:?} to {is:?} is not told",
            value.column
        );
        assert!(put(&file, &value, &is, &was), "can't be put back");
    }
    assert_eq!(failing(), ["schema-whole"], "the book is as it was");
    println!(
        "FAULTS any-value: seed {seed}, {count} values of all {} tables changed through SQL: all told; {:.0?}",
        tables.len(),
        begun.elapsed()
    );
}

/// A value of a random row of a table, and another to put in its place.
fn any_value(file: &Connection, table: &str, dice: &mut Dice) -> Option<(Sealed, Value)> {
    let rows: usize = file
        .query_row(&format!("SELECT count(*) FROM {table}"), [], |row| {
            row.get::<_, i64>(0)
        })
        .map(|rows| usize::try_from(rows).unwrap())
        .unwrap();
    if rows == 0 {
        return None;
    }
    let sql = format!("SELECT * FROM {table} LIMIT 1 OFFSET {}", dice.below(rows));
    let mut statement = file.prepare(&sql).unwrap();
    let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
    let row: Vec<(String, Value)> = statement
        .query_row([], |row| {
            let cells = names.iter().enumerate();
            cells
                .map(|(at, name)| Ok((name.clone(), row.get(at)?)))
                .collect()
        })
        .unwrap();
    let (column, was) = row[dice.below(row.len())].clone();
    let is_text = matches!(was, Value::Text(_));
    let is = other(&was, is_text, dice);
    let value = Sealed {
        table: table.to_owned(),
        column,
        is_text,
        row,
        name: String::new(),
    };
    Some((value, is))
}
