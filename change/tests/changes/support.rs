//! Small documents that differ in one thing, with what that means, as a person wrote it down.

use std::fmt::Write as _;
use std::path::Path;

use partner_change::State;

/// A change of `base.yaml`, there and back.
pub(crate) struct Fixture {
    /// What changes, in one sentence.
    pub(crate) name: String,
    /// The document after the change.
    pub(crate) document: String,
    /// The program of a caller after the change.
    pub(crate) caller: String,
    /// What is found on the way there: a rule, and the effects on requests, responses and Rust callers.
    pub(crate) there: Vec<String>,
    /// What is found on the way back.
    pub(crate) back: Vec<String>,
}

pub(crate) const BASE: &str = include_str!("cases/base.yaml");
pub(crate) const CALLER: &str = include_str!("cases/caller.rs");

/// All changes, in the order of their files.
pub(crate) fn fixtures() -> Vec<Fixture> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/changes/cases");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|found| found == "txt"));
    files.sort();
    let texts = files.iter().map(|path| std::fs::read_to_string(path).unwrap());
    texts.flat_map(|text| text.split("\n\n").map(fixture).collect::<Vec<_>>()).collect()
}

fn fixture(text: &str) -> Fixture {
    let mut lines = text.trim().lines().peekable();
    let name = lines.next().unwrap().trim_start_matches("# ").to_owned();
    let (mut document, mut caller) = (BASE.to_owned(), CALLER.to_owned());
    let (mut there, mut back) = (Vec::new(), Vec::new());
    while let Some(line) = lines.next() {
        match line.split_once(' ').unwrap_or((line, "")) {
            ("@@", part) => {
                let mut hunk = Vec::new();
                while let Some(line) = lines.next_if(|line| line.starts_with([' ', '+', '-'])) {
                    hunk.push(line);
                }
                let patched = if part == "base" { &mut document } else { &mut caller };
                *patched = patch(patched, &hunk, &name);
            }
            (">", found) => there.push(found.to_owned()),
            ("<", found) => back.push(found.to_owned()),
            _ => panic!("{name}: {line}"),
        }
    }
    there.sort();
    back.sort();
    Fixture { name, document, caller, there, back }
}

/// Replaces the lines with `-` and those without a mark by those with `+` and those without a mark.
fn patch(text: &str, hunk: &[&str], name: &str) -> String {
    let side = |other: char| {
        let lines = hunk.iter().filter(|line| !line.starts_with(other));
        lines.fold(String::from("\n"), |mut all, line| {
            writeln!(all, "{}", &line[1..]).unwrap();
            all
        })
    };
    let (old, new) = (side('+'), side('-'));
    let text = format!("\n{text}");
    assert_eq!(text.matches(&old).count(), 1, "{name}: where is this?{old}");
    text.replacen(&old, &new, 1)[1..].to_owned()
}

/// The state of a document without faults. `name` says which one it is.
pub(crate) fn state(name: &str, text: &str) -> State {
    let reading = reading(text);
    let (state, found) = State::read(&reading, "shop").unwrap();
    assert!(found.is_empty(), "{name}: {found}");
    state
}

/// The public signatures of the client of a document.
pub(crate) fn signatures(text: &str) -> String {
    let generated = partner_codegen::generate(&reading(text), "shop").unwrap();
    generated.files.iter().map(|file| file.signatures.as_str()).collect()
}

/// What is read of a document in one file.
pub(crate) fn reading(text: &str) -> partner_spec::Reading {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("shop.yaml");
    std::fs::write(&path, text).unwrap();
    partner_spec::read(&path, folder.path())
}
