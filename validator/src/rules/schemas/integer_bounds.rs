use crate::instance::{Decimal, find_integer_format_bounds};
use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_each_object(&RULE, ObjectKind::Schema, check);

static RULE: Rule = Rule::warning("integer-bounds", Profile::OpenApi, include_str!("integer_bounds.md"));

fn check(_: &Model<'_>, schema: &Place<'_>, found: &mut RuleFindings) {
    if schema.node.get_str("type") != Some("integer") {
        return;
    }
    for key in ["minimum", "maximum", "multipleOf"] {
        let Some(node) = schema.node.get(key) else { continue };
        let Some(number) = Decimal::from_keyword(schema.node, key) else { continue };
        if !number.is_integer() {
            found
                .report_at(&node.location, format!("`{key}` has a fraction, but the type is `integer`"))
                .with_help("write a whole number, or `type: number`");
            continue;
        }
        let Some((format, (smallest, largest))) = schema
            .node
            .get_str("format")
            .and_then(|format| Some((format, find_integer_format_bounds(format)?)))
        else {
            continue;
        };
        let [least, most] = [smallest, largest].map(|limit| Decimal::parse(&limit.to_string()));
        if Some(&number) < least.as_ref() || Some(&number) > most.as_ref() {
            let message = format!("`{key}` is outside of what `{format}` holds, {smallest} to {largest}");
            found.report_at(&node.location, message).with_help("correct the limit, or take a larger format");
        }
    }
}
