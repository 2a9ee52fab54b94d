//! Compares the public signatures of the old and the new client: a second way to find what breaks for Rust callers.
//!
//! The signatures come from the generator, independently of the changes found in the documents. Where the two results
//! contradict each other, one of them is wrong, and the report shows both.

mod parse;

use std::collections::{BTreeMap, BTreeSet};

use crate::change::Change;
use crate::rule::Effect;
use parse::{Entries, Entry, entries};

/// A contradiction between the changes of the documents and the public signatures about what breaks Rust callers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Disagreement {
    /// Signatures changed in a breaking way, but no change of the document explains this.
    Unexplained {
        /// The type to which the signatures belong.
        owner: String,
        /// The signatures that were removed or changed.
        signatures: Vec<String>,
    },
    /// A change of the document should break Rust callers, but the signatures are the same.
    Unconfirmed {
        /// The text of the change.
        text: String,
    },
}

/// Compares the public signatures of two clients, and checks that the changes explain every break. `renamed` has the
/// new names of renamed types by their old names.
pub(crate) fn compare(
    before: &str,
    after: &str,
    renamed: &BTreeMap<String, String>,
    changes: &[Change],
) -> Vec<Disagreement> {
    let (before, after) = (entries(before, renamed), entries(after, &BTreeMap::new()));
    let broken = find_broken(&before, &after);
    let breaking: Vec<&Change> = changes.iter().filter(|change| change.rust == Effect::Breaking).collect();
    let explained: BTreeSet<&str> =
        breaking.iter().flat_map(|change| &change.owners).map(String::as_str).collect();
    let unexplained = broken.iter().filter(|(owner, _)| !explained.contains(owner.as_str()));
    let unexplained = unexplained.map(|(owner, signatures)| Disagreement::Unexplained {
        owner: owner.clone(),
        signatures: signatures.clone(),
    });
    let is_confirmed = |change: &&&Change| {
        let is_gone = |owner: &String| renamed.contains_key(owner);
        !change.rule.in_signatures
            || change.owners.iter().any(|owner| broken.contains_key(owner) || is_gone(owner))
    };
    let unconfirmed = breaking.iter().filter(|change| !is_confirmed(change));
    let unconfirmed = unconfirmed.map(|change| Disagreement::Unconfirmed { text: change.text.clone() });
    unexplained.chain(unconfirmed).collect()
}

/// The old signatures that callers can no longer use as before, by the type to which they belong.
fn find_broken(before: &Entries, after: &Entries) -> BTreeMap<String, Vec<String>> {
    let mut broken: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for ((owner, name), entry) in before {
        let now = after.get(&(owner.clone(), name.clone()));
        let is_other = |now: &Entry| {
            now.text != entry.text
                || (now.is_open && !entry.is_open)
                || is_reordered(&entry.names, &now.names)
                || now.arguments.len() != entry.arguments.len()
                || !entry.arguments.iter().zip(&now.arguments).all(|(old, new)| takes(old, new))
        };
        if now.is_none_or(is_other) {
            broken.entry(owner.clone()).or_default().push(entry.shown.clone());
        }
    }
    // The literal of what a constructor requires has all of its fields.
    for ((owner, name), entry) in after {
        let is_new = !before.contains_key(&(owner.clone(), name.clone()));
        if is_new
            && name.starts_with("required ")
            && before.contains_key(&(owner.clone(), "required".to_owned()))
        {
            broken.entry(owner.clone()).or_default().push(entry.shown.clone());
        }
    }
    // A `match` on an enum that is not open needs an arm for each variant.
    let closed: BTreeSet<&String> =
        before.iter().filter(|(_, entry)| entry.is_closed_enum).map(|((owner, _), _)| owner).collect();
    for ((owner, name), entry) in after {
        let is_new_variant =
            name.starts_with("variant ") && !before.contains_key(&(owner.clone(), name.clone()));
        if is_new_variant && closed.contains(owner) {
            broken.entry(owner.clone()).or_default().push(entry.shown.clone());
        }
    }
    broken
}

/// Whether the same arguments are in another order.
fn is_reordered(before: &[String], after: &[String]) -> bool {
    let sorted = |names: &[String]| {
        let mut names = names.to_vec();
        names.sort();
        names
    };
    before != after && sorted(before) == sorted(after)
}

/// Whether an argument of type `after` accepts everything that an argument of type `before` accepted.
fn takes(before: &str, after: &str) -> bool {
    let Some(taken) = after.strip_prefix("implInto<").and_then(|rest| rest.strip_suffix('>')) else {
        return before == after;
    };
    let name = |ty: &str| ty.rsplit("::").next().unwrap_or_default().to_owned();
    before == after || before == taken || crate::rust::takes(&name(before), &name(taken))
}
