//! An e-mail as a file that a mail program opens as a draft (RFC 5322, RFC 2047, RFC 2231). The
//! app never sends anything itself.

use chrono::NaiveDateTime;

/// A file that goes with an e-mail.
#[derive(Clone, Copy, Debug)]
pub struct Attachment<'a> {
    pub name: &'a str,
    /// Such as `application/pdf`.
    pub media_type: &'a str,
    pub bytes: &'a [u8],
}

/// An e-mail that is not sent yet.
#[derive(Clone, Copy, Debug)]
pub struct Draft<'a> {
    /// Name and address.
    pub from: (&'a str, &'a str),
    /// Name and address; the address may be empty.
    pub to: (&'a str, &'a str),
    pub subject: &'a str,
    pub text: &'a str,
    /// In UTC.
    pub written_at: NaiveDateTime,
    pub attachments: &'a [Attachment<'a>],
}

/// Stands between the parts: the first line of none of them, as base64 has no `=` in its middle.
const BOUNDARY: &str = "=_hubledger_part_=";
/// Bytes of base64 on a line.
const LINE: usize = 76;

/// The e-mail as bytes: the same for the same draft.
pub fn draft_eml(draft: &Draft<'_>) -> Vec<u8> {
    let mut eml = String::new();
    let mut header = |name: &str, value: String| {
        eml.push_str(&format!("{name}: {value}\r\n"));
    };
    header("X-Unsent", "1".to_owned());
    if !draft.from.1.is_empty() {
        header("From", mailbox(draft.from));
    }
    if !draft.to.1.is_empty() {
        header("To", mailbox(draft.to));
    }
    header("Subject", words(draft.subject));
    header(
        "Date",
        draft
            .written_at
            .format("%a, %d %b %Y %H:%M:%S +0000")
            .to_string(),
    );
    header("MIME-Version", "1.0".to_owned());
    header(
        "Content-Type",
        format!("multipart/mixed; boundary=\"{BOUNDARY}\""),
    );
    eml.push_str(&format!(
        "\r\n--{BOUNDARY}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    ));
    let text = draft.text.replace("\r\n", "\n").replace('\n', "\r\n");
    push_base64(&mut eml, text.as_bytes());
    for file in draft.attachments {
        eml.push_str(&format!(
            "--{BOUNDARY}\r\nContent-Type: {}\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; {}\r\n\r\n",
            file.media_type,
            file_name(file.name)
        ));
        push_base64(&mut eml, file.bytes);
    }
    eml.push_str(&format!("--{BOUNDARY}--\r\n"));
    eml.into_bytes()
}

/// `Name <address>`, the name encoded where it has to be.
fn mailbox((name, address): (&str, &str)) -> String {
    let address: String = address
        .chars()
        .filter(|c| c.is_ascii_graphic() && !matches!(c, '<' | '>'))
        .collect();
    if name.is_empty() {
        return address;
    }
    let is_plain = name
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || b == b' ' || b == b'-');
    let name = if is_plain {
        name.to_owned()
    } else {
        encoded(name)
    };
    format!("{name}\r\n <{address}>")
}

/// Words of a header: as they are if they are short and plain, encoded otherwise.
fn words(text: &str) -> String {
    let is_plain = text.bytes().all(|b| b == b' ' || b.is_ascii_graphic());
    if is_plain && text.len() < 60 && !text.contains("=?") && text.trim() == text {
        text.to_owned()
    } else {
        encoded(text)
    }
}

/// Encoded words of at most 75 characters, a line each.
fn encoded(text: &str) -> String {
    const MOST_BYTES: usize = 45;
    let mut chunks = vec![String::new()];
    for c in text.chars() {
        let c = if c.is_control() { ' ' } else { c };
        let is_full = chunks
            .last()
            .is_some_and(|chunk| chunk.len() + c.len_utf8() > MOST_BYTES);
        if is_full {
            chunks.push(String::new());
        }
        if let Some(chunk) = chunks.last_mut() {
            chunk.push(c);
        }
    }
    let words: Vec<_> = chunks
        .iter()
        .map(|chunk| format!("=?UTF-8?B?{}?=", base64(chunk.as_bytes())))
        .collect();
    words.join("\r\n ")
}

/// The name of a file, in letters of ASCII for old programs and as it is for the others.
fn file_name(name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|c| match c {
            c if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ' ') => c,
            _ => '_',
        })
        .collect();
    if plain == name {
        return format!("filename=\"{name}\"");
    }
    let exact: String = name
        .bytes()
        .map(|b| match b {
            b if b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_') => {
                char::from(b).to_string()
            }
            b => format!("%{b:02X}"),
        })
        .collect();
    format!("filename=\"{plain}\";\r\n filename*=UTF-8''{exact}")
}

fn push_base64(eml: &mut String, bytes: &[u8]) {
    let text = base64(bytes);
    let mut rest = text.as_str();
    while !rest.is_empty() {
        let (line, after) = rest.split_at(rest.len().min(LINE));
        eml.push_str(line);
        eml.push_str("\r\n");
        rest = after;
    }
}

/// Bytes as text, by RFC 4648 with padding.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |at: usize| u32::from(chunk.get(at).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for digit in 0..4 {
            if digit <= chunk.len() {
                let at = (bits >> (18 - 6 * digit)) & 63;
                text.push(DIGITS.get(at as usize).map_or('=', |d| char::from(*d)));
            } else {
                text.push('=');
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn eml(subject: &str, name: &str, bytes: &[u8]) -> String {
        let attachments = [Attachment {
            name,
            media_type: "application/pdf",
            bytes,
        }];
        let draft = Draft {
            from: ("Elbe GmbH", "a@elbe.example"),
            to: ("Blumen Weiß", "b@weiss.example"),
            subject,
            text: "Guten Tag,\nanbei die Rechnung.",
            written_at: chrono::NaiveDate::from_ymd_opt(2026, 11, 28)
                .and_then(|day| day.and_hms_opt(6, 5, 4))
                .unwrap(),
            attachments: &attachments,
        };
        String::from_utf8(draft_eml(&draft)).unwrap()
    }

    #[test]
    fn base64_is_that_of_the_rfc() {
        for (plain, text) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(base64(plain.as_bytes()), text);
        }
    }

    #[test]
    fn a_draft_has_headers_of_ascii_and_its_file() {
        let text = eml("Rechnung 2026/0001 für November", "Größe 1.pdf", b"%PDF");
        assert!(text.is_ascii());
        for line in [
            "X-Unsent: 1",
            "From: Elbe GmbH",
            " <a@elbe.example>",
            "To: =?UTF-8?B?Qmx1bWVuIFdlacOf?=",
            "Subject: =?UTF-8?B?UmVjaG51bmcgMjAyNi8wMDAxIGbDvHIgTm92ZW1iZXI=?=",
            "Date: Sat, 28 Nov 2026 06:05:04 +0000",
            "Content-Disposition: attachment; filename=\"Gr__e 1.pdf\";",
            " filename*=UTF-8''Gr%C3%B6%C3%9Fe%201.pdf",
            "JVBERg==",
        ] {
            assert!(text.lines().any(|l| l == line), "{line}\n{text}");
        }
        assert!(text.lines().all(|line| line.len() <= 78), "{text}");
    }

    #[test]
    fn nothing_that_is_typed_makes_a_header_of_its_own() {
        let text = eml("x\r\nBcc: evil@example.com", "a\"\r\nX: y.pdf", &[0; 200]);
        assert!(
            !text
                .lines()
                .any(|l| l.starts_with("Bcc") || l.starts_with("X: "))
        );
        assert!(text.ends_with("--=_hubledger_part_=--\r\n"));
    }
}
