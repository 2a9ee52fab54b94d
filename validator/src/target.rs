//! The document to validate.

use std::path::{Path, PathBuf};

use partner_spec::{Api, Boundary, Profile};

/// A document to validate.
#[derive(Clone, Debug)]
pub struct ValidationTarget {
    /// The name of the Rust module that is generated from the document.
    pub module_name: String,
    /// The path of the root file of the document.
    pub root_file_path: PathBuf,
    /// The folder to which file names in messages are relative.
    pub base_folder: PathBuf,
    /// The API that the document describes, if the document belongs to this workspace.
    pub api: Option<Api>,
    /// The folder from which files may be read. When the document is read, only files inside this folder are opened.
    pub boundary: Boundary,
}

impl ValidationTarget {
    /// Creates a target for the document of an API in the workspace in which this crate was built.
    pub fn for_api(api: Api) -> ValidationTarget {
        ValidationTarget::for_api_in_workspace(api, partner_spec::base_folder())
    }

    /// Creates a target for the document of an API in another workspace with the same layout.
    pub fn for_api_in_workspace(api: Api, workspace: &Path) -> ValidationTarget {
        let root = api.root_file_path_in(workspace);
        ValidationTarget {
            module_name: api.name().to_owned(),
            boundary: Boundary::of_document(&root),
            root_file_path: root,
            base_folder: workspace.to_owned(),
            api: Some(api),
        }
    }

    /// Creates a target for a document that does not belong to the workspace.
    pub fn for_file_outside_workspace(path: &Path) -> ValidationTarget {
        let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or("document");
        ValidationTarget {
            module_name: partner_model::names::to_snake_case_name(stem),
            boundary: Boundary::of_document(path),
            root_file_path: path.to_owned(),
            base_folder: PathBuf::new(),
            api: None,
        }
    }

    /// Sets the boundary: the folder from which files may be read.
    #[must_use]
    pub fn with_boundary(self, boundary: Boundary) -> ValidationTarget {
        ValidationTarget { boundary, ..self }
    }

    /// Returns the profile that applies if the options do not set one.
    pub fn default_profile(&self) -> Profile {
        if self.api.is_some() { Profile::Workspace } else { Profile::Generator }
    }
}
