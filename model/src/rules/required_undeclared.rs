use partner_spec::{Diagnostic, Profile, Rule, suggest_name};

use crate::pointer::LocatedString;
use crate::types::Field;

pub(crate) static RULE: Rule =
    Rule::error("required-undeclared", Profile::Generator, include_str!("required_undeclared.md"))
        .warning_in_earlier_profiles()
        .blocking();

/// Returns the finding about a name in `required` for which there is no property.
pub(crate) fn new_finding(required: &LocatedString, fields: &[Field]) -> Diagnostic {
    let name = &required.text;
    let close = suggest_name(name, fields.iter().map(|field| field.name.as_str()));
    let close = close.filter(|help| help.starts_with("did you mean"));
    Diagnostic::new(&RULE, &required.location, format!("`{name}` is required, but there is no such property"))
        .with_help(close.unwrap_or_else(|| String::from("declare it in `properties`, or take it away")))
}
