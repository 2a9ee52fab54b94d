use crate::instance::{shorten_quoted_text, to_canonical_text};
use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_each_object(&RULE, ObjectKind::Schema, check);

static RULE: Rule = Rule::warning("enum-duplicate", Profile::OpenApi, include_str!("enum_duplicate.md"));

fn check(_: &Model<'_>, schema: &Place<'_>, found: &mut RuleFindings) {
    let values = schema.node.get_items("enum").iter();
    for (value, first) in find_items_with_repeated_keys(values.map(|value| (to_canonical_text(value), value)))
    {
        let shown = match value.as_str() {
            Some(text) => format!("`{}`", shorten_quoted_text(text)),
            None => String::from("this value"),
        };
        found
            .report_at(&value.location, format!("{shown} is in the `enum` twice"))
            .with_related_location(&first.location, "first here")
            .with_help("take it out, or write the value that was meant");
    }
}
