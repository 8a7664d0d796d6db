//! The standard and reduced rates of VAT in the EU, by country and day: data with a source for
//! each row, in `data/vat_rates.csv`. A day or a country without a row has no answer, and the
//! partner says the rate. The sources are secondary, pages that list rates or tell of a change,
//! but for Germany's, which is the law itself; two that agree stand beside a row where found.

use rust_decimal::Decimal;

use crate::country::Country;
use crate::period::{Date, parse_date};

const RATES: &str = include_str!("../data/vat_rates.csv");

/// The rates of a country from a day on, until its next row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VatRates {
    pub from: Date,
    /// In percent.
    pub standard: Decimal,
    /// In percent, the lowest first; may be none.
    pub reduced: Vec<Decimal>,
    /// Who says so.
    pub source: &'static str,
}

/// The rates of a country on a day, where a source tells them.
pub fn vat_rates(country: Country, on: Date) -> Option<VatRates> {
    RATES
        .lines()
        .skip(1)
        .filter(|row| row.split(',').next() == Some(country.code()))
        .filter_map(read)
        .filter(|rates| rates.from <= on)
        .max_by_key(|rates| rates.from)
}

/// A row: country, first day, standard rate, reduced rates, source.
fn read(row: &'static str) -> Option<VatRates> {
    let mut cells = row.splitn(5, ',').skip(1);
    let from = parse_date(cells.next()?).ok()?;
    let standard = Decimal::from_str_exact(cells.next()?).ok()?;
    let reduced = cells
        .next()?
        .split_whitespace()
        .map(|rate| Decimal::from_str_exact(rate).ok())
        .collect::<Option<Vec<_>>>()?;
    Some(VatRates {
        from,
        standard,
        reduced,
        source: cells.next()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rates(country: &str, on: &str) -> Option<VatRates> {
        vat_rates(Country::parse(country).unwrap(), parse_date(on).unwrap())
    }

    #[test]
    fn a_rate_holds_from_its_day() {
        for (country, on, standard) in [
            ("DE", "2026-11-28", "19"),
            ("EE", "2025-06-30", "22"),
            ("EE", "2025-07-01", "24"),
            ("FI", "2026-11-28", "25.5"),
            ("RO", "2025-07-31", "19"),
            ("RO", "2025-08-01", "21"),
            ("SK", "2026-11-28", "23"),
            ("GR", "2026-11-28", "24"),
        ] {
            let found = rates(country, on).unwrap();
            assert_eq!(found.standard.to_string(), standard, "{country} {on}");
        }
    }

    #[test]
    fn every_country_of_the_eu_has_a_row_with_its_source() {
        let day = parse_date("2026-11-28").unwrap();
        for country in Country::all().filter(|country| country.is_in_eu()) {
            let found = vat_rates(country, day).unwrap();
            assert!(
                found.standard >= 15.into(),
                "{country:?}: the directive's least is 15 %"
            );
            assert!(found.reduced.iter().all(|rate| *rate < found.standard));
            assert!(found.reduced.is_sorted(), "{country:?}");
            assert!(!found.source.is_empty(), "{country:?}");
        }
        let rows = RATES.lines().skip(1);
        assert!(rows.clone().all(|row| read(row).is_some()));
        assert!(rows.count() >= 27);
    }

    #[test]
    fn without_a_row_the_partner_is_asked() {
        assert_eq!(rates("CH", "2026-11-28"), None);
        assert_eq!(rates("DE", "2020-12-31"), None);
    }
}
