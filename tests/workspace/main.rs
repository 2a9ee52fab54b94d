//! What the workspace says of itself: its Rust version, the tests behind its promises, and what the compiler says to
//! callers.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a helper that cannot go on fails the test that uses it"
)]

mod amounts;
mod boundaries;
mod callers;
mod msrv;
mod promises;

use std::path::{Path, PathBuf};

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}
