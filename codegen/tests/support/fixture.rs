//! Generates code from the documents of the tests.

use std::path::{Path, PathBuf};

use partner_codegen::GeneratedSource;
use partner_spec::Findings;

/// Returns the folder of the tests of this crate.
pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")
}

/// Generates code from a document in the folder of the tests. `path` is relative to this folder. Messages have only the
/// file name of the document.
pub(crate) fn generate(path: &str) -> Result<GeneratedSource, Findings> {
    let path = folder().join(path);
    partner_codegen::generate_client(&partner_spec::read_document(&path, path.parent().unwrap()), "sample")
}
