//! Finds the target of a `$ref`, and reports a reference without a target.

use std::path::Path;
use std::sync::Arc;

use super::Linker;
use super::target::ReferenceTarget;
use crate::boundary::ReadRefusal;
use crate::files::normalize_path;
use crate::pointer::{escape_token, unescape_token};
use crate::rules;
use crate::suggest::advise_on_unknown_name;
use crate::{Finding, Location, Node, ObjectKind, Value};

/// The maximum number of comparisons of misspelled names with known names per document. The comparisons are made to
/// suggest corrections of references. Only a document with thousands of unresolved references and thousands of names
/// reaches this limit.
const MAX_NAME_COMPARISONS_PER_DOCUMENT: usize = 500_000;

/// A `$ref`: its text, its location, and the path of the file that contains it.
#[derive(Clone, Copy)]
pub(super) struct Reference<'a> {
    pub(super) text: &'a str,
    pub(super) location: &'a Location,
    pub(super) file: &'a Path,
}

impl Linker {
    /// Finds the target of a reference, in the same file or in another file. If the reference cannot be resolved,
    /// reports an error and returns `None`.
    pub(super) fn find_target(&mut self, reference: Reference<'_>) -> Option<ReferenceTarget> {
        let (path, pointer) = reference.text.split_once('#').unwrap_or((reference.text, ""));
        if let Some(refused) = check_path_is_relative(path, reference) {
            self.report(refused);
            return None;
        }
        let folder = reference.file.parent()?;
        let mut file = match path.is_empty() {
            true => reference.file.to_owned(),
            false => normalize_path(&folder.join(path)),
        };
        // A reference is a URI, so the path in it may be percent-encoded, with `%20` for a space. The path is decoded
        // only if there is no file at the path as it is written.
        if path.contains('%') && !self.files.exists_in_boundary(&file) {
            file = normalize_path(&folder.join(percent_decode(path)));
        }
        let tree = match self.files.get_or_read_tree(&file) {
            Ok(Some(tree)) => tree,
            Ok(None) => return None,
            Err(ReadRefusal::OutsideBoundary(what)) => {
                self.report(rules::ref_outside::new_finding(path, &what, reference.location));
                return None;
            }
            Err(ReadRefusal::Unreadable(why)) => {
                let unreadable = self.new_unreadable_file_finding(path, &why, reference);
                self.report(unreadable);
                return None;
            }
        };
        let target = |pointer: &str| ReferenceTarget {
            file: file.clone(),
            pointer: pointer.to_owned(),
            file_root: Arc::clone(&tree),
        };
        if self.component_names_by_target.contains_key(&(file.clone(), pointer.to_owned()))
            || tree.pointer(pointer).is_some()
        {
            return Some(target(pointer));
        }
        let decoded = percent_decode(pointer);
        if tree.pointer(&decoded).is_some() {
            return Some(target(&decoded));
        }
        let name = self.files.to_display_path(&file);
        let unresolved = self.new_unresolved_reference_finding(&decoded, &tree, &name, reference);
        self.report(unresolved);
        None
    }

    /// Returns the finding about a reference whose JSON pointer leads to no node. The finding suggests a correction.
    fn new_unresolved_reference_finding(
        &mut self,
        pointer: &str,
        tree: &Node,
        file: &str,
        reference: Reference<'_>,
    ) -> Finding {
        let text = reference.text;
        let new_finding = |message: String| rules::ref_unresolved::new_finding(reference.location, message);
        let Some(tokens) = pointer.strip_prefix('/') else {
            let found =
                new_finding(format!("`{text}`: what follows `#` is the way to a place, and starts with `/`"));
            let known = [format!("/{pointer}"), format!("/components/schemas/{pointer}")];
            return match known.iter().find(|known| tree.pointer(known).is_some()) {
                Some(known) => found.with_help(format!("did you mean `#{known}`?")),
                None => found.with_help("like `#/components/schemas/Name`"),
            };
        };
        let (mut parent, mut missing) = (tree, String::new());
        for token in tokens.split('/') {
            match parent.pointer(&format!("/{token}")) {
                Some(child) => parent = child,
                None => {
                    missing = unescape_token(token);
                    break;
                }
            }
        }
        let found = new_finding(format!("`{text}`: there is no `{missing}` in {file}"));
        if let Some(help) = make_wrong_section_help(pointer, tree) {
            return found.with_help(help);
        }
        if pointer.starts_with("/components/") && tree.get("components").is_none() {
            return found.with_help("`#` means this very file; name the file before it");
        }
        let siblings: Vec<&str> = match &parent.value {
            Value::Object(object) => object.iter().map(|e| e.key.as_str()).collect(),
            _ => Vec::new(),
        };
        self.name_comparison_count += siblings.len();
        if self.name_comparison_count > MAX_NAME_COMPARISONS_PER_DOCUMENT {
            return found;
        }
        match advise_on_unknown_name(&missing, siblings) {
            Some(help) => found.with_help(help),
            None => found,
        }
    }

    /// Returns the finding about a reference to a file that cannot be read, with a suggested correction.
    fn new_unreadable_file_finding(&mut self, path: &str, why: &str, reference: Reference<'_>) -> Finding {
        let message = format!("`{path}` cannot be read: {why}");
        let found = rules::ref_unresolved::new_finding(reference.location, message);
        let pointer = format!("/{}", path.trim_start_matches('/'));
        let here = self.files.get_or_read_tree(reference.file).ok().flatten();
        if here.as_ref().is_some_and(|tree| tree.pointer(&pointer).is_some()) {
            return found.with_help(format!("a place in this very file starts with `#`: `#{pointer}`"));
        }
        if path.contains('\\') {
            return found.with_help("write `/` between folders, on every system");
        }
        let component = format!("/components/schemas/{}", escape_token(path));
        if here.is_some_and(|tree| tree.pointer(&component).is_some()) {
            return found.with_help(format!("did you mean `#{component}`?"));
        }
        let wanted = Path::new(path);
        let file_name = wanted.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let folder = reference.file.parent().map(|f| normalize_path(&f.join(wanted))).unwrap_or_default();
        let names = folder.parent().map(|f| self.files.list_entry_names(f)).unwrap_or_default();
        match advise_on_unknown_name(file_name, names.iter().map(String::as_str)) {
            Some(help) if help.starts_with("did") => found.with_help(help),
            _ => found.with_help("the path is relative to the file that this reference stands in"),
        }
    }
}

/// Returns a finding if `path`, the path of a reference, is a URL or an absolute path; otherwise `None`. Only relative
/// paths are supported.
fn check_path_is_relative(path: &str, reference: Reference<'_>) -> Option<Finding> {
    let text = reference.text;
    if path.contains("://") || path.starts_with("//") {
        return Some(rules::ref_remote::new_finding(text, reference.location));
    }
    let drive = path.as_bytes().get(1) == Some(&b':') && path.starts_with(|c: char| c.is_ascii_alphabetic());
    if !drive && !path.starts_with(['/', '\\']) {
        return None;
    }
    let help = match text.contains('#') || drive {
        true => String::from("write the path relative to the file that this reference stands in"),
        false => format!("a place in this very file starts with `#`: `#{text}`"),
    };
    Some(rules::ref_absolute::new_finding(text, reference.location, help))
}

/// Returns a help text with the right JSON pointer if a reference to a component names a wrong section; otherwise
/// `None`. The wrong section may be another section of `components`, or a section that only another OpenAPI version
/// has, like `#/definitions`.
fn make_wrong_section_help(pointer: &str, tree: &Node) -> Option<String> {
    let (holder, name) = pointer.rsplit_once('/')?;
    let sections = match holder {
        "/definitions" | "/$defs" | "/components/definitions" | "/components/schema" => {
            vec![ObjectKind::Schema]
        }
        "/parameters" => vec![ObjectKind::Parameter, ObjectKind::RequestBody],
        "/responses" => vec![ObjectKind::Response],
        _ if holder.starts_with("/components/") => {
            vec![
                ObjectKind::Schema,
                ObjectKind::Response,
                ObjectKind::Parameter,
                ObjectKind::RequestBody,
                ObjectKind::Header,
            ]
        }
        _ => return None,
    };
    let places = sections.into_iter().filter_map(ObjectKind::components_key);
    let mut places = places.map(|section| format!("/components/{section}/{name}"));
    let place = places.find(|place| tree.pointer(place).is_some())?;
    Some(format!("did you mean `#{place}`?"))
}

/// Decodes the `%` escapes in the text. Returns the text unchanged if the result is not UTF-8.
fn percent_decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let hex = after.get(..2).and_then(|hex| std::str::from_utf8(hex).ok());
        match hex.filter(|_| *first == b'%').and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percent_escapes_are_bytes_of_utf_8() {
        assert_eq!(percent_decode("/paths/~1a~1%7Bid%7D"), "/paths/~1a~1{id}");
        assert_eq!(percent_decode("%C3%A9%"), "é%");
        assert_eq!(percent_decode("%ff"), "%ff");
        assert_eq!(percent_decode("100%zz"), "100%zz");
    }
}
