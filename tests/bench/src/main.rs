//! How long a paper takes, next to other programs that make the like, in one run. Ratios count:
//! the machine may be busy. `make bench` runs it.

#![allow(
    clippy::print_stdout,
    clippy::float_arithmetic,
    reason = "it prints what it measured"
)]

mod krilla_peer;
mod sample;

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use hubledger_document::einvoice::{Profile, write};
use krilla_peer::Face;
use qrcodegen::{QrCode, QrCodeEcc};
use sample::{Failure, invoice, ours, rows};

const ROUNDS: usize = 5;
const BATCH: usize = 1_000;

/// What was measured of one program: milliseconds on the clock and on the processor, and bytes.
#[derive(Default)]
struct Times {
    wall: Vec<f64>,
    busy: Vec<f64>,
    bytes: usize,
}

fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.first().map(String::as_str) {
        // For a profiler: so many of ours and nothing else.
        Some("ours") => {
            for at in 0..arguments.get(1).map_or(Ok(100), |n| n.parse())? {
                ours(&invoice(at)?)?;
            }
            Ok(())
        }
        Some("write") => {
            let folder = PathBuf::from(arguments.get(1).ok_or("write where?")?);
            std::fs::write(folder.join("ours.pdf"), ours(&invoice(1)?)?)?;
            std::fs::write(folder.join("krilla.pdf"), Krilla::new()?.make(1)?)?;
            Ok(())
        }
        Some(python) => compare(Path::new(python)),
        None => Err("name the Python that has the other programs".into()),
    }
}

fn compare(python: &Path) -> Result<(), Failure> {
    let peers = Path::new(env!("CARGO_MANIFEST_DIR")).join("peers");
    let krilla = Krilla::new()?;
    let mut all: BTreeMap<&str, Times> = BTreeMap::new();
    for _ in 0..ROUNDS {
        measured(all.entry("ours").or_default(), 100, |at| {
            ours(&invoice(at)?)
        })?;
        measured(all.entry("krilla").or_default(), 100, |at| krilla.make(at))?;
        for (name, count) in [("reportlab", 10), ("typst", 10), ("weasyprint", 3)] {
            let script = peers.join(format!("{name}_peer.py"));
            told(all.entry(name).or_default(), python, &script, count)?;
        }
    }
    let own = all.get("ours").map_or(1.0, |times| median(&times.busy));
    println!("| Program | ms | ms of processor | KB | ours is |");
    println!("|---|---|---|---|---|");
    for name in ["ours", "krilla", "reportlab", "typst", "weasyprint"] {
        let Some(times) = all.get(name) else { continue };
        let (wall, busy) = (median(&times.wall), median(&times.busy));
        let (kilobytes, ratio) = (times.bytes.div_ceil(1000), own / busy);
        println!("| {name} | {wall:.2} | {busy:.2} | {kilobytes} | {ratio:.3} × |");
    }
    let mut batches: [Times; 2] = Default::default();
    for _ in 0..ROUNDS {
        for (times, threads) in batches.iter_mut().zip(1..) {
            let (wall, busy) = batch(threads)?;
            times.wall.push(wall.as_secs_f64());
            times.busy.push(busy.as_secs_f64());
        }
    }
    let [one, two] = batches.map(|times| (median(&times.wall), median(&times.busy)));
    println!(
        "\nA batch of {BATCH}: {:.2} s on one core, {:.2} s on two: {:.2} × as fast.",
        one.0,
        two.0,
        one.0 / two.0
    );
    println!(
        "Of processor {:.2} s and {:.2} s: {:.2} × as fast where both cores are free.",
        one.1,
        two.1,
        2.0 * one.1 / two.1
    );
    Ok(())
}

fn measured(
    times: &mut Times,
    count: usize,
    make: impl Fn(usize) -> Result<Vec<u8>, Failure>,
) -> Result<(), Failure> {
    make(0)?;
    for at in 0..count {
        let (start, before) = (Instant::now(), busy()?);
        times.bytes = make(at)?.len();
        times.wall.push(start.elapsed().as_secs_f64() * 1_000.0);
        times.busy.push((busy()? - before).as_secs_f64() * 1_000.0);
    }
    Ok(())
}

/// How long this thread was on a processor.
fn busy() -> Result<Duration, Failure> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat")?;
    let nanoseconds = text.split(' ').next().ok_or("no time")?.parse()?;
    Ok(Duration::from_nanos(nanoseconds))
}

/// What another program says of its own papers, a line each.
fn told(times: &mut Times, python: &Path, script: &Path, count: usize) -> Result<(), Failure> {
    let mut child = Command::new(python)
        .arg(script)
        .arg(count.to_string())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    let table: Vec<String> = rows().iter().map(|row| row.join("\t")).collect();
    let mut into = child.stdin.take().ok_or("no way in")?;
    into.write_all(table.join("\n").as_bytes())?;
    drop(into);
    let said = child.wait_with_output()?;
    if !said.status.success() {
        return Err(format!("{} failed", script.display()).into());
    }
    for line in String::from_utf8(said.stdout)?.lines() {
        let mut figures = line.split(' ');
        let mut next = || figures.next().ok_or("too few figures");
        times.wall.push(next()?.parse()?);
        times.busy.push(next()?.parse()?);
        times.bytes = next()?.parse()?;
    }
    Ok(())
}

fn median(times: &[f64]) -> f64 {
    let mut sorted = times.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or(f64::NAN)
}

/// Threads take the next invoice until none is left; gives the time on the clock, and all that the
/// threads were on a processor.
fn batch(threads: usize) -> Result<(Duration, Duration), Failure> {
    let invoices: Vec<_> = (0..BATCH).map(invoice).collect::<Result<_, _>>()?;
    let next = AtomicUsize::new(0);
    let start = Instant::now();
    let work = || {
        while let Some(invoice) = invoices.get(next.fetch_add(1, Ordering::Relaxed)) {
            ours(invoice)?;
        }
        busy()
    };
    let times = std::thread::scope(|scope| {
        let running: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        let times = running.into_iter().map(|thread| {
            let done = thread.join();
            done.map_err(|_| Failure::from("a thread failed"))?
        });
        times.sum::<Result<Duration, Failure>>()
    })?;
    Ok((start.elapsed(), times))
}

struct Krilla {
    faces: [Face; 2],
    rows: Vec<Vec<String>>,
}

impl Krilla {
    fn new() -> Result<Self, Failure> {
        let faces = [
            Face::read(include_bytes!(
                "../../../src-tauri/document/fonts/Inter-Regular.ttf"
            ))?,
            Face::read(include_bytes!(
                "../../../src-tauri/document/fonts/Inter-SemiBold.ttf"
            ))?,
        ];
        Ok(Self {
            faces,
            rows: rows(),
        })
    }

    /// With our XML, which krilla doesn't make, and a payment code made anew.
    fn make(&self, at: usize) -> Result<Vec<u8>, Failure> {
        let xml = write(&invoice(at)?, Profile::FacturX)?;
        let number = format!("2026-{at:04}");
        let transfer = format!(
            "BCD\n002\n1\nSCT\nCOBADEFFXXX\nNordlicht Messaging GmbH\nDE89370400440532013000\nEUR46.27\n\n\n{number}"
        );
        let code = QrCode::encode_binary(transfer.as_bytes(), QrCodeEcc::Medium)?;
        let squares: Vec<Vec<bool>> = (0..code.size())
            .map(|y| (0..code.size()).map(|x| code.get_module(x, y)).collect())
            .collect();
        krilla_peer::pdf(&number, &self.rows, &xml, &squares, &self.faces)
    }
}
