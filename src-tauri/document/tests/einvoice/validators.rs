//! The rules of those who publish the formats, run over the matrix and over spoilt files: no error
//! in what we write, and each spoilt file is caught, or the validators prove nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use hubledger_core::invoice_fault::InvoiceFault;
use hubledger_document::einvoice::{EInvoiceError, Profile, write};

use crate::matrix::{WRITTEN, issued, number, sample, samples};

/// The Python of the virtual environment that `make setup` makes.
fn python() -> PathBuf {
    let python = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../.venv/bin/python");
    assert!(
        python.exists(),
        "{} is missing: run `make setup`, which installs the validators",
        python.display()
    );
    python
}

/// What each file of a folder breaks.
fn validate(folder: &Path) -> BTreeMap<String, String> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/einvoice/validate.py");
    let run = Command::new(python())
        .arg(script)
        .arg(folder)
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success(), "{told}");
    if !told.is_empty() {
        eprintln!("{told}");
    }
    String::from_utf8(run.stdout)
        .unwrap()
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .map(|(file, broken)| (file.to_owned(), broken.to_owned()))
        .collect()
}

/// The official rules take a minute and more for the whole matrix: they see each fifth draft, which
/// is each VAT case × currency × kind × way of advances in one or two of its languages. `MATRIX=all`
/// shows them all; `MATRIX=1` to `4` another fifth.
fn is_shown(at: usize) -> bool {
    match std::env::var("MATRIX").as_deref() {
        Ok("all") => true,
        Ok(turn) => at % 5 == turn.parse::<usize>().unwrap(),
        Err(_) => at.is_multiple_of(5),
    }
}

#[test]
#[cfg(target_os = "linux")]
fn no_invoice_of_the_matrix_breaks_a_rule() {
    let folder = tempfile::tempdir().unwrap();
    let mut written = 0;
    let mut shown = BTreeSet::new();
    for (at, sample) in samples().into_iter().enumerate() {
        if !is_shown(at) {
            continue;
        }
        let language = sample.draft.buyer.language.tag();
        let combination = sample.name.strip_suffix(language).unwrap_or_default();
        shown.insert(combination.to_owned());
        let checked = sample.draft.check(issued());
        let invoice = checked
            .unwrap_or_else(|faults| panic!("{}: {faults:?}", sample.name))
            .issue(number("2026-0042"));
        for profile in Profile::ALL {
            match write(&invoice, profile) {
                Ok(xml) => {
                    let name = format!("{}.{}.xml", sample.name, profile.slug());
                    fs::write(folder.path().join(name), xml).unwrap();
                    written += 1;
                }
                Err(error) => refused_as_told(profile, error),
            }
        }
    }
    let validated = validate(folder.path());
    assert_eq!(validated.len(), written, "each file was looked at");
    println!("{written} e-invoices of {WRITTEN} before the official rules");
    // 11 VAT cases × 2 currencies × 9 kinds and ways of advances, whichever fifth it is.
    assert_eq!(shown.len(), 198);
    assert!(written > 700, "{written}");
    let broken: Vec<_> = validated
        .iter()
        .filter(|(_, broken)| !broken.is_empty())
        .collect();
    assert!(
        broken.is_empty(),
        "{} of {written}: {broken:#?}",
        broken.len()
    );
}

/// The two things that a format has no place for.
fn refused_as_told(profile: Profile, error: EInvoiceError) {
    let fault = match profile {
        Profile::Peppol => InvoiceFault::CorrectedNotInPeppol,
        _ => InvoiceFault::OneReferenceInCii,
    };
    assert_eq!(error, EInvoiceError::NotReady(vec![fault]), "{profile:?}");
}

/// Where a good file is spoilt, and the rule that must notice.
type Mutant = (
    &'static str,
    Profile,
    &'static str,
    &'static str,
    &'static str,
);

#[rustfmt::skip]
const MUTANTS: &[Mutant] = &[
    // The VAT of 19 % on 285.81, changed by more than the unit that the official rules forgive.
    ("tax", Profile::FacturX, "<ram:CalculatedAmount>54.30<", "<ram:CalculatedAmount>64.30<", "BR-CO-14"),
    ("tax", Profile::XRechnungUbl, ">54.30</cbc:TaxAmount>", ">64.30</cbc:TaxAmount>", "BR-CO-14"),
    ("gross", Profile::FacturX, "<ram:GrandTotalAmount>340.11<", "<ram:GrandTotalAmount>340.12<", "BR-CO-15"),
    ("gross", Profile::Peppol, ">340.11</cbc:TaxInclusiveAmount>", ">340.12</cbc:TaxInclusiveAmount>", "BR-CO-15"),
    ("buyer reference and order", Profile::Peppol, "<cbc:BuyerReference>04011000-12345-34</cbc:BuyerReference>", "", "PEPPOL-EN16931-R003"),
    ("EAS", Profile::Peppol, "schemeID=\"9930\"", "schemeID=\"1111\"", "BR-CL-25"),
    ("EAS", Profile::XRechnungUbl, "schemeID=\"0088\"", "schemeID=\"EMAIL\"", "BR-CL-25"),
    ("line net", Profile::Peppol, ">139.51</cbc:LineExtensionAmount>", ">138.51</cbc:LineExtensionAmount>", "PEPPOL-EN16931-R120"),
    ("element order", Profile::FacturX, "<ram:TypeCode>380</ram:TypeCode>", "", "XSD"),
    ("element order", Profile::Peppol, "<cbc:ID>2026-0042</cbc:ID>", "", "XSD"),
    ("unit", Profile::Peppol, "unitCode=\"MON\"", "unitCode=\"month\"", "BR-CL-23"),
    ("country", Profile::XRechnungUbl, "<cbc:IdentificationCode>DE<", "<cbc:IdentificationCode>ZZ<", "BR-CL-14"),
    ("currency", Profile::Peppol, "<cbc:DocumentCurrencyCode>EUR<", "<cbc:DocumentCurrencyCode>EUX<", "BR-CL-04"),
    ("seller's VAT ID and tax number", Profile::Peppol, "<cbc:CompanyID>DE136695976</cbc:CompanyID>", "<cbc:CompanyID>136695976</cbc:CompanyID>", "BR-CO-09"),
];

#[test]
#[cfg(target_os = "linux")]
fn a_spoilt_file_is_caught() {
    let folder = tempfile::tempdir().unwrap();
    let invoice = sample("standard-EUR-invoice-whole-de")
        .check(issued())
        .unwrap()
        .issue(number("2026-0042"));
    for (at, (what, profile, good, bad, _)) in MUTANTS.iter().enumerate() {
        let xml = String::from_utf8(write(&invoice, *profile).unwrap()).unwrap();
        assert!(xml.contains(good), "{what}: {good} is not in\n{xml}");
        let mut spoilt = xml.replacen(good, bad, 1);
        if *what == "buyer reference and order" {
            spoilt = spoilt.replacen(
                "<cac:OrderReference>\n    <cbc:ID>PO-77</cbc:ID>\n  </cac:OrderReference>",
                "",
                1,
            );
        }
        if *what == "element order" {
            // What was taken out comes back at a later place.
            let (before, after) = match profile {
                Profile::FacturX => ("</rsm:ExchangedDocument>", good),
                _ => ("<cbc:DocumentCurrencyCode>", good),
            };
            spoilt = spoilt.replacen(before, &format!("{after}{before}"), 1);
        }
        let name = format!("{at:02}.{}.xml", profile.slug());
        fs::write(folder.path().join(name), spoilt).unwrap();
    }
    let caught = validate(folder.path());
    for (at, (what, profile, .., rule)) in MUTANTS.iter().enumerate() {
        let broken = caught
            .get(&format!("{at:02}.{}.xml", profile.slug()))
            .unwrap();
        assert!(
            broken.split(' ').any(|told| told == *rule),
            "{what}: {rule} is not in {broken:?}"
        );
    }
}
