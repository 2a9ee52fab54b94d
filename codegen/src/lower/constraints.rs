use partner_spec::{Diagnostics, Node, Value};

use super::Pass;
use crate::api::Api;

pub(super) const PASS: Pass = Pass {
    name: "constraints",
    why: "Limits, patterns and defaults move into the description: the server checks them, typify would turn them \
          into types of their own, and a default that the client sends is not the server's any more.",
    apply,
};

fn apply(api: &mut Api, _found: &mut Diagnostics) -> usize {
    let mut times = 0;
    api.for_each_schema_mut(|node| {
        // `required` of an object and `not` of a choice are no limits of a value.
        let mut notes = Vec::new();
        for (key, note) in [
            ("minLength", "At least {} characters."),
            ("maxLength", "At most {} characters."),
            ("pattern", "Matches `{}`."),
            ("minimum", "At least {}."),
            ("maximum", "At most {}."),
            ("multipleOf", "A multiple of {}."),
            ("minItems", "At least {} items."),
            ("maxItems", "At most {} items."),
            ("minProperties", "At least {} keys."),
            ("maxProperties", "At most {} keys."),
        ] {
            if let Some(limit) = node.remove(key) {
                notes.push(note.replace("{}", &text(&limit)));
            }
        }
        if let Some(default) = node.remove("default") {
            notes.push(format!("The server's default is `{}`.", text(&default)));
        }
        if node.remove("uniqueItems").and_then(|n| n.as_bool()) == Some(true) {
            notes.push(String::from("No item twice."));
        }
        for key in ["exclusiveMinimum", "exclusiveMaximum"] {
            if node.remove(key).and_then(|n| n.as_bool()) == Some(true) {
                notes.push(format!("({} is exclusive.)", if key.ends_with("mum") { &key[9..] } else { key }));
            }
        }
        if node.str("type") != Some("string")
            && let Some(values) = node.remove("enum")
        {
            let values: Vec<String> = values.as_array().unwrap_or(&[]).iter().map(text).collect();
            notes.push(format!("One of {}.", values.join(", ")));
        }
        node.remove("not");
        if !notes.is_empty() {
            times += 1;
            add_note(node, &notes.join(" "));
        }
    });
    times
}

fn text(node: &Node) -> String {
    match &node.value {
        Value::String(text) => text.clone(),
        _ => node.to_json(),
    }
}

/// Adds a sentence to a schema's description.
pub(super) fn add_note(node: &mut Node, note: &str) {
    let location = node.location.clone();
    let description = match node.str("description") {
        Some(text) => format!("{}\n\n{note}", text.trim_end()),
        None => note.to_owned(),
    };
    if node.ref_target().is_none() {
        node.set("description", Node::string(description, &location));
    }
}
