use partner_spec::{Kind, Severity};

use crate::Profile;
use crate::model::Model;
use crate::rules::{Check, Findings, Rule};

pub(super) const RULE: Rule = Rule {
    id: "example-twice",
    severity: Severity::Error,
    profile: Profile::Openapi,
    check: Check::Document(check),
    page: include_str!("example_twice.md"),
};

fn check(model: &Model<'_>, found: &mut Findings) {
    let places = [Kind::Parameter, Kind::Header, Kind::MediaType].map(|kind| model.each(kind));
    for place in places.into_iter().flatten() {
        if place.node.get("example").is_some() && place.node.get("examples").is_some() {
            let message = format!("this {} has both `example` and `examples`", place.kind.name());
            found
                .at(&place.key("examples"), message)
                .related(&place.key("example"), "the other one")
                .help("put all of them under `examples`, each with a name");
        }
    }
}
