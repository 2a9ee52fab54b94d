use super::links::find_linked_operation;
use crate::model::Parameter;
use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_each_object(&RULE, ObjectKind::Link, check);

static RULE: Rule = Rule::warning("link-parameter", Profile::OpenApi, include_str!("link_parameter.md"));

fn check(model: &Model<'_>, link: &Place<'_>, found: &mut RuleFindings) {
    let Some(operation) = find_linked_operation(link.node, model) else { return };
    let parameters = operation.effective_parameters();
    for entry in link.node.get_entries("parameters") {
        let matches =
            |p: &Parameter<'_>| p.name == entry.key || format!("{}.{}", p.place, p.name) == entry.key;
        if !parameters.iter().any(matches) {
            let help = advise_on_unknown_name(&entry.key, parameters.iter().map(|p| p.name));
            found
                .report_at(
                    &entry.key_location,
                    format!("{} has no parameter `{}`", operation.method_and_path(), entry.key),
                )
                .with_related_location(&operation.location(), "the operation")
                .with_help(help.unwrap_or_else(|| String::from("name one of its parameters")));
        }
    }
}
