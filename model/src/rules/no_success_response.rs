use partner_spec::{Profile, Rule};

use crate::findings::RuleFindings;
use crate::index::DocumentIndex;

pub(super) static RULE: Rule =
    Rule::error("no-success-response", Profile::Generator, include_str!("no_success_response.md")).blocking();

pub(super) fn check_document(index: &DocumentIndex<'_>, found: &mut RuleFindings) {
    for operation in index.operations() {
        let Some(responses) = operation.place.node.get("responses") else { continue };
        let Some(object) = responses.as_object() else { continue };
        let mut statuses = object.iter().map(|entry| entry.key.as_str()).filter(|key| !key.starts_with("x-"));
        // An operation without any responses is reported by the rule `responses-empty`, so this rule ignores it.
        let has_responses = statuses.clone().next().is_some();
        if has_responses && !statuses.any(|status| status.starts_with('2')) {
            found
                .report_at(
                    &responses.location.collapse_to_start(),
                    format!(
                        "{} documents no success (2xx), so there is nothing to return",
                        operation.method_and_path()
                    ),
                )
                .with_help("add the response of a success; '2XX' where the status is not known");
        }
    }
}
