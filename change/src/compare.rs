//! Goes through two models side by side, and has each kind of change looked for.

use partner_model::{Model, Operation};
use partner_spec::Location;

use crate::change::Change;
use crate::pairs::{Direction, Operations, Pairs};
use crate::rule::{Effect, Effects, Rule};
use crate::rules;
use crate::rust::{Slot, Written, call_type};
use crate::site::Site;
use crate::state::State;
use crate::users::{Users, page};
use crate::wire::Wire;

/// Two models side by side, and what was found so far.
pub(crate) struct Comparison<'m> {
    pub(crate) before: &'m Model,
    pub(crate) after: &'m Model,
    /// What is not in the models.
    pub(crate) wire: [&'m Wire; 2],
    pub(crate) pairs: Pairs,
    users: [Users<'m>; 2],
    changes: Vec<Change>,
}

/// All changes from one state to another, by docs page and place.
pub fn compare(before: &State, after: &State) -> Vec<Change> {
    find(before, after).0
}

/// All changes, and the new names of renamed types by their old ones.
pub(crate) fn find(before: &State, after: &State) -> (Vec<Change>, Pairs) {
    let wire = [&before.wire, &after.wire];
    let (before, after) = (&before.model, &after.model);
    let operations = Operations::new(before, after);
    let pairs = Pairs::new(before, after, &operations.kept);
    let users = [Users::new(before), Users::new(after)];
    let mut comparison = Comparison { before, after, wire, pairs, users, changes: Vec::new() };
    rules::servers::check(&mut comparison);
    rules::operations::check(&mut comparison, &operations);
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
    /// Takes note of a change.
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

    /// How many changes were found so far.
    pub(crate) fn count(&self) -> usize {
        self.changes.len()
    }

    /// The changes that were found since then.
    pub(crate) fn changed_since(&mut self, since: usize) -> impl Iterator<Item = &mut Change> {
        self.changes.get_mut(since..).unwrap_or_default().iter_mut()
    }

    /// Keeps of the changes that were found since then what they mean on the wire.
    pub(crate) fn only_on_the_wire(&mut self, since: usize) {
        let found = self.changes.split_off(since);
        let on_the_wire = found.into_iter().map(|change| Change { rust: Effect::None, ..change });
        self.changes.extend(on_the_wire.filter(|change| change.effect() > Effect::None));
    }

    /// Whether two types are both objects, both enums or both unions.
    pub(crate) fn is_same_kind(&self, before: &str, after: &str) -> bool {
        let (before, after) = (self.before.types.get(before), self.after.types.get(after));
        match (before, after) {
            (Some(b), Some(a)) => std::mem::discriminant(&b.shape) == std::mem::discriminant(&a.shape),
            _ => before.is_none() && after.is_none(),
        }
    }

    /// Makes the changes that were found at a place since then say for Rust callers what is true there: nothing breaks
    /// where the type in Rust is the same, and something does where it is another one.
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

    /// The types of a schema in both states.
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

    /// The place of an operation, with the types of all its calls.
    pub(crate) fn operation_site(&self, before: &Operation, after: &Operation, direction: Direction) -> Site {
        let methods = before.methods().into_iter().chain(after.methods()).map(|(method, _)| method);
        // What a wait takes and gives is what the call does.
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

    /// The place of a type.
    pub(crate) fn type_site(&self, before: Option<&str>, after: Option<&str>, direction: Direction) -> Site {
        let name = after.or(before).unwrap_or_default();
        let users = if after.is_some() { &self.users[1] } else { &self.users[0] };
        Site {
            page: users.page(name),
            name: format!("`{name}`"),
            methods: users.methods(name),
            direction,
            owners: before.into_iter().chain(after).map(str::to_owned).collect(),
        }
    }
}
