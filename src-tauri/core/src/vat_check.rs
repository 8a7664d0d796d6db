//! The check digits of the VAT IDs of the EU, a rule a country, as their tax offices publish them.
//! An ID that passes is well formed; whether it is registered only VIES knows.

/// Whether the check digits of a VAT ID are right. The shape is known to be that of its country;
/// an ID of a country outside the EU has no rule here and passes.
pub(crate) fn is_right(id: &str) -> bool {
    let (Some(country), Some(rest)) = (id.get(..2), id.get(2..)) else {
        return true;
    };
    let d = digits(rest);
    match country {
        "AT" => austria(&d),
        "BE" => 97 - number(&d, 0..8) % 97 == number(&d, 8..10),
        "BG" => bulgaria(&d),
        "CY" => cyprus(rest, &d),
        "CZ" => czechia(&d),
        "DE" | "HR" => mod_11_10(&d),
        "DK" => weighted(&d, &[2, 7, 6, 5, 4, 3, 2, 1]).is_multiple_of(11),
        "EE" => weighted(&d, &[3, 7, 1, 3, 7, 1, 3, 7, 1]).is_multiple_of(10),
        "EL" => weighted(&d, &[256, 128, 64, 32, 16, 8, 4, 2]) % 11 % 10 == last(&d),
        "ES" => spain(rest),
        "FI" => weighted(&d, &[7, 9, 10, 5, 8, 4, 2, 1]).is_multiple_of(11),
        "FR" => france(rest),
        "HU" => weighted(&d, &[9, 7, 3, 1, 9, 7, 3, 1]).is_multiple_of(10),
        "IE" => ireland(rest),
        "IT" => luhn(&d),
        "LT" => lithuania(&d),
        "LU" => number(&d, 0..6) % 89 == number(&d, 6..8),
        "LV" => latvia(&d),
        "MT" => weighted(&d, &[3, 4, 6, 7, 8, 9, 10, 1]).is_multiple_of(37),
        "NL" => netherlands(id, rest),
        "PL" => weighted(&d, &[6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11 == last(&d),
        "PT" => complement(weighted(&d, &[9, 8, 7, 6, 5, 4, 3, 2])) == last(&d),
        "RO" => romania(&d),
        "SE" => d.get(..10).is_some_and(luhn),
        "SI" => complement(weighted(&d, &[8, 7, 6, 5, 4, 3, 2])) == last(&d),
        "SK" => number(&d, 0..10).is_multiple_of(11),
        _ => true,
    }
}

fn digits(text: &str) -> Vec<u64> {
    let digit = |b: u8| b.is_ascii_digit().then(|| u64::from(b - b'0'));
    text.bytes().filter_map(digit).collect()
}

/// The digits in a range as a number; 0 where there are none.
fn number(digits: &[u64], range: std::ops::Range<usize>) -> u64 {
    let digits = digits.get(range).unwrap_or_default();
    digits.iter().fold(0, |number, digit| number * 10 + digit)
}

/// The sum of digit × weight; digits beyond the weights do not count.
fn weighted(digits: &[u64], weights: &[u64]) -> u64 {
    digits
        .iter()
        .zip(weights)
        .map(|(digit, weight)| digit * weight)
        .sum()
}

fn last(digits: &[u64]) -> u64 {
    digits.last().copied().unwrap_or_default()
}

/// `11 − sum mod 11`, where 10 and 11 become 0.
fn complement(sum: u64) -> u64 {
    (11 - sum % 11) % 11 % 10
}

fn luhn(digits: &[u64]) -> bool {
    let sum: u64 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(at, digit)| {
            if at % 2 == 0 {
                *digit
            } else {
                digit * 2 / 10 + digit * 2 % 10
            }
        })
        .sum();
    sum.is_multiple_of(10)
}

/// ISO 7064, modulus 11,10.
fn mod_11_10(digits: &[u64]) -> bool {
    let rest = digits
        .iter()
        .take(digits.len().saturating_sub(1))
        .fold(10, |rest, digit| {
            let sum = (rest + digit) % 10;
            (if sum == 0 { 10 } else { sum }) * 2 % 11
        });
    (rest + last(digits)) % 10 == 1
}

fn austria(d: &[u64]) -> bool {
    let sum: u64 = d
        .iter()
        .take(7)
        .enumerate()
        .map(|(at, digit)| {
            if at % 2 == 0 {
                *digit
            } else {
                digit * 2 / 10 + digit * 2 % 10
            }
        })
        .sum();
    (96 - sum) % 10 == last(d)
}

/// Companies have 9 digits; persons, foreigners and others 10, each with a rule of its own.
fn bulgaria(d: &[u64]) -> bool {
    let check = last(d);
    if d.len() == 9 {
        let first = weighted(d, &[1, 2, 3, 4, 5, 6, 7, 8]) % 11;
        let second = weighted(d, &[3, 4, 5, 6, 7, 8, 9, 10]) % 11 % 10;
        return check == if first == 10 { second } else { first };
    }
    let person = weighted(d, &[2, 4, 8, 5, 10, 9, 7, 3, 6]) % 11 % 10 == check;
    let foreigner = weighted(d, &[21, 19, 17, 13, 11, 9, 7, 3, 1]) % 10 == check;
    let other = (11 - weighted(d, &[4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11) % 11 == check;
    person || foreigner || other
}

fn cyprus(rest: &str, d: &[u64]) -> bool {
    const ODD: [u64; 10] = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21];
    let sum: u64 = d
        .iter()
        .enumerate()
        .map(|(at, digit)| match usize::try_from(*digit) {
            Ok(odd) if at % 2 == 0 => ODD.get(odd).copied().unwrap_or_default(),
            _ => *digit,
        })
        .sum();
    letter(rest.len().saturating_sub(1), rest) == Some(sum % 26)
}

/// Companies have 8 digits, persons 9 or 10; those of 9 have no check digit but for a few.
fn czechia(d: &[u64]) -> bool {
    match d.len() {
        8 => {
            let rest = 11 - weighted(d, &[8, 7, 6, 5, 4, 3, 2]) % 11;
            last(d) == rest % 10
        }
        10 => number(d, 0..9) % 11 % 10 == last(d),
        _ => true,
    }
}

fn spain(rest: &str) -> bool {
    const PERSON: &[u8; 23] = b"TRWAGMYFPDXBNJZSQVHLCKE";
    let mut bytes = rest.bytes();
    let (Some(first), Some(check)) = (bytes.next(), bytes.next_back()) else {
        return false;
    };
    let middle = digits(rest.get(1..8).unwrap_or_default());
    if middle.len() != 7 {
        return false;
    }
    let person = |head: u64| {
        let at = usize::try_from((head * 10_000_000 + number(&middle, 0..7)) % 23);
        at.ok().and_then(|at| PERSON.get(at)) == Some(&check)
    };
    match first {
        b'0'..=b'9' => person(u64::from(first - b'0')),
        b'X' | b'K' | b'L' | b'M' => person(0),
        b'Y' => person(1),
        b'Z' => person(2),
        _ => {
            let sum: u64 = middle
                .iter()
                .enumerate()
                .map(|(at, n)| {
                    if at % 2 == 1 {
                        *n
                    } else {
                        n * 2 / 10 + n * 2 % 10
                    }
                })
                .sum();
            let digit = (10 - sum % 10) % 10;
            let as_letter = b"JABCDEFGHI".iter().zip(0..).find(|(_, at)| *at == digit);
            let right_letter = as_letter.is_some_and(|(letter, _)| *letter == check);
            let right_digit = u64::from(check) == digit + u64::from(b'0');
            match first {
                b'A' | b'B' | b'E' | b'H' => right_digit,
                b'N' | b'P' | b'Q' | b'R' | b'S' | b'W' => right_letter,
                _ => right_digit || right_letter,
            }
        }
    }
}

/// Two characters before the SIREN; those with letters count in an alphabet without I and O.
fn france(rest: &str) -> bool {
    const ALPHABET: &[u8; 34] = b"0123456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    let siren = digits(rest.get(2..).unwrap_or_default());
    let monaco = rest.get(2..5) == Some("000");
    if siren.len() != 9 || !(monaco || luhn(&siren)) {
        return false;
    }
    let value = number(&siren, 0..9);
    let place = |at: usize| {
        let byte = rest.as_bytes().get(at)?;
        (0..)
            .zip(ALPHABET)
            .find(|(_, b)| *b == byte)
            .map(|(place, _)| place)
    };
    let (Some(first), Some(second)) = (place(0), place(1)) else {
        return false;
    };
    let key: u64 = match (first, second) {
        (0..10, 0..10) => return (value * 100 + 12) % 97 == first * 10 + second,
        (0..10, _) => first * 24 + second - 10,
        _ => first * 34 + second - 100,
    };
    (value + 1 + key / 11) % 11 == key % 11
}

fn ireland(rest: &str) -> bool {
    let old = rest.as_bytes().get(1).is_some_and(|b| !b.is_ascii_digit());
    let d = digits(rest);
    let sum = if old {
        let [first, five @ ..] = d.as_slice() else {
            return false;
        };
        weighted(five, &[7, 6, 5, 4, 3]) + 2 * first
    } else {
        // A second letter counts nine times; W is 0.
        let second = letter(8, rest).map_or(0, |letter| (letter + 1) % 23);
        weighted(&d, &[8, 7, 6, 5, 4, 3, 2]) + 9 * second
    };
    letter(7, rest).map(|letter| (letter + 1) % 23) == Some(sum % 23)
}

/// The place in the alphabet of the letter at a place, from 0.
fn letter(at: usize, text: &str) -> Option<u64> {
    let byte = text.as_bytes().get(at).filter(|b| b.is_ascii_uppercase())?;
    Some(u64::from(byte - b'A'))
}

fn lithuania(d: &[u64]) -> bool {
    let before = d.len().saturating_sub(1);
    let sum = |from: u64| -> u64 {
        let weights = (from..).take(before).map(|weight| (weight - 1) % 9 + 1);
        d.iter()
            .zip(weights)
            .map(|(digit, weight)| digit * weight)
            .sum()
    };
    let first = sum(1) % 11;
    let check = if first == 10 { sum(3) % 11 % 10 } else { first };
    // The digit before the last is always 1.
    d.iter().rev().nth(1) == Some(&1) && check == last(d)
}

fn latvia(d: &[u64]) -> bool {
    match d {
        [first, ..] if *first > 3 => weighted(d, &[9, 1, 4, 8, 3, 10, 2, 5, 7, 6, 1]) % 11 == 3,
        // Persons born or registered since 2017: drawn by lot, without a check digit.
        [3, 2, ..] => true,
        _ => (1 + weighted(d, &[10, 5, 8, 4, 2, 1, 6, 3, 7, 9])) % 11 % 10 == last(d),
    }
}

/// Companies have the number of their register; since 2020 self-employed persons another, of
/// ISO 7064, modulus 97.
fn netherlands(id: &str, rest: &str) -> bool {
    let d = digits(rest.get(..9).unwrap_or_default());
    let register = d.len() == 9 && weighted(&d, &[9, 8, 7, 6, 5, 4, 3, 2]) % 11 == last(&d);
    let modulus = id.bytes().fold(0_u64, |sum, b| match b {
        b'0'..=b'9' => (sum * 10 + u64::from(b - b'0')) % 97,
        b'A'..=b'Z' => (sum * 100 + u64::from(b - b'A') + 10) % 97,
        b'+' => (sum * 100 + 36) % 97,
        _ => (sum * 100 + 37) % 97,
    });
    rest.as_bytes().get(9) == Some(&b'B') && (register || modulus == 1)
}

fn romania(d: &[u64]) -> bool {
    const WEIGHTS: [u64; 9] = [7, 5, 3, 2, 1, 7, 5, 3, 2];
    let before = d.len().saturating_sub(1);
    let weights = WEIGHTS.get(9 - before.min(9)..).unwrap_or_default();
    let sum: u64 = d
        .iter()
        .take(before)
        .zip(weights)
        .map(|(digit, weight)| digit * weight)
        .sum();
    sum * 10 % 11 % 10 == last(d)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_passes_and_with_one_digit_changed_it_does_not() {
        for id in [
            "ATU13585627",
            "BE0428759497",
            "BG175074752",
            "CY10259033P",
            "CZ25123891",
            "DE136695976",
            "DK13585628",
            "EE100931558",
            "EL094259216",
            "ESB58378431",
            "ES54362315K",
            "ESX5253868R",
            "ESJ99216582",
            "FI20774740",
            "FR40303265045",
            "FR23334175221",
            "FRK7399859412",
            "HR33392005961",
            "HU12892312",
            "IE6433435F",
            "IE6433435OA",
            "IE8D79739I",
            "IT00743110157",
            "LT119511515",
            "LT100001919017",
            "LU15027442",
            "LV40003521600",
            "MT11679112",
            "NL004495445B01",
            "NL002455799B11",
            "PL8567346215",
            "PT501964843",
            "RO18547290",
            "SE123456789701",
            "SI50223054",
            "SK2022749619",
        ] {
            assert!(is_right(id), "{id}");
            let at = id.rfind(|c: char| c.is_ascii_digit()).unwrap();
            let digit = id.as_bytes()[at];
            let other = char::from(if digit == b'9' { b'0' } else { digit + 1 });
            let wrong = format!("{}{other}{}", &id[..at], &id[at + 1..]);
            // The last digits of these stand outside the check.
            if !matches!(&id[..2], "NL" | "SE") {
                assert!(!is_right(&wrong), "{wrong}");
            }
        }
        for wrong in ["NL004495446B01", "NL004495445A01", "SE123456789801"] {
            assert!(!is_right(wrong), "{wrong}");
        }
    }

    #[test]
    fn an_id_from_outside_the_eu_passes() {
        assert!(is_right("CHE123456789MWST"));
        assert!(is_right("12345678000195"));
    }
}
