//! What leaves for other programs: values become bytes. Nothing here knows the book, SQL, the
//! clock or the file system; a caller gives something to write to.

pub mod table_csv;
pub mod mail;
pub mod archive;

pub use archive::zip_files;
pub use mail::{Attachment, Draft, draft_eml};
pub use table_csv::{Separator, TableCsv};
