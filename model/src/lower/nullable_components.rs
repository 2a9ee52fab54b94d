use std::collections::BTreeSet;

use partner_spec::{Diagnostics, Node, Value};

use super::Pass;
use crate::api::{Api, ref_name};

pub(super) const PASS: Pass = Pass {
    name: "nullable_components",
    why: "A component that is `nullable` itself becomes one that is not, and the places that refer to it become \
          nullable, because typify would hide the type inside another one.",
    apply,
};

fn apply(api: &mut Api, _found: &mut Diagnostics) -> usize {
    let mut nullable = BTreeSet::new();
    for (name, schema) in &mut api.schemas {
        if schema.node.flag("nullable") {
            schema.node.remove("nullable");
            nullable.insert(format!("#/components/schemas/{name}"));
        }
    }
    if nullable.is_empty() {
        return 0;
    }
    let is_nullable = |node: &Node| node.ref_target().is_some_and(|target| nullable.contains(target));
    api.for_each_schema_mut(|node| {
        if matches!(node.items("allOf"), [only] if is_nullable_inside(only, &nullable)) {
            let location = node.location.clone();
            // The inner reference was wrapped a moment ago; it is the outer one that carries the word.
            if let Some(Value::Array(items)) = node.get_mut("allOf").map(|n| &mut n.value)
                && let Some(inner) = items.first().and_then(|i| i.items("allOf").first()).cloned()
            {
                *items = vec![inner];
            }
            node.set("nullable", Node::bool(true, &location));
        } else if is_nullable(node) {
            let location = node.location.clone();
            let all_of = Node::new(Value::Array(vec![node.clone()]), &location);
            *node = Node::object([("allOf", all_of), ("nullable", Node::bool(true, &location))], &location);
        }
    });
    nullable.len()
}

fn is_nullable_inside(node: &Node, nullable: &BTreeSet<String>) -> bool {
    match node.items("allOf") {
        [inner] => {
            ref_name(inner).is_some() && inner.ref_target().is_some_and(|target| nullable.contains(target))
        }
        _ => false,
    }
}
