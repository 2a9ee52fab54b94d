use partner_spec::{Finding, Profile, Rule, advise_on_unknown_name};

use crate::pointer::LocatedString;
use crate::types::Field;

pub(crate) static RULE: Rule =
    Rule::error("required-undeclared", Profile::Generator, include_str!("required_undeclared.md"))
        .warning_in_earlier_profiles()
        .blocking();

/// Returns the finding about a name in `required` that is not in `properties`.
pub(crate) fn new_finding(required: &LocatedString, fields: &[Field]) -> Finding {
    let name = &required.text;
    let close = advise_on_unknown_name(name, fields.iter().map(|field| field.name.as_str()));
    let close = close.filter(|help| help.starts_with("did you mean"));
    Finding::new(&RULE, &required.location, format!("`{name}` is required, but there is no such property"))
        .with_help(close.unwrap_or_else(|| String::from("declare it in `properties`, or take it away")))
}
