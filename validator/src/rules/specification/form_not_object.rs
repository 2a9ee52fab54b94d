use partner_model::media::is_form;
use partner_spec::{Kind, Profile, Rule};

use crate::model::{Model, Place};
use crate::rules::{Check, Findings};

pub(super) const CHECK: Check = Check::each(&RULE, Kind::MediaType, check);

static RULE: Rule = Rule::warning("form-not-object", Profile::Openapi, include_str!("form_not_object.md"));

fn check(model: &Model<'_>, media: &Place<'_>, found: &mut Findings) {
    let Some(name) = media.name.filter(|name| is_form(name)) else { return };
    let Some(used) = media.node.get("schema") else { return };
    let Some(of) = model.resolve(used).and_then(|schema| schema.get("type")) else { return };
    if let Some(text) = of.as_str().filter(|text| *text != "object") {
        // What is shared may be right everywhere else.
        let at = if used.ref_target().is_some() { used.location.to_start() } else { of.location.clone() };
        found
            .at(&at, format!("`{name}` has parts with names, and this schema is of type `{text}`"))
            .help("make it `type: object` with a property for each part");
    }
}
