//! Finds the workspace in which a command is run. The search begins at the current folder, and not at the place where
//! the command was built, which may be in another clone of the workspace.

use std::io;
use std::path::{Path, PathBuf};

use partner_spec::Api;

/// Returns the root of the workspace: the current folder, or the nearest folder above it, that has the layout of this
/// workspace. `None` if no folder has it.
pub(crate) fn find_root() -> Option<PathBuf> {
    let current = std::env::current_dir().ok()?;
    current.ancestors().find(|folder| is_workspace(folder)).map(Path::to_owned)
}

/// Returns the root of the workspace, for a command that needs a workspace.
///
/// # Errors
///
/// If the command is not run in a workspace. The message contains advice.
pub(crate) fn require_root() -> io::Result<PathBuf> {
    find_root().ok_or_else(|| {
        let message = "there is no workspace with `spec/<api>/openapi.yaml` in this folder or above it; \
                       run the command in a clone of the workspace, or name the files of the documents";
        io::Error::new(io::ErrorKind::NotFound, message)
    })
}

fn is_workspace(folder: &Path) -> bool {
    folder.join("Cargo.toml").is_file() && Api::ALL.iter().all(|api| api.root_file_path_in(folder).is_file())
}
