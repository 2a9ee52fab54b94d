//! Compares the public signatures of the old and the new client, as a second way to find what breaks Rust callers.
//!
//! The first way is to compare the OpenAPI documents. The second way is independent of the first, because the
//! signatures come from the code generator. If the two ways lead to different results, one of the results is wrong, and
//! the report shows both.

mod parse;

use std::collections::{BTreeMap, BTreeSet};

use crate::change::Change;
use crate::rule::Effect;
use parse::{PublicSignature, SignaturesByOwnerAndName, parse_signatures};

/// A contradiction: only one of the two ways, the changed public signatures or the changed OpenAPI document, shows that
/// Rust callers break.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignatureDisagreement {
    /// The signatures of a type changed in a breaking way, but no breaking change of the OpenAPI document affects this
    /// type.
    UnexplainedBreak {
        /// The name of the type whose signatures changed.
        type_name: String,
        /// The signatures that were removed, changed or added.
        differing_signatures: Vec<String>,
    },
    /// A change of the OpenAPI document is reported as breaking for Rust callers, but the signatures of the types that
    /// it affects did not change in a breaking way.
    UnconfirmedBreak {
        /// The message that describes the change in reports.
        change_message: String,
    },
}

/// Returns the disagreements of two kinds. The first kind is a type whose signatures changed in a breaking way although
/// no breaking change of the OpenAPI document affects the type. The second kind is a breaking change of the document
/// that affects no type whose signatures changed in a breaking way. `new_type_names` maps the old names of renamed
/// types to their new names.
pub(crate) fn find_signature_disagreements(
    before: &str,
    after: &str,
    new_type_names: &BTreeMap<String, String>,
    changes: &[Change],
) -> Vec<SignatureDisagreement> {
    let (before, after) =
        (parse_signatures(before, new_type_names), parse_signatures(after, &BTreeMap::new()));
    let broken = find_breaking_signatures(&before, &after);
    let breaking: Vec<&Change> =
        changes.iter().filter(|change| change.rust_effect == Effect::Breaking).collect();
    let explained: BTreeSet<&str> =
        breaking.iter().flat_map(|change| &change.affected_type_names).map(String::as_str).collect();
    let unexplained = broken.iter().filter(|(owner, _)| !explained.contains(owner.as_str()));
    let unexplained = unexplained.map(|(owner, signatures)| SignatureDisagreement::UnexplainedBreak {
        type_name: owner.clone(),
        differing_signatures: signatures.clone(),
    });
    let is_confirmed = |change: &&&Change| {
        let is_gone = |owner: &String| new_type_names.contains_key(owner);
        !change.rule.is_visible_in_signatures
            || change.affected_type_names.iter().any(|owner| broken.contains_key(owner) || is_gone(owner))
    };
    let unconfirmed = breaking.iter().filter(|change| !is_confirmed(change));
    let unconfirmed = unconfirmed
        .map(|change| SignatureDisagreement::UnconfirmedBreak { change_message: change.message.clone() });
    unexplained.chain(unconfirmed).collect()
}

/// Finds the signatures whose removal, change or addition breaks callers, grouped by the type to which they belong.
fn find_breaking_signatures(
    before: &SignaturesByOwnerAndName,
    after: &SignaturesByOwnerAndName,
) -> BTreeMap<String, Vec<String>> {
    let mut broken: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for ((owner, name), entry) in before {
        let now = after.get(&(owner.clone(), name.clone()));
        let is_other = |now: &PublicSignature| {
            now.signature_without_arguments != entry.signature_without_arguments
                || (now.is_non_exhaustive && !entry.is_non_exhaustive)
                || are_arguments_reordered(&entry.argument_names, &now.argument_names)
                || now.argument_types.len() != entry.argument_types.len()
                || !entry
                    .argument_types
                    .iter()
                    .zip(&now.argument_types)
                    .all(|(old, new)| accepts_all_former_values(old, new))
        };
        if now.is_none_or(is_other) {
            broken.entry(owner.clone()).or_default().push(entry.display_text.clone());
        }
    }
    // Callers create a `…Required` struct with a struct literal, which has to name all fields of the struct. So an
    // added field breaks callers.
    for ((owner, name), entry) in after {
        let is_new = !before.contains_key(&(owner.clone(), name.clone()));
        if is_new
            && name.starts_with("required ")
            && before.contains_key(&(owner.clone(), "required".to_owned()))
        {
            broken.entry(owner.clone()).or_default().push(entry.display_text.clone());
        }
    }
    // A `match` on an enum without `#[non_exhaustive]` needs an arm for each variant, so an added variant breaks
    // callers.
    let exhaustive_enum_names: BTreeSet<&String> =
        before.iter().filter(|(_, entry)| entry.is_exhaustive_enum).map(|((owner, _), _)| owner).collect();
    for ((owner, name), entry) in after {
        let is_new_variant =
            name.starts_with("variant ") && !before.contains_key(&(owner.clone(), name.clone()));
        if is_new_variant && exhaustive_enum_names.contains(owner) {
            broken.entry(owner.clone()).or_default().push(entry.display_text.clone());
        }
    }
    broken
}

/// Whether the arguments of a function were reordered: both lists have the same names in different orders.
fn are_arguments_reordered(before: &[String], after: &[String]) -> bool {
    let sorted = |names: &[String]| {
        let mut names = names.to_vec();
        names.sort();
        names
    };
    before != after && sorted(before) == sorted(after)
}

/// Whether an argument of type `after` accepts all values that an argument of type `before` accepted.
fn accepts_all_former_values(before: &str, after: &str) -> bool {
    let Some(taken) = after.strip_prefix("implInto<").and_then(|rest| rest.strip_suffix('>')) else {
        return before == after;
    };
    let name = |ty: &str| ty.rsplit("::").next().unwrap_or_default().to_owned();
    before == after
        || before == taken
        || crate::rust::argument_accepts_former_type(&name(before), &name(taken))
}
