use partner_spec::{Entry, Finding, Location, Node, ObjectKind, Profile, Rule, Value};

use crate::findings::RuleFindings;
use crate::index::{DocumentIndex, Place};
use crate::keys::{self, KeyTreatment};

pub(crate) static RULE: Rule =
    Rule::error("key-unsupported", Profile::Generator, include_str!("key_unsupported.md")).blocking();

/// Reports each key that would change requests, but that no generated client supports. These keys are listed, with the
/// id of this rule, in the table `KEY_TREATMENTS`. Also reports a request body of a TRACE operation.
pub(super) fn check_document(index: &DocumentIndex<'_>, found: &mut RuleFindings) {
    for place in index.places().iter().filter(|place| !place.is_reference()) {
        for entry in place.node.as_object().into_iter().flat_map(|object| object.iter()) {
            let is_refused =
                keys::find_key_treatment(place.kind, &entry.key) == Some(KeyTreatment::Refused(RULE.id));
            if is_refused && !means_same_as_absent_key(&entry.node) && are_keys_checked(index, place) {
                found
                    .report_at(&entry.key_location, make_message(entry, "the client would leave it out"))
                    .with_help(HELP);
            }
        }
        if place.kind == ObjectKind::Operation && place.key_in_parent == "trace" {
            let body = place.node.as_object().and_then(|object| object.entry("requestBody"));
            if let Some(body) = body.filter(|_| are_keys_checked(index, place)) {
                found
                    .report_at(&body.key_location, "a TRACE request has no body (RFC 9110, 9.3.8)")
                    .with_help("leave it out");
            }
        }
    }
}

/// Whether this rule checks the keys of an object. The keys of objects in callbacks, links and response headers are not
/// checked: a callback describes requests that the client receives instead of sending them, and links and response
/// headers are only documentation.
fn are_keys_checked(index: &DocumentIndex<'_>, place: &Place<'_>) -> bool {
    // The keys of an `encoding` are not checked here, but in `read_part_encoding`, because some of these keys work in
    // only one of the two media types for forms.
    place.kind != ObjectKind::Encoding
        && !index
            .ancestors(place)
            .any(|holder| matches!(holder.kind, ObjectKind::Callback | ObjectKind::Link | ObjectKind::Header))
}

/// Whether a key with the value `node` means the same as an absent key. This is so if the value is `false`, an empty
/// list or an empty object.
pub(crate) fn means_same_as_absent_key(node: &Node) -> bool {
    match &node.value {
        Value::Bool(flag) => !flag,
        Value::Array(items) => items.is_empty(),
        Value::Object(object) => object.is_empty(),
        _ => false,
    }
}

const HELP: &str = "`docs/openapi-support.md` lists what can be generated";

fn make_message(entry: &Entry, why: &str) -> String {
    format!("`{}` changes what is sent here, and {why}", entry.key)
}

/// Returns the finding about a key that would change what clients send, but that the generated clients do not support.
/// `why` is the end of the finding's message.
pub(crate) fn new_finding(entry: &Entry, why: &str) -> Finding {
    Finding::new(&RULE, &entry.key_location, make_message(entry, why)).with_help(HELP)
}

/// Returns the finding about a server that no client can use. `why` is the message.
pub(crate) fn new_unusable_server_finding(location: &Location, why: impl Into<String>) -> Finding {
    Finding::new(&RULE, location, why)
}

/// Returns the finding about two server variables, or two values of one variable, that would have the same name in
/// Rust.
pub(crate) fn new_same_rust_name_finding(name: &str, other: &str, location: &Location) -> Finding {
    new_unusable_server_finding(location, format!("`{name}` and `{other}` have the same name in Rust"))
}

/// Returns the finding about a part of a form whose values the client cannot serialize. `name` is the name of the part.
pub(crate) fn new_unserializable_part_finding(name: &str, location: &Location) -> Finding {
    Finding::new(&RULE, location, format!("the values of `{name}` cannot be a part of this form")).with_help(
        "text, numbers and lists of them can; an object is JSON with `contentType: application/json`",
    )
}
