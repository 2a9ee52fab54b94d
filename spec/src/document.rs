//! One document, whatever number of files it was written in.

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::boundary::Boundary;
use crate::files::Files;
use crate::link::Linker;
use crate::rules::ambiguous_scalar;
use crate::structure;
use crate::{Diagnostics, Kind, Node};

/// A document with all its files in one tree. Every `$ref` that is left points into `#/components`.
#[derive(Clone, Debug)]
pub struct Document {
    /// The OpenAPI object.
    pub root: Node,
    /// The files it was read from, sorted.
    pub files: Vec<PathBuf>,
    /// How many bytes these files have: what may be made of the document is in proportion to it.
    pub size: usize,
}

/// What reading a document gave: as much of it as there is, and what is wrong with it.
///
/// For tools that go on where a build stops. A reference that leads nowhere is still in the tree, and names its file, as
/// are values of the wrong type and keys that do not belong there; a misspelled key is there as it was meant.
#[derive(Debug)]
pub struct Reading {
    /// The document, when there is a root to start from.
    pub document: Option<Document>,
    /// The trees of the files that could be parsed, before references were followed.
    pub trees: Vec<Arc<Node>>,
    /// The files it was read from, broken ones included, sorted.
    pub files: Vec<PathBuf>,
    /// Everything that is wrong with the syntax, the references and the shape.
    pub found: Diagnostics,
}

impl Reading {
    /// The document without what is wrong with its shape and its references: for whoever needs every value to be what
    /// the specification says.
    pub fn sound(&self) -> Option<Cow<'_, Document>> {
        let document = self.document.as_ref()?;
        if !self.found.has_blocking() {
            return Some(Cow::Borrowed(document));
        }
        let root = structure::sound(&document.root, Kind::OpenApi, &document.root)?;
        Some(Cow::Owned(Document { root, files: document.files.clone(), size: document.size }))
    }
}

/// Reads a document: its root file and all files that it refers to, as far as they are in [its
/// repository](Boundary::around). Messages name files relative to `base`.
pub fn read(root: &Path, base: &Path) -> Reading {
    read_within(root, base, &Boundary::around(root))
}

/// Like [`read`], with the folder out of which nothing is read.
pub fn read_within(root: &Path, base: &Path, boundary: &Boundary) -> Reading {
    let mut linker = Linker::new(Files::new(base, boundary), root);
    let mut linked = linker.run();
    let (files, trees) = (linker.files.paths(), linker.files.trees());
    let size = linker.files.bytes;
    let mut found = linker.files.diagnostics;
    if let Some(root) = &mut linked {
        structure::check(root, Kind::OpenApi, &mut found);
        ambiguous_scalar::check(root, &linker.files.ambiguous, &mut found);
        if found.has_blocking() {
            structure::repair(root, Kind::OpenApi);
        }
    }
    let document = linked.map(|root| Document { root, files: files.clone(), size });
    Reading { document, trees, files, found: found.sorted() }
}

/// Reads a document that has to be right. Messages name files relative to `base`.
///
/// # Errors
///
/// Everything that is wrong with the syntax, the references and the shape of the document, in one go.
pub fn load(root: &Path, base: &Path) -> Result<Document, Diagnostics> {
    load_within(root, base, &Boundary::around(root))
}

/// Like [`load`], with the folder out of which nothing is read.
///
/// # Errors
///
/// Those of [`load`].
pub fn load_within(root: &Path, base: &Path, boundary: &Boundary) -> Result<Document, Diagnostics> {
    let Reading { document, found, .. } = read_within(root, base, boundary);
    match document {
        Some(document) => found.into_result(document),
        None => Err(found),
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
