//! What is validated, and by which rules.

use std::path::{Path, PathBuf};

use partner_spec::{Api, Boundary, Profile};

/// A document to validate.
#[derive(Clone, Debug)]
pub struct Target {
    /// The name of the module that would be generated from it.
    pub module: String,
    /// Its root file.
    pub root: PathBuf,
    /// The folder that messages name files relative to.
    pub base: PathBuf,
    /// The API of this workspace that it describes, when it is one of ours.
    pub api: Option<Api>,
    /// The folder out of which nothing is read.
    pub boundary: Boundary,
}

impl Target {
    /// A document of the workspace that this crate was built in.
    pub fn api(api: Api) -> Target {
        Target::in_workspace(api, partner_spec::base())
    }

    /// A document of a workspace like this one.
    pub fn in_workspace(api: Api, workspace: &Path) -> Target {
        let root = api.root_in(workspace);
        Target {
            module: api.name().to_owned(),
            boundary: Boundary::around(&root),
            root,
            base: workspace.to_owned(),
            api: Some(api),
        }
    }

    /// Any other document.
    pub fn file(path: &Path) -> Target {
        let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or("document");
        Target {
            module: partner_model::names::snake_name(stem),
            boundary: Boundary::around(path),
            root: path.to_owned(),
            base: PathBuf::new(),
            api: None,
        }
    }

    /// The same document, with another folder out of which nothing is read.
    #[must_use]
    pub fn within(self, boundary: Boundary) -> Target {
        Target { boundary, ..self }
    }

    /// The profile that applies when none was asked for.
    pub fn default_profile(&self) -> Profile {
        if self.api.is_some() { Profile::Workspace } else { Profile::Generator }
    }
}
