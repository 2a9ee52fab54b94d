//! Writes the OpenAPI document of each API as a JSON file into `OUT_DIR`. The sandbox checks requests against these
//! documents, and takes its example responses from them.

#![allow(clippy::print_stdout, reason = "this is how a build script talks to cargo")]

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use partner_spec::Api;

fn main() -> ExitCode {
    println!("cargo::rerun-if-changed=build.rs");
    let mut code = ExitCode::SUCCESS;
    for api in Api::ALL {
        println!("cargo::rerun-if-changed={}", api.document_folder().display());
        if let Err(message) = write_document(api) {
            code = ExitCode::FAILURE;
            for line in message.lines() {
                println!("cargo::error={line}");
            }
        }
    }
    code
}

fn write_document(api: Api) -> Result<(), String> {
    let folder =
        std::env::var_os("OUT_DIR").map(PathBuf::from).ok_or("cargo sets OUT_DIR for build scripts")?;
    let document = partner_spec::load_document(&api.root_file_path(), partner_spec::base_folder())
        .map_err(|found| found.to_string())?;
    let path = folder.join(Path::new(api.name()).with_extension("json"));
    std::fs::write(&path, document.to_json()).map_err(|error| format!("{}: {error}", path.display()))
}
