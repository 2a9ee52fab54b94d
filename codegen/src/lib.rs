//! Generates the Rust source of a typed async client from an OpenAPI document.
//!
//! The generator converts a [`ReadResult`] to source text, with a file for each docs page. The same document always
//! gives the same text. There are four steps:
//!
//! 1. [`partner_model`] reads the document into operations and types with their locations in the document.
//! 2. [`rules`] report the operations and types that cannot be generated.
//! 3. `core` calls the generators of other projects for the request functions and types, and refuses output that does
//!    not have the known form.
//! 4. `emit` prints the public API on top of the core: operations, models, open enums, unions, multipart forms.
//!
//! A construct that cannot be generated is reported as a [`Finding`](partner_spec::Finding) with file and line.
//! The generator never panics because of a construct, and never leaves out a method silently.

mod cost;
mod emit;
mod examples;
mod field_group_enum;
mod ident;
mod progenitor;
pub mod rules;

use self::progenitor as core;
use crate::rules::generator;
use partner_model::Model;
use partner_spec::{Findings, ReadResult};

/// The source generated from one document.
#[derive(Debug, Clone)]
pub struct GeneratedSource {
    /// The source files of the API's module: `mod.rs` first, then a file for each docs page, sorted by name.
    pub files: Vec<GeneratedFile>,
    /// The number of operations in the document.
    pub operation_count: usize,
    /// The number of public types that were generated.
    pub public_type_count: usize,
    /// The methods of the client that call operations. Each operation has one method, or one for each media type if its
    /// request body has several media types.
    pub methods: Vec<ClientMethod>,
}

/// A method of the client that calls an operation.
#[derive(Debug, Clone)]
pub struct ClientMethod {
    /// The name of the method.
    pub name: String,
    /// The `operationId` of the operation, as the document writes it.
    pub operation_id: String,
    /// The media type of the request body; `None` if the method sends no body.
    pub body_media_type: Option<String>,
}

/// A generated source file, with its public signatures.
#[derive(Debug, Clone)]
pub struct GeneratedFile {
    /// The name of the Rust module in snake case; `mod` for the root. A module with operations is named after the
    /// vendor's docs page for them. A module with shared types is named after the file that contains the schemas of
    /// these types.
    pub module_name: String,
    /// The formatted source text, which ends with one newline.
    pub source: String,
    /// The public signatures of the file: its public items without function bodies and docs. Callers depend on them, so
    /// a changed signature may break the code of callers.
    pub public_signatures: String,
}

impl GeneratedFile {
    /// Returns the file's name within the API's module.
    pub fn file_name(&self) -> String {
        format!("{}.rs", self.module_name)
    }
}

impl GeneratedSource {
    /// Returns the total number of lines in all files.
    pub fn line_count(&self) -> usize {
        self.files.iter().map(|file| file.source.lines().count()).sum()
    }
}

/// Generates the client of one document. `module` is the name of the API's module.
///
/// # Errors
///
/// The findings that prevent the generation of a client.
pub fn generate_client(reading: &ReadResult, module: &str) -> Result<GeneratedSource, Findings> {
    let (model, found) = read(reading, module)?;
    emit_source(&found.into_result(model)?)
}

/// Like [`generate_client`], but adds examples of calls to the docs of the methods. `examples` is Markdown with a
/// heading for each method. The code of the examples is compiled as tests, so it has to come from a trusted source.
///
/// # Errors
///
/// The findings that prevent the generation of a client, or the headings that name no method, as text.
pub fn generate_client_with_examples(
    reading: &ReadResult,
    module: &str,
    examples: &str,
) -> Result<GeneratedSource, String> {
    let generate = || {
        let (model, found) = read(reading, module)?;
        let mut model = found.into_result(model)?;
        let unknown = examples::store_call_examples(examples, &mut model);
        emit_source(&model).map(|generated| (generated, unknown))
    };
    let (generated, unknown) = generate().map_err(|found: Findings| found.to_string())?;
    if unknown.is_empty() { Ok(generated) } else { Err(unknown.join("\n")) }
}

fn emit_source(model: &Model) -> Result<GeneratedSource, Findings> {
    let new_findings = |faults| generator::new_fault_findings(model, faults);
    let core = core::generate_requests_and_types(model).map_err(new_findings)?;
    emit::emit_module_files(model, &core).map_err(new_findings)
}

/// Checks whether a client can be generated from a document, and returns all findings. The rules are checked first. If
/// no finding blocks the generation, the requests and types are generated as well, to find what the generator cannot
/// handle. They are not printed as source text, because that would take most of the time.
pub fn check_client_generation(reading: &ReadResult, module: &str) -> Findings {
    let (model, mut found) = match read(reading, module) {
        Ok(read) => read,
        Err(found) => return found,
    };
    if !found.has_blocking_finding()
        && let Err(faults) = core::generate_requests_and_types(&model)
    {
        found.extend(generator::new_fault_findings(&model, faults));
    }
    found
}

fn read(reading: &ReadResult, module: &str) -> Result<(Model, Findings), Findings> {
    let (model, mut found) = partner_model::read_model(reading, module)?;
    rules::check_model(&model, &mut found);
    Ok((model, found))
}
