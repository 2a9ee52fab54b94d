//! Finds the documents that the arguments of a command name: documents of this workspace by API, others by path.

use std::io;
use std::path::{Path, PathBuf};

use partner_codegen::Generated;
use partner_spec::{Api, Boundary, Diagnostics, Document};
use partner_validator::Target;

use crate::workspace;

/// The argument `--root`: the folder outside of which no file may be read.
#[derive(clap::Args)]
pub(crate) struct Root {
    /// The folder out of which no file is read [default: the repository of each document]
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
}

/// A document that an argument of a command names.
pub(crate) struct Named {
    pub(crate) target: Target,
}

/// Finds the documents with these names or paths; all documents of this workspace if `names` is empty.
pub(crate) fn find(names: &[String], root: &Root) -> io::Result<Vec<Named>> {
    if names.is_empty() {
        let workspace = workspace::required()?;
        return Api::ALL.into_iter().map(|api| root.apply(Target::in_workspace(api, &workspace))).collect();
    }
    names.iter().map(|name| find_single(name, root)).collect()
}

/// Finds the document with this name or path.
pub(crate) fn find_single(name: &str, root: &Root) -> io::Result<Named> {
    if let Some(api) = Api::from_name(name) {
        return root.apply(Target::in_workspace(api, &workspace::required()?));
    }
    let path = Path::new(name);
    if path.symlink_metadata().is_err() {
        let known: Vec<&str> = Api::ALL.iter().map(|api| api.name()).collect();
        let message = format!("`{name}` is neither an API ({}) nor a file", known.join(", "));
        return Err(io::Error::new(io::ErrorKind::NotFound, message));
    }
    root.apply(document_of_workspace(path).unwrap_or_else(|| Target::file(path)))
}

/// The document of the workspace whose root file has this path; `None` if the path is no root file of the workspace.
fn document_of_workspace(path: &Path) -> Option<Target> {
    let workspace = workspace::find()?;
    let real = path.canonicalize().ok()?;
    let api = Api::ALL
        .into_iter()
        .find(|api| api.root_in(&workspace).canonicalize().is_ok_and(|root| root == real))?;
    Some(Target::in_workspace(api, &workspace))
}

impl Root {
    /// Limits the files of a document to the folder, if one is given.
    fn apply(&self, target: Target) -> io::Result<Named> {
        let Some(folder) = &self.root else { return Ok(Named { target }) };
        let boundary = Boundary::folder(folder)
            .map_err(|error| io::Error::new(error.kind(), format!("--root {}: {error}", folder.display())))?;
        Ok(Named { target: target.within(boundary) })
    }
}

impl Named {
    /// The name of the module that is generated from the document.
    pub(crate) fn name(&self) -> &str {
        &self.target.module
    }

    /// Reads the document.
    pub(crate) fn load(&self) -> Result<Document, Diagnostics> {
        partner_spec::load_within(&self.target.root, &self.target.base, &self.target.boundary)
    }

    /// Reads the document and generates its client.
    pub(crate) fn generate(&self) -> Result<Generated, Diagnostics> {
        let Target { root, base, boundary, module, .. } = &self.target;
        partner_codegen::generate(&partner_spec::read_within(root, base, boundary), module)
    }
}
