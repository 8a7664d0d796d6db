//! A few e-invoices, byte for byte. When one changes on purpose, look at the difference and write
//! them anew: `HUBLEDGER_WRITE_GOLDEN=1 cargo test -p hubledger-document --test einvoice golden`.

use std::fs;
use std::path::Path;

use hubledger_document::einvoice::{Profile, write};

use crate::matrix::{issued, number, sample};

#[test]
fn the_kept_e_invoices_are_written_as_they_were() {
    for (name, language, profile) in [
        ("two-rates-EUR-invoice-rest", "es", Profile::FacturX),
        ("two-rates-EUR-invoice-final", "es", Profile::FacturX),
        (
            "outside-scope-EUR-invoice-whole",
            "it",
            Profile::XRechnungCii,
        ),
        ("reverse-charge-USD-invoice-whole", "pt-BR", Profile::Peppol),
        ("standard-USD-creditnote-whole", "de", Profile::XRechnungUbl),
    ] {
        let invoice = sample(&format!("{name}-{language}"))
            .check(issued())
            .unwrap()
            .issue(number("2026-0042"));
        let xml = String::from_utf8(write(&invoice, profile).unwrap()).unwrap();
        let file = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../../tests/data/einvoice")
            .join(format!("{name}.{}.xml", profile.slug()));
        if std::env::var_os("HUBLEDGER_WRITE_GOLDEN").is_some() {
            fs::write(&file, &xml).unwrap();
        }
        let kept = fs::read_to_string(&file).unwrap();
        assert_eq!(xml, kept, "{}", file.display());
    }
}
