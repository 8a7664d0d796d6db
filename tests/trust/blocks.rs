//! A month with so many charges that its seal is made of blocks that were hashed as they were
//! written: it holds, and it names what was changed, as any other.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use harness::story::{Story, tell};
use harness::walk::go_on;
use hubledger_book::Book;
use rusqlite::Connection;

use crate::without_triggers;

/// July with more than two blocks of charges. Those with ids are written first, so they lie in block 0.
/// Calls have no price in euro; free messages are dealt after all is written.
fn july() -> Story {
    let mut story = tell(
        "
        today 2026-08-02
        book partner DE DE999999995
        hub aPA partner-paid EUR growth since 2026-07-01 opening 9000.00
        client aCL of aPA
        client bCL of aPA
        channel aCH of aCL regular from 2026-07-01
        channel bCH of bCL premium from 2026-07-01
    ",
    );
    let mut usage = "date,channel_id,country,category,quantity,row_id
2026-07-04,aCH,DE,call,1000,m1
2026-07-05,bCH,DE,call,10,m2
2026-07-06,aCH,DE,marketing,77,m3
2026-07-07,aCH,DE,utility,78,m4
2026-07-08,aCH,DE,service,600,m5
2026-07-09,aCH,DE,service,700,m6
"
    .to_owned();
    for line in 0..2_100 {
        let (day, channel) = (1 + line % 28, ["aCH", "bCH"][line % 2]);
        let country = ["DE", "ES", "BR"][line % 3];
        let category = ["marketing", "utility"][line % 5 / 3];
        writeln!(
            usage,
            "2026-07-{day:02},{channel},{country},{category},{},",
            1 + line % 90
        )
        .unwrap();
    }
    let (path, at) = (story.path("july.csv"), story.at());
    fs::write(&path, usage).unwrap();
    let booked = story
        .book_mut()
        .book_usage(&path, None, &mut go_on, at)
        .unwrap();
    assert_eq!((booked.new_rows, booked.unrated), (2_106, 2));
    story
}

fn open(story: &Story) -> Connection {
    Connection::open(story.book().path()).unwrap()
}

fn kept(file: &Connection) -> Vec<(i64, i64)> {
    let sql = "SELECT month, number FROM charge_block ORDER BY 1, 2";
    let mut statement = file.prepare(sql).unwrap();
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)));
    rows.unwrap().map(Result::unwrap).collect()
}

fn faults(book: &Book, story: &Story) -> Vec<String> {
    let check = book.check(story.at()).unwrap();
    let faults = check.lines.iter().flat_map(|line| &line.faults);
    faults
        .map(|fault| format!("{} {}", fault.code, fault.text))
        .collect()
}

#[test]
fn a_month_of_blocks_is_sealed_as_its_charges_are() {
    let mut story = july();
    let file = open(&story);
    assert_eq!(kept(&file), [(202_607, 0), (202_607, 1)]);
    assert_eq!(faults(story.book(), &story), [""; 0]);
    // What has no price gets one or is let go; one is corrected, and one taken back.
    story.go("price 1 5.00\n waive 1 goodwill\n use 2026-07-06 aCH DE marketing 70 id=m3\n import\n undo\n again");
    assert_eq!(kept(&file), [(202_607, 1)]);
    assert_eq!(faults(story.book(), &story), [""; 0]);
    story.go("close aPA 2026-07");
    assert_eq!(kept(&file), []);
    assert_eq!(faults(story.book(), &story), [""; 0]);
    // Late usage, another file, other countries and markets, and what is let go later.
    story.go("today 2026-09-02\n reverse charge 2026-07-27 aCH utility\n use 2026-07-30 aCH FR utility 50\n use 2026-08-01 bCH DE call 5 id=n1\n import\n waive 1 later\n close aPA 2026-08");
    assert_eq!(faults(story.book(), &story), [""; 0]);
    let versions: Vec<i64> = file
        .prepare("SELECT version FROM seal")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    assert_eq!(versions, [4, 4]);
}

#[test]
fn what_is_changed_of_a_month_of_blocks_is_named() {
    let mut story = july();
    story.go("price 1 5.00\n waive 1 goodwill");
    let file = open(&story);
    let copy_as = |path: PathBuf| {
        file.execute("VACUUM INTO ?1", [path.to_str().unwrap()])
            .unwrap();
        path
    };
    let open_month = copy_as(story.path("open.hubbook"));
    story.go("close aPA 2026-07");
    let sealed = copy_as(story.path("sealed.hubbook"));
    for (month, sql, named) in [
        (
            &open_month,
            "UPDATE charge SET quantity = quantity + 1 WHERE key = 1500",
            "charge-not-as-written Hub aPA",
        ),
        (
            &open_month,
            "UPDATE charge SET line = 9 WHERE key = 1500",
            "charge 1500 is not as it was written",
        ),
        (
            &sealed,
            "UPDATE charge SET line = 9 WHERE key = 1500",
            "charge 1500 was changed",
        ),
        (
            &sealed,
            "UPDATE charge SET amount = amount + 1 WHERE key = 3",
            "charge 3 was changed",
        ),
        (
            &sealed,
            "DELETE FROM charge WHERE key = 2048",
            "charge 2048 was removed",
        ),
        (
            &sealed,
            "UPDATE charge SET booked = 20260801 WHERE key = 2048",
            "charge 2048 was removed",
        ),
        (
            &sealed,
            "UPDATE import SET file = 'another.csv'",
            "import 1 was changed",
        ),
        (
            &sealed,
            "UPDATE place SET name = 'XX' WHERE name = 'ES'",
            "place",
        ),
        (
            &sealed,
            "UPDATE market SET name = 'XX' WHERE name = 'Spain'",
            "market",
        ),
        (&sealed, "UPDATE waived SET reason = 'another'", "waived"),
        (&sealed, "DELETE FROM waived", "waived"),
        (
            &sealed,
            "UPDATE channel SET client = 2 WHERE id = 'aCH'",
            "month_channel 1 was changed",
        ),
        (
            &sealed,
            "UPDATE channel SET id = iif(key = 1, 'x', 'aCH'); UPDATE channel SET id = 'bCH' WHERE id = 'x'",
            "month_channel 1 was changed",
        ),
        (
            &sealed,
            "UPDATE seal SET known_imports = 0",
            "import 1 was removed",
        ),
        (
            &sealed,
            "UPDATE seal SET known_places = known_places + 1",
            "seal 0 was changed",
        ),
    ] {
        let path = story.book().path().with_file_name("planted.hubbook");
        fs::copy(month, &path).unwrap();
        let file = Connection::open(&path).unwrap();
        without_triggers(&file);
        file.execute_batch(sql).unwrap();
        assert!(file.total_changes() > 0, "{sql}");
        drop(file);
        let told = faults(&Book::open_read_only(&path).unwrap(), &story);
        let is_named = told
            .iter()
            .any(|fault| fault.to_lowercase().contains(&named.to_lowercase()));
        assert!(is_named, "{sql}: {named} is not told: {told:#?}");
    }
}
