//! Generates the clients that the tests use: a client for each document in `documents`, and the clients of the test
//! matrix. The matrix combines all places in which a value can be sent (such as a header) with all kinds of values and
//! all serialization styles. Also generates the source of the calls that the tests make with the clients of the matrix.

#![allow(clippy::print_stdout, reason = "this is how a build script talks to cargo")]

mod calls;
#[allow(unreachable_pub, dead_code, reason = "tests use it, too")]
#[path = "../cases/mod.rs"]
mod cases;

use std::error::Error;
use std::path::{Path, PathBuf};

use cases::names::{self, ALL_WORD_ROLES};
use cases::{Case, PLACES_WITH_MODULE_PREFIXES};

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
        generate_and_write_client(&path, name, &out)?;
    }
    generate_case_clients_and_calls(&out)
}

/// Generates the client of a document, and writes it to the folder `name` in `out`.
fn generate_and_write_client(document: &Path, name: &str, out: &Path) -> Result<(), Box<dyn Error>> {
    let reading = partner_spec::read_document(document, document.parent().unwrap_or(document));
    let generated = partner_codegen::generate_client(&reading, name).map_err(|found| found.to_string())?;
    let folder = out.join(name);
    std::fs::create_dir_all(&folder)?;
    for file in generated.files {
        std::fs::write(folder.join(file.file_name()), file.source)?;
    }
    Ok(())
}

/// The maximum number of cases in one document, and so in one client. A larger document could exceed the generator's
/// limit for the size of a document in which all references are replaced by copies.
const MAX_CASES_PER_DOCUMENT: usize = 200;

/// Generates the clients of all cases for which a client must be generated, and the source of the calls that the tests
/// make with these clients. No client is generated for a case that a rule must refuse.
fn generate_case_clients_and_calls(out: &Path) -> Result<(), Box<dyn Error>> {
    let chosen = cases::select_cases();
    let (mut clients, mut calls, mut names) = (String::new(), String::new(), String::new());
    for (place, module) in PLACES_WITH_MODULE_PREFIXES {
        let cases: Vec<&Case> =
            chosen.iter().filter(|case| case.place == place && case.expected_findings().is_empty()).collect();
        let mut tables = String::new();
        for (index, cases) in cases.chunks(MAX_CASES_PER_DOCUMENT).enumerate() {
            let name = format!("{module}_{index}");
            let document = out.join(format!("{name}.yaml"));
            std::fs::write(&document, cases::build_document_yaml(cases.iter().copied()))?;
            generate_and_write_client(&document, &name, out)?;
            clients += &format!("{name}, ");
            calls += &calls::generate_calls_module(place, &name, cases);
            tables += &format!("{name}::CALLS, ");
        }
        let ty = calls::to_call_type_name(place);
        calls += &format!(
            "pub(crate) const {}: &[&[crate::cases::{ty}]] = &[{tables}];",
            module.to_ascii_uppercase()
        );
    }
    for role in ALL_WORD_ROLES {
        for (index, words) in names::group_accepted_words(role).iter().enumerate() {
            let module = format!("names_{}_{index}", format!("{role:?}").to_ascii_lowercase());
            let folder = out.join("documents").join(&module);
            std::fs::create_dir_all(&folder)?;
            for (name, text) in names::build_document_files(role, words) {
                std::fs::write(folder.join(name), text)?;
            }
            generate_and_write_client(&folder.join("openapi.yaml"), &module, out)?;
            clients += &format!("{module}, ");
            calls += &calls::generate_word_test_module(&module, role, words);
            names += &format!("{module}::CALLS, ");
        }
    }
    calls += &format!("pub(crate) const NAMES: &[&[crate::cases::Request]] = &[{names}];");
    std::fs::write(out.join("clients.rs"), format!("include_clients!({clients});"))?;
    std::fs::write(out.join("calls.rs"), calls)?;
    Ok(())
}
