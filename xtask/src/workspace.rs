//! Finds the workspace that a command is run in. It may be another clone than the one that the command was built from.

use std::io;
use std::path::{Path, PathBuf};

use partner_spec::Api;

/// The nearest folder, from the current one upwards, that is a workspace like this one.
pub(crate) fn find() -> Option<PathBuf> {
    let current = std::env::current_dir().ok()?;
    current.ancestors().find(|folder| is_workspace(folder)).map(Path::to_owned)
}

/// The workspace, for a command that needs one.
///
/// # Errors
///
/// When the command is run somewhere else, with advice.
pub(crate) fn required() -> io::Result<PathBuf> {
    find().ok_or_else(|| {
        let message = "there is no workspace with `spec/<api>/openapi.yaml` in this folder or above it; \
                       run the command in a clone of the workspace, or name the files of the documents";
        io::Error::new(io::ErrorKind::NotFound, message)
    })
}

fn is_workspace(folder: &Path) -> bool {
    folder.join("Cargo.toml").is_file() && Api::ALL.iter().all(|api| api.root_in(folder).is_file())
}
