use std::collections::BTreeSet;

use partner_spec::{Diagnostics, Node};

use super::Pass;
use crate::api::{Api, ref_name, visit};

pub(super) const PASS: Pass = Pass {
    name: "reachable",
    why: "Only schemas that a request or a success can hold (or that say `x-public`) become types: errors have one \
          type in the runtime, and envelopes are gone.",
    apply,
};

fn apply(api: &mut Api, _found: &mut Diagnostics) -> usize {
    let mut requests = BTreeSet::new();
    let mut responses = BTreeSet::new();
    for operation in &api.operations {
        for parameter in &operation.parameters {
            reach(&parameter.schema, api, &mut requests);
        }
        for media in operation.body.iter().flat_map(|b| &b.media) {
            reach(&media.schema, api, &mut requests);
        }
        for response in operation.responses.iter().filter(|r| r.is_success()) {
            for schema in response.media.iter().filter_map(|(_, schema)| schema.as_ref()) {
                reach(schema, api, &mut responses);
            }
        }
    }
    for (name, schema) in api.schemas.iter().filter(|(_, schema)| schema.public) {
        responses.insert(name.clone());
        reach(&schema.node, api, &mut responses);
    }
    let before = api.schemas.len();
    let used = |name: &str| requests.contains(name) || responses.contains(name);
    api.schemas.retain(|name, _| used(name));
    api.enums.retain(|name, _| used(name));
    api.unions.retain(|name, _| used(name));
    for (name, union) in &mut api.unions {
        union.open = responses.contains(name);
    }
    api.in_requests = requests;
    api.in_responses = responses;
    before - api.schemas.len()
}

/// Adds the names of all components that a schema refers to, on and on.
fn reach(node: &Node, api: &Api, reached: &mut BTreeSet<String>) {
    let mut open = vec![node];
    while let Some(node) = open.pop() {
        visit(node, &mut |inner| {
            if let Some(name) = ref_name(inner)
                && !reached.contains(name)
            {
                reached.insert(name.to_owned());
                open.extend(api.schemas.get(name).map(|schema| &schema.node));
            }
        });
    }
}
