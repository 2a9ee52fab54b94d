use email_address::EmailAddress;
use partner_spec::{Kind, Severity};

use crate::Profile;
use crate::model::{Model, Place};
use crate::rules::{Check, Findings, Rule};

pub(super) const RULE: Rule = Rule {
    id: "email-malformed",
    severity: Severity::Error,
    profile: Profile::Openapi,
    check: Check::Each(Kind::Contact, check),
    page: include_str!("email_malformed.md"),
};

fn check(_: &Model<'_>, contact: &Place<'_>, found: &mut Findings) {
    let Some(email) = contact.node.get("email") else { return };
    if let Some(text) = email.as_str().filter(|text| !EmailAddress::is_valid(text)) {
        found
            .at(&email.location, format!("`{text}` is no email address"))
            .help("an address looks like `support@example.com`");
    }
}
