use super::properties_and_parameters::{list_parameters, list_properties};
use super::words::split_into_words;
use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_document(&RULE, check);

static RULE: Rule = Rule::warning("time-format", Profile::Workspace, include_str!("time_format.md"));

fn check(model: &Model<'_>, found: &mut RuleFindings) {
    for value in list_properties(model).chain(list_parameters(model)) {
        let words = split_into_words(value.name);
        let is_time = words.len() > 1 && words.last().is_some_and(|last| last == "at");
        let Some(kind) = value.schema.get("type").filter(|kind| is_time && kind.as_str() == Some("string"))
        else {
            continue;
        };
        let format = value.schema.get("format");
        if !format.is_some_and(|format| matches!(format.as_str(), Some("date-time" | "date"))) {
            let at = format.unwrap_or(kind);
            found
                .report_at(
                    &at.location,
                    format!("`{}` is a point in time by its name, but has no such format", value.name),
                )
                .with_help(
                    "add `format: date-time`; if it is written in another way, allow it with a reason",
                );
        }
    }
}
