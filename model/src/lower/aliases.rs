use std::collections::{BTreeMap, HashMap};

use partner_spec::{Diagnostic, Diagnostics, Location, Node};

use super::Pass;
use crate::api::{
    Api, Expansion, Schema, children, children_mut, is_string_enum, ref_name, unwrapped, visit,
};
use crate::graph::{Graph, circular, inner_first};

pub(super) const PASS: Pass = Pass {
    name: "aliases",
    why: "A component that is only a list, a map or a plain value is put where it is referred to, because typify \
          would wrap it in a type that says nothing.",
    apply,
};

fn apply(api: &mut Api, found: &mut Diagnostics) -> usize {
    let (aliases, rest): (BTreeMap<String, Schema>, _) =
        std::mem::take(&mut api.schemas).into_iter().partition(|(_, schema)| is_alias(schema));
    api.schemas = rest;
    for alias in aliases.values().filter(|alias| alias.public) {
        let message = format!("`{}` is `x-public`, but a list, a map or a plain value is no type", alias.key);
        found.push(
            Diagnostic::error("public-without-type", &alias.node.location, message)
                .help("make it an object, a string enum or a `oneOf`, or remove `x-public`"),
        );
    }
    let graph: Graph<'_> =
        aliases.iter().map(|(name, s)| (name.as_str(), inner_aliases(s, &aliases))).collect();
    let circular = circular(&graph);
    for alias in aliases.iter().filter(|(name, _)| circular.contains(name.as_str())).map(|(_, s)| s) {
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
    let mut expansion = std::mem::take(&mut api.expansion);
    let mut whole = Whole { aliases: HashMap::new(), expansion: &mut expansion, found };
    for (name, alias) in inner_first(&graph).into_iter().filter_map(|name| aliases.get_key_value(name)) {
        let mut node = alias.node.clone();
        whole.put_in_place(&mut node);
        if is_deeper(&node, MAX_DEPTH) {
            whole.found.push(too_deep(&format!("`{}`", alias.key), &alias.node.location));
            return 0;
        }
        whole.aliases.insert(name, node);
    }
    api.for_each_root_mut(|node| whole.put_in_place(node));
    api.expansion = expansion;
    // Objects have names by now, so what is nested is lists and maps that are written in place.
    api.for_each_root_mut(|node| {
        if is_deeper(node, MAX_DEPTH) {
            found.push(too_deep("a list or map", &node.location));
        }
    });
    aliases.len()
}

/// Deeper nesting than this is refused: it becomes one type, and everything that reads and prints types recurses.
const MAX_DEPTH: usize = 16;

fn too_deep(what: &str, location: &Location) -> Diagnostic {
    Diagnostic::error("expansion-limit", location, format!("{what} is nested deeper than {MAX_DEPTH} levels"))
        .help("give one of the schemas that it holds `properties`, and so a type")
}

/// Whether schemas are nested in a schema on more levels than that.
fn is_deeper(node: &Node, levels: usize) -> bool {
    levels == 0 || children(node).into_iter().any(|child| is_deeper(child, levels - 1))
}

fn is_alias(schema: &Schema) -> bool {
    let node = &schema.node;
    !schema.is_open_record()
        && node.get("properties").is_none()
        && !is_string_enum(node)
        && node.get("oneOf").is_none()
        && node.get("anyOf").is_none()
}

/// The aliases that a schema refers to.
fn inner_aliases<'a>(schema: &'a Schema, aliases: &BTreeMap<String, Schema>) -> Vec<&'a str> {
    let mut names = Vec::new();
    visit(&schema.node, &mut |inner| {
        names.extend(ref_name(inner).filter(|name| aliases.contains_key(*name)))
    });
    names
}

/// The aliases with everything that they stand for.
struct Whole<'a> {
    /// Those that were put together so far: each before those that refer to it.
    aliases: HashMap<&'a str, Node>,
    expansion: &'a mut Expansion,
    found: &'a mut Diagnostics,
}

impl Whole<'_> {
    /// Replaces references to aliases: what stands beside a reference belongs to what it stands for.
    fn put_in_place(&mut self, node: &mut Node) {
        let target = ref_name(unwrapped(node));
        let Some(alias) = target.and_then(|name| self.aliases.get(name)) else {
            children_mut(node).into_iter().for_each(|child| self.put_in_place(child));
            return;
        };
        if !self.expansion.allows_at(alias, &node.location, self.found) {
            return;
        }
        let mut content = alias.clone();
        content.remove("title");
        for entry in node.as_object().into_iter().flat_map(|o| o.iter()) {
            if entry.key != "$ref" && entry.key != "allOf" {
                content.set(&entry.key, entry.node.clone());
            }
        }
        *node = content;
    }
}
