//! Reads PDFs with poppler and qpdf. Where one is missing, the test fails and says what to install.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Puts bytes into a file of the build's own folder.
pub(crate) fn written(name: &str, bytes: &[u8]) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("document-{name}.pdf"));
    fs::write(&path, bytes).unwrap();
    path
}

fn run(program: &str, arguments: &[&str], path: &Path) -> Output {
    // The option before the file, where to write after it.
    let (option, rest) = arguments.split_first().unwrap();
    let output = Command::new(program)
        .arg(option)
        .arg(path)
        .args(rest)
        .output();
    output.unwrap_or_else(|error| {
        panic!("{program} can't be run ({error}). These tests read PDFs with poppler-utils and qpdf: install both, or run `make test`.")
    })
}

fn told(program: &str, arguments: &[&str], path: &Path) -> String {
    let output = run(program, arguments, path);
    assert!(
        output.status.success(),
        "{program}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}

/// The lines of each page, their blanks made one.
pub(crate) fn pages_of(path: &Path) -> Vec<Vec<String>> {
    let text = told("pdftotext", &["-layout", "-"], path);
    let pages = text.split('\u{c}').map(|page| {
        let lines = page
            .lines()
            .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
        lines.filter(|line| !line.is_empty()).collect::<Vec<_>>()
    });
    pages.filter(|page| !page.is_empty()).collect()
}

/// Name, embedded, subset, with a table from glyphs to characters.
pub(crate) fn fonts_of(path: &Path) -> Vec<(String, bool, bool, bool)> {
    let text = told("pdffonts", &["--"], path);
    let rows = text.lines().skip(2).map(|line| {
        let words: Vec<&str> = line.split_whitespace().collect();
        let yes = |from_right: usize| words[words.len() - from_right] == "yes";
        (words[0].to_owned(), yes(5), yes(4), yes(3))
    });
    rows.collect()
}

/// Each word with its left, right and bottom edge in points.
pub(crate) fn words_of(path: &Path) -> Vec<(String, f64, f64, f64)> {
    let text = told("pdftotext", &["-bbox", "-"], path);
    let words = text
        .lines()
        .filter(|line| line.trim().starts_with("<word "));
    words
        .map(|line| {
            let edge = |name: &str| {
                let (_, rest) = line.split_once(&format!("{name}=\"")).unwrap();
                rest.split('"').next().unwrap().parse().unwrap()
            };
            (line.to_owned(), edge("xMin"), edge("xMax"), edge("yMax"))
        })
        .collect()
}

/// What `pdfinfo` says, a line each.
pub(crate) fn info_of(path: &Path) -> Vec<String> {
    let text = told("pdfinfo", &["-isodates"], path);
    text.lines()
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect()
}

/// qpdf finds neither an error nor a warning.
pub(crate) fn has_no_fault(path: &Path) {
    let output = run("qpdf", &["--check"], path);
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stdout)
    );
}

/// The tree of tags with its texts, as a reader that speaks hears it.
pub(crate) fn heard(path: &Path) -> Vec<String> {
    let text = told("pdfinfo", &["-struct-text"], path);
    text.lines().map(|line| line.trim().to_owned()).collect()
}

/// The bytes of the one file inside.
pub(crate) fn attached(path: &Path) -> Vec<u8> {
    let into = path.with_extension("attached");
    let output = Command::new("pdfdetach")
        .args(["-save", "1", "-o"])
        .arg(&into)
        .arg(path)
        .status();
    assert!(output.unwrap().success());
    fs::read(into).unwrap()
}

/// The first page in greys, row by row, with its width and height.
pub(crate) fn picture(path: &Path, dots_per_inch: u32) -> (usize, usize, Vec<u8>) {
    let resolution = dots_per_inch.to_string();
    let output = Command::new("pdftoppm")
        .args(["-gray", "-singlefile", "-r", &resolution])
        .arg(path)
        .output()
        .unwrap();
    assert!(output.status.success());
    // P5, width and height, 255, then a byte for each dot.
    let mut rest = output.stdout.as_slice();
    let mut words = Vec::new();
    while words.len() < 4 {
        let end = rest.iter().position(u8::is_ascii_whitespace).unwrap();
        words.push(String::from_utf8(rest[..end].to_vec()).unwrap());
        rest = &rest[end + 1..];
    }
    let side = |at: usize| words[at].parse().unwrap();
    (side(1), side(2), rest.to_vec())
}
