use std::collections::HashMap;

use partner_model::names::to_type_name;
use partner_model::{Model, Operation};
use partner_spec::{Finding, Findings, Profile, Rule};

use crate::emit::list_call_methods;

pub(super) static RULE: Rule =
    Rule::error("operation-id-collision", Profile::Generator, include_str!("operation_id_collision.md"))
        .blocking();

/// Reports methods with the same name. Also reports methods whose call types would have the same name, like `list_v1`
/// and `list_v_1`: the call type of both would be `ListV1Operation`.
pub(super) fn check_model(model: &Model, found: &mut Findings) {
    let mut first: HashMap<String, &Operation> = HashMap::new();
    for operation in &model.operations {
        for call_method in list_call_methods(operation) {
            let builder = to_type_name(&call_method.client_method_name);
            if let Some(other) = first.get(&builder) {
                found.push(new_finding(&call_method.client_method_name, operation, other));
            }
            first.entry(builder).or_insert(operation);
        }
    }
}

fn new_finding(method: &str, operation: &Operation, other: &Operation) -> Finding {
    let message = match operation.id == other.id {
        true => format!("two bodies of `{}` would both be the method `{method}`", operation.id),
        false => format!("`{}` and `{}` would both be the method `{method}`", operation.id, other.id),
    };
    Finding::new(&RULE, &operation.id_location, message)
        .with_related_location(&other.id_location, "the other one")
        .with_help("give one of them another operationId, or another `x-method-name`")
}
