use partner_spec::{Entry, Finding, Node, Profile, Rule, advise_on_unknown_name};

pub(crate) static RULE: Rule =
    Rule::error("enum-annotation", Profile::Generator, include_str!("enum_annotation.md")).blocking();

/// Returns the finding about an entry of `x-enum-descriptions` or `x-enum-names` whose key is not a value of the
/// enum.
pub(crate) fn new_finding(entry: &Entry, extension: &str, schema: &Node) -> Finding {
    let message = format!("`{}` is in `{extension}`, but is no value of the enum", entry.key);
    let values = schema.get_items("enum").iter().filter_map(Node::as_str);
    let help = advise_on_unknown_name(&entry.key, values);
    let help = help.unwrap_or_else(|| String::from("add it to `enum`, or take it out here"));
    Finding::new(&RULE, &entry.key_location, message).with_help(help)
}
