//! Compares our document with the documents of a vendor, in temporary folders.

use std::path::{Path, PathBuf};

use partner_change::drift::{AcceptanceEntry, DriftReport, compare_with_vendor_docs};
use partner_change::vendor;
use partner_spec::{ReadResult, Source};
use tempfile::TempDir;

/// A small document that stands for our document of an API.
pub(crate) const OURS: &str = include_str!("ours.yaml");

/// A temporary folder with the files of a vendor and our document.
pub(crate) struct Folder(TempDir);

impl Folder {
    pub(crate) fn new() -> Folder {
        let folder = Folder(tempfile::tempdir().unwrap());
        folder.write("ours.yaml", OURS);
        folder
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    /// Compares our document with the file or folder of the vendor at the path `vendor`.
    pub(crate) fn drift(&self, vendor: &str, accepted: &[AcceptanceEntry]) -> DriftReport {
        let ours = partner_spec::read_document(&self.path("ours.yaml"), self.0.path());
        assert!(ours.findings.is_empty(), "{}", ours.findings);
        drift(&ours, &self.path(vendor), accepted)
    }
}

pub(crate) fn drift(ours: &ReadResult, vendor: &Path, accepted: &[AcceptanceEntry]) -> DriftReport {
    compare_with_vendor_docs(ours, &vendor::read_vendor_docs(vendor).unwrap(), "shop", accepted).unwrap()
}

/// Returns the differences as text, one line each. The line of an accepted difference ends with the reason.
pub(crate) fn lines(report: &DriftReport) -> Vec<String> {
    let line = |difference: &partner_change::drift::Difference| {
        let change = &difference.change;
        let accepted =
            difference.acceptance_reason.as_ref().map(|reason| format!(" ({reason})")).unwrap_or_default();
        format!(
            "{}: {}: {} [{}]{accepted}",
            change.page_title,
            difference.kind.name(),
            change.message,
            change.rule.id
        )
    };
    report.differences.iter().map(line).collect()
}

/// Reads a list of accepted differences.
pub(crate) fn accepted(text: &str) -> Result<Vec<AcceptanceEntry>, String> {
    AcceptanceEntry::parse_accepted_yaml(&Source::new("accepted.yaml", text))
        .map_err(|found| found.to_string())
}
