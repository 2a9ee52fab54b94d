//! Finds the workspace in which a command is run. The search begins at the current folder, because the folder in which
//! the command was compiled may be in another clone of the workspace.

use std::io;
use std::path::{Path, PathBuf};

use partner_spec::Api;

/// Returns the root folder of the workspace: the first folder with the layout of this workspace, from the current
/// folder upwards. Returns `None` if there is no such folder.
pub(crate) fn find_workspace_root() -> Option<PathBuf> {
    let current = std::env::current_dir().ok()?;
    current.ancestors().find(|folder| is_workspace(folder)).map(Path::to_owned)
}

/// Returns the root folder of the workspace, for a command that cannot run without a workspace.
///
/// # Errors
///
/// If the command is not run in a workspace. The message contains advice.
pub(crate) fn require_workspace_root() -> io::Result<PathBuf> {
    find_workspace_root().ok_or_else(|| {
        let message = "there is no workspace with `spec/<api>/openapi.yaml` in this folder or above it; \
                       run the command in a clone of the workspace, or name the files of the documents";
        io::Error::new(io::ErrorKind::NotFound, message)
    })
}

fn is_workspace(folder: &Path) -> bool {
    folder.join("Cargo.toml").is_file() && Api::ALL.iter().all(|api| api.root_file_path_in(folder).is_file())
}
