use std::collections::HashSet;

use super::named::properties;
use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::document(&RULE, check);

static RULE: Rule =
    Rule::warning("error-code-unlisted", Profile::Workspace, include_str!("error_code_unlisted.md"));

/// The keys that have an error code as their value anywhere in the body of a failure. The key `code` has one only
/// directly below `error`.
const KEYS: [&str; 3] = ["errorCode", "error_code", "error_key"];

fn check(model: &Model<'_>, found: &mut Findings) {
    let Some(codes) = model.schema("ErrorCode").filter(|schema| schema.get("enum").is_some()) else { return };
    // If the schema declares a field as an error code, the rule `example-mismatch` checks its examples.
    let of_schema = properties(model).filter(|value| std::ptr::eq(value.schema, codes));
    let of_schema: HashSet<&str> = of_schema.map(|value| value.name).collect();
    let listed: HashSet<&str> = codes.items("enum").iter().filter_map(Node::as_str).collect();
    let bodies = model.each(Kind::MediaType).filter(|place| is_failure(model, place));
    for body in bodies {
        let named = body.node.entries("examples").filter_map(|e| model.resolve(&e.node)?.get("value"));
        for example in body.node.get("example").into_iter().chain(named) {
            for (key, code) in codes_of(example) {
                let unlisted = code.as_str().filter(|text| !listed.contains(text));
                if let Some(text) = unlisted.filter(|_| !of_schema.contains(key)) {
                    report(text, &code.location, &codes.location.to_start(), found);
                }
            }
        }
    }
}

fn report(code: &str, at: &Location, list: &Location, found: &mut Findings) {
    found
        .at(at, format!("`{code}` is no value of `ErrorCode`"))
        .related(list, "the codes")
        .help("add it there; callers can then name it");
}

fn is_failure(model: &Model<'_>, place: &Place<'_>) -> bool {
    let is_failure = |holder: &Place<'_>| {
        holder.kind == Kind::Response && holder.name.is_some_and(|status| status.starts_with(['4', '5']))
    };
    model.parent(place).is_some_and(is_failure)
}

/// The error codes in the body of a failure, with their keys.
fn codes_of(example: &Node) -> Vec<(&str, &Node)> {
    let (mut codes, mut rest) = (Vec::new(), vec![example]);
    while let Some(node) = rest.pop() {
        match &node.value {
            Value::Object(object) => {
                let own = object.iter().filter(|entry| KEYS.contains(&entry.key.as_str()));
                codes.extend(own.map(|entry| (entry.key.as_str(), &entry.node)));
                codes.extend(object.get("error").and_then(|error| Some(("code", error.get("code")?))));
                rest.extend(object.iter().map(|entry| &entry.node));
            }
            Value::Array(items) => rest.extend(items),
            _ => {}
        }
    }
    codes
}
