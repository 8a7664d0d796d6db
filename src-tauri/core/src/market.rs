//! Which of Meta's markets a country belongs to, by dated lists. A list is whole: from its day it
//! replaces the one before, and a country that it does not name is in `Other`.

use std::collections::BTreeMap;

use foldhash::HashMap;

use crate::country::Country;
use crate::period::Date;

/// The market of everything that Meta does not list.
pub const OTHER_MARKET: &str = "Other";

/// One list: countries with their market.
pub type MarketList = BTreeMap<Country, String>;

/// The lists that hold, by their days.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MarketMap {
    versions: BTreeMap<Date, HashMap<Country, String>>,
}

impl MarketMap {
    /// Adds a country to the list of a day.
    pub fn put(&mut self, effective_from: Date, country: Country, market: &str) {
        self.versions
            .entry(effective_from)
            .or_default()
            .insert(country, market.to_owned());
    }

    /// The day of the list in force on a day. Days before the first list use the first.
    pub fn list_on(&self, day: Date) -> Option<Date> {
        let holding = self.versions.range(..=day).next_back();
        holding
            .or_else(|| self.versions.first_key_value())
            .map(|(from, _)| *from)
    }

    /// The last day before another list holds; none for the newest.
    pub fn until(&self, effective_from: Date) -> Option<Date> {
        let later = self.versions.keys().find(|from| **from > effective_from);
        later.and_then(|from| from.pred_opt())
    }

    /// The market of a country on the list in force on a day; `Other` where the list lacks it.
    pub fn market_of(&self, country: Country, on: Date) -> &str {
        self.list_on(on)
            .and_then(|from| self.versions.get(&from))
            .and_then(|list| list.get(&country))
            .map_or(OTHER_MARKET, String::as_str)
    }

    /// Whether any list names the market, in any case of letters; gives its own spelling.
    pub fn spelling_of(&self, market: &str) -> Option<&str> {
        if market.eq_ignore_ascii_case(OTHER_MARKET) {
            return Some(OTHER_MARKET);
        }
        self.versions
            .values()
            .flat_map(HashMap::values)
            .find(|m| m.eq_ignore_ascii_case(market))
            .map(String::as_str)
    }
}

/// A country that is in another market on a later list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarketMove {
    pub country: Country,
    pub before: String,
    pub now: String,
}

/// Which countries move from one list to another, by code. One that a list lacks is in `Other`.
pub fn moves(before: &MarketList, now: &MarketList) -> Vec<MarketMove> {
    let market = |list: &MarketList, country: Country| {
        list.get(&country)
            .cloned()
            .unwrap_or_else(|| OTHER_MARKET.to_owned())
    };
    let countries: std::collections::BTreeSet<_> = before.keys().chain(now.keys()).collect();
    let moved = countries.into_iter().map(|country| MarketMove {
        country: *country,
        before: market(before, *country),
        now: market(now, *country),
    });
    moved.filter(|m| m.before != m.now).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::period::parse_date;

    fn day(text: &str) -> Date {
        parse_date(text).unwrap()
    }

    fn country(code: &str) -> Country {
        Country::parse(code).unwrap()
    }

    #[test]
    fn a_list_holds_from_its_day_and_what_it_lacks_is_other() {
        let mut map = MarketMap::default();
        map.put(day("2026-07-01"), country("PL"), "Poland");
        map.put(day("2025-07-01"), country("PL"), "Rest of CEE");
        map.put(day("2025-07-01"), country("DE"), "Germany");
        for (code, on, market) in [
            ("PL", "2024-01-01", "Rest of CEE"),
            ("PL", "2026-06-30", "Rest of CEE"),
            ("PL", "2026-07-01", "Poland"),
            ("DE", "2026-06-30", "Germany"),
            ("DE", "2026-07-01", "Other"),
            ("AQ", "2026-07-01", "Other"),
        ] {
            assert_eq!(map.market_of(country(code), day(on)), market, "{code} {on}");
        }
        assert_eq!(map.until(day("2025-07-01")), Some(day("2026-06-30")));
        assert_eq!(map.until(day("2026-07-01")), None);
    }

    #[test]
    fn countries_move_to_another_market_into_the_list_and_out_of_it() {
        let list = |rows: &[(&str, &str)]| -> MarketList {
            rows.iter()
                .map(|(code, market)| (country(code), (*market).to_owned()))
                .collect()
        };
        let before = list(&[("DE", "Germany"), ("PL", "Rest of CEE"), ("KE", "Other")]);
        let now = list(&[("PL", "Poland"), ("KE", "Other"), ("TZ", "Rest of Africa")]);
        let told: Vec<_> = moves(&before, &now)
            .iter()
            .map(|m| format!("{:?} {} > {}", m.country, m.before, m.now))
            .collect();
        assert_eq!(
            told,
            [
                "DE Germany > Other",
                "PL Rest of CEE > Poland",
                "TZ Other > Rest of Africa"
            ]
        );
        assert_eq!(moves(&now, &now), []);
    }
}
