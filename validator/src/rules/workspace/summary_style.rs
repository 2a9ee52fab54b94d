use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_document(&RULE, check);

static RULE: Rule = Rule::warning("summary-style", Profile::Workspace, include_str!("summary_style.md"));

/// The maximum number of characters of a summary, which is shown in one line.
const MAX_SUMMARY_CHARS: usize = 60;

fn check(model: &Model<'_>, found: &mut RuleFindings) {
    for operation in model.operations() {
        let Some(summary) = operation.place.node.get("summary") else {
            let message = format!("{} has no summary", operation.method_and_path());
            found.report_at(&operation.location(), message).with_help("say in a few words what it does");
            continue;
        };
        let text = summary.as_str().map(str::trim);
        let fault = match text {
            None => continue,
            Some("") => "is empty",
            Some(text) if text.starts_with(char::is_lowercase) => "does not start with a capital",
            Some(text) if text.ends_with('.') => "ends with a full stop, though it is no sentence",
            Some(text) if text.chars().count() > MAX_SUMMARY_CHARS => "is longer than a line",
            Some(text) if operation.place.node.get_str("description").map(str::trim) == Some(text) => {
                "says the same as the description"
            }
            Some(_) => continue,
        };
        found.report_at(&summary.location, format!("this summary {fault}"));
    }
}
