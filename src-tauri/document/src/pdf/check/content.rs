//! Reads what a page draws, operator by operator. lopdf reads it too, but makes an object of each
//! figure; here only what the check asks for is kept. Anything that isn't understood is an error.

/// What stands before an operator.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Operand<'a> {
    Number(&'a [u8]),
    Name(&'a [u8]),
    Text(Vec<u8>),
    Open,
    Close,
}

/// An operator with what stands before it.
pub(super) type Operator<'a, 'b> = (&'a [u8], &'b [Operand<'a>]);

/// The operators of a page in order, each with what stands before it.
pub(super) struct Operators<'a> {
    rest: &'a [u8],
    operands: Vec<Operand<'a>>,
}

impl<'a> Operators<'a> {
    pub(super) fn of(content: &'a [u8]) -> Self {
        Self {
            rest: content,
            operands: Vec::new(),
        }
    }

    /// The next operator; none at the end; an error where the page can't be read.
    pub(super) fn next(&mut self) -> Result<Option<Operator<'a, '_>>, Unreadable> {
        self.operands.clear();
        loop {
            self.rest = self.rest.trim_ascii_start();
            let Some((first, after)) = self.rest.split_first() else {
                // Operands without an operator are a page that breaks off.
                return if self.operands.is_empty() {
                    Ok(None)
                } else {
                    Err(Unreadable)
                };
            };
            let operand = match first {
                b'/' => {
                    self.rest = after;
                    Operand::Name(self.word())
                }
                b'[' => self.bracket(after, Operand::Open),
                b']' => self.bracket(after, Operand::Close),
                b'<' if after.first() == Some(&b'<') => {
                    self.bracket(after.get(1..).unwrap_or_default(), Operand::Open)
                }
                b'>' if after.first() == Some(&b'>') => {
                    self.bracket(after.get(1..).unwrap_or_default(), Operand::Close)
                }
                b'<' => self.digits(after)?,
                b'(' => self.literal(after)?,
                b'0'..=b'9' | b'-' | b'+' | b'.' => Operand::Number(self.word()),
                b'a'..=b'z' | b'A'..=b'Z' | b'\'' | b'"' => {
                    return Ok(Some((self.word(), &self.operands)));
                }
                _ => return Err(Unreadable),
            };
            self.operands.push(operand);
        }
    }

    fn bracket(&mut self, after: &'a [u8], operand: Operand<'a>) -> Operand<'a> {
        self.rest = after;
        operand
    }

    /// Up to a blank or a sign that ends a word.
    fn word(&mut self) -> &'a [u8] {
        let ends = |byte: &u8| byte.is_ascii_whitespace() || b"/[]<>()%".contains(byte);
        let end = self.rest.iter().position(ends).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        word
    }

    /// `<00A3>`
    fn digits(&mut self, after: &'a [u8]) -> Result<Operand<'a>, Unreadable> {
        let end = after.iter().position(|byte| *byte == b'>');
        let (digits, rest) = after.split_at(end.ok_or(Unreadable)?);
        self.rest = rest.get(1..).unwrap_or_default();
        let (pairs, odd) = digits.as_chunks::<2>();
        let half = |digit: u8| char::from(digit).to_digit(16);
        let byte = |[high, low]: &[u8; 2]| u8::try_from(half(*high)? * 16 + half(*low)?).ok();
        let bytes: Option<Vec<u8>> = pairs.iter().map(byte).collect();
        bytes
            .filter(|_| odd.is_empty())
            .map(Operand::Text)
            .ok_or(Unreadable)
    }

    /// `(a \(b\))`
    fn literal(&mut self, after: &'a [u8]) -> Result<Operand<'a>, Unreadable> {
        let (mut bytes, mut depth) = (Vec::new(), 1);
        let mut letters = after.iter().enumerate();
        while let Some((at, byte)) = letters.next() {
            match byte {
                b'\\' => match letters.next() {
                    Some((_, escaped @ (b'(' | b')' | b'\\'))) => bytes.push(*escaped),
                    // We write no others.
                    _ => return Err(Unreadable),
                },
                b'(' => depth += 1,
                b')' => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                self.rest = after.get(at + 1..).unwrap_or_default();
                return Ok(Operand::Text(bytes));
            }
            if *byte != b'\\' {
                bytes.push(*byte);
            }
        }
        Err(Unreadable)
    }
}

/// The page is not what we write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unreadable;

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(content: &str) -> Result<Vec<String>, Unreadable> {
        let mut operators = Operators::of(content.as_bytes());
        let mut shown = Vec::new();
        while let Some((operator, operands)) = operators.next()? {
            let operands = operands.iter().map(|operand| match operand {
                Operand::Number(figure) => String::from_utf8_lossy(figure).into_owned(),
                Operand::Name(name) => format!("/{}", String::from_utf8_lossy(name)),
                Operand::Text(bytes) => format!("{bytes:?}"),
                Operand::Open => "{".to_owned(),
                Operand::Close => "}".to_owned(),
            });
            let operator = String::from_utf8_lossy(operator).into_owned();
            shown.push(operands.chain([operator]).collect::<Vec<_>>().join(" "));
        }
        Ok(shown)
    }

    #[test]
    fn each_operator_comes_with_what_stands_before_it() {
        assert_eq!(
            shown("/TD<</MCID 7>>BDC\nBT 1 -.5 Td[<0001fF>-3(a\\)(b))]TJ ET EMC"),
            Ok(vec![
                "/TD { /MCID 7 } BDC".to_owned(),
                "BT".to_owned(),
                "1 -.5 Td".to_owned(),
                "{ [0, 1, 255] -3 [97, 41, 40, 98, 41] } TJ".to_owned(),
                "ET".to_owned(),
                "EMC".to_owned(),
            ])
        );
        assert_eq!(shown(" \n"), Ok(Vec::new()));
    }

    #[test]
    fn what_breaks_off_or_is_not_understood_is_an_error() {
        for content in [
            "1 2",
            "<00",
            "<0>",
            "<0g> Tj",
            "(a",
            "(a\\n) Tj",
            "% x",
            "\u{1} f",
            "> f",
        ] {
            assert_eq!(shown(content), Err(Unreadable), "{content}");
        }
    }
}
