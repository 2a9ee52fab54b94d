use partner_model::{Model, Operation, Schema, Type};
use partner_model::{Pagination, Pointer};
use partner_spec::{Diagnostic, Diagnostics, Location, Profile, Rule};

use super::lost;

pub(super) static RULE: Rule =
    Rule::error("x-pagination-pointer", Profile::Generator, include_str!("x_pagination_pointer.md"))
        .blocking();

/// What `x-pagination` names is in the response.
pub(super) fn check(model: &Model, found: &mut Diagnostics) {
    for operation in &model.operations {
        let Some(paging) = &operation.pagination else { continue };
        match operation.response_schema() {
            Some(response) => check_pointers(operation, paging, response, model, found),
            None => {
                let message = "no page can be read: its response is not one JSON body";
                let found_here = report(&operation.id, message, &paging.location);
                found.push(found_here.help("describe one body for all its successes"));
            }
        }
    }
}

/// What has to be in a place, in words and as a question.
struct Expected(&'static str, fn(&Type) -> bool);

fn check_pointers(
    operation: &Operation,
    paging: &Pagination,
    response: &Schema,
    model: &Model,
    found: &mut Diagnostics,
) {
    let numbers = [&paging.total, &paging.total_pages].into_iter().flatten();
    let numbers = numbers.map(|pointer| (pointer, Expected("a plain integer", Type::is_counter)));
    let items = (&paging.items, Expected("a list", |of| matches!(of, Type::List(_))));
    let more = paging.has_more.iter();
    let more = more.map(|pointer| (pointer, Expected("a boolean", |of| matches!(of, Type::Boolean))));
    for (pointer, expected) in [items].into_iter().chain(numbers).chain(more) {
        check_pointer(operation, pointer, response, &expected, model, found);
    }
    let list = paging.items.find_schema(response, model).ok();
    if let (Some(id), Some(Type::List(item))) = (&paging.id, list.map(|list| &list.ty)) {
        let expected = Expected("a plain string or integer", is_id);
        check_pointer(operation, id, item, &expected, model, found);
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
    model: &Model,
    found: &mut Diagnostics,
) {
    let not_there = |message: String| report(&operation.id, &message, &pointer.location);
    match pointer.find_schema(schema, model) {
        Err(at) => found.push(lost(not_there(at.to_string()), &at)),
        Ok(schema) if !fits(&schema.ty) => {
            let message = format!("`{}` is not {what}", pointer.text);
            found.push(not_there(message).related(model.location(schema), "what it names"));
        }
        Ok(_) => {}
    }
}

/// A pointer of `x-pagination` that does not lead to what it should.
fn report(operation: &str, what: &str, location: &Location) -> Diagnostic {
    Diagnostic::new(&RULE, location, format!("`{operation}`: {what}"))
}
