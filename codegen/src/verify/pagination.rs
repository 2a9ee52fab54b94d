use std::collections::HashSet;

use partner_spec::Diagnostics;

use super::{Check, Outcome, broken, lost, words_after};
use crate::Generated;
use crate::emit::{arguments_type, callables};
use crate::rules::x_pagination_pointer;
use partner_model::names::snake_name;
use partner_model::rules::parameter_name;
use partner_model::{Operation, Pagination, Pointer, Schema, Type};

pub(super) const CHECK: Check = Check {
    name: "pagination",
    why: "What `x-pagination` names is in the answer, and every call of such an operation becomes a stream.",
    check,
};

fn check(outcome: &Outcome<'_>, found: &mut Diagnostics) {
    // Long types are broken over lines.
    let compact = |source: &Generated| -> Vec<String> {
        source.files.iter().map(|file| file.source.split_whitespace().collect()).collect()
    };
    let sources = outcome.generated.map(compact);
    let paged = sources.as_ref().map(|sources| {
        words_after(sources.iter().map(String::as_str), "plumbing::Pagedforcrate::Call<", '>')
    });
    for operation in &outcome.model.operations {
        let Some(paging) = &operation.pagination else { continue };
        let Some(answer) = operation.answer() else {
            let message = "no page can be read: its answer is not one JSON body";
            found.push(
                x_pagination_pointer::report(&operation.id, message, &paging.location)
                    .help("describe one body for all its successes"),
            );
            continue;
        };
        let before = found.iter().count();
        check_pointers(operation, paging, answer, outcome, found);
        check_names(operation, found);
        if found.iter().count() == before {
            check_methods(operation, paged.as_ref(), outcome, found);
        }
    }
}

/// What has to be in a place, in words and as a question.
struct Expected(&'static str, fn(&Type) -> bool);

fn check_pointers(
    operation: &Operation,
    paging: &Pagination,
    answer: &Schema,
    outcome: &Outcome<'_>,
    found: &mut Diagnostics,
) {
    let numbers = [&paging.total, &paging.total_pages].into_iter().flatten();
    let numbers = numbers.map(|pointer| (pointer, Expected("a plain integer", Type::is_counter)));
    let items = (&paging.items, Expected("a list", |of| matches!(of, Type::List(_))));
    let more = paging.has_more.iter();
    let more = more.map(|pointer| (pointer, Expected("a boolean", |of| matches!(of, Type::Boolean))));
    for (pointer, expected) in [items].into_iter().chain(numbers).chain(more) {
        check_pointer(operation, pointer, answer, &expected, outcome, found);
    }
    let list = paging.items.find(answer, outcome.model).ok();
    if let (Some(id), Some(Type::List(item))) = (&paging.id, list.map(|list| &list.ty)) {
        let expected = Expected("a plain string or integer", is_id);
        check_pointer(operation, id, item, &expected, outcome, found);
    }
}

/// Whether values of a schema can be ids: strings as they are on the wire, or counters.
fn is_id(of: &Type) -> bool {
    matches!(of, Type::String | Type::Uuid) || of.is_counter()
}

fn check_pointer(
    operation: &Operation,
    pointer: &Pointer,
    schema: &Schema,
    Expected(what, fits): &Expected,
    outcome: &Outcome<'_>,
    found: &mut Diagnostics,
) {
    let report = |message: String| x_pagination_pointer::report(&operation.id, &message, &pointer.location);
    match pointer.find(schema, outcome.model) {
        Err(at) => found.push(lost(report(at.to_string()), &at)),
        Ok(schema) if !fits(&schema.ty) => {
            let message = format!("`{}` is not {what}", pointer.text);
            found.push(report(message).related(outcome.model.location(schema), "what it names"));
        }
        Ok(_) => {}
    }
}

fn check_names(operation: &Operation, found: &mut Diagnostics) {
    for parameter in &operation.parameters {
        let name = snake_name(&parameter.name);
        if ["items", "pages"].contains(&name.as_str()) {
            found.push(parameter_name::taken_by_pages(&operation.id, &name, &parameter.location));
        }
    }
}

fn check_methods(
    operation: &Operation,
    paged: Option<&HashSet<&str>>,
    outcome: &Outcome<'_>,
    found: &mut Diagnostics,
) {
    for callable in callables(operation) {
        let arguments = arguments_type(&callable.name).to_string();
        if paged.is_some_and(|names| !names.contains(arguments.as_str())) {
            found
                .push(broken(outcome.model, format!("`{}` does not go on from page to page", callable.name)));
        }
    }
}
