use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_document(&RULE, check);

static RULE: Rule =
    Rule::warning("response-unauthorized", Profile::Workspace, include_str!("response_unauthorized.md"));

/// The maximum number of operations that are reported one by one if no operation documents a 401. If there are more
/// operations, a single finding reports all of them.
const MAX_SEPARATELY_REPORTED_OPERATIONS: usize = 3;

fn check(model: &Model<'_>, found: &mut RuleFindings) {
    let (mut with, mut without) = (0, Vec::new());
    for operation in model.operations().iter().filter(|operation| operation.always_needs_credentials()) {
        let mut responses = operation.place.node.get_entries("responses").map(|entry| entry.key.as_str());
        match responses.clone().any(|status| matches!(status, "401" | "403" | "4XX" | "default")) {
            true => with += 1,
            // An operation without responses is not reported here, because another rule reports it.
            false if responses.any(|status| !status.starts_with("x-")) => without.push(operation),
            false => {}
        }
    }
    if with == 0 && without.len() > MAX_SEPARATELY_REPORTED_OPERATIONS {
        let message = format!("none of {} operations that need a credential documents a 401", without.len());
        found
            .report_at(&without[0].place.location_of_key_or_start("responses"), message)
            .with_help("add the response to `components.responses`, and refer to it in each of them");
        return;
    }
    for operation in without {
        let message = format!("{} needs a credential, but documents no 401", operation.method_and_path());
        found
            .report_at(&operation.place.location_of_key_or_start("responses"), message)
            .with_help("add the response to a missing or wrong credential");
    }
}
