//! What failures hold. The model does not have it, because in Rust all failures are one type.

use partner_model::{Model, Operation, Response};
use partner_spec::Location;

use super::enums::{ENUM_VALUE_ADDED, ENUM_VALUE_REMOVED};
use super::limits;
use super::responses::{FAILURE_BODY_CHANGED, FAILURE_BODY_EXTENDED, beside_the_model};
use super::values::{ENUM_FROM_STRING, STRING_FROM_ENUM};
use crate::compare::Comparison;
use crate::rule::Effect::Compatible;
use crate::site::Site;
use crate::users::SHARED;
use crate::wire::Part;

/// A value in failures whose form is the same in both states.
pub(crate) struct Shared<'m> {
    /// The operations that can fail in this way.
    site: Site,
    before: &'m Part,
    after: &'m Part,
}

/// Compares the bodies of a failure. Enums and limits in them are compared later, by [`check_values`], because many failures
/// have the same body.
pub(super) fn check(
    c: &mut Comparison<'_>,
    site: &Site,
    before: (&Operation, &Response),
    after: (&Operation, &Response),
) {
    let Some((old, new)) = beside_the_model(c, before, after) else { return };
    let (old, new) = (&old.body, &new.body);
    for (key, was) in old {
        let Some(is) = new.get(key).filter(|is| is.form == was.form) else { continue };
        let is_same = is.values == was.values && is.about.limits == was.about.limits;
        let Some(places) = was.location.clone().zip(is.location.clone()).filter(|_| !is_same) else {
            continue;
        };
        let shared = c.failures.entry(places).or_insert_with(|| {
            let site = Site { methods: Vec::new(), name: format!("`{key}`"), ..site.clone() };
            Shared { site, before: was, after: is }
        });
        if site.page != shared.site.page {
            shared.site.page = SHARED.to_owned();
        }
        let methods = &mut shared.site.methods;
        methods.extend(
            site.methods.iter().filter(|method| !methods.contains(method)).cloned().collect::<Vec<_>>(),
        );
    }
    let changed: Vec<&String> = old
        .iter()
        .filter(|(key, was)| new.get(*key).is_none_or(|is| is.form != was.form))
        .map(|(key, _)| key)
        .collect();
    let added: Vec<&String> = new.keys().filter(|key| !old.contains_key(*key)).collect();
    let (rule, keys, word) = match (changed.is_empty(), added.is_empty()) {
        (true, true) => return,
        (true, false) => (&FAILURE_BODY_EXTENDED, added, "holds more"),
        (false, _) => (&FAILURE_BODY_CHANGED, changed, "no longer holds what it did"),
    };
    // If a whole object was added or removed, its keys are not listed.
    let is_inside = |key: &str| keys.iter().any(|outer| key.starts_with(&format!("{outer}.")));
    let keys: Vec<&&String> = keys.iter().filter(|key| !is_inside(key)).collect();
    let shown: Vec<String> = keys.iter().take(4).map(|key| format!("`{key}`")).collect();
    let more = keys.len().saturating_sub(shown.len());
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let text = format!("The failure {} of {} {word}: {}{more}", after.1.status, site.who(), shown.join(", "));
    c.report(rule, site, text, (Some(&before.1.location), Some(&after.1.location)))
        .fill_in_names(&before.0.name, &after.0.name);
}

/// Compares the enums and limits of the values in failures, each pair of schemas once.
pub(super) fn check_values(c: &mut Comparison<'_>) {
    for ((old, new), Shared { site, before, after }) in std::mem::take(&mut c.failures) {
        // Types are compared as such.
        if has_type(c.before, &old) && has_type(c.after, &new) {
            continue;
        }
        let name = format!("{} in failures of {}", site.name, site.who());
        let site = site.called(&name);
        let since = c.count();
        limits::check(c, &site, (&before.about, &old), (&after.about, &new));
        check_enum(c, &site, (before, &old), (after, &new));
        // The type of failures in Rust has neither enums nor limits of the document.
        c.changed_since(since).for_each(|change| {
            change.rust_at_most(Compatible);
        });
    }
}

/// Whether the schema at a location is a type of the model.
fn has_type(model: &Model, location: &Location) -> bool {
    model.types.values().any(|definition| definition.location == *location)
}

fn check_enum(
    c: &mut Comparison<'_>,
    site: &Site,
    (before, old): (&Part, &Location),
    (after, new): (&Part, &Location),
) {
    let places = (Some(old), Some(new));
    let list = |values: Vec<&String>| values.iter().map(|v| format!("`{v}`")).collect::<Vec<_>>().join(", ");
    let (removed, added): (Vec<_>, Vec<_>) = (
        before.values.difference(&after.values).collect(),
        after.values.difference(&before.values).collect(),
    );
    match (before.values.is_empty(), after.values.is_empty()) {
        (true, true) => {}
        (true, false) => {
            let text = format!("{} is one of {}", site.name, list(added));
            c.report(&ENUM_FROM_STRING, site, text, places);
        }
        (false, true) => {
            c.report(&STRING_FROM_ENUM, site, format!("{} can be any string", site.name), places);
        }
        (false, false) => {
            if !removed.is_empty() {
                let text = format!("{} is no longer {}", site.name, list(removed));
                c.report(&ENUM_VALUE_REMOVED, site, text, places).fill_in_names(&site.name, "");
            }
            if !added.is_empty() {
                let text = format!("{} can also be {}", site.name, list(added));
                c.report(&ENUM_VALUE_ADDED, site, text, places);
            }
        }
    }
}
