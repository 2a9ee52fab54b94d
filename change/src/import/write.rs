//! Writes several files of a folder as one transaction: either all of them are written, or none.
//!
//! First, the new text of each file is written to a temporary file beside it, and the old text is copied. Then the
//! names of the files are written to a journal, and the temporary files replace the files. While the journal exists,
//! [`roll_back_interrupted_import`] restores the old texts. Removing the journal makes the change final.

use std::fs;
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};

/// The file name of the journal, which lists the files that an import adds or changes.
const JOURNAL_FILE_NAME: &str = ".import-journal";

/// The beginning of a line in the journal (the file `.import-journal`). Each line that names an added file begins in
/// this way.
const ADDED_FILE_LINE_PREFIX: &str = "added ";
/// The beginning of a line in the journal (the file `.import-journal`). Each line that names a changed file begins in
/// this way.
const CHANGED_FILE_LINE_PREFIX: &str = "changed ";

/// The suffix of the hidden file that holds the new text of another file: `.orders.yaml.import-new` for `orders.yaml`.
const NEW_TEXT_FILE_SUFFIX: &str = ".import-new";
/// The suffix of the copy that holds the old text of a file: `.orders.yaml.import-old` for `orders.yaml`.
const OLD_TEXT_FILE_SUFFIX: &str = ".import-old";

/// A callback that runs before each step of a write or a rollback, like the creation or the renaming of a file. If the
/// callback returns an error, the step is not performed, and counts as failed. Tests interrupt writes in this way.
type BeforeStepHook<'a> = &'a mut dyn FnMut() -> io::Result<()>;

/// Writes the new texts of several files. `changes` has the path of each file, relative to the folder, and its new
/// text. If one of the files cannot be written, all files stay as they were.
///
/// # Errors
///
/// If a file would be outside of the folder, or cannot be written.
pub(super) fn write_files_atomically(folder: &Path, changes: &[(&str, &str)]) -> io::Result<()> {
    write_in_steps(folder, changes, &mut || Ok(()))
}

/// Rolls back an import that was interrupted: restores the old contents of the changed files, and removes the temporary
/// files.
///
/// # Errors
///
/// If the files cannot be restored.
pub(super) fn roll_back_interrupted_import(folder: &Path) -> io::Result<()> {
    roll_back_in_steps(folder, &mut || Ok(()))
}

fn write_in_steps(folder: &Path, changes: &[(&str, &str)], before: BeforeStepHook<'_>) -> io::Result<()> {
    let files = changes
        .iter()
        .map(|(name, _)| resolve_path_and_create_subfolder(folder, name))
        .collect::<io::Result<Vec<_>>>()?;
    let written = replace_files(folder, &files, changes, before);
    if written.is_err() {
        roll_back_in_steps(folder, before)?;
    }
    written
}

fn replace_files(
    folder: &Path,
    files: &[PathBuf],
    changes: &[(&str, &str)],
    before: BeforeStepHook<'_>,
) -> io::Result<()> {
    let mut journal = String::new();
    for (file, (name, text)) in files.iter().zip(changes) {
        create_synced_file(&make_hidden_sibling_path(file, NEW_TEXT_FILE_SUFFIX), text, before)?;
        let is_there = file.symlink_metadata().is_ok();
        if is_there {
            before()?;
            fs::copy(file, make_hidden_sibling_path(file, OLD_TEXT_FILE_SUFFIX))?;
            fs::set_permissions(
                make_hidden_sibling_path(file, NEW_TEXT_FILE_SUFFIX),
                file.metadata()?.permissions(),
            )?;
        }
        journal.push_str(if is_there { CHANGED_FILE_LINE_PREFIX } else { ADDED_FILE_LINE_PREFIX });
        journal.push_str(name);
        journal.push('\n');
    }
    let path = folder.join(JOURNAL_FILE_NAME);
    create_synced_file(&make_hidden_sibling_path(&path, NEW_TEXT_FILE_SUFFIX), &journal, before)?;
    rename_and_sync(&make_hidden_sibling_path(&path, NEW_TEXT_FILE_SUFFIX), &path, before)?;
    for file in files {
        rename_and_sync(&make_hidden_sibling_path(file, NEW_TEXT_FILE_SUFFIX), file, before)?;
    }
    before()?;
    fs::remove_file(&path)?;
    sync_folder(folder);
    // The journal (the file that lists an unfinished write) has been removed, so the new texts are final. If the copy
    // of an old text cannot be removed now, the next import removes this copy.
    for file in files {
        if before().is_ok() {
            drop(fs::remove_file(make_hidden_sibling_path(file, OLD_TEXT_FILE_SUFFIX)));
        }
    }
    Ok(())
}

fn roll_back_in_steps(folder: &Path, before: BeforeStepHook<'_>) -> io::Result<()> {
    let journal = folder.join(JOURNAL_FILE_NAME);
    if let Ok(names) = fs::read_to_string(&journal) {
        for line in names.lines() {
            if let Some(name) = line.strip_prefix(ADDED_FILE_LINE_PREFIX) {
                before()?;
                remove_if_there(&resolve_path_and_create_subfolder(folder, name)?)?;
            } else if let Some(name) = line.strip_prefix(CHANGED_FILE_LINE_PREFIX) {
                let file = resolve_path_and_create_subfolder(folder, name)?;
                // If the copy of the old text is missing, an earlier rollback has already restored the file, and was
                // interrupted later.
                if make_hidden_sibling_path(&file, OLD_TEXT_FILE_SUFFIX).symlink_metadata().is_ok() {
                    rename_and_sync(&make_hidden_sibling_path(&file, OLD_TEXT_FILE_SUFFIX), &file, before)?;
                }
            }
        }
        before()?;
        fs::remove_file(&journal)?;
        sync_folder(folder);
    }
    for folder in [folder.to_owned(), folder.join("paths"), folder.join("schemas")] {
        for entry in fs::read_dir(folder).into_iter().flatten() {
            let entry = entry?;
            let is_left_behind = entry.file_name().to_str().is_some_and(|name| {
                name.starts_with('.')
                    && (name.ends_with(NEW_TEXT_FILE_SUFFIX) || name.ends_with(OLD_TEXT_FILE_SUFFIX))
            });
            if is_left_behind {
                before()?;
                remove_if_there(&entry.path())?;
            }
        }
    }
    Ok(())
}

/// Returns the path of the file `name` in the folder, and creates the subfolder that contains the file.
///
/// # Errors
///
/// If `name` is not a plain relative path, or if the file or its subfolder is a symlink.
fn resolve_path_and_create_subfolder(folder: &Path, name: &str) -> io::Result<PathBuf> {
    let refuse = || {
        let message = format!("{} is outside of the folder, or a link", partner_spec::to_harmless_line(name));
        io::Error::new(io::ErrorKind::PermissionDenied, message)
    };
    let is_plain = Path::new(name).components().all(|part| matches!(part, Component::Normal(_)));
    if !is_plain || name.is_empty() || name.contains(char::is_control) {
        return Err(refuse());
    }
    let folder = folder.canonicalize()?;
    let file = folder.join(name);
    let parent = file.parent().ok_or_else(refuse)?;
    if parent.symlink_metadata().is_err() && parent.parent() == Some(&folder) {
        fs::create_dir(parent)?;
    }
    let is_link = file.symlink_metadata().is_ok_and(|found| !found.is_file());
    if is_link || parent.canonicalize()? != parent {
        return Err(refuse());
    }
    Ok(file)
}

/// Returns the path of a hidden file in the same folder as `file`. Its name is that of `file` with a leading dot and
/// this suffix: `.orders.yaml.import-new` for `orders.yaml`.
fn make_hidden_sibling_path(file: &Path, suffix: &str) -> PathBuf {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    file.with_file_name(format!(".{}{suffix}", name.trim_start_matches('.')))
}

/// Creates a file, and waits until its contents are on the disk.
fn create_synced_file(path: &Path, text: &str, before: BeforeStepHook<'_>) -> io::Result<()> {
    before()?;
    let mut file = fs::OpenOptions::new().write(true).create_new(true).open(path)?;
    before()?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

fn rename_and_sync(from: &Path, to: &Path, before: BeforeStepHook<'_>) -> io::Result<()> {
    before()?;
    fs::rename(from, to)?;
    to.parent().into_iter().for_each(sync_folder);
    Ok(())
}

fn remove_if_there(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Waits until the folder's list of file names is on the disk, on systems that support this.
fn sync_folder(folder: &Path) {
    drop(fs::File::open(folder).and_then(|folder| folder.sync_all()));
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    const OLD_FILES: [(&str, &str); 3] =
        [("openapi.yaml", "old root"), ("paths/a.yaml", "old a"), ("paths/b.yaml", "old b")];
    const CHANGES: [(&str, &str); 4] = [
        ("openapi.yaml", "new root"),
        ("paths/a.yaml", "new a"),
        ("paths/c.yaml", "new c"),
        ("schemas/d.yaml", "new d"),
    ];

    fn folder() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("paths")).unwrap();
        OLD_FILES.iter().for_each(|(name, text)| fs::write(folder.path().join(name), text).unwrap());
        folder
    }

    /// Returns the texts of all files below a folder, by path.
    fn read_texts_by_path(folder: &Path) -> BTreeMap<String, String> {
        let mut found = BTreeMap::new();
        for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
            let name = entry.file_name().into_string().unwrap();
            match entry.path().is_dir() {
                true => found.extend(
                    read_texts_by_path(&entry.path()).into_iter().map(|(n, t)| (format!("{name}/{n}"), t)),
                ),
                false => drop(found.insert(name, fs::read_to_string(entry.path()).unwrap())),
            }
        }
        found
    }

    fn texts(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
        pairs.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
    }

    fn before() -> BTreeMap<String, String> {
        texts(&OLD_FILES)
    }

    fn after() -> BTreeMap<String, String> {
        before().into_iter().chain(texts(&CHANGES)).collect()
    }

    /// Returns how many steps it takes to write the changed files, if no step fails.
    fn count_write_steps() -> usize {
        let mut steps = 0;
        write_in_steps(folder().path(), &CHANGES, &mut || {
            steps += 1;
            Ok(())
        })
        .unwrap();
        steps
    }

    #[test]
    fn all_files_are_written() {
        let folder = folder();
        write_files_atomically(folder.path(), &CHANGES).unwrap();
        assert_eq!(read_texts_by_path(folder.path()), after());
    }

    #[test]
    fn a_step_that_fails_leaves_the_files_as_they_were() {
        for failing in 0..count_write_steps() {
            let folder = folder();
            let mut started_step_count = 0;
            let written = write_in_steps(folder.path(), &CHANGES, &mut || {
                started_step_count += 1;
                if started_step_count == failing + 1 {
                    Err(io::Error::other("the disk is full"))
                } else {
                    Ok(())
                }
            });
            let expected = if written.is_err() { before() } else { after() };
            let mut found = read_texts_by_path(folder.path());
            // After a successful write, some copies of old texts (files whose names end with `OLD_TEXT_FILE_SUFFIX`)
            // may remain, because they could not be removed. They are not documents, so this comparison ignores them.
            found.retain(|name, _| written.is_err() || !name.ends_with(OLD_TEXT_FILE_SUFFIX));
            assert_eq!(found, expected, "step {failing}");
        }
    }

    #[test]
    fn an_import_that_is_killed_is_undone_by_the_next_one_unless_it_was_done() {
        let mut undone = 0;
        for completed_steps in 0..count_write_steps() {
            let folder = folder();
            let mut started_step_count = 0;
            let written = write_in_steps(folder.path(), &CHANGES, &mut || {
                started_step_count += 1;
                // The process is killed after `completed_steps` steps, so all later steps fail.
                if started_step_count > completed_steps { Err(io::Error::other("killed")) } else { Ok(()) }
            });
            roll_back_interrupted_import(folder.path()).unwrap();
            let expected = if written.is_err() { before() } else { after() };
            assert_eq!(read_texts_by_path(folder.path()), expected, "step {completed_steps}");
            undone += usize::from(written.is_err());
        }
        assert!(undone > CHANGES.len() * 3, "{undone}");
    }

    #[test]
    fn an_undoing_that_is_killed_is_done_by_the_next_one() {
        for completed_steps in 0..count_write_steps() * 2 {
            let folder = folder();
            // The write is interrupted after 15 steps, such as the creation of a file. By then, the journal exists and
            // one file has its new text.
            let mut started_step_count = 0;
            let _ = write_in_steps(folder.path(), &CHANGES, &mut || {
                started_step_count += 1;
                if started_step_count > 15 { Err(io::Error::other("killed")) } else { Ok(()) }
            });
            assert!(folder.path().join(JOURNAL_FILE_NAME).exists());
            let mut started_step_count = 0;
            let _ = roll_back_in_steps(folder.path(), &mut || {
                started_step_count += 1;
                if started_step_count > completed_steps { Err(io::Error::other("killed")) } else { Ok(()) }
            });
            roll_back_interrupted_import(folder.path()).unwrap();
            assert_eq!(read_texts_by_path(folder.path()), before(), "step {completed_steps}");
        }
    }

    #[test]
    fn no_name_leads_out_of_the_folder() {
        let folder = folder();
        for name in ["../a.yaml", "/tmp/a.yaml", "paths/../../a.yaml", "", "a\nb", "."] {
            assert!(write_files_atomically(folder.path(), &[(name, "x")]).is_err(), "{name:?}");
        }
        assert_eq!(read_texts_by_path(folder.path()), before());
    }

    #[cfg(unix)]
    #[test]
    fn no_symlink_leads_out_of_the_folder() {
        use std::os::unix::fs::symlink;
        let (inside, outside) = (folder(), folder());
        symlink(outside.path().join("paths"), inside.path().join("schemas")).unwrap();
        symlink(outside.path().join("openapi.yaml"), inside.path().join("paths/link.yaml")).unwrap();
        symlink(outside.path().join("none.yaml"), inside.path().join(".x.yaml.import-new")).unwrap();
        for name in ["schemas/a.yaml", "schemas/b.yaml", "paths/link.yaml", "x.yaml"] {
            assert!(write_files_atomically(inside.path(), &[(name, "x")]).is_err(), "{name:?}");
        }
        assert_eq!(read_texts_by_path(outside.path()), before());
    }
}
