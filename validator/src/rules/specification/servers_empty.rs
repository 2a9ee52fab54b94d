use partner_spec::{Kind, Node, Severity};

use crate::Profile;
use crate::model::Model;
use crate::rules::{Check, Findings, Rule};

pub(super) const RULE: Rule = Rule {
    id: "servers-empty",
    severity: Severity::Warning,
    profile: Profile::Openapi,
    check: Check::Document(check),
    page: include_str!("servers_empty.md"),
};

fn check(model: &Model<'_>, found: &mut Findings) {
    for kind in [Kind::OpenApi, Kind::PathItem, Kind::Operation] {
        for place in model.each(kind) {
            let servers = place.node.get("servers").and_then(Node::as_array);
            if servers.is_some_and(<[Node]>::is_empty) {
                found
                    .at(&place.key("servers"), "the list of servers is empty")
                    .help("name one, or take the key away");
            }
        }
    }
}
