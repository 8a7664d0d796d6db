//! Tables as the window shows them.

use std::path::Path;

use hubledger_book::table_file::{self, TablePartForm};

use crate::error::CommandError;

/// Writes a part of a table as CSV. Gives the rows of the part.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn save_table_part(part: TablePartForm, to: String) -> Result<u32, CommandError> {
    Ok(table_file::save_table_part(&part, Path::new(&to))?)
}
