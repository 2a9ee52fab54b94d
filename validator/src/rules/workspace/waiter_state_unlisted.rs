use std::collections::HashSet;

use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_document(&RULE, check);

static RULE: Rule =
    Rule::warning("waiter-state-unlisted", Profile::Workspace, include_str!("waiter_state_unlisted.md"));

/// The keys of `x-waiter` that list states. An `x-waiter` declares a method that polls until a final state is reached.
const STATE_LIST_KEYS: [&str; 4] = ["success", "failure", "reached_then_failed", "pending"];

fn check(model: &Model<'_>, found: &mut RuleFindings) {
    for operation in model.operations() {
        let Some(waiters) = operation.place.node.get("x-waiter") else { continue };
        for waiter in waiters.as_array().unwrap_or(std::slice::from_ref(waiters)) {
            let Some(pointer) = waiter.get_str("field") else { continue };
            let listed: HashSet<&str> = STATE_LIST_KEYS
                .iter()
                .flat_map(|list| waiter.get_items(list))
                .filter_map(Node::as_str)
                .collect();
            let Some(states) = find_enum_values_at_pointer(model, operation, pointer) else { continue };
            let unlisted: Vec<&Node> = states
                .iter()
                .filter(|state| state.as_str().is_some_and(|state| !listed.contains(state)))
                .collect();
            let Some(first) = unlisted.first() else { continue };
            let names: Vec<&str> = unlisted.iter().filter_map(|state| state.as_str()).collect();
            let name = waiter.get_str("name").unwrap_or_default();
            found
                .report_at(&waiter.location.collapse_to_start(), format!("`{name}` lists no `{}`", names.join("`, `")))
                .with_related_location(&first.location, "one of these states")
                .with_help("add it to `success`, `failure` or `reached_then_failed` when it is final, else to `pending`");
        }
    }
}

/// Returns the values of the enum to which a JSON pointer leads in the successful response of an operation; `None` if
/// the pointer does not lead to an enum.
fn find_enum_values_at_pointer<'a>(
    model: &Model<'a>,
    operation: &Operation<'a>,
    pointer: &str,
) -> Option<&'a [Node]> {
    let responses = operation.resolved_responses_by_status();
    let (_, response) = responses.iter().find(|(status, _)| status.starts_with('2'))?;
    let body = response.get("content")?.get("application/json")?.get("schema")?;
    let envelope = model.root.get("x-envelope").and_then(|envelope| envelope.get_str("data"));
    let keys = pointer.split('/').skip(1);
    // `pointer` is relative to the body. But if the body is an envelope (an object around the data), `pointer` is
    // relative to the data, which is in the property that `x-envelope` names.
    let envelope_data = envelope.and_then(|data| find_property_schema(model, body, data, 0));
    let start = envelope_data.unwrap_or(body);
    let field = keys.clone().try_fold(start, |schema, key| find_property_schema(model, schema, key, 0))?;
    find_enum_values(model, field, 0)
}

/// The maximum depth of nested `allOf`s that are followed. The limit is needed because `allOf`s may be circular.
const MAX_ALL_OF_DEPTH: usize = 16;

/// Returns the schema of the property `name` in `schema` or in a member of its `allOf`; `None` if there is no such
/// property. If several members declare the property, the last of them is used, because it is usually the most specific
/// one.
fn find_property_schema<'a>(
    model: &Model<'a>,
    schema: &'a Node,
    name: &str,
    depth: usize,
) -> Option<&'a Node> {
    let schema = model.resolve_reference(schema).filter(|_| depth < MAX_ALL_OF_DEPTH)?;
    let own = schema.get("properties").and_then(|properties| properties.get(name));
    own.or_else(|| {
        schema
            .get_items("allOf")
            .iter()
            .rev()
            .find_map(|part| find_property_schema(model, part, name, depth + 1))
    })
}

/// Returns the values of an enum: of `schema` itself, or of the first enum in its `allOf`. `None` if there is no enum.
/// References are followed.
fn find_enum_values<'a>(model: &Model<'a>, schema: &'a Node, depth: usize) -> Option<&'a [Node]> {
    let schema = model.resolve_reference(schema).filter(|_| depth < MAX_ALL_OF_DEPTH)?;
    match schema.get_items("enum") {
        [] => schema.get_items("allOf").iter().find_map(|part| find_enum_values(model, part, depth + 1)),
        values => Some(values),
    }
}
