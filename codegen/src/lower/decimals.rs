use partner_spec::{Diagnostic, Diagnostics};

use super::Pass;
use crate::api::Api;

pub(super) const PASS: Pass = Pass {
    name: "decimals",
    why: "`format: decimal` becomes our decimal types, whether the wire has a string or a number; any other \
          `number` is refused, because progenitor would make it an f64.",
    apply,
};

fn apply(api: &mut Api, found: &mut Diagnostics) -> usize {
    let mut times = 0;
    api.for_each_schema_mut(|node| match (node.str("type"), node.str("format")) {
        (Some("string" | "number"), Some("decimal")) => times += 1,
        (Some("number"), _) => found.push(
            Diagnostic::error("number-not-decimal", &node.location, "a `number` would lose digits as an f64")
                .help("add `format: decimal`, or use `type: integer`"),
        ),
        _ => {}
    });
    times
}
