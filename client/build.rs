//! Writes the source of each enabled API to `OUT_DIR`. With the feature `generate`, the source is generated from the
//! documents; otherwise it is copied from the reviewed snapshots that are part of this package.

#![allow(clippy::print_stdout, reason = "this is how a build script talks to cargo")]

use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[cfg(feature = "generate")]
#[path = "build/generate.rs"]
mod source;

#[cfg(not(feature = "generate"))]
#[path = "build/reviewed_snapshots.rs"]
mod source;

/// The file name and the text of a generated source file.
type SourceFile = (String, String);

fn main() -> ExitCode {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=build");
    let mut failed = false;
    for api in source::list_api_names().into_iter().filter(|api| is_api_enabled(api)) {
        match source::files(&api).and_then(|files| write_all(&api, &files)) {
            Ok(()) => {}
            Err(message) => {
                failed = true;
                for line in message.lines() {
                    println!("cargo::error={line}");
                }
            }
        }
    }
    if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

/// Whether the cargo feature of an API is enabled.
fn is_api_enabled(api: &str) -> bool {
    std::env::var_os(format!("CARGO_FEATURE_{}", api.to_ascii_uppercase())).is_some()
}

fn write_all(api: &str, files: &[SourceFile]) -> Result<(), String> {
    let out = std::env::var_os("OUT_DIR").map(PathBuf::from).ok_or("cargo sets OUT_DIR for build scripts")?;
    let folder = out.join(api);
    std::fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    for (name, text) in files {
        write_if_changed(&folder.join(name), text)?;
    }
    Ok(())
}

/// Writes a text to a file, unless the file already contains this text. An unnecessary write would make cargo compile
/// the crate again.
fn write_if_changed(path: &Path, text: &str) -> Result<(), String> {
    if std::fs::read_to_string(path).is_ok_and(|before| before == text) {
        return Ok(());
    }
    std::fs::write(path, text).map_err(|error| format!("{}: {error}", path.display()))
}
