use super::texts;
use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_document(&RULE, check);

static RULE: Rule =
    Rule::warning("description-long", Profile::Workspace, include_str!("description_long.md"));

/// Returns the maximum number of characters of a text. `label` names the kind of the text: a `description`, for
/// example, may have about two long sentences. A `note` may be longer, because it may list several contradictions in
/// the docs.
fn choose_max_char_count(label: &str) -> usize {
    if label == "note" { 500 } else { 300 }
}

fn check(model: &Model<'_>, found: &mut RuleFindings) {
    for text in texts::non_empty_prose_texts(model) {
        let (length, limit) = (text.text.chars().count(), choose_max_char_count(text.name_in_messages));
        if length > limit {
            found
                .report_at(
                    &text.node.location.collapse_to_start(),
                    format!("this {} has {length} characters", text.name_in_messages),
                )
                .with_help(format!("say it in one or two sentences, with at most {limit} characters"));
        }
    }
}
