use partner_spec::{Diagnostic, Location, Profile, Rule};

pub(crate) static RULE: Rule =
    Rule::error("one-of-recursive", Profile::Generator, include_str!("one_of_recursive.md")).blocking();

/// A union that holds itself.
pub(crate) fn report(name: &str, location: &Location) -> Diagnostic {
    let message =
        format!("a `{name}` can directly hold another `{name}`, without a list or a map in between");
    Diagnostic::new(&RULE, location, message)
        .help("leave the inner one open (`{}`), or describe it as a list")
}
