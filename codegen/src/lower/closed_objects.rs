use partner_spec::Diagnostics;

use partner_model::api::Api;
use partner_model::lower::Pass;

pub(super) const PASS: Pass = Pass {
    name: "closed_objects",
    why: "`additionalProperties: false` is dropped, because with it one new key in an answer would fail the answer.",
    apply,
};

fn apply(api: &mut Api, _found: &mut Diagnostics) -> usize {
    let mut times = 0;
    api.for_each_schema_mut(|node| {
        let closed = node.get("additionalProperties").and_then(|n| n.as_bool()) == Some(false);
        if closed {
            node.remove("additionalProperties");
            times += 1;
        }
    });
    times
}
