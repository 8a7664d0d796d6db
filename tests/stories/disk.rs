//! A disk that is full: nothing is booked, and the book is as it was.

use harness::story::tell;
use harness::walk::{everything, go_on};

#[test]
fn on_a_full_disk_nothing_is_booked_and_the_book_stays_whole() {
    let mut story = tell(
        "
        today    2026-08-31
        book     partner DE
        hub      elbePA partner-paid EUR growth since 2026-01-01 first 2026-08 opening 120.00
        client   kundeCL of elbePA
        channel  a1CH of kundeCL regular from 2026-01-01
        ",
    );
    let mut rows = "date,channel_id,country,category,quantity\n".to_owned();
    for day in 1..=31 {
        for n in 0..100 {
            rows.push_str(&format!("2026-08-{day:02},a1CH,DE,marketing,{n}\n"));
        }
    }
    let path = story.path("many.csv");
    std::fs::write(&path, rows).unwrap();
    let at = story.at();
    let before = everything(story.book(), at);
    story.book().limit_growth(4).unwrap();
    for _ in 0..2 {
        let error = story
            .book_mut()
            .book_usage(&path, None, &mut go_on, at)
            .unwrap_err();
        assert_eq!(error.code.as_str(), "disk-full", "{error}");
        assert_eq!(everything(story.book(), at), before);
    }
    // Once there is room again, the same file goes in.
    story.book().limit_growth(10_000).unwrap();
    let booked = story
        .book_mut()
        .book_usage(&path, None, &mut go_on, at)
        .unwrap();
    assert_eq!(booked.new_rows, 3_100);
    // 31 days × (0 + 1 + … + 99 = 4,950) × 0.1131 = 17,355.195; + 500.00 + 25.00 = 17,880.195
    story.go("charged elbePA 2026-08 3102 17880.195 0");
}
