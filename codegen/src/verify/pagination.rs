use std::collections::HashSet;

use partner_spec::{Diagnostic, Diagnostics, Node};

use super::{Check, Outcome, broken, lost, words_after};
use crate::emit::callables;
use partner_model::api::{Operation, Pagination, Pointer, is_counter};
use partner_model::names::{snake_name, type_name};

pub(super) const CHECK: Check = Check {
    name: "pagination",
    why: "What `x-pagination` names is in the answer, and every call of such an operation becomes a stream.",
    check,
};

fn check(outcome: &Outcome<'_>, found: &mut Diagnostics) {
    let paged = outcome.generated.map(|source| {
        let sources = source.files.iter().map(|file| file.source.as_str());
        words_after(sources, "impl partner_runtime::plumbing::Paged for ", ' ')
    });
    for operation in &outcome.api.operations {
        let Some(paging) = &operation.pagination else { continue };
        let Some(answer) = operation.answer() else {
            let message = format!("`{}`: no page can be read: its answer is not one JSON body", operation.id);
            found.push(
                Diagnostic::error("x-pagination-pointer", &paging.location, message)
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
struct Expected(&'static str, fn(&Node) -> bool);

fn check_pointers(
    operation: &Operation,
    paging: &Pagination,
    answer: &Node,
    outcome: &Outcome<'_>,
    found: &mut Diagnostics,
) {
    let numbers = [&paging.total, &paging.total_pages].into_iter().flatten();
    let numbers = numbers.map(|pointer| (pointer, Expected("a plain integer", is_counter)));
    let items = (&paging.items, Expected("a list", |node| node.str("type") == Some("array")));
    let more = paging.has_more.iter();
    let more =
        more.map(|pointer| (pointer, Expected("a boolean", |node| node.str("type") == Some("boolean"))));
    for (pointer, expected) in [items].into_iter().chain(numbers).chain(more) {
        check_pointer(operation, pointer, answer, &expected, outcome, found);
    }
    let list = paging.items.find(answer, outcome.api).ok();
    if let (Some(id), Some(item)) = (&paging.id, list.and_then(|list| list.get("items"))) {
        let expected = Expected("a plain string or integer", is_id);
        check_pointer(operation, id, item, &expected, outcome, found);
    }
}

/// Whether values of a schema can be ids: strings as they are on the wire, or counters.
fn is_id(schema: &Node) -> bool {
    let is_text = schema.str("type") == Some("string") && matches!(schema.str("format"), None | Some("uuid"));
    is_text || is_counter(schema)
}

fn check_pointer(
    operation: &Operation,
    pointer: &Pointer,
    schema: &Node,
    Expected(what, fits): &Expected,
    outcome: &Outcome<'_>,
    found: &mut Diagnostics,
) {
    let report = |message: String| {
        let message = format!("`{}`: {message}", operation.id);
        Diagnostic::error("x-pagination-pointer", &pointer.location, message)
    };
    match pointer.find(schema, outcome.api) {
        Err(at) => found.push(lost(report(at.to_string()), &at)),
        Ok(node) if !fits(node) => {
            let message = format!("`{}` is not {what}", pointer.text);
            found.push(report(message).related(&node.location, "what it names"));
        }
        Ok(_) => {}
    }
}

fn check_names(operation: &Operation, found: &mut Diagnostics) {
    for parameter in &operation.parameters {
        let name = snake_name(&parameter.name);
        if ["items", "pages"].contains(&name.as_str()) {
            let message =
                format!("`{}`: an argument cannot be called `{name}` where a list goes on", operation.id);
            found.push(
                Diagnostic::error("parameter-name", &parameter.location, message)
                    .help("`items` and `pages` make streams of such a call; leave `x-pagination` out"),
            );
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
        let call = format!("{}Call", type_name(&callable.name));
        if paged.is_some_and(|names| !names.contains(call.as_str())) {
            found.push(broken(outcome.api, format!("`{}` does not go on from page to page", callable.name)));
        }
    }
}
