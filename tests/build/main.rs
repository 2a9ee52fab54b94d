//! Writes what the tests walk: for each API, a call of every method of its client and a list of all its types.
//!
//! Nothing that a test expects comes from here. Which requests and responses are right is read from the documents, in
//! `src/contract.rs`, while the tests run.

#![allow(clippy::print_stdout, reason = "this is how a build script talks to cargo")]

mod print;
mod surface;

use std::error::Error;
use std::path::Path;

use partner_spec::Api;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build");
    let out = std::env::var("OUT_DIR")?;
    let out = Path::new(&out);
    for api in Api::ALL {
        println!("cargo::rerun-if-changed={}", api.document_folder().display());
        let reading = partner_spec::read_document(&api.root_file_path(), partner_spec::base_folder());
        let (model, _) =
            partner_model::read_model(&reading, api.name()).map_err(|found| found.to_string())?;
        let generated =
            partner_codegen::generate_client(&reading, api.name()).map_err(|found| found.to_string())?;
        let surface = surface::read(&generated)?;
        std::fs::write(out.join(format!("{}.rs", api.name())), print::api(api, &model, &surface)?)?;
    }
    std::fs::write(out.join("apis.rs"), print::apis())?;
    Ok(())
}
