use std::collections::BTreeMap;

use partner_spec::{Diagnostic, Diagnostics, Node};

use super::Pass;
use crate::api::{Api, Schema, ref_name};

pub(super) const PASS: Pass = Pass {
    name: "aliases",
    why: "A component that is only a list, a map or a plain value is put where it is referred to, because typify \
          would wrap it in a type that says nothing.",
    apply,
};

fn apply(api: &mut Api, found: &mut Diagnostics) -> usize {
    let aliases: BTreeMap<String, Schema> =
        api.schemas.iter().filter(|(_, s)| is_alias(&s.node)).map(|(n, s)| (n.clone(), s.clone())).collect();
    // An alias may stand for another one: as many rounds as there are aliases suffice when there is no circle.
    for _ in 0..=aliases.len() {
        let mut changed = 0;
        api.for_each_schema_mut(|node| changed += usize::from(put_in_place(node, &aliases)));
        if changed == 0 {
            api.schemas.retain(|name, _| !aliases.contains_key(name));
            return aliases.len();
        }
    }
    if let Some(alias) = aliases.values().next() {
        let message = format!("`{}` stands for itself", alias.key);
        found.push(Diagnostic::error("alias-circular", &alias.node.location, message));
    }
    aliases.len()
}

fn is_alias(node: &Node) -> bool {
    node.get("properties").is_none()
        && node.get("enum").is_none()
        && node.get("oneOf").is_none()
        && node.get("anyOf").is_none()
}

fn put_in_place(node: &mut Node, aliases: &BTreeMap<String, Schema>) -> bool {
    let target = match node.items("allOf") {
        [only] => ref_name(only),
        _ => ref_name(node),
    };
    let Some(alias) = target.and_then(|name| aliases.get(name)) else { return false };
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
