//! Generates the client of each document in `documents`.

#![allow(clippy::print_stdout, reason = "this is how a build script talks to cargo")]

use std::path::{Path, PathBuf};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=documents");
    let out = PathBuf::from(std::env::var_os("OUT_DIR").ok_or("cargo sets OUT_DIR for build scripts")?);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("documents");
    for entry in std::fs::read_dir(&folder)? {
        let path = entry?.path();
        let Some(name) = path.file_stem().and_then(|stem| stem.to_str()) else { continue };
        let reading = partner_spec::read(&path, &folder);
        let generated = partner_codegen::generate(&reading, name).map_err(|found| found.to_string())?;
        let folder = out.join(name);
        std::fs::create_dir_all(&folder)?;
        for file in generated.files {
            std::fs::write(folder.join(file.name()), file.source)?;
        }
    }
    Ok(())
}
