//! What the system or SQLite can't do, as codes: the window says each in the person's words.

use std::io::{Error as IoError, ErrorKind};

use hubledger_store::Trouble;

use crate::said::{SaidCode, SaidView, SystemWord, facts};

/// What Linux and macOS say where the disk itself fails, and where a program has too many files open.
const EIO: i32 = 5;
const ENFILE: i32 = 23;
const EMFILE: i32 = 24;

/// What the system said of a file or folder.
pub fn of_system(error: &IoError) -> SaidView {
    said(word_of(error), &error.to_string())
}

/// What SQLite said of the book's file.
pub(crate) fn of_sqlite(trouble: Trouble, text: &str) -> SaidView {
    let word = match trouble {
        Trouble::NotAllowed => SystemWord::NotAllowed,
        Trouble::CannotOpen => SystemWord::CannotOpen,
        Trouble::DiskFault => SystemWord::DiskFault,
        Trouble::OutOfMemory => SystemWord::OutOfMemory,
        Trouble::TooLarge => SystemWord::TooLarge,
        Trouble::RuleBroken => SystemWord::RuleBroken,
        Trouble::Other => SystemWord::Other,
    };
    said(word, text)
}

/// That there is no such folder.
pub(crate) fn no_folder() -> SaidView {
    said(SystemWord::NoFolder, "")
}

fn word_of(error: &IoError) -> SystemWord {
    match (error.kind(), error.raw_os_error()) {
        (ErrorKind::PermissionDenied, _) => SystemWord::NotAllowed,
        (ErrorKind::ReadOnlyFilesystem, _) => SystemWord::ReadOnlyDisk,
        (ErrorKind::NotFound, _) => SystemWord::NotThere,
        (ErrorKind::IsADirectory, _) => SystemWord::IsFolder,
        (ErrorKind::NotADirectory, _) => SystemWord::NotFolder,
        (ErrorKind::AlreadyExists, _) => SystemWord::IsThere,
        (ErrorKind::StorageFull | ErrorKind::QuotaExceeded, _) => SystemWord::NoRoom,
        (ErrorKind::FileTooLarge, _) => SystemWord::TooLarge,
        (ErrorKind::InvalidFilename, _) => SystemWord::UnusableName,
        (ErrorKind::ResourceBusy | ErrorKind::ExecutableFileBusy, _) => SystemWord::Busy,
        (ErrorKind::OutOfMemory, _) => SystemWord::OutOfMemory,
        (
            ErrorKind::StaleNetworkFileHandle
            | ErrorKind::NetworkDown
            | ErrorKind::HostUnreachable
            | ErrorKind::TimedOut,
            _,
        ) => SystemWord::NetworkGone,
        (_, Some(EIO)) => SystemWord::DiskFault,
        (_, Some(ENFILE | EMFILE)) => SystemWord::TooManyOpen,
        _ => SystemWord::Other,
    }
}

fn said(word: SystemWord, text: &str) -> SaidView {
    let (facts, text) = match word {
        SystemWord::Other => (facts([("text", &text)]), text),
        known => (Vec::new(), in_english(known)),
    };
    SaidView {
        code: SaidCode::System(word),
        facts,
        because: Vec::new(),
        text: text.to_owned(),
    }
}

fn in_english(word: SystemWord) -> &'static str {
    match word {
        SystemWord::NotAllowed => "you are not allowed to",
        SystemWord::ReadOnlyDisk => "it lies where nothing can be written",
        SystemWord::NotThere => "it is not there",
        SystemWord::NoFolder => "there is no such folder",
        SystemWord::IsFolder => "it is a folder",
        SystemWord::IsThere => "a file of that name is there already",
        SystemWord::NotFolder => "a part of its path is no folder",
        SystemWord::NoRoom => "the disk is full",
        SystemWord::TooLarge => "it is too large",
        SystemWord::UnusableName => "its name is too long or not allowed there",
        SystemWord::Busy => "another program uses it",
        SystemWord::NetworkGone => "its network drive can't be reached",
        SystemWord::CannotOpen => "it can't be opened",
        SystemWord::DiskFault => "the disk fails",
        SystemWord::OutOfMemory => "there is too little memory",
        SystemWord::TooManyOpen => "too many files are open",
        SystemWord::RuleBroken => "a rule of the file forbids it",
        SystemWord::Other => "it could not be done",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers of Linux, which the standard library turns into kinds.
    #[test]
    #[cfg(target_os = "linux")]
    fn what_the_system_says_has_a_code_whatever_its_language() {
        let cases = [
            (1, SystemWord::NotAllowed),
            (2, SystemWord::NotThere),
            (5, SystemWord::DiskFault),
            (12, SystemWord::OutOfMemory),
            (13, SystemWord::NotAllowed),
            (16, SystemWord::Busy),
            (17, SystemWord::IsThere),
            (20, SystemWord::NotFolder),
            (21, SystemWord::IsFolder),
            (24, SystemWord::TooManyOpen),
            (27, SystemWord::TooLarge),
            (28, SystemWord::NoRoom),
            (30, SystemWord::ReadOnlyDisk),
            (36, SystemWord::UnusableName),
            (110, SystemWord::NetworkGone),
            (116, SystemWord::NetworkGone),
            (122, SystemWord::NoRoom),
        ];
        for (number, word) in cases {
            let said = of_system(&IoError::from_raw_os_error(number));
            assert_eq!(said.code, SaidCode::System(word), "{number}");
            assert!(!said.text.contains("os error"), "{}", said.text);
        }
        // What nobody has a word for is said as the system says it.
        let rare = of_system(&IoError::from_raw_os_error(95));
        assert_eq!(rare.code, SaidCode::System(SystemWord::Other));
        assert!(rare.text.contains("95"), "{}", rare.text);
    }
}
