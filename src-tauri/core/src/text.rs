//! Names and lines of text that people type: trimmed, not empty, of bounded length, one line.

use crate::error::Error;

/// Longest name, address line or e-mail.
pub const LONGEST_LINE: usize = 200;

/// A line that must be there.
pub fn required_line(what: &'static str, text: &str) -> Result<String, Error> {
    let line = optional_line(what, text)?;
    if line.is_empty() {
        Err(Error::Empty { what })
    } else {
        Ok(line)
    }
}

/// A line that may be empty.
pub fn optional_line(what: &'static str, text: &str) -> Result<String, Error> {
    let line = text.trim();
    if line.chars().count() > LONGEST_LINE {
        return Err(Error::TooLong {
            what,
            longest: LONGEST_LINE,
        });
    }
    // The last two are no characters of XML, which an invoice becomes.
    if line.contains(|c: char| c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}')) {
        return Err(Error::ControlCharacter { what });
    }
    Ok(line.to_owned())
}

/// Words in one or more lines: of bounded length, without other control characters.
pub fn long_text(what: &'static str, text: &str, longest: usize) -> Result<(), Error> {
    if text.chars().count() > longest {
        return Err(Error::TooLong { what, longest });
    }
    let refused = |c: char| (c.is_control() && c != '\n') || matches!(c, '\u{fffe}' | '\u{ffff}');
    if text.contains(refused) {
        return Err(Error::ControlCharacter { what });
    }
    Ok(())
}

/// An address: up to six lines, empty ones left out.
pub fn address_lines(text: &str) -> Result<Vec<String>, Error> {
    const MOST_LINES: usize = 6;
    let lines = text
        .lines()
        .map(|line| optional_line("The address", line))
        .filter(|line| !matches!(line, Ok(text) if text.is_empty()))
        .collect::<Result<Vec<_>, _>>()?;
    if lines.len() > MOST_LINES {
        return Err(Error::TooLong {
            what: "The address",
            longest: LONGEST_LINE,
        });
    }
    Ok(lines)
}

/// An e-mail address, or nothing: something before one `@`, a domain with a dot after it.
pub fn optional_email(text: &str) -> Result<String, Error> {
    let line = optional_line("The e-mail address", text)?;
    if line.is_empty() {
        return Ok(line);
    }
    let good = line.split_once('@').is_some_and(|(name, domain)| {
        !name.is_empty()
            && !domain.contains('@')
            && domain.split('.').count() > 1
            && domain.split('.').all(|part| !part.is_empty())
            && !line.contains(char::is_whitespace)
    });
    if good {
        Ok(line)
    } else {
        Err(Error::UnusableEmail(line))
    }
}
