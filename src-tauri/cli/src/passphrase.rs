//! Where a passphrase comes from: a file that a variable names, the terminal, or a line on
//! standard input. Never the command line, which other programs can read.

use std::io::{self, IsTerminal};

use hubledger_book::Passphrase;

use crate::session::Stop;

/// Names a file whose first line is the passphrase of the book.
const FILE: &str = "HUBLEDGER_PASSPHRASE_FILE";
/// The same for the one that the book is to have.
const NEW_FILE: &str = "HUBLEDGER_NEW_PASSPHRASE_FILE";

/// The passphrase that a file was encrypted with.
pub(crate) fn ask(of: &str) -> Result<Passphrase, Stop> {
    checked(read(FILE, &format!("Passphrase of {of}: "))?)
}

/// A new one; typed twice on a terminal.
pub(crate) fn ask_new() -> Result<Passphrase, Stop> {
    let typed = read(NEW_FILE, "New passphrase: ")?;
    if std::env::var_os(NEW_FILE).is_none() && io::stdin().is_terminal() {
        let again = read(NEW_FILE, "The same again: ")?;
        if again != typed {
            return Err(refused("The two are not the same. Nothing was changed."));
        }
    }
    checked(typed)
}

fn read(variable: &str, prompt: &str) -> Result<String, Stop> {
    if let Some(path) = std::env::var_os(variable) {
        let text = std::fs::read_to_string(&path)
            .map_err(|e| refused(&format!("{} can't be read: {e}.", path.to_string_lossy())))?;
        return Ok(text.lines().next().unwrap_or_default().to_owned());
    }
    if io::stdin().is_terminal() {
        return Ok(rpassword::prompt_password(prompt)?);
    }
    let mut line = String::new();
    io::stdin().read_line(&mut line)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

fn checked(text: String) -> Result<Passphrase, Stop> {
    Passphrase::new(&text).ok_or_else(|| {
        refused(&format!(
            "No passphrase was given. Type it, put it on standard input, or name its file in {FILE}."
        ))
    })
}

fn refused(message: &str) -> Stop {
    Stop::Refused {
        code: "passphrase-missing",
        message: message.to_owned(),
    }
}
