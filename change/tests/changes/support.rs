//! Fixtures of the tests of changes: pairs of small documents that differ in one thing, and the expected findings.

use std::fmt::Write as _;
use std::path::Path;

use partner_change::DocumentState;

/// A change of the document `base.yaml`, which the tests compare in both directions.
pub(crate) struct Fixture {
    /// The description of the change, in one sentence.
    pub(crate) name: String,
    /// The document after the change.
    pub(crate) document: String,
    /// The source of a program that calls the generated client, after the change.
    pub(crate) caller: String,
    /// The expected findings for the change: each has a rule, and the effects on requests, responses and Rust callers.
    pub(crate) there: Vec<String>,
    /// The expected findings for the opposite change, from `document` to `base.yaml`.
    pub(crate) back: Vec<String>,
}

pub(crate) const BASE: &str = include_str!("cases/base.yaml");
pub(crate) const CALLER: &str = include_str!("cases/caller.rs");

/// Reads all fixtures, in the order of their files.
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

/// Applies a hunk of a diff to a text: the lines with `-` are removed, and the lines with `+` are inserted.
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

/// Returns the recorded state of a document without faults. `name` is the name of the fixture, for the message of a
/// panic.
pub(crate) fn state(name: &str, text: &str) -> DocumentState {
    let reading = reading(text);
    let (state, found) = DocumentState::from_read_result(&reading, "shop").unwrap();
    assert!(found.is_empty(), "{name}: {found}");
    state
}

/// Returns the public signatures of the client that is generated from a document.
pub(crate) fn signatures(text: &str) -> String {
    let generated = partner_codegen::generate_client(&reading(text), "shop").unwrap();
    generated.files.iter().map(|file| file.public_signatures.as_str()).collect()
}

/// Reads a document from its text, by way of a temporary file.
pub(crate) fn reading(text: &str) -> partner_spec::ReadResult {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("shop.yaml");
    std::fs::write(&path, text).unwrap();
    partner_spec::read_document(&path, folder.path())
}
