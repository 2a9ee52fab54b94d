//! One document, whatever number of files it was written in.

use std::path::{Path, PathBuf};

use crate::files::Files;
use crate::link::Linker;
use crate::structure;
use crate::{Diagnostics, Kind, Node};

/// A document with all its files in one tree. Every `$ref` that is left points into `#/components`.
#[derive(Clone, Debug)]
pub struct Document {
    /// The OpenAPI object.
    pub root: Node,
    /// The files it was read from, sorted.
    pub files: Vec<PathBuf>,
}

/// Reads a document: its root file and all files that it refers to. Messages name files relative to `base`.
///
/// # Errors
///
/// Everything that is wrong with the syntax, the references and the shape of the document, in one go.
pub fn load(root: &Path, base: &Path) -> Result<Document, Diagnostics> {
    let mut linker = Linker::new(Files::new(base), root);
    let linked = linker.run();
    let files = linker.files.paths();
    let mut found = linker.files.diagnostics;
    match linked {
        Some(root) => {
            structure::check(&root, Kind::OpenApi, &mut found);
            found.into_result(Document { root, files })
        }
        None => Err(found.sorted()),
    }
}

impl Document {
    /// The schema with that name.
    pub fn schema(&self, name: &str) -> Option<&Node> {
        self.root.get("components")?.get("schemas")?.get(name)
    }

    /// The whole document as one JSON text.
    pub fn to_json(&self) -> String {
        self.root.to_json_pretty()
    }
}
