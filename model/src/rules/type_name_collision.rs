//! The rule `type-name-collision`, which is explained in `type_name_collision.md`.

use partner_spec::{Finding, Location, Node, Profile, Rule};

pub(crate) static RULE: Rule =
    Rule::error("type-name-collision", Profile::Generator, include_str!("type_name_collision.md")).blocking();

/// Returns the finding about two components whose types would both have the name `name`.
pub(crate) fn new_component_collision_finding(
    name: &str,
    (key, node): (&str, &Node),
    (other, first): (&str, &Node),
) -> Finding {
    Finding::new(&RULE, &node.location, format!("two schemas give the type `{name}`: `{other}` and `{key}`"))
        .with_related_location(&first.location, "the other one")
        .with_help("give one of them another `title`")
}

/// Returns the finding about an inline schema whose type cannot be called `name`, because the type of another schema
/// already has this name. `first` is the other schema.
pub(crate) fn new_inline_schema_collision_finding(name: &str, node: &Node, first: &Node) -> Finding {
    Finding::new(&RULE, &node.location, format!("two different schemas would be the type `{name}`"))
        .with_related_location(&first.location, "the other one")
        .with_help("give one of them another `title`, or make them one component")
}

/// Returns the finding about a union in which two alternatives would become variants with the same name.
pub(crate) fn new_variant_collision_finding(
    union: &str,
    name: &str,
    location: &Location,
    first: &Location,
) -> Finding {
    Finding::new(&RULE, location, format!("two alternatives of `{union}` would be the variant `{name}`"))
        .with_related_location(first, "the other one")
        .with_help("give one of them another `title`")
}

/// Returns the finding about an operation whose successful responses have different bodies. The generated enum of these
/// bodies would be called `name`, but a schema's type already has this name.
pub fn new_success_enum_collision_finding(name: &str, operation: &str, location: &Location) -> Finding {
    let message = format!("the successes of `{operation}` need a type `{name}`, which is a schema's");
    Finding::new(&RULE, location, message).with_help("give the schema another `title`")
}

/// Returns the finding about a type name that is needed twice. The constructor of the struct `object` needs a type
/// called `name` for an argument, but another type already has this name.
pub fn new_argument_type_collision_finding(name: &str, object: &str, location: &Location) -> Finding {
    let message = format!("the constructor of `{object}` needs a type `{name}`, which there is already");
    Finding::new(&RULE, location, message).with_help("give one of the two another `title`")
}

/// Returns the finding about a type `name` for which a second type is generated, because it has `readOnly` or
/// `writeOnly` properties. The second type, which is for requests, would be called `input`, but another type already
/// has this name.
pub(crate) fn new_request_type_collision_finding(name: &str, input: &str, location: &Location) -> Finding {
    let message = format!("what requests hold of `{name}` needs a type `{input}`, which is a schema's");
    Finding::new(&RULE, location, message).with_help("give this schema another `title`")
}
