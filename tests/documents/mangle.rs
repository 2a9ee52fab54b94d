//! Damage of any kind: nobody says what has to be found, only that nothing panics and that a failure says something.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use crate::broken::{check, copy};

/// Reads and generates with each damaged form of each file, one at a time; the files side by side.
pub(crate) fn each_file(damaged: fn(&str) -> Vec<Vec<u8>>) {
    let untouched = copy();
    std::thread::scope(|scope| {
        for file in files(untouched.path()) {
            let name = file.strip_prefix(untouched.path()).unwrap().to_owned();
            scope.spawn(move || one_file(&name, damaged));
        }
    });
}

fn one_file(name: &Path, damaged: fn(&str) -> Vec<Vec<u8>>) {
    let folder = copy();
    let file = folder.path().join(name);
    let text = std::fs::read_to_string(&file).unwrap();
    for (index, bytes) in damaged(&text).into_iter().enumerate() {
        std::fs::write(&file, bytes).unwrap();
        let name = format!("{}, form {index}", name.display());
        match catch_unwind(AssertUnwindSafe(|| check(folder.path()))) {
            Ok(Ok(())) => {}
            Ok(Err(found)) => {
                assert!(found.iter().next().is_some(), "{name}: a failure without a finding");
                assert!(
                    found.iter().all(|d| !d.message.trim().is_empty()),
                    "{name}: a finding without words"
                );
                assert!(found.iter().all(|d| d.rule.id != "generator"), "{name}: found too late\n{found}");
            }
            Err(_) => panic!("{name}: panicked"),
        }
    }
}

/// The text up to every 197th byte, wherever that falls.
pub(crate) fn cut_off(text: &str) -> Vec<Vec<u8>> {
    (0..text.len()).step_by(197).map(|length| text.as_bytes()[..length].to_vec()).collect()
}

/// The text with every 23rd line, one at a time, two blanks further in and two blanks further out.
pub(crate) fn reindented(text: &str) -> Vec<Vec<u8>> {
    let with = |line: usize, change: &dyn Fn(&str) -> String| {
        let lines = text.lines().enumerate();
        let lines = lines.map(|(index, text)| if index == line { change(text) } else { text.to_owned() });
        lines.collect::<Vec<_>>().join("\n").into_bytes()
    };
    let further_in = |text: &str| format!("  {text}");
    let further_out = |text: &str| text.strip_prefix("  ").unwrap_or(text).to_owned();
    let lines = (0..text.lines().count()).step_by(23);
    lines.flat_map(|line| [with(line, &further_in), with(line, &further_out)]).collect()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        match path.is_dir() {
            true => found.extend(files(&path)),
            false => found.push(path),
        }
    }
    found.sort();
    found
}
