//! Documents that tests are written with.

use std::path::{Path, PathBuf};

use partner_codegen::Generated;
use partner_spec::{Diagnostics, Document};

/// The folder of this crate's tests.
pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")
}

/// Reads a document below the folder of the tests. Messages name it by its file name alone.
pub(crate) fn load(path: &str) -> Result<Document, Diagnostics> {
    let path = folder().join(path);
    partner_spec::load(&path, path.parent().unwrap())
}

/// Generates from a document below the folder of the tests.
pub(crate) fn generate(path: &str) -> Result<Generated, Diagnostics> {
    partner_codegen::generate(&load(path)?, "sample")
}
