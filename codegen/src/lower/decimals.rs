use partner_spec::{Diagnostic, Diagnostics, Location, Node};

use partner_model::api::Api;
use partner_model::lower::Pass;

pub(super) const PASS: Pass = Pass {
    name: "decimals",
    why: "`format: decimal` becomes our decimal type, whether the wire has a string or a number; any other \
          `number` is refused, because progenitor would make it an f64.",
    apply,
};

fn apply(api: &mut Api, found: &mut Diagnostics) -> usize {
    // A query or a path holds text, whatever the document calls it.
    for parameter in &mut api.operations.iter_mut().flat_map(|o| &mut o.parameters) {
        if parameter.schema.str("type") == Some("number") && parameter.schema.str("format") == Some("decimal")
        {
            let location = parameter.schema.location.clone();
            parameter.schema.set("type", Node::string("string", &location));
        }
    }
    let mut times = 0;
    api.for_each_schema_mut(|node| match (node.str("type"), node.str("format")) {
        (Some("string" | "number"), Some("decimal")) => times += 1,
        (Some("number"), _) => found.push(
            Diagnostic::error("number-not-decimal", type_of(node), "a `number` would lose digits as an f64")
                .help("add `format: decimal`, or use `type: integer`"),
        ),
        _ => {}
    });
    times
}

fn type_of(node: &Node) -> &Location {
    node.get("type").map_or(&node.location, |node| &node.location)
}
