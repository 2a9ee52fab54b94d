use std::collections::HashMap;

use super::extensions;
use super::properties_and_parameters::{PropertyOrParameter, list_properties};
use super::words::split_into_words;
use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_document(&RULE, check);

static RULE: Rule =
    Rule::error("sensitive-missing", Profile::Workspace, include_str!("sensitive_missing.md"));

/// The endings of the names of sensitive values: of secrets, card data, account data and personal data.
const SENSITIVE_NAME_ENDINGS: [&str; 68] = [
    "access key",
    "access token",
    "account holder",
    "account number",
    "api key",
    "api token",
    "auth token",
    "bearer token",
    "birth date",
    "card number",
    "card last digits",
    "cbu",
    "client secret",
    "cvc",
    "cvu",
    "cvv",
    "date of birth",
    "dob",
    "document number",
    "email",
    "email address",
    "family name",
    "first name",
    "full name",
    "given name",
    "holder name",
    "iban",
    "iban last4",
    "account number last4",
    "id number",
    "id token",
    "last name",
    "middle name",
    "mnemonic",
    "mobile number",
    "national id",
    "one time password",
    "otp",
    "pan",
    "passcode",
    "passphrase",
    "passport number",
    "password",
    "pesel",
    "phone",
    "phone number",
    "pin",
    "pin code",
    "post code",
    "postal code",
    "postcode",
    "private key",
    "refresh token",
    "routing number",
    "secret",
    "secret key",
    "security code",
    "seed phrase",
    "session token",
    "share token",
    "signature",
    "signing key",
    "social security number",
    "sort code",
    "ssn",
    "street",
    "tax id",
    "zip code",
];

/// If at least this number of properties with the same name have `x-sensitive: true`, the other properties with this
/// name may be reported for not having it.
const MIN_SENSITIVE_PROPERTIES_PER_NAME: usize = 2;

/// The numbers of properties with one name: how many have `x-sensitive: true`, and how many do not.
#[derive(Default)]
struct SensitivityCounts<'a> {
    /// How many of the properties with the same name have `x-sensitive: true`.
    sensitive_count: usize,
    /// How many of the properties with the same name do not have `x-sensitive: true`.
    not_sensitive_count: usize,
    /// Among the properties with the same name, the location of the first one that has `x-sensitive: true`.
    first_sensitive_location: Option<&'a Location>,
}

fn check(model: &Model<'_>, found: &mut RuleFindings) {
    let values: Vec<PropertyOrParameter<'_>> = list_properties(model).filter(is_text).collect();
    let mut uses: HashMap<&str, SensitivityCounts<'_>> = HashMap::new();
    for value in &values {
        let uses = uses.entry(value.name).or_default();
        if value.declaring_node.value_is_true("x-sensitive") {
            uses.sensitive_count += 1;
            uses.first_sensitive_location.get_or_insert(value.name_location);
        } else {
            uses.not_sensitive_count += 1;
        }
    }
    let unmarked = |node: &Node| {
        node.get("x-sensitive").is_none() && !extensions::has_misspelling_of("x-sensitive", node)
    };
    for value in values.iter().filter(|value| unmarked(value.declaring_node)) {
        let message = format!("`{}` is not marked as sensitive", value.name);
        let help = "add `x-sensitive: true`; if everybody may see it, allow it with a reason";
        let elsewhere = uses.get(value.name).filter(|uses| {
            uses.sensitive_count >= MIN_SENSITIVE_PROPERTIES_PER_NAME
                && uses.sensitive_count > uses.not_sensitive_count
        });
        if says_sensitive(value.name) {
            found.report_at(value.name_location, message).with_help(help);
        } else if let Some(first) = elsewhere.and_then(|uses| uses.first_sensitive_location) {
            found
                .report_at(value.name_location, message)
                .with_help(help)
                .with_related_location(first, "elsewhere the same name is");
        }
    }
}

fn is_text(value: &PropertyOrParameter<'_>) -> bool {
    matches!(value.schema.get_str("type"), Some("string" | "integer" | "number"))
        && value.schema.get("enum").is_none()
}

fn says_sensitive(name: &str) -> bool {
    let words = split_into_words(name);
    let ends = |count: usize| {
        words.len() >= count
            && SENSITIVE_NAME_ENDINGS.contains(&words[words.len() - count..].join(" ").as_str())
    };
    (1..=3).any(ends) || words == ["token"]
}

#[cfg(test)]
mod tests {
    use super::says_sensitive;

    #[test]
    fn secrets_and_personal_data_are_recognized_by_name() {
        for name in
            ["webhookSecret", "api_key", "cardNumber", "destinationIban", "receiverFirstName", "token", "pin"]
        {
            assert!(says_sensitive(name), "{name}");
        }
        for name in
            ["token_address", "gasToken", "pin_set", "error_key", "name", "tokens", "secretary", "span"]
        {
            assert!(!says_sensitive(name), "{name}");
        }
    }
}
