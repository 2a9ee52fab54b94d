use partner_spec::{Diagnostic, Location, Profile, Rule};

pub(crate) static RULE: Rule =
    Rule::error("x-pagination-pointer", Profile::Generator, include_str!("x_pagination_pointer.md"))
        .blocking();

/// A pointer of `x-pagination` that does not lead to what it should.
pub(crate) fn report(operation: &str, what: &str, location: &Location) -> Diagnostic {
    Diagnostic::new(&RULE, location, format!("`{operation}`: {what}"))
}
