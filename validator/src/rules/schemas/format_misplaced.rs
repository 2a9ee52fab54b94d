use crate::instance::KNOWN_FORMATS;
use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_each_object(&RULE, ObjectKind::Schema, check);

static RULE: Rule = Rule::warning("format-misplaced", Profile::OpenApi, include_str!("format_misplaced.md"));

fn check(_: &Model<'_>, schema: &Place<'_>, found: &mut RuleFindings) {
    let (Some(kind), Some(node)) = (schema.node.get_str("type"), schema.node.get("format")) else { return };
    let Some((format, types)) = KNOWN_FORMATS.iter().find(|(known, _)| Some(*known) == node.as_str()) else {
        return;
    };
    // `int64` with `type: string` is not reported here, because the rule `format-number-as-text` reports it.
    if !types.contains(&kind) && (*format, kind) != ("int64", "string") {
        let message = format!("`{format}` is a format of `{}`, not of `{kind}`", types.join("` and `"));
        found.report_at(&node.location, message).with_help("correct the `type` or the `format`");
    }
}
