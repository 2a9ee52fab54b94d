use super::real_data::detect_real_data_kind;
use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_document(&RULE, check);

static RULE: Rule = Rule::error("example-secret", Profile::Workspace, include_str!("example_secret.md"));

fn check(model: &Model<'_>, found: &mut RuleFindings) {
    for place in model.places().iter().filter(|place| !place.is_reference()) {
        for node in find_direct_example_values(place) {
            check_example(node, found);
        }
    }
}

/// Iterates over the examples and the default of an object: the values of its keys like `example`. The examples of
/// nested objects are left out.
fn find_direct_example_values<'a>(place: &Place<'a>) -> impl Iterator<Item = &'a Node> + use<'a> {
    let keys: &[&str] = match place.kind {
        ObjectKind::Schema => &["example", "default"],
        ObjectKind::MediaType | ObjectKind::Parameter | ObjectKind::Header => &["example"],
        ObjectKind::Example => &["value"],
        _ => &[],
    };
    let node = place.node;
    keys.iter().filter_map(|key| node.get(key))
}

fn check_example(example: &Node, found: &mut RuleFindings) {
    let mut rest = vec![example];
    while let Some(node) = rest.pop() {
        match &node.value {
            Value::Object(object) => rest.extend(object.iter().map(|entry| &entry.node)),
            Value::Array(items) => rest.extend(items),
            Value::String(text) => {
                if let Some(what) = detect_real_data_kind(text) {
                    let message = format!("this example seems to be {what}");
                    found.report_at(&node.location.collapse_to_start(), message).with_help(
                        "take a value that is made for examples, like `4242424242424242` or `user@example.com`; if \
                         the real one was here, it is known by now",
                    );
                }
            }
            _ => {}
        }
    }
}
