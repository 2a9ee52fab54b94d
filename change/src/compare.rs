//! Compares the old and the new model of an API by running the checks in `rules`. Each check finds the changes in one
//! part of the API, like its servers or its operations.

use std::collections::BTreeMap;

use partner_model::{Model, Operation};
use partner_spec::Location;

use crate::change::Change;
use crate::pairs::{Directions, MatchedOperations, TypePairs};
use crate::rule::{Effect, Rule, WireAndRustEffects};
use crate::rules;
use crate::rules::failures::MatchedFailureValue;
use crate::rust::{RustTypeFormatter, ValuePosition, to_operation_type_name};
use crate::site::ChangeSite;
use crate::state::DocumentState;
use crate::users::{OperationsByType, page_title_or_module_name};
use crate::wire::UnmodeledParts;

/// A comparison of the old and the new model of an API, with the changes found so far.
pub(crate) struct Comparison<'m> {
    pub(crate) before: &'m Model,
    pub(crate) after: &'m Model,
    /// The parts that the models do not contain, like the bodies of error responses. Index 0 holds the parts of the old
    /// document, and index 1 those of the new document.
    pub(crate) unmodeled_parts: [&'m UnmodeledParts; 2],
    pub(crate) pairs: TypePairs,
    /// Whether messages use the old or the new names of types.
    type_names_in_messages: TypeNamesInMessages,
    /// The operations that use each type: in the old model (index 0) and in the new model (index 1).
    operations_by_type: [OperationsByType<'m>; 2],
    changes: Vec<Change>,
    /// The values in failures (error responses) that are still to be compared. The key of an entry is the location of
    /// the old schema and the location of the new schema, so the same two schemas are compared only once.
    pub(crate) pending_failure_values: BTreeMap<(Location, Location), MatchedFailureValue<'m>>,
}

/// Whether messages use the old or the new names of types. This matters for types that were renamed.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum TypeNamesInMessages {
    Old,
    New,
}

/// Finds all changes from the old state `before` to the new state `after`. The changes are sorted by docs page, then by
/// effect (breaking changes first), and then by location.
pub fn compare_states(before: &DocumentState, after: &DocumentState) -> Vec<Change> {
    find_changes_and_type_pairs(before, after, TypeNamesInMessages::New).0
}

/// Finds all changes from `before` to `after`, two states of a document. Also returns the pairs of old and new types,
/// which tell the caller the new name of each renamed type. `names` says whether messages use the old or the new names
/// of types.
pub(crate) fn find_changes_and_type_pairs(
    before: &DocumentState,
    after: &DocumentState,
    names: TypeNamesInMessages,
) -> (Vec<Change>, TypePairs) {
    let wire = [&before.unmodeled_parts, &after.unmodeled_parts];
    let (before, after) = (&before.model, &after.model);
    let operations = MatchedOperations::new(before, after);
    let pairs = TypePairs::new(before, after, &operations.pairs);
    let users = [OperationsByType::new(before), OperationsByType::new(after)];
    let (changes, failures) = (Vec::new(), BTreeMap::new());
    let mut comparison = Comparison {
        before,
        after,
        unmodeled_parts: wire,
        pairs,
        type_names_in_messages: names,
        operations_by_type: users,
        changes,
        pending_failure_values: failures,
    };
    rules::servers::report_changes(&mut comparison);
    rules::operations::report_changes(&mut comparison, &operations);
    rules::webhooks::report_changes(&mut comparison);
    rules::schemas::report_changes(&mut comparison);
    let Comparison { mut changes, pairs, .. } = comparison;
    let place = |change: &Change| change.new_location.clone().or_else(|| change.old_location.clone());
    changes.sort_by_cached_key(|change| {
        (
            change.page_title.clone(),
            std::cmp::Reverse(change.strongest_effect()),
            place(change),
            change.rule.id,
            change.message.clone(),
        )
    });
    (changes, pairs)
}

impl<'m> Comparison<'m> {
    /// Adds a change to the changes found so far, and returns the change. If the changed part of the API appears in
    /// requests, the change has the effects that the rule states for requests. If the part appears in responses, the
    /// change has the effects that the rule states for responses.
    pub(crate) fn report_change(
        &mut self,
        rule: &'static Rule,
        site: &ChangeSite,
        text: impl Into<String>,
        places: (Option<&Location>, Option<&Location>),
    ) -> &mut Change {
        let seen = |is_seen: bool, effects: WireAndRustEffects| {
            if is_seen { effects } else { WireAndRustEffects::default() }
        };
        let sent = seen(site.directions.sent, rule.effects_in_requests);
        let received = seen(site.directions.received, rule.effects_in_responses);
        self.changes.push(Change {
            rule,
            page_title: site.page_title.clone(),
            message: text.into(),
            request_effect: sent.wire_effect,
            response_effect: received.wire_effect,
            rust_effect: sent.rust_effect.max(received.rust_effect),
            migration_advice: (!rule.migration_advice.is_empty()).then(|| rule.migration_advice.to_owned()),
            old_location: places.0.cloned(),
            new_location: places.1.cloned(),
            affected_type_names: site.affected_type_names.clone(),
        });
        let last = self.changes.len() - 1;
        &mut self.changes[last]
    }

    /// Returns the number of changes found so far. This is also the index that the next change will have. Methods like
    /// [`Comparison::changes_since_mut`] take such an index to select later changes.
    pub(crate) fn change_count(&self) -> usize {
        self.changes.len()
    }

    /// Returns the changes from the index `since` to the end of the list, for modification.
    pub(crate) fn changes_since_mut(&mut self, since: usize) -> impl Iterator<Item = &mut Change> {
        self.changes.get_mut(since..).unwrap_or_default().iter_mut()
    }

    /// Sets the effect on Rust callers to none, for all changes at the index `since` and later. Then drops each of
    /// these changes that has no other effect, like an effect on the JSON that is sent.
    pub(crate) fn remove_rust_effects(&mut self, since: usize) {
        let found = self.changes.split_off(since);
        let on_the_wire =
            found.into_iter().map(|change| Change { rust_effect: Effect::Unaffected, ..change });
        self.changes.extend(on_the_wire.filter(|change| change.strongest_effect() > Effect::Unaffected));
    }

    /// Whether the old type called `before` and the new type called `after` are of the same kind: both objects, both
    /// enums, both unions or both newtypes. The result is also true if neither of the two types exists.
    pub(crate) fn are_named_types_of_same_kind(&self, before: &str, after: &str) -> bool {
        let (before, after) = (self.before.types.get(before), self.after.types.get(after));
        match (before, after) {
            (Some(b), Some(a)) => std::mem::discriminant(&b.shape) == std::mem::discriminant(&a.shape),
            _ => before.is_none() && after.is_none(),
        }
    }

    /// Corrects the effects that the changes of one value have on Rust callers. `since` is the index of the first of
    /// these changes; all changes after it in the list belong to the same value. `before` and `after` are the old and
    /// the new Rust type of the value, each with the location of the value's schema.
    ///
    /// - If callers can go on using the old Rust type (`is_compatible`), the changes no longer count as breaking.
    /// - Otherwise, if the Rust type differs and none of the changes breaks Rust callers, a change of the Rust type is
    ///   added.
    pub(crate) fn correct_rust_effects(
        &mut self,
        since: usize,
        site: &ChangeSite,
        is_compatible: bool,
        before: (String, &Location),
        after: (String, &Location),
    ) {
        if is_compatible {
            self.changes_since_mut(since).for_each(|change| {
                change.cap_rust_effect(Effect::Compatible);
            });
        } else if before.0 != after.0
            && !self.changes_since_mut(since).any(|change| change.rust_effect == Effect::Breaking)
        {
            let text = format!("{} is `{}` in Rust, and was `{}`", site.quoted_name, after.0, before.0);
            self.report_change(
                &rules::values::RUST_TYPE_CHANGED,
                site,
                text,
                (Some(before.1), Some(after.1)),
            );
        }
    }

    /// Formats the Rust types of an old and a new schema as text. The two texts are equal if the Rust type stayed the
    /// same or was only renamed.
    pub(crate) fn format_rust_types(
        &self,
        before: (&partner_model::Schema, ValuePosition),
        after: (&partner_model::Schema, ValuePosition),
    ) -> (String, String) {
        (
            RustTypeFormatter::for_old_state(&self.pairs).format_schema_type(before.0, before.1),
            RustTypeFormatter::for_new_state(&self.pairs).format_schema_type(after.0, after.1),
        )
    }

    /// Returns the [`ChangeSite`] for changes of an operation: its docs page, the name of its method, and the affected
    /// Rust types. The affected types are types like `GetQuoteOperation`, each of which stands for a client method or a
    /// waiter of the operation.
    pub(crate) fn make_operation_change_site(
        &self,
        before: &Operation,
        after: &Operation,
        directions: Directions,
    ) -> ChangeSite {
        let methods = before
            .client_method_names_with_media_types()
            .into_iter()
            .chain(after.client_method_names_with_media_types())
            .map(|(method, _)| method);
        // A waiter is a method that repeats the call of an operation until a state is reached. It has the arguments and
        // the response of that call, so a change of the operation affects the waiter's signatures, too.
        let waiter_method_names =
            before.waiters.iter().chain(&after.waiters).map(|waiter| waiter.client_method_name.clone());
        let calls = methods.chain(waiter_method_names).map(|method| to_operation_type_name(&method));
        ChangeSite {
            page_title: page_title_or_module_name(after).to_owned(),
            quoted_name: format!("`{}`", after.client_method_name),
            client_method_names: vec![after.client_method_name.clone()],
            directions,
            affected_type_names: calls.collect(),
        }
    }

    /// Returns the [`ChangeSite`] for changes of a named type: its docs page, its names, and the affected Rust types.
    pub(crate) fn make_type_change_site(
        &self,
        before: Option<&str>,
        after: Option<&str>,
        directions: Directions,
    ) -> ChangeSite {
        let (name, users) = match (before, after) {
            (Some(before), _) if self.type_names_in_messages == TypeNamesInMessages::Old => {
                (before, &self.operations_by_type[0])
            }
            (_, Some(after)) => (after, &self.operations_by_type[1]),
            (before, None) => (before.unwrap_or_default(), &self.operations_by_type[0]),
        };
        ChangeSite {
            page_title: users.find_section_title_for_type(name),
            quoted_name: format!("`{name}`"),
            client_method_names: users.find_client_method_names_for_type(name),
            directions,
            affected_type_names: before.into_iter().chain(after).map(str::to_owned).collect(),
        }
    }
}
