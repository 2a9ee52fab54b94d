//! `cargo xtask validate`

use std::io::{self, Write};

use partner_spec::Diagnostics;

use crate::command::Outcome;
use crate::documents;
use crate::render::{self, plural};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The documents: names of APIs or paths of files [default: all of this workspace]
    documents: Vec<String>,
}

pub(crate) fn run(arguments: &Arguments, out: &mut dyn Write, colors: bool) -> io::Result<Outcome> {
    let mut found = Diagnostics::new();
    let (mut documents, mut operations) = (0, 0);
    for document in documents::find(&arguments.documents)? {
        documents += 1;
        match document.generate() {
            Ok(generated) => operations += generated.operations,
            Err(diagnostics) => found.extend(diagnostics),
        }
    }
    if found.is_empty() {
        writeln!(out, "{}, {}: no findings", plural(documents, "document"), plural(operations, "operation"))?;
        return Ok(Outcome::Fine);
    }
    render::findings(&found.sorted(), out, colors)?;
    Ok(Outcome::Findings)
}
