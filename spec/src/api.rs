//! Which documents this crate carries, and where they are.

use std::path::{Path, PathBuf};

macro_rules! apis {
    ($($(#[$docs:meta])* $variant:ident = $name:literal,)*) => {
        /// A partner API whose documents are part of this crate.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Api {
            $($(#[$docs])* $variant,)*
        }

        impl Api {
            /// All of them, in the order in which tools list them.
            pub const ALL: [Api; [$($name),*].len()] = [$(Api::$variant),*];

            /// The name used for folders, cargo features, modules and command-line arguments.
            pub fn name(self) -> &'static str {
                match self {
                    $(Api::$variant => $name,)*
                }
            }
        }
    };
}

// The only list of all APIs: the client's build script, the tools and the tests take theirs from here.
apis! {
    /// Unigox: fiat on- and off-ramp, KYC, payouts.
    Unigox = "unigox",
    /// P100: KYC, balances, exchange, SEPA, crypto withdrawals, cards.
    P100 = "p100",
}

/// The name of the file to start reading from.
const ROOT: &str = "openapi.yaml";

impl Api {
    /// The API with that [`name`](Api::name).
    pub fn from_name(name: &str) -> Option<Api> {
        Api::ALL.into_iter().find(|api| api.name() == name)
    }

    /// The folder that holds this API's documents.
    pub fn folder(self) -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join(self.name())
    }

    /// The document to start reading from.
    pub fn root(self) -> PathBuf {
        self.folder().join(ROOT)
    }

    /// The folder that holds this API's documents in a clone of this workspace.
    pub fn folder_in(self, workspace: &Path) -> PathBuf {
        workspace.join("spec").join(self.name())
    }

    /// The document to start reading from in a clone of this workspace.
    pub fn root_in(self, workspace: &Path) -> PathBuf {
        self.folder_in(workspace).join(ROOT)
    }
}

/// The folder that messages about our own documents are relative to: the one that holds this crate, so that a
/// build script and a tool that run in different places name a file the same way.
pub fn base() -> &'static Path {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here)
}
