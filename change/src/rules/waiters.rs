//! Finds changes of waiters (methods of the client that wait until an object reaches a state).

use partner_model::{LocatedString, Operation, Waiter};

use crate::compare::Comparison;
use crate::matching::MatchingResult;
use crate::rule::{Effect::*, Rule};
use crate::rust::to_operation_type_name;
use crate::site::ChangeSite;

declare_rules! {
    WAITER_ADDED = Rule::new("waiter-added", "A state can be waited for", "The client gets a method.")
        .with_response_effects(Unaffected, Compatible);
    WAITER_REMOVED = Rule::new(
        "waiter-removed",
        "A state can no longer be waited for",
        "The method of the client is gone.",
    ).with_response_effects(Unaffected, Breaking).with_migration_advice("Ask for the state yourself, instead of calling `{old}`.");
    WAITER_RENAMED = Rule::new(
        "waiter-renamed",
        "The method that waits for a state has another name",
        "It waits for the same states as before.",
    ).with_response_effects(Unaffected, Breaking).with_migration_advice("Call `{new}` instead of `{old}`.");
    WAITER_STATES_CHANGED = Rule::new(
        "waiter-states-changed",
        "A wait ends at other states",
        "The vendor's states are others, or are understood better; the method and its errors are the same.",
    ).with_response_effects(Unaffected, Compatible);
}

pub(super) fn report_changes(
    c: &mut Comparison<'_>,
    site: &ChangeSite,
    before: &Operation,
    after: &Operation,
) {
    let score = |b: &Waiter, a: &Waiter| match b.state_pointer.text == a.state_pointer.text
        && sort_state_names(&b.success_states) == sort_state_names(&a.success_states)
    {
        true => 9,
        false => 0,
    };
    let matched = MatchingResult::match_by_name_or_score(
        &before.waiters,
        &after.waiters,
        |waiter| waiter.client_method_name.as_str(),
        score,
    );
    let site = |waiter: &Waiter, other: &Waiter| ChangeSite {
        affected_type_names: vec![
            to_operation_type_name(&waiter.client_method_name),
            to_operation_type_name(&other.client_method_name),
        ],
        ..site.clone()
    };
    for waiter in &matched.removed_items {
        let text = format!("`{}` is gone", waiter.client_method_name);
        c.report_change(&WAITER_REMOVED, &site(waiter, waiter), text, (Some(&waiter.location), None))
            .fill_in_migration_advice(&waiter.client_method_name, "");
    }
    for waiter in &matched.added_items {
        let text = format!(
            "`{}` waits for `{}` of `{}`",
            waiter.client_method_name,
            sort_state_names(&waiter.success_states).join("`, `"),
            after.client_method_name
        );
        c.report_change(&WAITER_ADDED, &site(waiter, waiter), text, (None, Some(&waiter.location)));
    }
    for (b, a) in &matched.renamed_pairs {
        let text = format!("`{}` is called `{}` now", b.client_method_name, a.client_method_name);
        c.report_change(&WAITER_RENAMED, &site(b, a), text, (Some(&b.location), Some(&a.location)))
            .fill_in_migration_advice(&b.client_method_name, &a.client_method_name);
    }
    for (b, a) in matched
        .matched_pairs()
        .filter(|(b, a)| build_waiter_comparison_key(b) != build_waiter_comparison_key(a))
    {
        let text = format!("`{}` ends at other states: {}", a.client_method_name, describe_end_states(a));
        c.report_change(&WAITER_STATES_CHANGED, &site(b, a), text, (Some(&b.location), Some(&a.location)));
    }
}

/// Returns the names of states in alphabetical order, so that their order in the document has no effect.
fn sort_state_names(states: &[LocatedString]) -> Vec<&str> {
    let mut words: Vec<&str> = states.iter().map(|word| word.text.as_str()).collect();
    words.sort_unstable();
    words
}

/// Returns a key for comparing waiters: the JSON pointer to the field that a waiter polls, and three lists of states
/// that end the wait (states of success, of failure, and of failure after an earlier success).
fn build_waiter_comparison_key(waiter: &Waiter) -> (&str, [Vec<&str>; 3]) {
    let lists = [&waiter.success_states, &waiter.failure_states, &waiter.late_failure_states];
    (&waiter.state_pointer.text, lists.map(|list| sort_state_names(list)))
}

fn describe_end_states(waiter: &Waiter) -> String {
    let list =
        |words: &[LocatedString]| words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(", ");
    let lists = [
        ("reached", &waiter.success_states),
        ("missed", &waiter.failure_states),
        ("reached and failed later", &waiter.late_failure_states),
    ];
    let lists = lists.iter().filter(|(_, words)| !words.is_empty());
    lists.map(|(name, words)| format!("{name} at {}", list(words))).collect::<Vec<_>>().join("; ")
}
