use std::collections::HashSet;

use partner_spec::{Diagnostics, Node, Value};

use partner_model::api::Api;
use partner_model::lower::Pass;

pub(super) const PASS: Pass = Pass {
    name: "optional_collections",
    why: "A list or map that may be absent is an `Option`, so that absent and empty stay apart in both directions; \
          typify would make both an empty collection.",
    apply,
};

/// Marks what is nullable in Rust's types alone: it is absent or a value, and null is not documented.
pub(crate) const NEVER_NULL: &str = "x-never-null";

fn apply(api: &mut Api, _found: &mut Diagnostics) -> usize {
    let mut times = 0;
    api.for_each_schema_mut(|node| {
        let required: HashSet<String> =
            node.items("required").iter().filter_map(Node::as_str).map(str::to_owned).collect();
        let Some(Value::Object(properties)) = node.get_mut("properties").map(|n| &mut n.value) else {
            return;
        };
        for property in properties.iter_mut() {
            let collection = match property.node.str("type") {
                Some("array") => true,
                Some("object") => property.node.get("properties").is_none(),
                _ => false,
            };
            if collection && !required.contains(&property.key) && !property.node.flag("nullable") {
                let location = property.node.location.clone();
                property.node.set("nullable", Node::bool(true, &location));
                property.node.set(NEVER_NULL, Node::bool(true, &location));
                times += 1;
            }
        }
    });
    times
}
