//! Finds revisions of the workspace with the command `git`, and writes their files to temporary folders.

use std::io::{self, BufRead, BufReader, Write};
use std::path::{Component, Path};
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// The paths that are extracted from a revision of the workspace: the folder of the documents, and the `Cargo.toml`
/// with the version number.
const EXTRACTED_PATHS: [&str; 2] = ["spec", "Cargo.toml"];

/// The possible names of the main branch, in the order of preference.
const MAIN_BRANCH_NAMES: [&str; 4] = ["origin/main", "main", "origin/master", "master"];

/// The maximum number of files that are read from one revision.
const MAX_FILES_PER_REVISION: usize = 5_000;
/// The maximum total size of the files that are read from one revision, in bytes.
const MAX_TOTAL_REVISION_FILE_BYTES: usize = 64 * 1024 * 1024;

/// Returns the id of the commit to which a revision (branch, tag, `HEAD~1`, ...) refers.
pub(crate) fn resolve_revision(workspace: &Path, revision: &str) -> io::Result<String> {
    find_commit_id(workspace, revision)?.ok_or_else(|| {
        let message = format!("`{revision}` is neither a file or folder nor a revision that git knows");
        io::Error::new(io::ErrorKind::NotFound, message)
    })
}

/// Returns the last common ancestor of `HEAD` and the main branch.
pub(crate) fn find_merge_base(workspace: &Path) -> io::Result<String> {
    for branch in MAIN_BRANCH_NAMES {
        if let Some(main) = find_commit_id(workspace, branch)? {
            let (has_succeeded, found) = run_git(workspace, &["merge-base", &main, "HEAD"])?;
            if has_succeeded {
                return Ok(String::from_utf8_lossy(&found).trim().to_owned());
            }
        }
    }
    let message = format!(
        "there is no branch to compare with ({}), or it has nothing in common with this one; name a revision",
        MAIN_BRANCH_NAMES.join(", ")
    );
    Err(io::Error::new(io::ErrorKind::NotFound, message))
}

/// Writes the documents and the `Cargo.toml` of a commit to a new temporary folder.
pub(crate) fn extract_commit_files(workspace: &Path, commit: &str) -> io::Result<TempDir> {
    let arguments: Vec<&str> =
        ["ls-tree", "-r", "-z", commit, "--"].into_iter().chain(EXTRACTED_PATHS).collect();
    let (has_succeeded, listed) = run_git(workspace, &arguments)?;
    if !has_succeeded {
        return Err(io::Error::other(format!("git cannot list the files of {commit}")));
    }
    let files: Vec<(String, String)> =
        String::from_utf8_lossy(&listed).split('\0').filter_map(parse_regular_file_entry).collect();
    if files.len() > MAX_FILES_PER_REVISION {
        return Err(io::Error::other(format!(
            "{commit} has more than {MAX_FILES_PER_REVISION} files of documents"
        )));
    }
    let folder = tempfile::tempdir()?;
    extract_files(workspace, &files, folder.path())?;
    Ok(folder)
}

/// Parses an entry of the output of `git ls-tree`. Returns the object id and the path of a regular file. Returns `None`
/// for symlinks, for submodules, and for a path that would lead out of the folder in which the file is written.
fn parse_regular_file_entry(line: &str) -> Option<(String, String)> {
    let (about, path) = line.split_once('\t')?;
    let [mode, "blob", id] = about.split(' ').collect::<Vec<_>>()[..] else { return None };
    let is_inside = Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
    (mode.starts_with("100") && is_inside).then(|| (id.to_owned(), path.to_owned()))
}

/// Reads files from git by their object ids, and writes each file to its path below `folder`.
fn extract_files(workspace: &Path, files: &[(String, String)], folder: &Path) -> io::Result<()> {
    let mut child =
        git(workspace, &["cat-file", "--batch"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    let (Some(mut input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
        return Err(io::Error::other("git has no input or output"));
    };
    let ids: String = files.iter().map(|(id, _)| format!("{id}\n")).collect();
    let written = std::thread::scope(|scope| {
        scope.spawn(move || input.write_all(ids.as_bytes()));
        write_files(&mut BufReader::new(output), files, folder)
    });
    // If a file cannot be read or written, nothing reads the rest of git's output, and git would wait forever. So git
    // is killed.
    if written.is_err() {
        child.kill()?;
    }
    child.wait()?;
    written
}

fn write_files(output: &mut impl BufRead, files: &[(String, String)], folder: &Path) -> io::Result<()> {
    let mut left = MAX_TOTAL_REVISION_FILE_BYTES;
    for (id, path) in files {
        let mut head = String::new();
        output.read_line(&mut head)?;
        let size = head.trim().rsplit(' ').next().and_then(|size| size.parse::<usize>().ok());
        let Some(size) = size else { return Err(io::Error::other(format!("git cannot read {id}"))) };
        left = left.checked_sub(size).ok_or_else(|| io::Error::other("the documents are too large"))?;
        let mut bytes = vec![0; size];
        output.read_exact(&mut bytes)?;
        // Skips the line feed that git writes after the contents of each file.
        output.read_exact(&mut [0])?;
        let target = folder.join(path);
        if let Some(parent) = target.parent() {
            std::fs::create_dir_all(parent)?;
        }
        std::fs::write(target, bytes)?;
    }
    Ok(())
}

/// Returns the id of the commit to which a revision refers; `None` if git does not know the revision.
fn find_commit_id(workspace: &Path, revision: &str) -> io::Result<Option<String>> {
    let name = format!("{revision}^{{commit}}");
    // The option `--end-of-options` makes git read a name that starts with a hyphen as a revision, not as an option.
    let (has_succeeded, found) =
        run_git(workspace, &["rev-parse", "--verify", "--quiet", "--end-of-options", &name])?;
    let id = String::from_utf8_lossy(&found).trim().to_owned();
    Ok((has_succeeded && !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_hexdigit())).then_some(id))
}

/// Runs git. Returns whether git succeeded, and its standard output.
fn run_git(workspace: &Path, arguments: &[&str]) -> io::Result<(bool, Vec<u8>)> {
    let output = git(workspace, arguments)
        .stdin(Stdio::null())
        .output()
        .map_err(|error| io::Error::new(error.kind(), format!("git cannot be run: {error}")))?;
    Ok((output.status.success(), output.stdout))
}

fn git(workspace: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new("git");
    command.arg("--no-pager").arg("-C").arg(workspace).args(arguments).stderr(Stdio::null());
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_files_inside_are_read() {
        let id = "0123456789012345678901234567890123456789";
        let found = |mode: &str, kind: &str, path: &str| {
            parse_regular_file_entry(&format!("{mode} {kind} {id}\t{path}"))
        };
        assert_eq!(found("100644", "blob", "spec/a.yaml"), Some((id.to_owned(), "spec/a.yaml".to_owned())));
        assert!(found("100755", "blob", "spec/a.yaml").is_some());
        assert_eq!(found("120000", "blob", "spec/link"), None);
        assert_eq!(found("160000", "commit", "spec/module"), None);
        assert_eq!(found("100644", "blob", "../a.yaml"), None);
        assert_eq!(found("100644", "blob", "/etc/passwd"), None);
    }
}
