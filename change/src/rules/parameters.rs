//! Finds changes of the parameters of operations.

use partner_model::{Operation, Parameter, ParameterPlace};

use super::operations::ARGUMENTS_REORDERED;
use super::{docs, values};
use crate::compare::Comparison;
use crate::pairs::{self, list_path_parameter_names};
use crate::rule::{Effect::*, Rule};
use crate::rust::ValuePosition;
use crate::site::ChangeSite;

declare_rules! {
    PARAMETER_ADDED_REQUIRED = Rule::new(
        "parameter-added-required",
        "A required parameter is added",
        "Requests without it are refused, and the method takes one more argument.",
    ).with_request_effects(Breaking, Breaking).with_migration_advice("Pass `{new}`.");
    PARAMETER_ADDED_OPTIONAL = Rule::new(
        "parameter-added-optional",
        "An optional parameter is added",
        "Requests without it are served as before; in Rust it is a setter.",
    ).with_request_effects(Compatible, Compatible);
    PARAMETER_REMOVED = Rule::new(
        "parameter-removed",
        "A parameter is removed",
        "What it asked for is no longer done, or the request is refused; its argument or setter is gone.",
    ).with_request_effects(Breaking, Breaking).with_migration_advice("Stop passing `{old}`.");
    PARAMETER_RENAMED = Rule::new(
        "parameter-renamed",
        "A parameter of the query or a header has another name",
        "Requests with the old name are served as if it was missing; its setter has another name, if it is optional.",
    ).with_request_effects(Breaking, Breaking).with_migration_advice("Pass `{new}` instead of `{old}`.");
    PARAMETER_NAME_CHANGED = Rule::new(
        "parameter-name-changed",
        "A parameter has another name in Rust",
        "Nothing changes on the wire. Its setter has another name, if it is optional.",
    ).with_request_effects(Unaffected, Breaking).with_migration_advice("Call the setter `{new}` instead of `{old}`.");
    PATH_PARAMETER_RENAMED = Rule::new(
        "path-parameter-renamed",
        "A parameter of the path has another name",
        "Its name is not on the wire. In Rust it is the name of a positional argument, which callers never write.",
    ).with_request_effects(Unaffected, DocumentationOnly);
    PARAMETER_MOVED = Rule::new(
        "parameter-moved",
        "A parameter goes into another place",
        "Requests that have it in the old place are served as if it was missing; the argument is the same.",
    ).with_request_effects(Breaking, Compatible)
    .with_migration_advice("Build with the new version; the old one sends `{old}` in the old place.");
    PARAMETER_REQUIRED = Rule::new(
        "parameter-required",
        "An optional parameter is required",
        "Requests without it are refused, and its setter is an argument.",
    ).with_request_effects(Breaking, Breaking).with_migration_advice("Pass `{new}` as an argument.");
    PARAMETER_OPTIONAL = Rule::new(
        "parameter-optional",
        "A required parameter is optional",
        "Requests with it are served as before; its argument is a setter.",
    ).with_request_effects(Compatible, Breaking)
    .with_migration_advice("Call the setter `{new}` instead of passing it as an argument.");
    PARAMETER_JOINED = Rule::new(
        "parameter-joined",
        "A list is sent in one value instead of many, or the other way round",
        "The server reads another list than the one that was sent.",
    ).with_request_effects(Breaking, Compatible)
    .with_migration_advice("Build with the new version; the old one sends the list in the old form.");
}

pub(super) fn report_changes(
    c: &mut Comparison<'_>,
    site: &ChangeSite,
    before: &Operation,
    after: &Operation,
) {
    let matched = pairs::match_parameters(before, after);
    for parameter in &matched.removed_items {
        let text = format!(
            "{} no longer {} the {}",
            site.message_subject(),
            site.choose_verb_form("takes", "take"),
            shown(parameter)
        );
        c.report_change(&PARAMETER_REMOVED, site, text, (Some(&parameter.location), None))
            .fill_in_migration_advice(&parameter.name, "");
    }
    for parameter in &matched.added_items {
        let places = (None, Some(&parameter.location));
        let (rule, text) = match parameter.required {
            true => (
                &PARAMETER_ADDED_REQUIRED,
                format!("{} also needs the {}", site.message_subject(), shown(parameter)),
            ),
            false => (
                &PARAMETER_ADDED_OPTIONAL,
                format!("{} now also accepts the {}", site.message_subject(), shown(parameter)),
            ),
        };
        c.report_change(rule, site, text, places).fill_in_migration_advice("", &parameter.name);
    }
    for (b, a) in &matched.renamed_pairs {
        let rule = if a.place == ParameterPlace::Path { &PATH_PARAMETER_RENAMED } else { &PARAMETER_RENAMED };
        let text = format!("The {} of {} is called `{}` now", shown(b), site.message_subject(), a.name);
        let change = c
            .report_change(rule, site, text, (Some(&b.location), Some(&a.location)))
            .fill_in_migration_advice(&b.name, &a.name);
        // A required parameter is an argument of the method. Callers do not write the names of arguments, so a new name
        // does not break their code. An optional parameter has a setter, whose name callers write.
        if b.required && a.required {
            change.cap_rust_effect(Compatible);
        }
    }
    for (b, a) in matched.matched_pairs() {
        compare_parameter(c, site, b, a);
    }
    check_argument_order(c, site, before, after, &matched.matched_pairs().collect::<Vec<_>>());
}

fn compare_parameter(c: &mut Comparison<'_>, site: &ChangeSite, b: &Parameter, a: &Parameter) {
    let places = (Some(&b.location), Some(&a.location));
    if b.place != a.place {
        let text = format!(
            "{} takes `{}` in the {}, and took it in the {}",
            site.message_subject(),
            a.name,
            describe_place(a),
            describe_place(b)
        );
        c.report_change(&PARAMETER_MOVED, site, text, places).fill_in_migration_advice(&b.name, &a.name);
    }
    if b.name == a.name && b.rust_name != a.rust_name {
        let text =
            format!("The {} of {} is called `{}` in Rust", shown(a), site.message_subject(), a.rust_name);
        let change = c
            .report_change(&PARAMETER_NAME_CHANGED, site, text, places)
            .fill_in_migration_advice(&b.rust_name, &a.rust_name);
        if a.required && b.required {
            change.cap_rust_effect(DocumentationOnly);
        }
    }
    if b.required != a.required {
        let (rule, text) = match a.required {
            true => (&PARAMETER_REQUIRED, "is required"),
            false => (&PARAMETER_OPTIONAL, "is optional"),
        };
        let text = format!("The {} of {} {text} now", shown(a), site.message_subject());
        c.report_change(rule, site, text, places).fill_in_migration_advice(&b.name, &a.name);
    }
    // The style of a parameter that moved (for example from the query to the path) is not compared, because it always
    // changes with the move.
    if b.place == a.place
        && (b.style, b.explode) != (a.style, a.explode)
        && b.joins_list_items() == a.joins_list_items()
    {
        let text = format!("{} writes `{}` in another style", site.message_subject(), a.name);
        c.report_change(&PARAMETER_JOINED, site, text, places).fill_in_migration_advice(&b.name, &a.name);
    }
    if b.joins_list_items() != a.joins_list_items() {
        let text = format!(
            "{} sends the list `{}` {}",
            site.message_subject(),
            a.name,
            if a.joins_list_items() {
                "in one value, separated by commas"
            } else {
                "as one value for each item"
            }
        );
        c.report_change(&PARAMETER_JOINED, site, text, places).fill_in_migration_advice(&b.name, &a.name);
    }
    let inner = site.with_quoted_name(format!("The {} of {}", shown(a), site.message_subject()));
    values::report_changes(
        c,
        &inner,
        (&b.schema, ValuePosition::Argument),
        (&a.schema, ValuePosition::Argument),
    );
    docs::compare_descriptions(
        c,
        &inner,
        (b.description.as_deref(), &b.location),
        (a.description.as_deref(), &a.location),
    );
    docs::compare_deprecation(c, &inner, (b.deprecated, &b.location), (a.deprecated, &a.location));
}

/// Checks whether a method takes its arguments in another order than before. Only arguments that exist before and after
/// are compared.
fn check_argument_order(
    c: &mut Comparison<'_>,
    site: &ChangeSite,
    before: &Operation,
    after: &Operation,
    matched: &[(&Parameter, &Parameter)],
) {
    let both: Vec<_> = matched.iter().filter(|(b, a)| b.required && a.required).collect();
    let position = |operation: &Operation, parameter: &Parameter| {
        let in_path = list_path_parameter_names(&operation.path_template)
            .iter()
            .position(|name| *name == parameter.name);
        let in_document = operation.parameters.iter().position(|other| std::ptr::eq(other, parameter));
        (parameter.place, in_path, in_document)
    };
    let mut old = both.clone();
    old.sort_by_key(|(b, _)| position(before, b));
    let mut new = both;
    new.sort_by_key(|(_, a)| position(after, a));
    if old.iter().map(|(_, a)| &a.name).eq(new.iter().map(|(_, a)| &a.name)) {
        return;
    }
    let names: Vec<String> = new.iter().map(|(_, a)| format!("`{}`", a.rust_name)).collect();
    let text =
        format!("{} takes its arguments in another order: {}", site.message_subject(), names.join(", "));
    c.report_change(&ARGUMENTS_REORDERED, site, text, (Some(&before.id_location), Some(&after.id_location)))
        .fill_in_migration_advice(&after.client_method_name, &after.client_method_name);
}

fn shown(parameter: &Parameter) -> String {
    format!("{} parameter `{}`", describe_place(parameter), parameter.name)
}

fn describe_place(parameter: &Parameter) -> &'static str {
    match parameter.place {
        ParameterPlace::Path => "path",
        ParameterPlace::Query => "query",
        ParameterPlace::Header => "header",
    }
}
