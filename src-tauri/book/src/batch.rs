//! Many documents at once: made on all cores, named by a pattern, and written as files, in one
//! ZIP, or as e-mail drafts. All are made before the first file is written.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

use hubledger_export::{Attachment, Draft, draft_eml, zip_files};

use crate::error::{About, Code, Error};
use crate::file::{count, unwritable};
use crate::moment::Moment;
use crate::progress::{Progress, tell};
use crate::view::{ExportedView, ProgressView};

/// Longest file name, in bytes, below what every system takes.
const LONGEST_NAME: usize = 150;

/// Where exported documents go, and how they are named.
#[derive(Clone, Copy, Debug)]
pub struct ExportTo<'a> {
    /// Made if it is not there.
    pub folder: &'a Path,
    /// A pattern such as `{number}_{client}`; empty: as each kind of document is named.
    pub names: &'a str,
    /// All in one ZIP of this name, without its ending; none: a file each.
    pub zip: Option<&'a str>,
    /// Each as an e-mail draft that it is attached to.
    pub mail: bool,
}

impl<'a> ExportTo<'a> {
    /// Files of their own names in a folder.
    pub fn folder(folder: &'a Path) -> Self {
        Self {
            folder,
            names: "",
            zip: None,
            mail: false,
        }
    }
}

/// A file that is made.
#[derive(Debug)]
pub(crate) struct Made {
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
}

/// An e-mail that files go with.
#[derive(Debug)]
pub(crate) struct Mail {
    /// Name and address; both may be empty.
    pub(crate) from: (String, String),
    pub(crate) to: (String, String),
    pub(crate) subject: String,
    pub(crate) text: String,
}

/// An e-mail as the draft of a mail program, with its files attached.
pub(crate) fn as_mail(stem: &str, mail: &Mail, files: &[Made], at: Moment) -> Made {
    let attachments: Vec<_> = files
        .iter()
        .map(|file| Attachment {
            name: &file.name,
            media_type: if file.name.ends_with(".xml") {
                "application/xml"
            } else {
                "application/pdf"
            },
            bytes: &file.bytes,
        })
        .collect();
    let draft = Draft {
        from: (&mail.from.0, &mail.from.1),
        to: (&mail.to.0, &mail.to.1),
        subject: &mail.subject,
        text: &mail.text,
        written_at: at.now,
        attachments: &attachments,
    };
    Made {
        name: format!("{stem}.eml"),
        bytes: draft_eml(&draft),
    }
}

/// Makes all of them, on all cores, in their order. The first that fails, or a person, stops it.
pub(crate) fn make_all<T: Sync, R: Send>(
    items: &[T],
    make: impl Fn(&T) -> Result<R, Error> + Sync,
    progress: Progress<'_>,
) -> Result<Vec<R>, Error> {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let next = AtomicUsize::new(0);
    let is_stopped = AtomicBool::new(false);
    let (done, arrived) = mpsc::channel();
    let mut made: Vec<Option<R>> = items.iter().map(|_| None).collect();
    thread::scope(|scope| {
        for _ in 0..cores.min(items.len()) {
            let done = done.clone();
            let (next, is_stopped, make) = (&next, &is_stopped, &make);
            scope.spawn(move || {
                while !is_stopped.load(Ordering::Relaxed) {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    let Some(item) = items.get(at) else { break };
                    if done.send((at, make(item))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(done);
        let stop = |error| {
            is_stopped.store(true, Ordering::Relaxed);
            Err(error)
        };
        let mut so_far = 0;
        for (at, result) in arrived {
            match result {
                Ok(result) => {
                    if let Some(place) = made.get_mut(at) {
                        *place = Some(result);
                    }
                }
                Err(error) => return stop(error),
            }
            so_far += 1;
            let percent = count(so_far * 100 / items.len());
            if let Err(error) = tell(progress, ProgressView::of_rows(count(so_far), percent)) {
                return stop(error);
            }
        }
        Ok(())
    })?;
    Ok(made.into_iter().flatten().collect())
}

/// A name by a pattern such as `{number}_{client}`, without an ending.
pub(crate) fn name_by(pattern: &str, fields: &[(&str, &str)]) -> Result<String, Error> {
    let mut name = String::new();
    let mut rest = pattern.trim();
    while let Some((plain, after)) = rest.split_once('{') {
        name.push_str(plain);
        let field = after.split_once('}').and_then(|(field, after)| {
            let (_, value) = fields.iter().find(|(known, _)| *known == field)?;
            Some((*value, after))
        });
        let Some((value, after)) = field else {
            let known: Vec<_> = fields
                .iter()
                .map(|(name, _)| format!("{{{name}}}"))
                .collect();
            let details = [pattern.trim(), &known.join(", ")];
            return Err(Error::new(Code::UnusableFileName, details).at("names"));
        };
        name.push_str(value);
        rest = after;
    }
    name.push_str(rest);
    Ok(name)
}

/// A name that every system takes: no separators, no signs with a meaning, no device of Windows.
pub(crate) fn safe_name(name: &str) -> String {
    let mut safe: String = name
        .chars()
        .map(|c| match c {
            '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' => '_',
            c if c.is_control() || is_direction_mark(c) => '_',
            c => c,
        })
        .collect();
    while safe.len() > LONGEST_NAME {
        safe.pop();
    }
    let safe = safe.trim().trim_end_matches(['.', ' ']).to_owned();
    let stem = safe.split('.').next().unwrap_or_default().trim_end();
    if safe.is_empty() || is_device(stem) || safe.starts_with('.') {
        format!("_{safe}")
    } else {
        safe
    }
}

/// Marks that turn the direction of what is read, with which a name could hide its ending.
fn is_direction_mark(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn is_device(stem: &str) -> bool {
    let stem = stem.to_ascii_uppercase();
    let is_numbered = |name: &str| {
        stem.strip_prefix(name)
            .is_some_and(|n| n.len() == 1 && n.bytes().all(|b| b.is_ascii_digit() && b != b'0'))
    };
    matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL")
        || is_numbered("COM")
        || is_numbered("LPT")
}

/// Gives each file a name of its own, on systems too that don't tell capitals apart.
fn apart(mut files: Vec<Made>) -> Vec<Made> {
    let mut taken = HashSet::new();
    for file in &mut files {
        let (stem, ending) = file
            .name
            .rsplit_once('.')
            .map_or((file.name.clone(), String::new()), |(stem, ending)| {
                (stem.to_owned(), format!(".{ending}"))
            });
        let mut n = 1;
        while !taken.insert(file.name.to_lowercase()) {
            n += 1;
            file.name = format!("{stem} ({n}){ending}");
        }
    }
    files
}

/// Writes a file whole or not at all: under another name first.
fn write_whole(folder: &Path, name: &str, bytes: &[u8]) -> Result<PathBuf, Error> {
    let path = folder.join(name);
    let part = folder.join(format!("{name}.part"));
    let written = fs::write(&part, bytes).and_then(|()| fs::rename(&part, &path));
    written.map_err(|e| {
        let _ = fs::remove_file(&part);
        unwritable(&path, &e)
    })?;
    Ok(path)
}

/// Writes files into a folder, which is made if it is not there; or, with a name for it, one ZIP.
pub(crate) fn write_all(files: Vec<Made>, to: ExportTo<'_>) -> Result<ExportedView, Error> {
    let files = apart(files);
    let folder = to.folder;
    fs::create_dir_all(folder).map_err(|e| unwritable(folder, &e).at("folder"))?;
    let mut written = Vec::new();
    let mut write = |name: &str, bytes: &[u8]| -> Result<(), Error> {
        let path = write_whole(folder, name, bytes).about("folder")?;
        written.push(path.display().to_string());
        Ok(())
    };
    match to.zip {
        Some(name) => {
            let packed = files
                .iter()
                .map(|file| (file.name.as_str(), file.bytes.as_slice()));
            let packed = zip_files(packed).map_err(|e| unwritable(folder, &e).at("folder"))?;
            write(&format!("{}.zip", safe_name(name)), &packed)?;
        }
        None => {
            for file in &files {
                write(&file.name, &file.bytes)?;
            }
        }
    }
    Ok(ExportedView {
        folder: folder.display().to_string(),
        files: written,
    })
}

#[cfg(test)]
mod tests {
    use std::ops::ControlFlow;

    use super::*;

    #[test]
    fn a_name_is_made_safe_for_every_system() {
        for (name, safe) in [
            ("2026/0001_Blumen Weiß", "2026_0001_Blumen Weiß"),
            ("a\\b:c*d?e\"f<g>h|i", "a_b_c_d_e_f_g_h_i"),
            ("../../etc/passwd", "_.._.._etc_passwd"),
            ("con", "_con"),
            ("LPT1.invoice", "_LPT1.invoice"),
            ("COM0", "COM0"),
            ("ends with dots. . ", "ends with dots"),
            ("", "_"),
            ("tab\there\u{202e}fdp", "tab_here_fdp"),
        ] {
            assert_eq!(safe_name(name), safe, "{name:?}");
        }
        assert!(safe_name(&"ß".repeat(400)).len() <= LONGEST_NAME);
    }

    #[test]
    fn a_name_follows_its_pattern() {
        let fields = [("number", "2026/0001"), ("client", "Weiß")];
        assert_eq!(
            name_by("{number}_{client}", &fields).unwrap(),
            "2026/0001_Weiß"
        );
        for pattern in ["{what}", "{number", "{}"] {
            let error = name_by(pattern, &fields).unwrap_err();
            assert_eq!(error.code, Code::UnusableFileName, "{pattern}");
        }
    }

    #[test]
    fn two_files_never_have_one_name() {
        let made = |name: &str| Made {
            name: name.to_owned(),
            bytes: Vec::new(),
        };
        let names: Vec<_> = apart(vec![made("a.pdf"), made("A.pdf"), made("a.pdf")])
            .into_iter()
            .map(|file| file.name)
            .collect();
        assert_eq!(names, ["a.pdf", "A (2).pdf", "a (3).pdf"]);
    }

    #[test]
    fn all_are_made_in_their_order_and_a_person_can_stop_it() {
        let items: Vec<u32> = (0..500).collect();
        let mut last = 0;
        let made = make_all(&items, |n| Ok(n * 2), &mut |view| {
            assert!(view.percent >= last);
            last = view.percent;
            ControlFlow::Continue(())
        })
        .unwrap();
        assert_eq!(made, items.iter().map(|n| n * 2).collect::<Vec<_>>());
        assert_eq!(last, 100);
        let stopped = make_all(&items, |n| Ok(*n), &mut |_| ControlFlow::Break(()));
        assert_eq!(stopped.unwrap_err().code, Code::Cancelled);
        let failed = make_all(
            &items,
            |n| {
                if *n == 7 {
                    Err(Error::new(Code::DocumentFailed, ["7"]))
                } else {
                    Ok(*n)
                }
            },
            &mut |_| ControlFlow::Continue(()),
        );
        assert_eq!(failed.unwrap_err().code, Code::DocumentFailed);
        assert!(make_all(&[0_u32; 0], |n| Ok(*n), &mut |_| ControlFlow::Continue(())).is_ok());
    }
}
