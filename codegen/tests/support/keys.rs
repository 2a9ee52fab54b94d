//! Sets keys in the document of the tests in `keys`, and checks whether code can be generated from the result.

use std::path::Path;

use partner_spec::Findings;
use serde_json::Value;

/// Reads a JSON file in the folder of the tests in `keys`.
pub(crate) fn read(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/keys").join(name);
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// Returns the document as text, with each key on a line of its own.
fn text(document: &Value) -> String {
    serde_json::to_string_pretty(document).unwrap()
}

/// Generates code from a document, and returns it without comments and descriptions.
pub(crate) fn generate(document: &Value) -> Result<String, Findings> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("openapi.json");
    std::fs::write(&path, text(document)).unwrap();
    let generated =
        partner_codegen::generate_client(&partner_spec::read_document(&path, folder.path()), "base")?;
    let lines = generated.files.iter().flat_map(|file| file.source.lines());
    let lines = lines.filter(|line| !line.trim_start().starts_with("///"));
    // The JSON Schema of a type also has the description from the document, so it is removed as well.
    Ok(lines.map(|line| format!("{}\n", without_description(line))).collect())
}

fn without_description(line: &str) -> String {
    match line
        .split_once("\"description\": \"")
        .and_then(|(start, rest)| Some((start, rest.split_once('"')?.1)))
    {
        Some((start, rest)) => format!("{start}{}", rest.trim_start_matches([',', ' '])),
        None => line.to_owned(),
    }
}

/// Returns the document with a key set in the object at the JSON pointer `at`. The keys of `beside` are set in the same
/// object.
pub(crate) fn with(base: &Value, at: &str, key: &str, value: &Value, beside: &Value) -> Value {
    let mut document = base.clone();
    let object = document.pointer_mut(at).unwrap_or_else(|| panic!("nothing is at {at}"));
    object[key] = value.clone();
    for (key, value) in beside.as_object().into_iter().flatten() {
        object[key] = value.clone();
    }
    document
}

/// Checks that generating code fails with a finding of this rule, on a line that differs between the two documents.
pub(crate) fn is_refused(base: &Value, changed: &Value, rule: &str) -> Result<(), String> {
    let found = match generate(changed) {
        Ok(_) => return Err(String::from("it was generated")),
        Err(found) => found,
    };
    let (base, changed) = (text(base), text(changed));
    let (base, changed): (Vec<&str>, Vec<&str>) = (base.lines().collect(), changed.lines().collect());
    let same_before = base.iter().zip(&changed).take_while(|(a, b)| a == b).count();
    let same_after = base.iter().rev().zip(changed.iter().rev()).take_while(|(a, b)| a == b).count();
    let lines = same_before.saturating_sub(2)..=changed.len() - same_after;
    let is_there = found.iter().any(|finding| {
        finding.rule.id == rule
            && finding.rule.blocks_generation
            && lines.contains(&(finding.location.start.line as usize - 1))
    });
    if is_there { Ok(()) } else { Err(format!("expected `{rule}` in lines {lines:?}:\n{found}")) }
}
