//! Finds changes of the credentials that operations require.

use std::collections::BTreeSet;

use partner_model::{CredentialPlace, CredentialRequirement, Model, Operation};

use crate::compare::Comparison;
use crate::rule::{Effect::*, Rule};
use crate::site::ChangeSite;

declare_rules! {
    KEY_REQUIRED = Rule::new(
        "key-required",
        "An operation needs a key, and did not need one",
        "Programs that call it without a key are refused.",
    ).with_request_effects(Breaking, Compatible).with_migration_advice("Give the client a key before calling `{old}`.");
    KEY_OPTIONAL = Rule::new(
        "key-optional",
        "An operation works without a key, and with one as before",
        "Programs that send a key go on doing so.",
    ).with_request_effects(Compatible, Compatible);
    KEY_TAKEN = Rule::new(
        "key-taken",
        "An operation that took no key takes one",
        "Programs that send none are served as before.",
    ).with_request_effects(Compatible, Compatible);
    KEY_UNUSED = Rule::new(
        "key-unused",
        "An operation takes no key any more",
        "Programs that send one are served all the same; the client stops sending it.",
    ).with_request_effects(Compatible, Compatible);
    CREDENTIALS_ADDED = Rule::new(
        "credentials-added",
        "An operation can be called with other credentials, too",
        "Programs that have the old ones go on sending them.",
    ).with_request_effects(Compatible, Compatible);
    CREDENTIALS_REMOVED = Rule::new(
        "credentials-removed",
        "An operation can no longer be called with some credentials",
        "Programs that have nothing else are refused.",
    ).with_request_effects(Breaking, Compatible).with_migration_advice("Give the client the credentials that `{new}` needs.");
}

pub(super) fn report_changes(
    c: &mut Comparison<'_>,
    site: &ChangeSite,
    before: &Operation,
    after: &Operation,
) {
    let places = (Some(&before.id_location), Some(&after.id_location));
    let found = match (before.credential_requirement, after.credential_requirement) {
        (
            CredentialRequirement::Unauthenticated | CredentialRequirement::Optional,
            CredentialRequirement::Required,
        ) => Some((&KEY_REQUIRED, "needs a key now")),
        (CredentialRequirement::Required, CredentialRequirement::Optional) => {
            Some((&KEY_OPTIONAL, "works without a key, too"))
        }
        (CredentialRequirement::Unauthenticated, CredentialRequirement::Optional) => {
            Some((&KEY_TAKEN, "takes a key, but does not need one"))
        }
        (
            CredentialRequirement::Required | CredentialRequirement::Optional,
            CredentialRequirement::Unauthenticated,
        ) => Some((&KEY_UNUSED, "takes no key any more")),
        _ => None,
    };
    if let Some((rule, text)) = found {
        c.report_change(rule, site, format!("`{}` {text}", after.client_method_name), places)
            .fill_in_migration_advice(&before.client_method_name, &after.client_method_name);
    }
    // If the only credential of the old and of the new API is an API key in a header, a change of this header is
    // reported once for the whole API. So the credentials of each operation are not compared.
    let both_use_only_api_key_header =
        c.before.api_key_header_name().is_some() && c.after.api_key_header_name().is_some();
    if !both_use_only_api_key_header
        && before.credential_requirement != CredentialRequirement::Unauthenticated
        && after.credential_requirement != CredentialRequirement::Unauthenticated
    {
        compare_credential_alternatives(c, site, before, after);
    }
}

/// Compares the credential alternatives that an operation accepts before and after a change, and reports the added and
/// the removed ones. An alternative is a set of credentials that a caller sends together.
fn compare_credential_alternatives(
    c: &mut Comparison<'_>,
    site: &ChangeSite,
    before: &Operation,
    after: &Operation,
) {
    let places = (Some(&before.id_location), Some(&after.id_location));
    let (old, new) = (
        describe_credential_alternatives(before, c.before),
        describe_credential_alternatives(after, c.after),
    );
    let missing = |from: &BTreeSet<String>, to: &BTreeSet<String>| -> Vec<String> {
        from.difference(to).cloned().collect()
    };
    for (rule, text, found) in [
        (&CREDENTIALS_ADDED, "can also be called with", missing(&new, &old)),
        (&CREDENTIALS_REMOVED, "can no longer be called with", missing(&old, &new)),
    ] {
        if !found.is_empty() {
            let text = format!("`{}` {text} {}", after.client_method_name, found.join(" or "));
            c.report_change(rule, site, text, places)
                .fill_in_migration_advice(&before.client_method_name, &after.client_method_name);
        }
    }
}

/// Describes the credentials that an operation accepts. Each text describes one alternative, like `a bearer token`. A
/// caller has to send the credentials of one alternative.
fn describe_credential_alternatives(operation: &Operation, model: &Model) -> BTreeSet<String> {
    let alternative = |schemes: &Vec<usize>| {
        let kinds =
            schemes.iter().filter_map(|index| model.security_schemes.get(*index)).map(|scheme| match &scheme
                .credential_place
            {
                CredentialPlace::ApiKeyHeader(name) => format!("the header `{}`", name.to_ascii_lowercase()),
                CredentialPlace::ApiKeyQueryParameter(name) => format!("the query parameter `{name}`"),
                CredentialPlace::Basic => String::from("a user name and a password"),
                CredentialPlace::Bearer => String::from("a bearer token"),
            });
        kinds.collect::<BTreeSet<String>>().into_iter().collect::<Vec<_>>().join(" and ")
    };
    operation.credential_alternatives.iter().map(alternative).collect()
}
