use partner_model::{Model, Operation, Schema, Type};
use partner_model::{Pagination, ResponsePointer};
use partner_spec::{Finding, Findings, Location, Profile, Rule};

use super::add_pointer_help;

pub(super) static RULE: Rule =
    Rule::error("x-pagination-pointer", Profile::Generator, include_str!("x_pagination_pointer.md"))
        .blocking();

/// Checks the operations with `x-pagination`: their responses must have the fields to which the pointers of
/// `x-pagination` lead, and these fields must have the right types.
pub(super) fn check_model(model: &Model, found: &mut Findings) {
    for operation in &model.operations {
        let Some(paging) = &operation.pagination else { continue };
        match operation.common_success_response_schema() {
            Some(response) => check_pointers(operation, paging, response, model, found),
            None => {
                let message = "no page can be read: its response is not one JSON body";
                let found_here = new_finding(&operation.id, message, &paging.location);
                found.push(found_here.with_help("describe one body for all its successes"));
            }
        }
    }
}

/// The type that the field at the end of a pointer must have. The string describes the type in messages. The function
/// tells whether a type is allowed.
struct ExpectedFieldType(&'static str, fn(&Type) -> bool);

fn check_pointers(
    operation: &Operation,
    paging: &Pagination,
    response: &Schema,
    model: &Model,
    found: &mut Findings,
) {
    let numbers = [&paging.total_items_pointer, &paging.total_pages_pointer].into_iter().flatten();
    let numbers =
        numbers.map(|pointer| (pointer, ExpectedFieldType("a plain integer", Type::can_hold_count)));
    let items = (&paging.items_pointer, ExpectedFieldType("a list", |of| matches!(of, Type::List(_))));
    let more = paging.has_more_pointer.iter();
    let more =
        more.map(|pointer| (pointer, ExpectedFieldType("a boolean", |of| matches!(of, Type::Boolean))));
    for (pointer, expected) in [items].into_iter().chain(numbers).chain(more) {
        check_pointer(operation, pointer, response, &expected, model, found);
    }
    let list = paging.items_pointer.find_target_schema(response, model).ok();
    if let (Some(id), Some(Type::List(item))) = (&paging.item_id_pointer, list.map(|list| &list.ty)) {
        let expected = ExpectedFieldType("a plain string or integer", can_be_item_id);
        check_pointer(operation, id, item, &expected, model, found);
    }
}

/// Whether values of a type can be the ids of list items. This is so for integers, UUIDs and plain strings, but not for
/// enums and newtypes.
fn can_be_item_id(of: &Type) -> bool {
    matches!(of, Type::String | Type::Uuid) || of.can_hold_count()
}

fn check_pointer(
    operation: &Operation,
    pointer: &ResponsePointer,
    schema: &Schema,
    ExpectedFieldType(what, fits): &ExpectedFieldType,
    model: &Model,
    found: &mut Findings,
) {
    let not_there = |message: String| new_finding(&operation.id, &message, &pointer.location);
    match pointer.find_target_schema(schema, model) {
        Err(at) => found.push(add_pointer_help(not_there(at.to_string()), &at)),
        Ok(schema) if !fits(&schema.ty) => {
            let message = format!("`{}` is not {what}", pointer.text);
            found.push(
                not_there(message)
                    .with_related_location(model.type_definition_location(schema), "what it names"),
            );
        }
        Ok(_) => {}
    }
}

/// Returns the finding about a pointer of `x-pagination` that does not lead to a suitable field.
fn new_finding(operation: &str, message: &str, location: &Location) -> Finding {
    Finding::new(&RULE, location, format!("`{operation}`: {message}"))
}
