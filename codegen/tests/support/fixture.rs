//! Documents that tests are written with.

use std::path::{Path, PathBuf};

use partner_codegen::Generated;
use partner_spec::Diagnostics;

/// The folder of this crate's tests.
pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")
}

/// Generates from a document below the folder of the tests. Messages name it by its file name alone.
pub(crate) fn generate(path: &str) -> Result<Generated, Diagnostics> {
    let path = folder().join(path);
    partner_codegen::generate(&partner_spec::read(&path, path.parent().unwrap()), "sample")
}
