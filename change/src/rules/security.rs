//! Whether an operation requires an API key.

use partner_model::{Operation, Security};

use crate::compare::Comparison;
use crate::rule::{Effect::*, Rule};
use crate::site::Site;

rules! {
    KEY_REQUIRED = Rule::new(
        "key-required",
        "An operation needs a key, and did not need one",
        "Programs that call it without a key are refused.",
    ).sent(Breaking, Compatible).migration("Give the client a key before calling `{old}`.");
    KEY_OPTIONAL = Rule::new(
        "key-optional",
        "An operation works without a key, and with one as before",
        "Programs that send a key go on doing so.",
    ).sent(Compatible, Compatible);
    KEY_TAKEN = Rule::new(
        "key-taken",
        "An operation that took no key takes one",
        "Programs that send none are served as before.",
    ).sent(Compatible, Compatible);
    KEY_UNUSED = Rule::new(
        "key-unused",
        "An operation takes no key any more",
        "Programs that send one are served all the same; the client stops sending it.",
    ).sent(Compatible, Compatible);
}

pub(super) fn check(c: &mut Comparison<'_>, site: &Site, before: &Operation, after: &Operation) {
    let (rule, text) = match (before.security, after.security) {
        (Security::None | Security::Optional, Security::Required) => (&KEY_REQUIRED, "needs a key now"),
        (Security::Required, Security::Optional) => (&KEY_OPTIONAL, "works without a key, too"),
        (Security::None, Security::Optional) => (&KEY_TAKEN, "takes a key, but does not need one"),
        (Security::Required | Security::Optional, Security::None) => (&KEY_UNUSED, "takes no key any more"),
        _ => return,
    };
    let places = (Some(&before.location), Some(&after.location));
    c.report(rule, site, format!("`{}` {text}", after.name), places).fill_in_names(&before.name, &after.name);
}
