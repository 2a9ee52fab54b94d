use std::collections::{BTreeMap, BTreeSet};

use partner_spec::{Diagnostic, Diagnostics, Node};

use super::Pass;
use crate::api::{Api, Schema, children_mut, is_string_enum, ref_name, unwrapped, visit};

pub(super) const PASS: Pass = Pass {
    name: "aliases",
    why: "A component that is only a list, a map or a plain value is put where it is referred to, because typify \
          would wrap it in a type that says nothing.",
    apply,
};

fn apply(api: &mut Api, found: &mut Diagnostics) -> usize {
    let aliases: BTreeMap<String, Schema> =
        api.schemas.iter().filter(|(_, s)| is_alias(s)).map(|(n, s)| (n.clone(), s.clone())).collect();
    for alias in aliases.values().filter(|alias| alias.public) {
        let message = format!("`{}` is `x-public`, but a list, a map or a plain value is no type", alias.key);
        found.push(
            Diagnostic::error("public-without-type", &alias.node.location, message)
                .help("make it an object, a string enum or a `oneOf`, or remove `x-public`"),
        );
    }
    let circular: Vec<&Schema> =
        aliases.iter().filter(|(name, _)| leads_back(name, &aliases)).map(|(_, s)| s).collect();
    for alias in &circular {
        let message =
            format!("`{}` holds itself, and nothing in between has properties and so a type", alias.key);
        found.push(
            Diagnostic::error("alias-circular", &alias.node.location, message)
                .help("give one of the schemas on the way `properties`"),
        );
    }
    if !circular.is_empty() {
        return 0;
    }
    // Each round goes one alias deeper; without a circle that comes to an end.
    let mut changed = true;
    while changed {
        changed = false;
        api.for_each_root_mut(|node| changed |= put_in_place(node, &aliases));
    }
    api.schemas.retain(|name, _| !aliases.contains_key(name));
    aliases.len()
}

fn is_alias(schema: &Schema) -> bool {
    let node = &schema.node;
    !schema.is_open_record()
        && node.get("properties").is_none()
        && !is_string_enum(node)
        && node.get("oneOf").is_none()
        && node.get("anyOf").is_none()
}

/// Whether following aliases from an alias comes to it again.
fn leads_back(name: &str, aliases: &BTreeMap<String, Schema>) -> bool {
    let mut seen = BTreeSet::new();
    let mut next = vec![name];
    while let Some(current) = next.pop() {
        let Some(alias) = aliases.get(current) else { continue };
        let mut names = Vec::new();
        visit(&alias.node, &mut |inner| names.extend(ref_name(inner)));
        if names.contains(&name) {
            return true;
        }
        next.extend(names.into_iter().filter(|inner| seen.insert(*inner)));
    }
    false
}

/// Replaces references to aliases, outer ones first: what stands beside a reference belongs to what it stands for.
fn put_in_place(node: &mut Node, aliases: &BTreeMap<String, Schema>) -> bool {
    let target = ref_name(unwrapped(node));
    let Some(alias) = target.and_then(|name| aliases.get(name)) else {
        let mut changed = false;
        for child in children_mut(node) {
            changed |= put_in_place(child, aliases);
        }
        return changed;
    };
    let mut content = alias.node.clone();
    content.remove("title");
    for entry in node.as_object().into_iter().flat_map(|o| o.iter()) {
        if entry.key != "$ref" && entry.key != "allOf" {
            content.set(&entry.key, entry.node.clone());
        }
    }
    *node = content;
    true
}
