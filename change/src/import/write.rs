//! Writes several files of one folder together: all of them, or none.
//!
//! The new text of each file is first written beside the file, and the old text is copied. Then a journal lists the files,
//! and each new text takes the place of the old one. While the journal exists, [`recover`] restores the old texts.
//! Removing the journal makes the change final.

use std::fs;
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};

/// The name of the journal.
const JOURNAL: &str = ".import-journal";

/// What the lines of the journal start with.
const ADDED: &str = "added ";
const CHANGED: &str = "changed ";

/// The ends of the names of new texts and of copies of old ones. Their names also start with a dot.
const NEW: &str = ".import-new";
const OLD: &str = ".import-old";

/// Is called before each step, and may fail in place of the step.
type BeforeStep<'a> = &'a mut dyn FnMut() -> io::Result<()>;

/// Writes files, given by their names relative to the folder and their texts. After an error, the files are as they were.
///
/// # Errors
///
/// If a file would be outside of the folder, or cannot be written.
pub(super) fn write(folder: &Path, changes: &[(&str, &str)]) -> io::Result<()> {
    write_in_steps(folder, changes, &mut || Ok(()))
}

/// Restores the files of an import that was interrupted, and removes what it left behind.
///
/// # Errors
///
/// If the files cannot be restored.
pub(super) fn recover(folder: &Path) -> io::Result<()> {
    recover_in_steps(folder, &mut || Ok(()))
}

fn write_in_steps(folder: &Path, changes: &[(&str, &str)], before: BeforeStep<'_>) -> io::Result<()> {
    let files = changes.iter().map(|(name, _)| checked_path(folder, name)).collect::<io::Result<Vec<_>>>()?;
    let written = replace(folder, &files, changes, before);
    if written.is_err() {
        recover_in_steps(folder, before)?;
    }
    written
}

fn replace(
    folder: &Path,
    files: &[PathBuf],
    changes: &[(&str, &str)],
    before: BeforeStep<'_>,
) -> io::Result<()> {
    let mut journal = String::new();
    for (file, (name, text)) in files.iter().zip(changes) {
        create(&beside(file, NEW), text, before)?;
        let is_there = file.symlink_metadata().is_ok();
        if is_there {
            before()?;
            fs::copy(file, beside(file, OLD))?;
            fs::set_permissions(beside(file, NEW), file.metadata()?.permissions())?;
        }
        journal.push_str(if is_there { CHANGED } else { ADDED });
        journal.push_str(name);
        journal.push('\n');
    }
    let path = folder.join(JOURNAL);
    create(&beside(&path, NEW), &journal, before)?;
    rename(&beside(&path, NEW), &path, before)?;
    for file in files {
        rename(&beside(file, NEW), file, before)?;
    }
    before()?;
    fs::remove_file(&path)?;
    sync(folder);
    // The change is final. A copy that cannot be removed is removed by the next import.
    for file in files {
        if before().is_ok() {
            drop(fs::remove_file(beside(file, OLD)));
        }
    }
    Ok(())
}

fn recover_in_steps(folder: &Path, before: BeforeStep<'_>) -> io::Result<()> {
    let journal = folder.join(JOURNAL);
    if let Ok(names) = fs::read_to_string(&journal) {
        for line in names.lines() {
            if let Some(name) = line.strip_prefix(ADDED) {
                before()?;
                remove_if_there(&checked_path(folder, name)?)?;
            } else if let Some(name) = line.strip_prefix(CHANGED) {
                let file = checked_path(folder, name)?;
                // The copy is missing if an earlier call restored the file and was interrupted.
                if beside(&file, OLD).symlink_metadata().is_ok() {
                    rename(&beside(&file, OLD), &file, before)?;
                }
            }
        }
        before()?;
        fs::remove_file(&journal)?;
        sync(folder);
    }
    for folder in [folder.to_owned(), folder.join("paths"), folder.join("schemas")] {
        for entry in fs::read_dir(folder).into_iter().flatten() {
            let entry = entry?;
            let is_left_behind = entry
                .file_name()
                .to_str()
                .is_some_and(|name| name.starts_with('.') && (name.ends_with(NEW) || name.ends_with(OLD)));
            if is_left_behind {
                before()?;
                remove_if_there(&entry.path())?;
            }
        }
    }
    Ok(())
}

/// Returns the path of a file in the folder, and creates the folder that contains the file.
///
/// # Errors
///
/// If the file is, or could be, outside of the folder, also by symlinks.
fn checked_path(folder: &Path, name: &str) -> io::Result<PathBuf> {
    let refuse = || {
        let message = format!("{} is outside of the folder, or a link", partner_spec::harmless(name));
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

/// The path of a file beside another one.
fn beside(file: &Path, end: &str) -> PathBuf {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    file.with_file_name(format!(".{}{end}", name.trim_start_matches('.')))
}

/// Creates a file, and waits until its text is on the disk.
fn create(path: &Path, text: &str, before: BeforeStep<'_>) -> io::Result<()> {
    before()?;
    let mut file = fs::OpenOptions::new().write(true).create_new(true).open(path)?;
    before()?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

fn rename(from: &Path, to: &Path, before: BeforeStep<'_>) -> io::Result<()> {
    before()?;
    fs::rename(from, to)?;
    to.parent().into_iter().for_each(sync);
    Ok(())
}

fn remove_if_there(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Waits until the names of a folder are on the disk, on systems that can do so.
fn sync(folder: &Path) {
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

    /// All files below a folder, with their texts.
    fn files(folder: &Path) -> BTreeMap<String, String> {
        let mut found = BTreeMap::new();
        for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
            let name = entry.file_name().into_string().unwrap();
            match entry.path().is_dir() {
                true => {
                    found.extend(files(&entry.path()).into_iter().map(|(n, t)| (format!("{name}/{n}"), t)))
                }
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

    /// The number of steps of a write that is not interrupted.
    fn steps() -> usize {
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
        write(folder.path(), &CHANGES).unwrap();
        assert_eq!(files(folder.path()), after());
    }

    #[test]
    fn a_step_that_fails_leaves_the_files_as_they_were() {
        for failing in 0..steps() {
            let folder = folder();
            let mut step = 0;
            let written = write_in_steps(folder.path(), &CHANGES, &mut || {
                step += 1;
                if step == failing + 1 { Err(io::Error::other("the disk is full")) } else { Ok(()) }
            });
            let expected = if written.is_err() { before() } else { after() };
            let mut found = files(folder.path());
            // What could not be removed after the change was final is no document.
            found.retain(|name, _| written.is_err() || !name.ends_with(OLD));
            assert_eq!(found, expected, "step {failing}");
        }
    }

    #[test]
    fn an_import_that_is_killed_is_undone_by_the_next_one_unless_it_was_done() {
        let mut undone = 0;
        for killed in 0..steps() {
            let folder = folder();
            let mut step = 0;
            let written = write_in_steps(folder.path(), &CHANGES, &mut || {
                step += 1;
                // After its death, a process makes no step.
                if step > killed { Err(io::Error::other("killed")) } else { Ok(()) }
            });
            recover(folder.path()).unwrap();
            let expected = if written.is_err() { before() } else { after() };
            assert_eq!(files(folder.path()), expected, "step {killed}");
            undone += usize::from(written.is_err());
        }
        assert!(undone > CHANGES.len() * 3, "{undone}");
    }

    #[test]
    fn an_undoing_that_is_killed_is_done_by_the_next_one() {
        for killed in 0..steps() * 2 {
            let folder = folder();
            // The write is killed when the journal exists and one file is new.
            let mut step = 0;
            let _ = write_in_steps(folder.path(), &CHANGES, &mut || {
                step += 1;
                if step > 15 { Err(io::Error::other("killed")) } else { Ok(()) }
            });
            assert!(folder.path().join(JOURNAL).exists());
            let mut step = 0;
            let _ = recover_in_steps(folder.path(), &mut || {
                step += 1;
                if step > killed { Err(io::Error::other("killed")) } else { Ok(()) }
            });
            recover(folder.path()).unwrap();
            assert_eq!(files(folder.path()), before(), "step {killed}");
        }
    }

    #[test]
    fn no_name_leads_out_of_the_folder() {
        let folder = folder();
        for name in ["../a.yaml", "/tmp/a.yaml", "paths/../../a.yaml", "", "a\nb", "."] {
            assert!(write(folder.path(), &[(name, "x")]).is_err(), "{name:?}");
        }
        assert_eq!(files(folder.path()), before());
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
            assert!(write(inside.path(), &[(name, "x")]).is_err(), "{name:?}");
        }
        assert_eq!(files(outside.path()), before());
    }
}
