//! The OpenAPI documents that are part of this crate, and their paths.

use std::path::{Path, PathBuf};

macro_rules! apis {
    ($($(#[$docs:meta])* $variant:ident = $name:literal,)*) => {
        /// A partner API whose documents are part of this crate.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Api {
            $($(#[$docs])* $variant,)*
        }

        impl Api {
            /// All APIs, in the order in which tools list them.
            pub const ALL: [Api; [$($name),*].len()] = [$(Api::$variant),*];

            /// Returns the name of the API. Folders, cargo features, modules and command-line arguments use this name.
            pub fn name(self) -> &'static str {
                match self {
                    $(Api::$variant => $name,)*
                }
            }
        }
    };
}

// This is the only list of all APIs. The client's build script, the tools and the tests use it.
apis! {
    /// Unigox: fiat on- and off-ramp, KYC, payouts.
    Unigox = "unigox",
    /// P100: KYC, balances, exchange, SEPA, crypto withdrawals, cards.
    P100 = "p100",
}

/// The name of the root file of each API's document.
const ROOT_FILE_NAME: &str = "openapi.yaml";

impl Api {
    /// Returns the API with this [`name`](Api::name); `None` if there is no such API.
    pub fn from_name(name: &str) -> Option<Api> {
        Api::ALL.into_iter().find(|api| api.name() == name)
    }

    /// Returns the folder with the documents of this API.
    pub fn document_folder(self) -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join(self.name())
    }

    /// Returns the path of the Markdown file with examples of calls to this API.
    pub fn examples_file_path(self) -> PathBuf {
        self.document_folder().join("examples.md")
    }

    /// Returns the path of the root file of this API's document.
    pub fn root_file_path(self) -> PathBuf {
        self.document_folder().join(ROOT_FILE_NAME)
    }

    /// Returns the folder with the documents of this API in a clone of this repository. `workspace` is the root folder
    /// of the clone.
    pub fn document_folder_in(self, workspace: &Path) -> PathBuf {
        workspace.join("spec").join(self.name())
    }

    /// Returns the path of the root file of this API's document in a clone of this repository. `workspace` is the root
    /// folder of the clone.
    pub fn root_file_path_in(self, workspace: &Path) -> PathBuf {
        self.document_folder_in(workspace).join(ROOT_FILE_NAME)
    }
}

/// Returns the base folder of the paths in messages: the parent folder of this crate. The paths of this crate's
/// documents are shown relative to this folder, so that a build script and a tool show the same paths, although they
/// run in different folders.
pub fn base_folder() -> &'static Path {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here)
}
