//! Reads and writes `sources.lock`, the list of the vendor's files with which a document was last compared.

use std::fmt::Write;
use std::io;
use std::path::Path;
use std::sync::Arc;

use partner_spec::{Boundary, Findings, Node, Source, parse_source, read_text_file};
use sha2::{Digest, Sha256};

use super::fetch::FetchedFile;

/// The comment at the beginning of `sources.lock`.
const LOCK_FILE_HEADER: &str = "\
# The vendor's files that our document was last compared with, and the address that the docs are published at.
# Written by `cargo xtask drift <api> --record`. A file that is not listed was not compared since this list exists.
";

/// The contents of `sources.lock`: the list of the vendor's files with which a document was last compared.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct SourcesLock {
    /// The URL at which the vendor publishes its docs; `None` if it is not known.
    pub(crate) docs_url: Option<String>,
    /// The records of the compared files, sorted by file name.
    file_records: Vec<VendorFileRecord>,
}

/// The record of a vendor's file that was compared: the name, the URL and the hash of the file, and the date of the
/// comparison.
#[derive(Debug, Clone, PartialEq)]
struct VendorFileRecord {
    file: String,
    url: Option<String>,
    sha256: String,
    date: String,
}

/// The result of comparing the vendor's files with `sources.lock`: the numbers of unchanged, changed and unlisted
/// files.
#[derive(Debug, PartialEq)]
pub(crate) struct FileComparisonCounts {
    pub(crate) same: usize,
    pub(crate) changed: usize,
    pub(crate) unrecorded: usize,
}

impl SourcesLock {
    /// Reads `sources.lock`. Returns an empty list if the file does not exist.
    ///
    /// # Errors
    ///
    /// If the file cannot be read or parsed.
    pub(crate) fn read_from_file(path: &Path, name: &str) -> Result<SourcesLock, Findings> {
        if path.symlink_metadata().is_err() {
            return Ok(SourcesLock::default());
        }
        let root = parse_source(&read_text_file(path, name, &Boundary::of_document(path))?)?;
        let text = |node: &Node, key: &str| node.get_str(key).unwrap_or_default().to_owned();
        let recorded = |node: &Node| VendorFileRecord {
            file: text(node, "file"),
            url: node.get_str("address").map(str::to_owned),
            sha256: text(node, "sha256"),
            date: text(node, "date"),
        };
        Ok(SourcesLock {
            docs_url: root.get_str("address").map(str::to_owned),
            file_records: root.get_items("sources").iter().map(recorded).collect(),
        })
    }

    /// Compares `files`, the vendor's current files, with the checksums in `sources.lock`. Returns the numbers of
    /// unchanged, changed and unrecorded files.
    pub(crate) fn count_file_changes(&self, files: &[Arc<Source>]) -> FileComparisonCounts {
        let mut counts = FileComparisonCounts { same: 0, changed: 0, unrecorded: 0 };
        for file in files {
            match self.file_records.iter().find(|recorded| recorded.file == file.display_path) {
                Some(recorded) if recorded.sha256 == compute_sha256_hex(&file.text) => counts.same += 1,
                Some(_) => counts.changed += 1,
                None => counts.unrecorded += 1,
            }
        }
        counts
    }

    /// Records that `files` were compared on the day `date`. For a file that is also in `fetched`, its URL is recorded,
    /// too. The records of files that are not in `files` stay unchanged.
    pub(crate) fn record_compared_files(
        &mut self,
        files: &[Arc<Source>],
        fetched: &[FetchedFile],
        date: &str,
    ) {
        for file in files {
            self.file_records.retain(|recorded| recorded.file != file.display_path);
            let url = fetched.iter().find(|fetched| fetched.file_name == file.display_path);
            self.file_records.push(VendorFileRecord {
                file: file.display_path.clone(),
                url: url.map(|fetched| fetched.url.clone()),
                sha256: compute_sha256_hex(&file.text),
                date: date.to_owned(),
            });
        }
        self.file_records.sort_by(|a, b| a.file.cmp(&b.file));
    }

    /// Writes `sources.lock`.
    ///
    /// # Errors
    ///
    /// If the file cannot be written.
    pub(crate) fn write_to_file(&self, path: &Path) -> io::Result<()> {
        crate::rules::write_file(path, self.to_yaml().as_bytes())
    }

    fn to_yaml(&self) -> String {
        let quoted = |text: &str| serde_json::Value::from(text).to_string();
        let mut out = String::from(LOCK_FILE_HEADER);
        // Writing to a `String` cannot fail, so the results of `writeln!` are ignored.
        if let Some(address) = &self.docs_url {
            let _ = writeln!(out, "address: {}", quoted(address));
        }
        if self.file_records.is_empty() {
            out.push_str("sources: []\n");
            return out;
        }
        out.push_str("sources:\n");
        for VendorFileRecord { file, url: address, sha256, date } in &self.file_records {
            let _ = writeln!(out, "  - file: {}", quoted(file));
            if let Some(address) = address {
                let _ = writeln!(out, "    address: {}", quoted(address));
            }
            let _ = writeln!(out, "    sha256: {}\n    date: {}", quoted(sha256), quoted(date));
        }
        out
    }
}

/// Returns the SHA-256 of a text in hexadecimal.
fn compute_sha256_hex(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that fails panics")]

    use super::*;

    fn read(text: &str) -> SourcesLock {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("sources.lock");
        std::fs::write(&path, text).unwrap();
        SourcesLock::read_from_file(&path, "sources.lock").unwrap()
    }

    #[test]
    fn what_is_recorded_is_read_back() {
        let mut lock = SourcesLock {
            docs_url: Some(String::from("https://docs.example/a: b")),
            ..SourcesLock::default()
        };
        assert_eq!(read(&lock.to_yaml()), lock);
        let files = [Source::new("b.yaml", "abc"), Source::new("a.md", "x")];
        assert_eq!(
            lock.count_file_changes(&files),
            FileComparisonCounts { same: 0, changed: 0, unrecorded: 2 }
        );
        let fetched =
            [FetchedFile { file_name: String::from("a.md"), url: String::from("https://docs.example/a.md") }];
        lock.record_compared_files(&files, &fetched, "2026-11-26");
        assert_eq!(read(&lock.to_yaml()), lock);
        assert_eq!(
            lock.count_file_changes(&files),
            FileComparisonCounts { same: 2, changed: 0, unrecorded: 0 }
        );
        // The SHA-256 of `abc`, from FIPS 180-2.
        let expected_digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert!(lock.to_yaml().contains(expected_digest));
    }

    #[test]
    fn a_file_that_is_not_compared_again_stays_recorded() {
        let mut lock = SourcesLock::default();
        lock.record_compared_files(&[Source::new("a.md", "1"), Source::new("b.md", "1")], &[], "2026-11-25");
        lock.record_compared_files(&[Source::new("a.md", "2")], &[], "2026-11-26");
        let dates: Vec<&str> = lock.file_records.iter().map(|recorded| recorded.date.as_str()).collect();
        assert_eq!(dates, ["2026-11-26", "2026-11-25"]);
        assert_eq!(
            lock.count_file_changes(&[Source::new("a.md", "1")]),
            FileComparisonCounts { same: 0, changed: 1, unrecorded: 0 }
        );
    }
}
