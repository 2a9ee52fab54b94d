//! Reads the security schemes, and the security requirements that refer to them.

use std::collections::{BTreeSet, HashSet};

use partner_spec::{Entry, Findings, Node};

use crate::index::{DocumentIndex, requirements};
use crate::model::{CredentialPlace, SecurityScheme};
use crate::names::{can_become_identifier, to_snake_case_name};
use crate::operation::CredentialRequirement;
use crate::rules::security_scheme_unsupported;

/// Returns the security schemes to which security requirements refer, in the order of the document. Reports schemes
/// that no client can use, and leaves them out.
///
/// If the document has no requirements, returns the first scheme with an API key in a header, because a client needs
/// that key to call undocumented operations.
pub(super) fn read_usable_security_schemes(
    index: &DocumentIndex<'_>,
    found: &mut Findings,
) -> Vec<SecurityScheme> {
    let lists = index.operations().iter().map(|operation| operation.place.node.get_items("security"));
    let lists = lists.chain([index.root.get_items("security")]);
    let required: HashSet<&str> = lists
        .flatten()
        .filter_map(Node::as_object)
        .flat_map(|one| one.iter())
        .map(|e| e.key.as_str())
        .collect();
    let read = |entry: &Entry, found: &mut Findings| {
        let node = index.resolve_reference(&entry.node)?;
        match find_credential_place(node) {
            Ok(credential_place) => {
                let description = node.get_str("description").map(str::to_owned);
                Some(SecurityScheme { name: entry.key.clone(), credential_place, description })
            }
            Err(place) => {
                found.push(security_scheme_unsupported::new_finding(&entry.key, place));
                None
            }
        }
    };
    let is_required = |entry: &&Entry| required.contains(entry.key.as_str());
    let mut names = HashSet::new();
    let used = requirements::list_security_scheme_entries(index).filter(is_required).filter_map(|entry| {
        let scheme = read(entry, found)?;
        let name = to_snake_case_name(&scheme.name);
        if !can_become_identifier(&scheme.name) || !names.insert(name.clone()) {
            found.push(security_scheme_unsupported::new_unusable_scheme_name_finding(entry, &name));
        }
        Some(scheme)
    });
    let used: Vec<SecurityScheme> = used.collect();
    if used.is_empty() && required.is_empty() {
        let all = requirements::list_security_scheme_entries(index)
            .filter_map(|entry| read(entry, &mut Findings::new()));
        return all
            .filter(|scheme| matches!(scheme.credential_place, CredentialPlace::ApiKeyHeader(_)))
            .take(1)
            .collect();
    }
    used
}

/// Returns the part of a request that carries the credential of a scheme.
///
/// # Errors
///
/// If no client can send the credential, the error is the node of the unsupported value, e.g. of `cookie` in `in:
/// cookie`. If the value is missing, the error is the node of the scheme.
fn find_credential_place(scheme: &Node) -> Result<CredentialPlace, &Node> {
    let name = || scheme.get_str("name").unwrap_or_default().to_owned();
    let place = |key| scheme.get(key).unwrap_or(scheme);
    match (
        scheme.get_str("type"),
        scheme.get_str("in"),
        scheme.get_str("scheme").map(str::to_ascii_lowercase).as_deref(),
    ) {
        (Some("apiKey"), Some("header"), _) => Ok(CredentialPlace::ApiKeyHeader(name())),
        (Some("apiKey"), Some("query"), _) => Ok(CredentialPlace::ApiKeyQueryParameter(name())),
        (Some("apiKey"), ..) => Err(place("in")),
        (Some("http"), _, Some("basic")) => Ok(CredentialPlace::Basic),
        (Some("http"), _, Some("bearer")) => Ok(CredentialPlace::Bearer),
        (Some("http"), ..) => Err(place("scheme")),
        _ => Err(place("type")),
    }
}

/// Reads a list of security requirements. Returns whether calls need credentials, and the accepted combinations of
/// security schemes. Each combination is a list of indices into `schemes`: a call has to send the credentials of all
/// these schemes together.
pub(super) fn read_security_requirements(
    list: &[Node],
    schemes: &[SecurityScheme],
    found: &mut Findings,
) -> (CredentialRequirement, Vec<Vec<usize>>) {
    let mut credentials = Vec::new();
    let mut is_optional = list.is_empty();
    for requirement in list.iter().filter_map(Node::as_object) {
        let names =
            requirement.iter().map(|entry| schemes.iter().position(|scheme| scheme.name == entry.key));
        // A requirement is left out if one of its schemes is undeclared, or if no client can use the scheme. Such
        // schemes have been reported already.
        match names.collect::<Option<Vec<usize>>>() {
            Some(needed) if needed.is_empty() => is_optional = true,
            Some(needed) => {
                let places: BTreeSet<String> = needed
                    .iter()
                    .map(|index| describe_credential_place(&schemes[*index].credential_place))
                    .collect();
                if let Some(last) = requirement.iter().last().filter(|_| places.len() < needed.len()) {
                    found.push(security_scheme_unsupported::new_credential_conflict_finding(last));
                }
                credentials.push(needed);
            }
            None => {}
        }
    }
    let security = match (credentials.is_empty(), is_optional) {
        (true, _) => CredentialRequirement::Unauthenticated,
        (false, true) => CredentialRequirement::Optional,
        (false, false) => CredentialRequirement::Required,
    };
    (security, credentials)
}

/// Returns a description of the part of a request that carries a credential, e.g. `header x-api-key`. Two credentials
/// with the same description would overwrite each other.
fn describe_credential_place(place: &CredentialPlace) -> String {
    match place {
        CredentialPlace::ApiKeyHeader(name) => format!("header {}", name.to_ascii_lowercase()),
        CredentialPlace::ApiKeyQueryParameter(name) => format!("query {name}"),
        CredentialPlace::Basic | CredentialPlace::Bearer => String::from("header authorization"),
    }
}
