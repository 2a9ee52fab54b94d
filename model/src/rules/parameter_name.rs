//! The rule `parameter-name`, which is explained in `parameter_name.md`.

use partner_spec::{Finding, Location, Profile, Rule};

/// The rule.
pub static RULE: Rule =
    Rule::error("parameter-name", Profile::Generator, include_str!("parameter_name.md")).blocking();

/// Returns the finding about a parameter whose name cannot be converted to the name of an argument.
pub fn new_unusable_parameter_name_finding(operation: &str, name: &str, location: &Location) -> Finding {
    let message = format!("`{operation}`: the parameter `{name}` cannot be the name of an argument");
    Finding::new(&RULE, location, message).with_help("only ASCII names with a letter in them can")
}

/// Returns the finding about a parameter whose argument cannot be called `name`, because the generated code uses this
/// name for something else. `taken` lists all names that the generated code uses, like `body` and `timeout`.
pub fn new_reserved_argument_name_finding(
    operation: &str,
    name: &str,
    taken: &[&str],
    location: &Location,
) -> Finding {
    let message = format!("`{operation}`: an argument cannot be called `{name}`");
    Finding::new(&RULE, location, message).with_help(format!("these names are taken: {}", taken.join(", ")))
}

/// Returns the finding about a parameter whose argument would have the same name as the argument of an earlier
/// parameter.
pub fn new_duplicate_argument_name_finding(operation: &str, name: &str, location: &Location) -> Finding {
    let message = format!("`{operation}`: two arguments would be called `{name}`");
    Finding::new(&RULE, location, message)
        .with_help("names that differ in case or separators only are one name in Rust")
}

/// Returns the finding about a parameter of a paginated operation. The setter for the parameter cannot be called
/// `name`, because the method that returns a stream of pages or items already has this name.
pub fn new_pagination_method_collision_finding(operation: &str, name: &str, location: &Location) -> Finding {
    let message = format!("`{operation}`: an argument cannot be called `{name}` where a list goes on");
    Finding::new(&RULE, location, message)
        .with_help("`items` and `pages` make streams of such a call; leave `x-pagination` out")
}
