use partner_spec::{Kind, Severity, did_you_mean};

use super::links::operation;
use crate::Profile;
use crate::model::{Model, Parameter, Place};
use crate::rules::{Check, Findings, Rule};

pub(super) const RULE: Rule = Rule {
    id: "link-parameter",
    severity: Severity::Error,
    profile: Profile::Openapi,
    check: Check::Each(Kind::Link, check),
    page: include_str!("link_parameter.md"),
};

fn check(model: &Model<'_>, link: &Place<'_>, found: &mut Findings) {
    let Some(operation) = operation(link.node, model) else { return };
    let parameters = operation.parameters(model);
    for entry in link.node.entries("parameters") {
        let matches =
            |p: &Parameter<'_>| p.name == entry.key || format!("{}.{}", p.place, p.name) == entry.key;
        if !parameters.iter().any(matches) {
            let help = did_you_mean(&entry.key, parameters.iter().map(|p| p.name));
            found
                .at(&entry.key_location, format!("{} has no parameter `{}`", operation.title(), entry.key))
                .related(&operation.location(), "the operation")
                .help(help.unwrap_or_else(|| String::from("name one of its parameters")));
        }
    }
}
