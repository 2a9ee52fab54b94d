//! From an OpenAPI document to the Rust source of a typed async client.
//!
//! Pure and deterministic: a [`Document`] goes in, source text comes out, cut by docs page.
//! It goes in four steps:
//!
//! 1. [`partner_model`] reads the document into operations and types that know where they were written;
//! 2. [`core`] has models and requests generated that are right as they are;
//! 3. [`emit`] puts the public surface on top of them: operations, models, open enums, unions, multipart;
//! 4. [`verify`] proves that nothing fell through.
//!
//! A construct that cannot be generated is a [`Diagnostic`](partner_spec::Diagnostic) with file and line, never a
//! panic and never a method that is silently missing.

pub mod emit;
mod ident;
mod progenitor;
pub mod rules;
pub mod verify;

use self::progenitor as core;
use partner_model::Model;
use partner_spec::{Diagnostics, Document};

/// What came out of one document.
#[derive(Debug, Clone)]
pub struct Generated {
    /// The source files of the API's module, `mod.rs` first, then one for each docs page, by name.
    pub files: Vec<File>,
    /// How many operations the document has.
    pub operations: usize,
    /// How many public types were generated.
    pub types: usize,
}

/// One generated source file.
#[derive(Debug, Clone)]
pub struct File {
    /// The name of the module: `mod` for the root, the docs page in snake case otherwise.
    pub module: String,
    /// The source text, formatted, ending in one newline.
    pub source: String,
    /// The public signatures alone: what a caller sees, and so what a change may break.
    pub signatures: String,
}

impl File {
    /// The file's name within the API's module.
    pub fn name(&self) -> String {
        format!("{}.rs", self.module)
    }
}

impl Generated {
    /// How many lines of source there are in all.
    pub fn lines(&self) -> usize {
        self.files.iter().map(|file| file.source.lines().count()).sum()
    }
}

/// Generates the client of one document, as the module of that name.
///
/// # Errors
///
/// Every construct in the document that cannot be generated, each with its place.
pub fn generate(document: &Document, module: &str) -> Result<Generated, Diagnostics> {
    let model = read(document, module)?;
    let core = core::generate(&model)?;
    let (generated, missing) = emit::emit(&model, &core);
    verify::run(&model, &core, &missing)?;
    Ok(generated)
}

/// Looks whether a client can be generated, without writing its source: what takes longest.
///
/// # Errors
///
/// Those of [`generate`].
pub fn check(document: &Document, module: &str) -> Result<(), Diagnostics> {
    let model = read(document, module)?;
    let core = core::generate(&model)?;
    verify::run(&model, &core, &[])
}

fn read(document: &Document, module: &str) -> Result<Model, Diagnostics> {
    let (model, mut found) = partner_model::read(document, module);
    rules::operation_id_collision::check(&model.operations, &mut found);
    found.sorted().into_result(model)
}
