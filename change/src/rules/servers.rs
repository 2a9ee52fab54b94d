//! Finds changes of servers, of the header with the API key, and of the envelope (the object around the `data` of all
//! responses).

use partner_model::names::{to_snake_case_name, to_variant_name};
use partner_model::{EnumValue, Environment, Model, Operation};

use crate::compare::Comparison;
use crate::matching::MatchingResult;
use crate::pairs::Directions;
use crate::rule::{Effect::*, Rule};
use crate::site::ChangeSite;

declare_rules! {
    SERVER_ADDED = Rule::new("server-added", "A server is added", "Programs keep the server that they use.")
        .with_request_effects(Compatible, Compatible);
    SERVER_REMOVED = Rule::new(
        "server-removed",
        "A server is removed",
        "Programs that use it reach nothing, and its value of `Environment` is gone.",
    ).with_request_effects(Breaking, Breaking).with_migration_advice("Use another server than `{old}`.");
    SERVER_RENAMED = Rule::new(
        "server-renamed",
        "A server has another name in `Environment`",
        "Its address is the same, so only Rust programs have to change.",
    ).with_request_effects(Unaffected, Breaking).with_migration_advice("Replace `Environment::{old}` with `Environment::{new}`.");
    SERVER_MOVED = Rule::new(
        "server-moved",
        "A server has another address",
        "Programs that were built with the old address reach another server, or none.",
    ).with_request_effects(Breaking, Compatible)
    .with_migration_advice("Build with the new version; the old one goes on calling {old}.");
    SERVER_VARIABLE_ADDED = Rule::new(
        "server-variable-added",
        "The address of a server has a variable",
        "Programs that do not set it use its default.",
    ).with_request_effects(Compatible, Compatible);
    SERVER_VARIABLE_REMOVED = Rule::new(
        "server-variable-removed",
        "The addresses of servers no longer have a variable",
        "Programs that set it reach another server than they meant, and its function is gone.",
    ).with_request_effects(Breaking, Breaking).with_migration_advice("Stop setting `{old}`.").not_visible_in_signatures();
    SERVER_VARIABLE_VALUE_ADDED = Rule::new(
        "server-variable-value-added",
        "A variable of servers can have other values",
        "Programs go on setting those that they know.",
    ).with_request_effects(Compatible, Compatible);
    SERVER_VARIABLE_VALUE_REMOVED = Rule::new(
        "server-variable-value-removed",
        "A variable of servers can no longer have some values",
        "Programs that set them reach no server, and their variants are gone.",
    ).with_request_effects(Breaking, Breaking).with_migration_advice("Set `{old}` to another value.");
    SERVER_VARIABLE_FREED = Rule::new(
        "server-variable-freed",
        "A variable of servers can have any value",
        "The values that were listed go on working; its function takes a string instead of an enum.",
    ).with_request_effects(Compatible, Breaking).with_migration_advice("Set `{old}` to a string.");
    SERVER_VARIABLE_LISTED = Rule::new(
        "server-variable-listed",
        "A variable of servers can only have values that are listed",
        "Programs that set others reach no server; its function takes an enum instead of a string.",
    ).with_request_effects(Breaking, Breaking)
    .with_migration_advice("Set `{old}` to a value of its enum.").not_visible_in_signatures();
    OPERATION_SERVER_CHANGED = Rule::new(
        "operation-server-changed",
        "The requests of an operation go to another server",
        "Programs that were built with the old address reach another server, or none.",
    ).with_request_effects(Breaking, Compatible)
    .with_migration_advice("Build with the new version; the old one goes on calling {old}.");
    CREDENTIAL_KINDS_CHANGED = Rule::new(
        "credential-kinds-changed",
        "The client takes other kinds of credentials",
        "What each operation accepts is compared by itself; the functions that make credentials are others.",
    ).with_request_effects(Unaffected, Breaking)
    .with_migration_advice("Make the credentials of the client with its new functions.").not_visible_in_signatures();
    KEY_HEADER_CHANGED = Rule::new(
        "key-header-changed",
        "The API key goes into another header",
        "The server does not find the key of programs that send the old header.",
    ).with_request_effects(Breaking, Compatible)
    .with_migration_advice("Build with the new version; the old one goes on sending `{old}`.");
    ENVELOPE_CHANGED = Rule::new(
        "envelope-changed",
        "All responses are wrapped differently",
        "Programs look for the response under keys that are not there.",
    ).with_response_effects(Breaking, Compatible)
    .with_migration_advice("Build with the new version; the old one cannot read the responses.");
}

pub(crate) fn report_changes(c: &mut Comparison<'_>) {
    let (before, after) = (c.before, c.after);
    let site = |name: &str, owners: &[&str]| ChangeSite {
        page_title: String::from("All pages"),
        quoted_name: name.to_owned(),
        client_method_names: Vec::new(),
        directions: Directions { sent: true, received: true },
        affected_type_names: owners.iter().map(|owner| (*owner).to_owned()).collect(),
    };
    compare_environments(c, &site("The servers", &["Environment"]));
    compare_relative_server_addresses(c, &site("The servers", &[]));
    compare_server_variables(c, &site);
    let places = (Some(&before.location), Some(&after.location));
    let header = |model: &Model| model.api_key_header_name().unwrap_or("no header").to_owned();
    let is_plain = |model: &Model| model.api_key_header_name().is_some() || model.security_schemes.is_empty();
    if !(is_plain(before) && is_plain(after)) {
        compare_credential_kinds(c, &site("The credentials", &[]));
    } else if !header(before).eq_ignore_ascii_case(&header(after)) {
        let text = format!("The API key goes into `{}`, and went into `{}`", header(after), header(before));
        c.report_change(&KEY_HEADER_CHANGED, &site("The API key", &[]), text, places)
            .fill_in_migration_advice(&header(before), &header(after));
    }
    let keys = |model: &Model| {
        model
            .envelope
            .as_ref()
            .map(|found| (found.success_property_name.clone(), found.data_property_name.clone()))
    };
    if keys(before) != keys(after) {
        let shown = |model: &Model| match keys(model) {
            Some((success, data)) => format!("under `{data}`, beside `{success}`"),
            None => String::from("not wrapped"),
        };
        let text = format!("Responses are {}, and were {}", shown(after), shown(before));
        let location =
            |model: &Model| model.envelope.as_ref().map_or(model.location.clone(), |e| e.location.clone());
        c.report_change(
            &ENVELOPE_CHANGED,
            &site("The envelope", &[]),
            text,
            (Some(&location(before)), Some(&location(after))),
        );
    }
}

/// Compares the kinds of credentials that the old and the new client take. The client's module `credentials` has a
/// function for each kind.
fn compare_credential_kinds(c: &mut Comparison<'_>, site: &ChangeSite) {
    let kinds = |model: &Model| {
        let kinds =
            model.security_schemes.iter().map(|scheme| format!("`{}`", to_snake_case_name(&scheme.name)));
        kinds.collect::<Vec<_>>().join(", ")
    };
    let (old, new) = (kinds(c.before), kinds(c.after));
    if old != new {
        let text = format!("The client takes the credentials {new}, and took {old}");
        let places = (Some(&c.before.location), Some(&c.after.location));
        c.report_change(&CREDENTIAL_KINDS_CHANGED, site, text, places);
    }
}

/// Compares the variables in the server addresses. If a document lists the values of a variable, the client has a Rust
/// enum with these values, so new and removed values affect Rust callers.
fn compare_server_variables(c: &mut Comparison<'_>, site: &impl Fn(&str, &[&str]) -> ChangeSite) {
    let matched = MatchingResult::match_by_name_or_score(
        &c.before.server_variables,
        &c.after.server_variables,
        |variable| variable.name.as_str(),
        |_, _| 0,
    );
    for variable in &matched.removed_items {
        let text = format!("The servers no longer have the variable `{}`", variable.name);
        let site = site("", &[&to_variant_name(&variable.name)]);
        c.report_change(&SERVER_VARIABLE_REMOVED, &site, text, (Some(&variable.key_location), None))
            .fill_in_migration_advice(&variable.name, "");
    }
    for variable in &matched.added_items {
        let text = format!("The servers have the variable `{}`", variable.name);
        let places = (None, Some(&variable.key_location));
        c.report_change(&SERVER_VARIABLE_ADDED, &site("", &[]), text, places);
    }
    for (b, a) in matched.matched_pairs() {
        let site = site("", &[&to_variant_name(&a.name)]);
        let mut report = |rule, text: String, places| {
            let text = format!("The variable `{}` of the servers {text}", a.name);
            c.report_change(rule, &site, text, places).fill_in_migration_advice(&a.name, &a.name);
        };
        let places = (Some(&b.key_location), Some(&a.key_location));
        match (&b.allowed_values, &a.allowed_values) {
            (Some(_), None) => {
                report(&SERVER_VARIABLE_FREED, String::from("can have any value"), places);
            }
            (None, Some(new)) => {
                let values = list_values(new.iter());
                report(&SERVER_VARIABLE_LISTED, format!("can only be {values}"), places);
            }
            (Some(old), Some(new)) => {
                if let Some(first) = subtract_values(new, old).next() {
                    let text = format!("can also be {}", list_values(subtract_values(new, old)));
                    report(&SERVER_VARIABLE_VALUE_ADDED, text, (None, Some(&first.location)));
                }
                if let Some(first) = subtract_values(old, new).next() {
                    let text = format!("can no longer be {}", list_values(subtract_values(old, new)));
                    report(&SERVER_VARIABLE_VALUE_REMOVED, text, (Some(&first.location), None));
                }
            }
            (None, None) => {}
        }
    }
}

/// Returns the values that are in `values`, but not in `others`.
fn subtract_values<'m>(
    values: &'m [EnumValue],
    others: &'m [EnumValue],
) -> impl Iterator<Item = &'m EnumValue> {
    values.iter().filter(|value| others.iter().all(|other| other.wire_value != value.wire_value))
}

fn list_values<'m>(values: impl Iterator<Item = &'m EnumValue>) -> String {
    values.map(|value| format!("`{}`", value.wire_value)).collect::<Vec<_>>().join(", ")
}

/// Compares the servers to which requests of an operation go. Nothing is compared if both the old and the new operation
/// use the servers of the whole document.
pub(super) fn compare_operation_servers(
    c: &mut Comparison<'_>,
    site: &ChangeSite,
    before: &Operation,
    after: &Operation,
) {
    if before.server_index == 0 && after.server_index == 0 {
        return;
    }
    let moved = c.before.environments.iter().find_map(|old| {
        let new = c.after.environments.iter().find(|new| new.variant_name == old.variant_name)?;
        let (old, new) = (old.servers.get(before.server_index)?, new.servers.get(after.server_index)?);
        (old != new).then(|| (old.url_template.clone(), new.url_template.clone()))
    });
    if let Some((old, new)) = moved {
        let text = format!("The requests of `{}` go to {new}, and went to {old}", after.client_method_name);
        let places = (Some(&before.id_location), Some(&after.id_location));
        c.report_change(&OPERATION_SERVER_CHANGED, site, text, places).fill_in_migration_advice(&old, &new);
    }
}

/// Compares the relative server addresses, like `/v1`. The enum `Environment` of the client does not contain them.
fn compare_relative_server_addresses(c: &mut Comparison<'_>, site: &ChangeSite) {
    let missing = |from: usize, to: usize| -> Vec<String> {
        let other = &c.unmodeled_parts[to].relative_server_addresses;
        c.unmodeled_parts[from]
            .relative_server_addresses
            .iter()
            .filter(|url| !other.contains(url))
            .cloned()
            .collect()
    };
    let (removed, added) = (missing(0, 1), missing(1, 0));
    let places = (Some(&c.before.location), Some(&c.after.location));
    if let ([old], [new]) = (&removed[..], &added[..]) {
        let text = format!("The server at {old} is at {new} now");
        c.report_change(&SERVER_MOVED, site, text, places).fill_in_migration_advice(old, new);
        return;
    }
    for url in &removed {
        let text = format!("The server at {url} is gone");
        c.report_change(&SERVER_REMOVED, site, text, places)
            .fill_in_migration_advice(url, "")
            .cap_rust_effect(Compatible);
    }
    for url in &added {
        c.report_change(&SERVER_ADDED, site, format!("The server at {url} is new"), places);
    }
}

fn compare_environments(c: &mut Comparison<'_>, site: &ChangeSite) {
    let (before, after) = (c.before, c.after);
    let score = |b: &Environment, a: &Environment| if b.default_url == a.default_url { 9 } else { 0 };
    let matched = MatchingResult::match_by_name_or_score(
        &before.environments,
        &after.environments,
        |server| server.variant_name.as_str(),
        score,
    );
    let places = (Some(&before.location), Some(&after.location));
    for (b, a) in matched.same_name_pairs.iter().filter(|(b, a)| b.default_url != a.default_url) {
        let text =
            format!("The server `{}` is at {}, and was at {}", a.variant_name, a.default_url, b.default_url);
        c.report_change(&SERVER_MOVED, site, text, places)
            .fill_in_migration_advice(&b.default_url, &a.default_url);
    }
    for (b, a) in &matched.renamed_pairs {
        let text = format!("The server `{}` is called `{}` now", b.variant_name, a.variant_name);
        c.report_change(&SERVER_RENAMED, site, text, places)
            .fill_in_migration_advice(&b.variant_name, &a.variant_name);
    }
    for server in &matched.removed_items {
        let text = format!("The server `{}` ({}) is gone", server.variant_name, server.default_url);
        c.report_change(&SERVER_REMOVED, site, text, places)
            .fill_in_migration_advice(&server.variant_name, "");
    }
    for server in &matched.added_items {
        c.report_change(
            &SERVER_ADDED,
            site,
            format!("The server `{}` ({}) is new", server.variant_name, server.default_url),
            places,
        );
    }
}
