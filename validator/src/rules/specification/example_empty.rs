use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_each_object(&RULE, ObjectKind::Example, check);

static RULE: Rule = Rule::warning("example-empty", Profile::OpenApi, include_str!("example_empty.md"));

fn check(_: &Model<'_>, example: &Place<'_>, found: &mut RuleFindings) {
    let Some(object) = example.node.as_object() else { return };
    // An example with an unknown key is not checked, because the key may be a misspelled `value`. Another rule reports
    // unknown keys.
    let has_only_known_keys = object.iter().all(|entry| ObjectKind::Example.value_kind(&entry.key).is_some());
    let extended = object.iter().any(|entry| entry.key.starts_with("x-"));
    if has_only_known_keys
        && !extended
        && !object.contains_key("value")
        && !object.contains_key("externalValue")
    {
        found
            .report_at(example.key_location, "this example has no `value`")
            .with_help("put what is shown under `value`");
    }
}
