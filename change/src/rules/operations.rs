//! Finds changes of whole operations: added, removed, renamed, moved.

use partner_model::{Availability, Operation};

use super::{bodies, docs, failures, pagination, parameters, responses, security, servers, waiters};
use crate::compare::Comparison;
use crate::pairs::{Directions, MatchedOperations, SENT};
use crate::rule::{Effect::*, Rule};
use crate::rust::to_operation_type_name;
use crate::site::ChangeSite;
use crate::users::page_title_or_module_name;

declare_rules! {
    OPERATION_ADDED = Rule::new("operation-added", "An operation is added", "Nobody calls it yet.")
        .with_request_effects(Compatible, Compatible);
    OPERATION_REMOVED = Rule::new(
        "operation-removed",
        "An operation is removed",
        "Calls of it fail, and its method is gone.",
    ).with_request_effects(Breaking, Breaking).with_migration_advice("Stop calling `{old}`.");
    OPERATION_RENAMED = Rule::new(
        "operation-renamed",
        "An operation has another `operationId`",
        "Its method and path are the same, so nothing changes on the wire; the Rust method has another name.",
    ).with_request_effects(Unaffected, Breaking).with_migration_advice("Call `{new}` instead of `{old}`.");
    OPERATION_MOVED = Rule::new(
        "operation-moved",
        "An operation has another path or HTTP method",
        "Requests to the old path are not understood any more; the Rust method is the same.",
    ).with_request_effects(Breaking, Compatible)
    .with_migration_advice("Build with the new version; the old one goes on calling {old}.");
    AVAILABILITY_REDUCED = Rule::new(
        "availability-reduced",
        "Fewer callers can use an operation",
        "Calls that worked may be refused now.",
    ).with_request_effects(Breaking, Compatible).with_migration_advice("Ask the vendor whether `{old}` is still enabled for you.");
    AVAILABILITY_RAISED = Rule::new(
        "availability-raised",
        "More callers can use an operation",
        "Calls that worked go on working.",
    ).with_request_effects(Compatible, Compatible);
    IDEMPOTENCY_LOST = Rule::new(
        "idempotency-lost",
        "Repeating an operation is no longer harmless",
        "A program that repeats it may have it executed twice; the client stops retrying it by itself.",
    ).with_request_effects(Breaking, Compatible)
        .with_migration_advice("Repeat `{old}` only after looking whether the first call had an effect.");
    IDEMPOTENCY_GAINED = Rule::new(
        "idempotency-gained",
        "Repeating an operation is harmless now",
        "The client retries it by itself where it returned an error before.",
    ).with_request_effects(Compatible, Compatible);
    ARGUMENTS_REORDERED = Rule::new(
        "arguments-reordered",
        "The arguments of a method or constructor are in another order",
        "Required values are positional arguments in Rust; on the wire their order does not matter.",
    ).with_request_effects(Unaffected, Breaking)
        .with_migration_advice("Check each call of `{old}`: arguments of one type can change places without an error.");
}

pub(crate) fn report_changes(c: &mut Comparison<'_>, operations: &MatchedOperations<'_>) {
    for operation in &operations.removed {
        let site = make_site_for_unmatched_operation(operation);
        let text = format!("`{}` ({}) is gone", operation.client_method_name, operation.method_and_path());
        c.report_change(&OPERATION_REMOVED, &site, text, (Some(&operation.id_location), None))
            .fill_in_migration_advice(&operation.client_method_name, "");
    }
    for operation in &operations.added {
        let site = make_site_for_unmatched_operation(operation);
        let text = format!("`{}` ({}) is new", operation.client_method_name, operation.method_and_path());
        c.report_change(&OPERATION_ADDED, &site, text, (None, Some(&operation.id_location)));
    }
    for (before, after) in &operations.pairs {
        let site = c.make_operation_change_site(before, after, SENT);
        itself(c, &site, before, after);
        security::report_changes(c, &site, before, after);
        servers::compare_operation_servers(c, &site, before, after);
        parameters::report_changes(c, &site, before, after);
        bodies::report_changes(c, &site, before, after);
        let received = ChangeSite { directions: Directions { sent: false, received: true }, ..site.clone() };
        responses::report_changes(c, &received, before, after);
        pagination::report_changes(c, &received, before, after);
        waiters::report_changes(c, &received, before, after);
        docs::compare_operation_docs(c, &site, before, after);
    }
    failures::check_failure_enums_and_limits(c);
}

/// Returns the [`ChangeSite`] for an unmatched operation (an operation that was added or removed).
fn make_site_for_unmatched_operation(operation: &Operation) -> ChangeSite {
    ChangeSite {
        page_title: page_title_or_module_name(operation).to_owned(),
        quoted_name: format!("`{}`", operation.client_method_name),
        client_method_names: vec![operation.client_method_name.clone()],
        directions: SENT,
        affected_type_names: operation
            .client_method_names_with_media_types()
            .iter()
            .map(|(method, _)| to_operation_type_name(method))
            .collect(),
    }
}

fn itself(c: &mut Comparison<'_>, site: &ChangeSite, before: &Operation, after: &Operation) {
    let places = (Some(&before.id_location), Some(&after.id_location));
    let is_moved = before.method != after.method
        || crate::pairs::remove_parameter_names(&before.path_template)
            != crate::pairs::remove_parameter_names(&after.path_template);
    if is_moved {
        let text = format!(
            "`{}` is {}, and was {}",
            after.client_method_name,
            after.method_and_path(),
            before.method_and_path()
        );
        c.report_change(&OPERATION_MOVED, site, text, places)
            .fill_in_migration_advice(&before.method_and_path(), &after.method_and_path());
    }
    if before.client_method_name != after.client_method_name {
        let text = format!("`{}` is called `{}` now", before.client_method_name, after.client_method_name);
        c.report_change(&OPERATION_RENAMED, site, text, places)
            .fill_in_migration_advice(&before.client_method_name, &after.client_method_name);
    }
    compare_availabilities(c, site, before, after);
    let (rule, text) = match (before.is_idempotent, after.is_idempotent) {
        (true, false) => (&IDEMPOTENCY_LOST, "can no longer be repeated without harm"),
        (false, true) => (&IDEMPOTENCY_GAINED, "can be repeated without harm"),
        _ => return,
    };
    c.report_change(rule, site, format!("`{}` {text}", after.client_method_name), places)
        .fill_in_migration_advice(&before.client_method_name, &after.client_method_name);
}

fn compare_availabilities(c: &mut Comparison<'_>, site: &ChangeSite, before: &Operation, after: &Operation) {
    let rule = match rank_availability(before.availability).cmp(&rank_availability(after.availability)) {
        std::cmp::Ordering::Equal => return,
        std::cmp::Ordering::Greater => &AVAILABILITY_REDUCED,
        std::cmp::Ordering::Less => &AVAILABILITY_RAISED,
    };
    let text = format!(
        "The availability of `{}` is `{}`, and was `{}`",
        after.client_method_name,
        to_availability_word(after.availability),
        to_availability_word(before.availability)
    );
    c.report_change(rule, site, text, (Some(&before.id_location), Some(&after.id_location)))
        .fill_in_migration_advice(&before.client_method_name, &after.client_method_name);
}

/// Converts an availability to the word that stands for it in OpenAPI documents, like `preview`. The availability says
/// how many callers may use an operation.
pub(super) fn to_availability_word(availability: Availability) -> &'static str {
    Availability::ALL_WITH_NAMES.iter().find(|(_, level)| *level == availability).map_or("", |(word, _)| word)
}

/// Ranks the levels of availability: the more callers can use an operation, the higher the rank.
fn rank_availability(availability: Availability) -> u8 {
    match availability {
        Availability::Suspended => 0,
        Availability::Preview => 1,
        Availability::EnabledOnRequest => 2,
        Availability::General => 3,
    }
}
