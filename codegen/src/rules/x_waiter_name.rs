use partner_spec::{Diagnostic, Location, Profile, Rule};

pub(crate) static RULE: Rule =
    Rule::error("x-waiter-name", Profile::Generator, include_str!("x_waiter_name.md")).blocking();

/// A waiter whose method would have a name that the client has already.
pub(crate) fn report(operation: &str, name: &str, location: &Location) -> Diagnostic {
    let message = format!("`{operation}`: the client has a method `{name}` already");
    Diagnostic::new(&RULE, location, message).help("say what is waited for, like `wait_until_verified`")
}
