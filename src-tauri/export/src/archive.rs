//! Many files in one: a ZIP whose bytes depend on nothing but what is in it. Files are stored as
//! they are, since PDF files are compressed already.

use std::io::Cursor;
use std::io::Write as _;

use zip::CompressionMethod;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// Packs files, in their order.
pub fn zip_files<'a>(
    files: impl IntoIterator<Item = (&'a str, &'a [u8])>,
) -> Result<Vec<u8>, std::io::Error> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    // No clock: the day that the format begins with.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(zip::DateTime::default())
        .unix_permissions(0o644);
    for (name, bytes) in files {
        writer.start_file(name, options)?;
        writer.write_all(bytes)?;
    }
    Ok(writer.finish()?.into_inner())
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;

    #[test]
    fn files_come_out_as_they_went_in_and_bytes_are_the_same_each_time() {
        let files = [("Rechnung Größe.pdf", b"%PDF".as_slice()), ("b.xml", b"")];
        let packed = zip_files(files).unwrap();
        assert_eq!(packed, zip_files(files).unwrap());
        let mut archive = zip::ZipArchive::new(Cursor::new(packed)).unwrap();
        assert_eq!(archive.len(), 2);
        for (at, (name, bytes)) in files.iter().enumerate() {
            let mut file = archive.by_index(at).unwrap();
            let mut read = Vec::new();
            file.read_to_end(&mut read).unwrap();
            assert_eq!((&*file.name().unwrap(), read.as_slice()), (*name, *bytes));
        }
    }
}
