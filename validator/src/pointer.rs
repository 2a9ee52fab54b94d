//! Finds the JSON pointers for the locations of findings.

use std::collections::HashMap;
use std::sync::Arc;

use partner_spec::pointer::escape_token;
use partner_spec::{Finding, Location, Node, Profile, Value};

use crate::report::FindingWithPointer;

/// Adds two facts to each finding: the JSON pointer of the finding's location, and whether the finding prevents the
/// generation of a client when the document is validated with `profile`.
pub(crate) fn add_pointers_and_blocking_flags(
    trees: &[Arc<Node>],
    findings: Vec<Finding>,
    profile: Profile,
) -> Vec<FindingWithPointer> {
    let roots: HashMap<&str, &Node> =
        trees.iter().map(|tree| (tree.location.display_path(), &**tree)).collect();
    let pointer = |at: &Location| roots.get(at.display_path()).map(|root| find_pointer_at(root, at));
    let finding = |finding: Finding| FindingWithPointer {
        pointer: pointer(&finding.location),
        blocks_generation: finding.rule.blocks_generation && profile >= Profile::Generator,
        finding,
    };
    findings.into_iter().map(finding).collect()
}

/// Returns the JSON pointer of the innermost value that contains a location. If several nested values have exactly this
/// location, the outermost of them is chosen. The same applies if the location is empty, and several nested values
/// start there.
fn find_pointer_at(root: &Node, at: &Location) -> String {
    let mut pointer = String::new();
    let mut node = root;
    while node.location != *at
        && let Some((token, child, is_key)) = find_child_at(node, at)
    {
        pointer.push('/');
        pointer.push_str(&escape_token(&token));
        if is_key || (at.start == at.end && child.location.start == at.start) {
            break;
        }
        node = child;
    }
    pointer
}

/// Finds, among the children of a node, the child that contains a location. Returns the key or index of the child, the
/// child itself, and whether the location is in the key rather than in the value.
fn find_child_at<'a>(node: &'a Node, at: &Location) -> Option<(String, &'a Node, bool)> {
    match &node.value {
        Value::Object(object) => {
            // The entries of the object are in the order of the source text. So only the last entry that starts at or
            // before the searched location can contain it.
            let entries = object.iter().as_slice();
            let before = entries.partition_point(|e| e.key_location.start <= at.start);
            let entry = &entries[before.checked_sub(1)?];
            let inside = at.start < entry.node.location.end || at.start <= entry.key_location.end;
            let is_key = entry.key_location == *at || at.start < entry.key_location.end;
            inside.then(|| (entry.key.clone(), &entry.node, is_key))
        }
        Value::Array(items) => {
            let index = items.partition_point(|item| item.location.start <= at.start).checked_sub(1)?;
            let item = &items[index];
            (at.start < item.location.end).then(|| (index.to_string(), item, false))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use partner_spec::{Source, parse_source};

    const TEXT: &str = "openapi: 3.0.3\npaths:\n  /a/{b}:\n    get:\n      tags: [x, yy]\n";

    fn root() -> Node {
        parse_source(&Source::new("t.yaml", TEXT)).unwrap()
    }

    #[test]
    fn every_key_and_value_is_found_again() {
        let root = root();
        let get = root.pointer("/paths/~1a~1{b}").unwrap().as_object().unwrap().entry("get").unwrap();
        assert_eq!(find_pointer_at(&root, &get.key_location), "/paths/~1a~1{b}/get");
        let tag = root.pointer("/paths/~1a~1{b}/get/tags/1").unwrap();
        assert_eq!(find_pointer_at(&root, &tag.location), "/paths/~1a~1{b}/get/tags/1");
        let version = root.as_object().unwrap().entry("openapi").unwrap();
        assert_eq!(find_pointer_at(&root, &version.key_location), "/openapi");
        assert_eq!(find_pointer_at(&root, &version.node.location), "/openapi");
    }

    #[test]
    fn the_document_as_a_whole_has_the_empty_pointer() {
        let root = root();
        assert_eq!(find_pointer_at(&root, &root.location), "");
    }
}
