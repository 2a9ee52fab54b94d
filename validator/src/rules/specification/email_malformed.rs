use email_address::EmailAddress;

use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_each_object(&RULE, ObjectKind::Contact, check);

static RULE: Rule = Rule::error("email-malformed", Profile::OpenApi, include_str!("email_malformed.md"));

fn check(_: &Model<'_>, contact: &Place<'_>, found: &mut RuleFindings) {
    let Some(email) = contact.node.get("email") else { return };
    if let Some(text) = email.as_str().filter(|text| !EmailAddress::is_valid(text)) {
        found
            .report_at(&email.location, format!("`{text}` is no email address"))
            .with_help("an address looks like `support@example.com`");
    }
}
