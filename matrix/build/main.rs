//! Generates the client of each document in `documents`, and the clients and calls of the cases of the matrix.

#![allow(clippy::print_stdout, reason = "this is how a build script talks to cargo")]

mod calls;
#[allow(unreachable_pub, dead_code, reason = "tests use it, too")]
#[path = "../cases/mod.rs"]
mod cases;

use std::error::Error;
use std::path::{Path, PathBuf};

use cases::names::{self, ROLES};
use cases::{Case, PLACES};

fn main() -> Result<(), Box<dyn Error>> {
    for input in ["build", "cases", "documents"] {
        println!("cargo::rerun-if-changed={input}");
    }
    println!("cargo::rerun-if-env-changed=PARTNER_MATRIX");
    let out = PathBuf::from(std::env::var_os("OUT_DIR").ok_or("cargo sets OUT_DIR for build scripts")?);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("documents");
    for entry in std::fs::read_dir(&folder)? {
        let path = entry?.path();
        let Some(name) = path.file_stem().and_then(|stem| stem.to_str()) else { continue };
        generate(&path, name, &out)?;
    }
    write_cases(&out)
}

/// Writes the client of a document to the folder of that name.
fn generate(document: &Path, name: &str, out: &Path) -> Result<(), Box<dyn Error>> {
    let reading = partner_spec::read(document, document.parent().unwrap_or(document));
    let generated = partner_codegen::generate(&reading, name).map_err(|found| found.to_string())?;
    let folder = out.join(name);
    std::fs::create_dir_all(&folder)?;
    for file in generated.files {
        std::fs::write(folder.join(file.name()), file.source)?;
    }
    Ok(())
}

/// How many cases have one client. The expansion of a document is limited.
const CASES_PER_DOCUMENT: usize = 200;

/// Writes clients of each place with the cases that have to be honoured, and the calls of them.
fn write_cases(out: &Path) -> Result<(), Box<dyn Error>> {
    let chosen = cases::chosen();
    let (mut clients, mut calls, mut names) = (String::new(), String::new(), String::new());
    for (place, module) in PLACES {
        let cases: Vec<&Case> =
            chosen.iter().filter(|case| case.place == place && case.refusals().is_empty()).collect();
        let mut tables = String::new();
        for (index, cases) in cases.chunks(CASES_PER_DOCUMENT).enumerate() {
            let name = format!("{module}_{index}");
            let document = out.join(format!("{name}.yaml"));
            std::fs::write(&document, cases::document(cases.iter().copied()))?;
            generate(&document, &name, out)?;
            clients += &format!("{name}, ");
            calls += &calls::module(place, &name, cases);
            tables += &format!("{name}::CALLS, ");
        }
        let ty = calls::table_type(place);
        calls += &format!(
            "pub(crate) const {}: &[&[crate::cases::{ty}]] = &[{tables}];",
            module.to_ascii_uppercase()
        );
    }
    for role in ROLES {
        for (index, words) in names::groups(role).iter().enumerate() {
            let module = format!("names_{}_{index}", format!("{role:?}").to_ascii_lowercase());
            let folder = out.join("documents").join(&module);
            std::fs::create_dir_all(&folder)?;
            for (name, text) in names::files(role, words) {
                std::fs::write(folder.join(name), text)?;
            }
            generate(&folder.join("openapi.yaml"), &module, out)?;
            clients += &format!("{module}, ");
            calls += &calls::names(&module, role, words);
            names += &format!("{module}::CALLS, ");
        }
    }
    calls += &format!("pub(crate) const NAMES: &[&[crate::cases::Request]] = &[{names}];");
    std::fs::write(out.join("clients.rs"), format!("client!({clients});"))?;
    std::fs::write(out.join("calls.rs"), calls)?;
    Ok(())
}
