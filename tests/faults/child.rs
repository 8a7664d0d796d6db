//! The process that is killed: it opens a book, says so, and books use cases one after the other,
//! each acknowledged on standard output when it is in the book.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test's own program"
)]

use std::io::Write as _;
use std::path::Path;

use harness::booking;
use hubledger_book::Book;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, path, seed, from] = &arguments[..] else {
        panic!("fault-child BOOK SEED FROM");
    };
    let path = Path::new(path);
    let (seed, from): (u64, u32) = (seed.parse().unwrap(), from.parse().unwrap());
    let mut book = Book::open(path, &booking::keeper(), booking::start()).unwrap();
    acknowledge("open");
    for n in from.. {
        booking::act(&mut book, path.parent().unwrap(), seed, n).unwrap();
        acknowledge(&n.to_string());
    }
}

fn acknowledge(what: &str) {
    let mut out = std::io::stdout();
    writeln!(out, "{what}").unwrap();
    out.flush().unwrap();
}
