//! Reads the generated source from the reviewed snapshots. A snapshot is a file of the test library `insta`. The file
//! begins with a header between two lines of dashes, and the source follows.

use std::path::{Path, PathBuf};

use crate::SourceFile;

const SUFFIX: &str = ".rs.snap";

/// Returns the names of all APIs that have a folder with snapshots of their generated source.
pub(crate) fn list_api_names() -> Vec<String> {
    let entries = std::fs::read_dir(snapshots()).into_iter().flatten().flatten();
    entries.filter_map(|entry| entry.file_name().into_string().ok()).collect()
}

pub(crate) fn files(api: &str) -> Result<Vec<SourceFile>, String> {
    let folder = snapshots().join(api);
    println!("cargo::rerun-if-changed={}", folder.display());
    read_snapshot_sources(&folder)
}

fn snapshots() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("snapshots")
}

/// Reads the source files from the snapshots in a folder, sorted by name.
pub(crate) fn read_snapshot_sources(folder: &Path) -> Result<Vec<SourceFile>, String> {
    let fail = |error: std::io::Error| format!("{}: {error}", folder.display());
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(fail)? {
        let path = entry.map_err(fail)?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if let Some(stem) = name.strip_suffix(SUFFIX) {
            let text = std::fs::read_to_string(&path).map_err(fail)?;
            let source = find_source_after_header(&text)
                .ok_or_else(|| format!("{}: this is no snapshot", path.display()))?;
            files.push((format!("{stem}.rs"), source));
        }
    }
    if files.is_empty() {
        return Err(format!("{}: there are no reviewed snapshots", folder.display()));
    }
    files.sort();
    Ok(files)
}

/// Returns the source that follows the header of a snapshot file; `None` if the file has no header. The returned text
/// ends with one newline, like generated source.
fn find_source_after_header(snapshot: &str) -> Option<String> {
    let (_, contents) = snapshot.strip_prefix("---\n")?.split_once("\n---\n")?;
    Some(format!("{}\n", contents.trim_end()))
}
