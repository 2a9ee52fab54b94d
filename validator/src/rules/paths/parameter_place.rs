use partner_spec::{Kind, Severity, did_you_mean};

use super::template::PLACES;
use crate::Profile;
use crate::model::{Model, Place};
use crate::rules::{Check, Findings, Rule};

pub(super) const RULE: Rule = Rule {
    id: "parameter-place",
    severity: Severity::Error,
    profile: Profile::Openapi,
    check: Check::Each(Kind::Parameter, check),
    page: include_str!("parameter_place.md"),
};

fn check(_: &Model<'_>, parameter: &Place<'_>, found: &mut Findings) {
    let Some(place) = parameter.node.get("in") else { return };
    let Some(word) = place.as_str() else { return };
    if PLACES.contains(&word) {
        return;
    }
    let help = match word {
        "body" => String::from("describe it as `requestBody`"),
        "formData" => String::from("describe it as a property of a `multipart/form-data` requestBody"),
        _ => did_you_mean(word, PLACES).unwrap_or_default(),
    };
    found.at(&place.location, format!("a parameter cannot be in `{word}`")).help(help);
}
