use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_each_object(&RULE, ObjectKind::Schema, check);

static RULE: Rule =
    Rule::warning("pattern-delimited", Profile::OpenApi, include_str!("pattern_delimited.md"));

fn check(_: &Model<'_>, schema: &Place<'_>, found: &mut RuleFindings) {
    let Some(node) = schema.node.get("pattern") else { return };
    let Some(pattern) = node.as_str() else { return };
    let flags = pattern.rsplit('/').next().unwrap_or_default();
    let ends = pattern.len() > 2 && flags.len() < 4 && flags.bytes().all(|b| b"gimsuy".contains(&b));
    // A pattern that ends with `$/` matches nothing, because `$` stands for the end of the text, and no slash can
    // follow the end. The slash was probably meant as a delimiter around the pattern.
    let ends_with_delimiter = ends && pattern[..pattern.len() - flags.len()].ends_with("$/");
    if pattern.starts_with("/^") || ends_with_delimiter {
        found
            .report_at(&node.location, "this pattern has slashes around it, so nothing matches it")
            .with_help("write it without the slashes and flags");
    }
}
