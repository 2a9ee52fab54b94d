use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::each(&RULE, Kind::Example, check);

static RULE: Rule = Rule::warning("example-empty", Profile::Openapi, include_str!("example_empty.md"));

fn check(_: &Model<'_>, example: &Place<'_>, found: &mut Findings) {
    let Some(object) = example.node.as_object() else { return };
    // If the example has an unknown key, that is reported, and may be a misspelled `value`.
    let has_only_known_keys = object.iter().all(|entry| Kind::Example.value_kind(&entry.key).is_some());
    let extended = object.iter().any(|entry| entry.key.starts_with("x-"));
    if has_only_known_keys && !extended && !object.contains("value") && !object.contains("externalValue") {
        found.at(example.key_location, "this example has no `value`").help("put what is shown under `value`");
    }
}
