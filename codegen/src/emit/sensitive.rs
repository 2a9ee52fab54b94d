//! The names under which a request carries secrets or personal data, for the runtime to keep them out of errors.

use std::collections::BTreeSet;

use partner_spec::Node;

use partner_model::api::{Api, visit};

/// The names of all properties and parameters of requests that are `x-sensitive`, in order.
pub(super) fn names(api: &Api) -> BTreeSet<&str> {
    let mut names = BTreeSet::new();
    let mut add = |schema| visit(schema, &mut |node: &Node| names.extend(sensitive_properties(node)));
    api.in_requests.iter().filter_map(|name| api.schemas.get(name)).for_each(|schema| add(&schema.node));
    for operation in &api.operations {
        operation.body.iter().flat_map(|body| &body.media).for_each(|media| add(&media.schema));
    }
    let parameters = api.operations.iter().flat_map(|operation| &operation.parameters);
    names.extend(parameters.filter(|p| p.schema.flag("x-sensitive")).map(|p| p.name.as_str()));
    names
}

fn sensitive_properties(node: &Node) -> impl Iterator<Item = &str> {
    let properties = node.entries("properties");
    properties.filter(|entry| entry.node.flag("x-sensitive")).map(|entry| entry.key.as_str())
}
