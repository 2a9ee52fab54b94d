use partner_spec::{Diagnostics, Node, Object, Value};

use partner_model::api::Api;
use partner_model::lower::{Pass, add_note};

pub(super) const PASS: Pass = Pass {
    name: "constraints",
    why: "Limits, patterns and defaults move into the description: the server checks them, typify would turn them \
          into types of their own, and a default that the client sends is not the server's any more. JSON Schemas \
          get the limits back.",
    apply,
};

/// The limits with a number, with their words for one and for more.
const LIMITS: [(&str, &str, &str); 7] = [
    ("minLength", "Not empty.", "At least {} characters."),
    ("maxLength", "At most one character.", "At most {} characters."),
    ("multipleOf", "A whole number.", "A multiple of {}."),
    ("minItems", "At least one item.", "At least {} items."),
    ("maxItems", "At most one item.", "At most {} items."),
    ("minProperties", "At least one key.", "At least {} keys."),
    ("maxProperties", "At most one key.", "At most {} keys."),
];

/// The bounds, with the key that excludes the bound itself, and their words without and with it.
const BOUNDS: [(&str, &str, &str, &str); 2] = [
    ("minimum", "exclusiveMinimum", "At least", "More than"),
    ("maximum", "exclusiveMaximum", "At most", "Less than"),
];

/// Where the limits of a schema are kept, as JSON Schema has them.
pub(crate) const LIMITS_KEY: &str = "x-limits";

fn apply(api: &mut Api, _found: &mut Diagnostics) -> usize {
    let mut times = 0;
    api.for_each_schema_mut(|node| {
        let notes = take(node);
        if !notes.is_empty() {
            times += 1;
            add_note(node, &notes.join(" "));
        }
    });
    times
}

/// Takes the constraints out of a schema; what they say comes back.
fn take(node: &mut Node) -> Vec<String> {
    let mut notes = Vec::new();
    let mut kept = Object::new();
    for (key, one, more) in LIMITS {
        if let Some(limit) = node.remove(key) {
            let words = text(&limit);
            notes.push(if words == "1" { one.to_owned() } else { more.replace("{}", &words) });
            kept.set(key, limit);
        }
    }
    for (key, exclusive, inclusive_words, exclusive_words) in BOUNDS {
        let is_exclusive = node.remove(exclusive).and_then(|n| n.as_bool()) == Some(true);
        if let Some(bound) = node.remove(key) {
            let (key, words) =
                if is_exclusive { (exclusive, exclusive_words) } else { (key, inclusive_words) };
            notes.push(format!("{words} {}.", text(&bound)));
            kept.set(key, bound);
        }
    }
    if let Some(pattern) = node.remove("pattern") {
        notes.push(format!("Matches `{}`.", text(&pattern)));
        kept.set("pattern", pattern);
    }
    if let Some(default) = node.remove("default") {
        notes.push(format!("The server's default is `{}`.", text(&default)));
    }
    if let Some(unique) = node.remove("uniqueItems").filter(|unique| unique.as_bool() == Some(true)) {
        notes.push(String::from("No item twice."));
        kept.set("uniqueItems", unique);
    }
    if node.str("type") != Some("string")
        && let Some(values) = node.remove("enum")
    {
        let values: Vec<String> = values.as_array().unwrap_or(&[]).iter().map(text).collect();
        notes.push(format!("One of {}.", values.join(", ")));
    }
    // A choice that was told apart by it does not need it any more.
    node.remove("not");
    if !kept.is_empty() {
        let location = node.location.clone();
        node.set(LIMITS_KEY, Node::new(Value::Object(kept), &location));
    }
    notes
}

fn text(node: &Node) -> String {
    match &node.value {
        Value::String(text) => text.clone(),
        _ => node.to_json(),
    }
}
