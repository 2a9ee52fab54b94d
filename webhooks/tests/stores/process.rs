//! Finds and starts programs that are installed on this machine.

use std::net::TcpListener;
use std::os::unix::fs::MetadataExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Returns the first of the programs that is not installed; `None` if all are installed.
pub(crate) fn find_missing<'a>(programs: &[&'a str]) -> Option<&'a str> {
    programs.iter().find(|program| find_program(program).is_none()).copied()
}

/// Returns the path of a program in `PATH`, or in the folders where Debian installs the programs of Postgres.
pub(crate) fn find_program(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let folders = std::env::split_paths(&path).chain(versions.map(|version| version.path().join("bin")));
    folders.map(|folder| folder.join(program)).find(|program| program.is_file())
}

pub(crate) fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// The id of the user `nobody` and of its group.
const NOBODY_ID: u32 = 65_534;

/// Builds a command that runs in a folder as the owner of the folder. A folder of root is given to `nobody`, because
/// Postgres refuses to run as root.
pub(crate) fn build_command(program: &str, folder: &Path) -> Command {
    let mut command = Command::new(find_program(program).unwrap());
    command.current_dir(folder);
    let owner = std::fs::metadata(folder).unwrap().uid();
    if owner == 0 {
        std::os::unix::fs::chown(folder, Some(NOBODY_ID), Some(NOBODY_ID)).unwrap();
    }
    if matches!(owner, 0 | NOBODY_ID) {
        command.uid(NOBODY_ID).gid(NOBODY_ID);
    }
    command
}
