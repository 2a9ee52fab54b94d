//! Enums of one value.

use std::collections::{BTreeSet, HashSet};

use partner_spec::Node;

use super::{Api, ref_name, unwrapped, visit};

/// All enums of one value that are only ever required fields.
pub(super) fn hidden_constants(api: &Api) -> BTreeSet<String> {
    let constants = api.enums.iter().filter(|(_, values)| values.is_constant());
    let mut hidden: BTreeSet<&str> = constants.map(|(name, _)| name.as_str()).collect();
    let look = |node: &Node, hidden: &mut BTreeSet<&str>| {
        visit(node, &mut |inner| {
            let required: HashSet<&str> = inner.items("required").iter().filter_map(Node::as_str).collect();
            for property in inner.entries("properties") {
                if !required.contains(property.key.as_str()) || property.node.flag("nullable") {
                    show(&property.node, hidden);
                }
            }
            inner.get("items").into_iter().for_each(|items| show(items, hidden));
            inner.get("additionalProperties").into_iter().for_each(|values| show(values, hidden));
        });
    };
    api.schemas.values().for_each(|schema| look(&schema.node, &mut hidden));
    for operation in &api.operations {
        operation.body.iter().flat_map(|b| &b.media).for_each(|media| look(&media.schema, &mut hidden));
        operation.parameters.iter().for_each(|parameter| show(&parameter.schema, &mut hidden));
        let answers = operation.responses.iter().flat_map(|response| &response.media);
        answers.filter_map(|(_, schema)| schema.as_ref()).for_each(|schema| show(schema, &mut hidden));
    }
    hidden.into_iter().map(str::to_owned).collect()
}

/// What a place refers to is not hidden.
fn show(node: &Node, hidden: &mut BTreeSet<&str>) {
    for name in [ref_name(node), ref_name(unwrapped(node))].into_iter().flatten() {
        hidden.remove(name);
    }
}
