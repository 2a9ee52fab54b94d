//! Compares two models: runs the checks for all kinds of changes.

use std::collections::BTreeMap;

use partner_model::{Model, Operation};
use partner_spec::Location;

use crate::change::Change;
use crate::pairs::{Direction, Operations, Pairs};
use crate::rule::{Effect, Effects, Rule};
use crate::rules;
use crate::rules::failures::Shared;
use crate::rust::{Slot, Written, call_type};
use crate::site::Site;
use crate::state::State;
use crate::users::{Users, page};
use crate::wire::Wire;

/// A comparison of two models, with the changes found so far.
pub(crate) struct Comparison<'m> {
    pub(crate) before: &'m Model,
    pub(crate) after: &'m Model,
    /// What is not in the models.
    pub(crate) wire: [&'m Wire; 2],
    pub(crate) pairs: Pairs,
    /// The state whose names the types have in sentences.
    names: Names,
    /// The operations that use each type, in the old and the new model.
    users: [Users<'m>; 2],
    changes: Vec<Change>,
    /// The values in failures that are still to be compared, by the locations of their old and new schemas.
    pub(crate) failures: BTreeMap<(Location, Location), Shared<'m>>,
}

/// The state whose names the types have in sentences about both.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Names {
    Old,
    New,
}

/// Finds all changes from one state to another, sorted by docs page and location.
pub fn compare(before: &State, after: &State) -> Vec<Change> {
    find(before, after, Names::New).0
}

/// Finds all changes. Also returns the matched types, with the new names of renamed ones.
pub(crate) fn find(before: &State, after: &State, names: Names) -> (Vec<Change>, Pairs) {
    let wire = [&before.wire, &after.wire];
    let (before, after) = (&before.model, &after.model);
    let operations = Operations::new(before, after);
    let pairs = Pairs::new(before, after, &operations.kept);
    let users = [Users::new(before), Users::new(after)];
    let (changes, failures) = (Vec::new(), BTreeMap::new());
    let mut comparison = Comparison { before, after, wire, pairs, names, users, changes, failures };
    rules::servers::check(&mut comparison);
    rules::operations::check(&mut comparison, &operations);
    rules::webhooks::check(&mut comparison);
    rules::schemas::check(&mut comparison);
    let Comparison { mut changes, pairs, .. } = comparison;
    let place = |change: &Change| change.after.clone().or_else(|| change.before.clone());
    changes.sort_by_cached_key(|change| {
        (
            change.page.clone(),
            std::cmp::Reverse(change.effect()),
            place(change),
            change.rule.id,
            change.text.clone(),
        )
    });
    (changes, pairs)
}

impl<'m> Comparison<'m> {
    /// Records a change with the effects that the rule has in the direction of the site.
    pub(crate) fn report(
        &mut self,
        rule: &'static Rule,
        site: &Site,
        text: impl Into<String>,
        places: (Option<&Location>, Option<&Location>),
    ) -> &mut Change {
        let seen = |is_seen: bool, effects: Effects| if is_seen { effects } else { Effects::default() };
        let sent = seen(site.direction.sent, rule.sent);
        let received = seen(site.direction.received, rule.received);
        self.changes.push(Change {
            rule,
            page: site.page.clone(),
            text: text.into(),
            request: sent.wire,
            response: received.wire,
            rust: sent.rust.max(received.rust),
            migration: (!rule.migration.is_empty()).then(|| rule.migration.to_owned()),
            before: places.0.cloned(),
            after: places.1.cloned(),
            owners: site.owners.clone(),
        });
        let last = self.changes.len() - 1;
        &mut self.changes[last]
    }

    /// The number of changes found so far, to be passed to [`Comparison::changed_since`] and the like later.
    pub(crate) fn count(&self) -> usize {
        self.changes.len()
    }

    /// The changes that were found since [`Comparison::count`] returned `since`.
    pub(crate) fn changed_since(&mut self, since: usize) -> impl Iterator<Item = &mut Change> {
        self.changes.get_mut(since..).unwrap_or_default().iter_mut()
    }

    /// Removes the effect on Rust callers from the changes found since [`Comparison::count`] returned `since`, and
    /// drops those that have no other effect.
    pub(crate) fn only_on_the_wire(&mut self, since: usize) {
        let found = self.changes.split_off(since);
        let on_the_wire = found.into_iter().map(|change| Change { rust: Effect::None, ..change });
        self.changes.extend(on_the_wire.filter(|change| change.effect() > Effect::None));
    }

    /// Whether an old and a new type are both objects, both enums or both unions.
    pub(crate) fn is_same_kind(&self, before: &str, after: &str) -> bool {
        let (before, after) = (self.before.types.get(before), self.after.types.get(after));
        match (before, after) {
            (Some(b), Some(a)) => std::mem::discriminant(&b.shape) == std::mem::discriminant(&a.shape),
            _ => before.is_none() && after.is_none(),
        }
    }

    /// Corrects the effect on Rust callers of the changes found since [`Comparison::count`] returned `since`. If the
    /// Rust type `is_same`, none of them breaks Rust callers; if the type is another one and none of them says so, a
    /// change of the Rust type is added. `before` and `after` are the Rust types with their locations.
    pub(crate) fn settle_rust(
        &mut self,
        since: usize,
        site: &Site,
        is_same: bool,
        before: (String, &Location),
        after: (String, &Location),
    ) {
        if is_same {
            self.changed_since(since).for_each(|change| {
                change.rust_at_most(Effect::Compatible);
            });
        } else if before.0 != after.0
            && !self.changed_since(since).any(|change| change.rust == Effect::Breaking)
        {
            let text = format!("{} is `{}` in Rust, and was `{}`", site.name, after.0, before.0);
            self.report(&rules::values::RUST_TYPE_CHANGED, site, text, (Some(before.1), Some(after.1)));
        }
    }

    /// The Rust types of an old and a new schema, in a form that can be compared.
    pub(crate) fn rust_types(
        &self,
        before: (&partner_model::Schema, Slot),
        after: (&partner_model::Schema, Slot),
    ) -> (String, String) {
        (
            Written::before(&self.pairs).schema(before.0, before.1),
            Written::after(&self.pairs).schema(after.0, after.1),
        )
    }

    /// The site of an operation. Its owners are the call types of all methods and waiters of the operation.
    pub(crate) fn operation_site(&self, before: &Operation, after: &Operation, direction: Direction) -> Site {
        let methods = before.methods().into_iter().chain(after.methods()).map(|(method, _)| method);
        // A wait has the same arguments and response as the call, so its signatures change as well.
        let waits = before.waiters.iter().chain(&after.waiters).map(|waiter| waiter.name.clone());
        let calls = methods.chain(waits).map(|method| call_type(&method));
        Site {
            page: page(after).to_owned(),
            name: format!("`{}`", after.name),
            methods: vec![after.name.clone()],
            direction,
            owners: calls.collect(),
        }
    }

    /// The site of a type.
    pub(crate) fn type_site(&self, before: Option<&str>, after: Option<&str>, direction: Direction) -> Site {
        let (name, users) = match (before, after) {
            (Some(before), _) if self.names == Names::Old => (before, &self.users[0]),
            (_, Some(after)) => (after, &self.users[1]),
            (before, None) => (before.unwrap_or_default(), &self.users[0]),
        };
        Site {
            page: users.page(name),
            name: format!("`{name}`"),
            methods: users.methods(name),
            direction,
            owners: before.into_iter().chain(after).map(str::to_owned).collect(),
        }
    }
}
