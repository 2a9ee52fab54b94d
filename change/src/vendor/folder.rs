//! Finds the OpenAPI documents and Markdown pages in a vendor's folder.

use std::path::{Path, PathBuf};

use partner_spec::{Location, Source};

use super::{VendorDocsReader, has_any_extension, is_page};

/// The maximum number of files that are read from a vendor's folder. For comparison, the docs of the vendor P100 have
/// about 150 pages.
const MAX_VENDOR_FILES: usize = 2_000;
/// The maximum depth of nested subfolders in which files are searched.
const MAX_FOLDER_DEPTH: usize = 8;

/// The maximum number of directory entries that are visited in a vendor's folder.
const MAX_VISITED_FOLDER_ENTRIES: usize = 20_000;

impl VendorDocsReader {
    /// Reads all documents and pages in the folder and its subfolders. Hidden files are skipped.
    pub(super) fn read_folder(&mut self) {
        let mut paths = Vec::new();
        let mut entries = 0;
        self.collect_file_paths(&self.folder.clone(), 0, &mut entries, &mut paths);
        if paths.len() > MAX_VENDOR_FILES || entries > MAX_VISITED_FOLDER_ENTRIES {
            self.report_path(
                &self.folder.clone(),
                format!("only the first {MAX_VENDOR_FILES} files are read"),
            );
            paths.truncate(MAX_VENDOR_FILES);
        }
        paths.iter().for_each(|path| self.read_documents_from_file(path));
    }

    /// Adds the paths of the documents and pages below a folder to `paths`, in the order of their names. Symlinks are
    /// reported and not followed.
    fn collect_file_paths(
        &mut self,
        folder: &Path,
        depth: usize,
        entries: &mut usize,
        paths: &mut Vec<PathBuf>,
    ) {
        let listed = match std::fs::read_dir(folder) {
            Ok(listed) => listed,
            Err(error) => return self.report_path(folder, format!("this folder cannot be read: {error}")),
        };
        let left = (MAX_VISITED_FOLDER_ENTRIES + 1).saturating_sub(*entries);
        let mut found: Vec<PathBuf> =
            listed.take(left).filter_map(|entry| Some(entry.ok()?.path())).collect();
        *entries += found.len();
        found.retain(|path| !path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.')));
        found.sort();
        for path in found {
            if path.is_symlink() {
                self.report_path(&path, "this is a symlink, and symlinks are not followed");
            } else if path.is_dir() && depth == MAX_FOLDER_DEPTH {
                self.report_path(&path, "this folder is nested too deep, and is not read");
            } else if path.is_dir() {
                self.collect_file_paths(&path, depth + 1, entries, paths);
            } else if is_page(&path) || has_any_extension(&path, &["yaml", "yml", "json"]) {
                paths.push(path);
            }
        }
    }

    fn report_path(&mut self, path: &Path, message: impl Into<String>) {
        let location = Location::start_of_file(&Source::new(self.compute_path_in_vendor_folder(path), ""));
        self.report_finding(&location, message);
    }
}
