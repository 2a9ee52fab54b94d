//! Finds the documents that are passed to a command: documents of this workspace by the name of their API, other
//! documents by path.

use std::io;
use std::path::{Path, PathBuf};

use partner_codegen::GeneratedSource;
use partner_spec::{Api, Boundary, Document, Findings};
use partner_validator::ValidationTarget;

use crate::workspace;

/// The argument `--root`. Its value is a folder; files outside of this folder are not read.
#[derive(clap::Args)]
pub(crate) struct RootArgument {
    /// Files outside of this folder are not read [default: the repository of each document]
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
}

/// A document that was passed to a command by its name or path. It has not been read yet.
pub(crate) struct DocumentArgument {
    pub(crate) target: ValidationTarget,
}

/// Finds the documents with these API names or paths. If `names` is empty, finds all documents of this workspace.
pub(crate) fn find_documents(names: &[String], root: &RootArgument) -> io::Result<Vec<DocumentArgument>> {
    if names.is_empty() {
        let workspace = workspace::require_workspace_root()?;
        return Api::ALL
            .into_iter()
            .map(|api| root.restrict_to_root_folder(ValidationTarget::for_api_in_workspace(api, &workspace)))
            .collect();
    }
    names.iter().map(|name| find_document(name, root)).collect()
}

/// Finds a document by the name of its API, or by the path of its root file.
pub(crate) fn find_document(name: &str, root: &RootArgument) -> io::Result<DocumentArgument> {
    if let Some(api) = Api::from_name(name) {
        return root.restrict_to_root_folder(ValidationTarget::for_api_in_workspace(
            api,
            &workspace::require_workspace_root()?,
        ));
    }
    let path = Path::new(name);
    if path.symlink_metadata().is_err() {
        let known: Vec<&str> = Api::ALL.iter().map(|api| api.name()).collect();
        let message = format!("`{name}` is neither an API ({}) nor a file", known.join(", "));
        return Err(io::Error::new(io::ErrorKind::NotFound, message));
    }
    root.restrict_to_root_folder(
        find_workspace_document(path).unwrap_or_else(|| ValidationTarget::for_file_outside_workspace(path)),
    )
}

/// Returns the document of this workspace whose root file has this path; `None` if there is no such document.
fn find_workspace_document(path: &Path) -> Option<ValidationTarget> {
    let workspace = workspace::find_workspace_root()?;
    let real = path.canonicalize().ok()?;
    let api = Api::ALL
        .into_iter()
        .find(|api| api.root_file_path_in(&workspace).canonicalize().is_ok_and(|root| root == real))?;
    Some(ValidationTarget::for_api_in_workspace(api, &workspace))
}

impl RootArgument {
    /// Allows a document to refer only to files in the folder of `--root`. Without `--root`, the boundary of `target`
    /// (the folder that reads must not leave) stays as it is.
    fn restrict_to_root_folder(&self, target: ValidationTarget) -> io::Result<DocumentArgument> {
        let Some(folder) = &self.root else { return Ok(DocumentArgument { target }) };
        let boundary = Boundary::of_folder(folder)
            .map_err(|error| io::Error::new(error.kind(), format!("--root {}: {error}", folder.display())))?;
        Ok(DocumentArgument { target: target.with_boundary(boundary) })
    }
}

impl DocumentArgument {
    /// Returns the name of the module that is generated from the document.
    pub(crate) fn module_name(&self) -> &str {
        &self.target.module_name
    }

    /// Reads the OpenAPI document from its files.
    pub(crate) fn read_document(&self) -> Result<Document, Findings> {
        partner_spec::load_document_within(
            &self.target.root_file_path,
            &self.target.base_folder,
            &self.target.boundary,
        )
    }

    /// Reads the document, and generates its client.
    pub(crate) fn generate_client(&self) -> Result<GeneratedSource, Findings> {
        let ValidationTarget { root_file_path: root_file, base_folder, boundary, module_name, .. } =
            &self.target;
        partner_codegen::generate_client(
            &partner_spec::read_document_within(root_file, base_folder, boundary),
            module_name,
        )
    }
}
