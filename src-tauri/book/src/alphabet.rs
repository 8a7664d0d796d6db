//! How names are put in order: capitals, accents and umlauts make no difference, and numbers in them
//! count as numbers, as in the window.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// What a name is sorted by; equal where only capitals or accents differ.
pub(crate) fn alphabetical(name: &str) -> String {
    let mut sorted_by = String::with_capacity(name.len());
    let mut digits = String::new();
    let letters = name
        .trim()
        .nfd()
        .filter(|letter| !is_combining_mark(*letter));
    for letter in letters.flat_map(char::to_lowercase) {
        if letter.is_ascii_digit() {
            digits.push(letter);
            continue;
        }
        put_number(&mut sorted_by, &mut digits);
        match plain(letter) {
            Some(plain) => sorted_by.push_str(plain),
            None => sorted_by.push(letter),
        }
    }
    put_number(&mut sorted_by, &mut digits);
    sorted_by
}

/// A number stands behind one that is smaller: it is told with as many digits as any.
fn put_number(sorted_by: &mut String, digits: &mut String) {
    const MOST_DIGITS: usize = 20;
    if digits.is_empty() {
        return;
    }
    let number = digits.trim_start_matches('0');
    let missing = MOST_DIGITS.saturating_sub(number.len());
    sorted_by.extend(std::iter::repeat_n('0', missing));
    sorted_by.push_str(number);
    digits.clear();
}

/// A letter of its own beside the one that a person looks for.
fn plain(letter: char) -> Option<&'static str> {
    Some(match letter {
        'æ' => "ae",
        'đ' | 'ð' => "d",
        'ı' => "i",
        'ł' => "l",
        'ø' => "o",
        'œ' => "oe",
        'ß' => "ss",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_go_as_a_person_would_file_them() {
        let mut names = [
            "Zebra",
            "ärzte",
            "Straße 10",
            "Arzt",
            "strasse 9",
            "Éclair",
            "ecke",
            "2 Bäcker",
            "10 Bäcker",
            "Łódź",
            "Lodz Süd",
            "O\u{308}l",
        ];
        names.sort_by_key(|name| alphabetical(name));
        let filed = [
            "2 Bäcker",
            "10 Bäcker",
            "Arzt",
            "ärzte",
            "ecke",
            "Éclair",
            "Łódź",
            "Lodz Süd",
            "O\u{308}l",
            "strasse 9",
            "Straße 10",
            "Zebra",
        ];
        assert_eq!(names, filed);
    }
}
