//! Reads and writes `sources.lock`: what a document was last compared with.

use std::fmt::Write;
use std::io;
use std::path::Path;
use std::sync::Arc;

use partner_spec::{Boundary, Diagnostics, Node, Source, parse, read_file};
use sha2::{Digest, Sha256};

use super::fetch::Fetched;

/// The comment at the beginning of the file.
const HEADER: &str = "\
# The vendor's files that our document was last compared with, and the address that the docs are published at.
# Written by `cargo xtask drift <api> --record`. A file that is not listed was not compared since this list exists.
";

/// The contents of `sources.lock`.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Lock {
    /// The address that the docs are published at, if it is known.
    pub(crate) address: Option<String>,
    /// The files, sorted by name.
    sources: Vec<Recorded>,
}

/// A file of the vendor that was compared.
#[derive(Debug, Clone, PartialEq)]
struct Recorded {
    file: String,
    address: Option<String>,
    sha256: String,
    date: String,
}

/// The number of files that are as they were recorded, that have changed, and that were not recorded.
#[derive(Debug, PartialEq)]
pub(crate) struct Counts {
    pub(crate) same: usize,
    pub(crate) changed: usize,
    pub(crate) unrecorded: usize,
}

impl Lock {
    /// Reads the file; an empty list if there is none.
    ///
    /// # Errors
    ///
    /// What is wrong with the file.
    pub(crate) fn read(path: &Path, name: &str) -> Result<Lock, Diagnostics> {
        if path.symlink_metadata().is_err() {
            return Ok(Lock::default());
        }
        let root = parse(&read_file(path, name, &Boundary::around(path))?)?;
        let text = |node: &Node, key: &str| node.str(key).unwrap_or_default().to_owned();
        let recorded = |node: &Node| Recorded {
            file: text(node, "file"),
            address: node.str("address").map(str::to_owned),
            sha256: text(node, "sha256"),
            date: text(node, "date"),
        };
        Ok(Lock {
            address: root.str("address").map(str::to_owned),
            sources: root.items("sources").iter().map(recorded).collect(),
        })
    }

    /// Compares the files with those that were recorded.
    pub(crate) fn compare(&self, files: &[Arc<Source>]) -> Counts {
        let mut counts = Counts { same: 0, changed: 0, unrecorded: 0 };
        for file in files {
            match self.sources.iter().find(|recorded| recorded.file == file.name) {
                Some(recorded) if recorded.sha256 == sha256(&file.text) => counts.same += 1,
                Some(_) => counts.changed += 1,
                None => counts.unrecorded += 1,
            }
        }
        counts
    }

    /// Records that the files were compared on this day. Files that were recorded before and are not among them stay.
    pub(crate) fn record(&mut self, files: &[Arc<Source>], fetched: &[Fetched], date: &str) {
        for file in files {
            self.sources.retain(|recorded| recorded.file != file.name);
            let address = fetched.iter().find(|fetched| fetched.file == file.name);
            self.sources.push(Recorded {
                file: file.name.clone(),
                address: address.map(|fetched| fetched.address.clone()),
                sha256: sha256(&file.text),
                date: date.to_owned(),
            });
        }
        self.sources.sort_by(|a, b| a.file.cmp(&b.file));
    }

    /// Writes the file.
    ///
    /// # Errors
    ///
    /// If the file cannot be written.
    pub(crate) fn write(&self, path: &Path) -> io::Result<()> {
        crate::rules::write_file(path, self.to_yaml().as_bytes())
    }

    fn to_yaml(&self) -> String {
        let quoted = |text: &str| serde_json::Value::from(text).to_string();
        let mut out = String::from(HEADER);
        // Writing to a string cannot fail.
        if let Some(address) = &self.address {
            let _ = writeln!(out, "address: {}", quoted(address));
        }
        if self.sources.is_empty() {
            out.push_str("sources: []\n");
            return out;
        }
        out.push_str("sources:\n");
        for Recorded { file, address, sha256, date } in &self.sources {
            let _ = writeln!(out, "  - file: {}", quoted(file));
            if let Some(address) = address {
                let _ = writeln!(out, "    address: {}", quoted(address));
            }
            let _ = writeln!(out, "    sha256: {}\n    date: {}", quoted(sha256), quoted(date));
        }
        out
    }
}

/// The SHA-256 of a text, in hexadecimal.
fn sha256(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that fails panics")]

    use super::*;

    fn read(text: &str) -> Lock {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("sources.lock");
        std::fs::write(&path, text).unwrap();
        Lock::read(&path, "sources.lock").unwrap()
    }

    #[test]
    fn what_is_recorded_is_read_back() {
        let mut lock = Lock { address: Some(String::from("https://docs.example/a: b")), ..Lock::default() };
        assert_eq!(read(&lock.to_yaml()), lock);
        let files = [Source::new("b.yaml", "abc"), Source::new("a.md", "x")];
        assert_eq!(lock.compare(&files), Counts { same: 0, changed: 0, unrecorded: 2 });
        let fetched =
            [Fetched { file: String::from("a.md"), address: String::from("https://docs.example/a.md") }];
        lock.record(&files, &fetched, "2026-11-26");
        assert_eq!(read(&lock.to_yaml()), lock);
        assert_eq!(lock.compare(&files), Counts { same: 2, changed: 0, unrecorded: 0 });
        // The SHA-256 of `abc`, from FIPS 180-2.
        let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert!(lock.to_yaml().contains(expected));
    }

    #[test]
    fn a_file_that_is_not_compared_again_stays_recorded() {
        let mut lock = Lock::default();
        lock.record(&[Source::new("a.md", "1"), Source::new("b.md", "1")], &[], "2026-11-25");
        lock.record(&[Source::new("a.md", "2")], &[], "2026-11-26");
        let dates: Vec<&str> = lock.sources.iter().map(|recorded| recorded.date.as_str()).collect();
        assert_eq!(dates, ["2026-11-26", "2026-11-25"]);
        assert_eq!(lock.compare(&[Source::new("a.md", "1")]), Counts { same: 0, changed: 1, unrecorded: 0 });
    }
}
