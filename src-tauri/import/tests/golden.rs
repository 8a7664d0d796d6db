//! Files as people bring them, each beside what is told of it. To add a case, put a file into
//! `data/<format>`, run with `ACCEPT=1`, and look at the difference before it is kept.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use std::fmt::{Debug, Write};
use std::fs;
use std::path::{Path, PathBuf};

use hubledger_import::{
    FileProblem, Format, MarketsReader, PartiesReader, PriceReader, RowReader, UsageReader,
    VolumeReader,
};

#[test]
fn each_file_is_told_as_it_was_accepted() {
    let mut differing = Vec::new();
    let files = files();
    assert!(files.len() > 20, "the files are gone");
    for file in files {
        let told = told(&file);
        let accepted = file.with_extension("txt");
        if std::env::var_os("ACCEPT").is_some() {
            fs::write(&accepted, told).unwrap();
        } else if fs::read_to_string(&accepted).ok().as_ref() != Some(&told) {
            differing.push(format!("{}:\n{told}", file.display()));
        }
    }
    assert!(differing.is_empty(), "{}", differing.join("\n"));
}

fn files() -> Vec<PathBuf> {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
    let mut files: Vec<PathBuf> = ["usage", "prices", "markets", "parties", "volume"]
        .iter()
        .flat_map(|format| fs::read_dir(data.join(format)).unwrap())
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "csv"))
        .collect();
    files.sort();
    files
}

fn told(path: &Path) -> String {
    let file = fs::File::open(path).unwrap();
    let format = path.parent().and_then(Path::file_name).unwrap();
    match format.to_str().unwrap() {
        "usage" => listing(UsageReader::new(file)),
        "prices" => listing(PriceReader::new(file)),
        "markets" => listing(MarketsReader::new(file)),
        "parties" => listing(PartiesReader::new(file)),
        "volume" => listing(VolumeReader::new(file)),
        other => panic!("{other} is no format"),
    }
}

fn listing<F: Format>(reader: Result<RowReader<fs::File, F>, FileProblem>) -> String
where
    F::Record: Debug,
{
    let reader = match reader {
        Ok(reader) => reader,
        Err(problem) => return refused(&problem),
    };
    let mut told = String::new();
    if !reader.unknown_columns().is_empty() {
        writeln!(told, "ignored: {}", reader.unknown_columns().join(", ")).unwrap();
    }
    let (mut good, mut bad) = (0, 0);
    for row in reader {
        match row {
            Ok(Ok((line, record))) => {
                good += 1;
                writeln!(told, "line {line}: {record:?}").unwrap();
            }
            Ok(Err(problem)) => {
                bad += 1;
                writeln!(told, "{problem}").unwrap();
            }
            Err(problem) => told += &refused(&problem),
        }
    }
    writeln!(told, "{good} good, {bad} bad").unwrap();
    told
}

fn refused(problem: &FileProblem) -> String {
    format!("refused[{}]: {problem}\n", problem.code())
}
