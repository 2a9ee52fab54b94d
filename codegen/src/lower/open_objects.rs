use partner_spec::{Diagnostics, Node};

use partner_model::api::Api;
use partner_model::lower::Pass;

pub(super) const PASS: Pass = Pass {
    name: "open_objects",
    why: "An object with properties that says `additionalProperties: true` keeps the keys it does not know in a \
          field `extra`; typify would drop them.",
    apply,
};

fn apply(api: &mut Api, _found: &mut Diagnostics) -> usize {
    let mut times = 0;
    api.for_each_schema_mut(|node| {
        let open = node.get("additionalProperties").and_then(|n| n.as_bool()) == Some(true);
        if !open {
            return;
        }
        let location = node.location.clone();
        if node.get("properties").is_some() {
            node.set("additionalProperties", Node::object([], &location));
            times += 1;
        } else {
            // Without properties it is a map anyway.
            node.remove("additionalProperties");
        }
    });
    times
}
