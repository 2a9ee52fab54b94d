use partner_spec::{ObjectKind, Profile, Rule, suggest_name};

use crate::findings::Findings;
use crate::index::template::PARAMETER_PLACES;
use crate::index::{Index, Place};

pub(super) static RULE: Rule =
    Rule::error("parameter-place", Profile::Openapi, include_str!("parameter_place.md")).blocking();

pub(super) fn check_document(index: &Index<'_>, found: &mut Findings) {
    index.objects(ObjectKind::Parameter).for_each(|parameter| check_parameter(parameter, found));
}

fn check_parameter(parameter: &Place<'_>, found: &mut Findings) {
    let Some(place) = parameter.node.get("in") else { return };
    let Some(word) = place.as_str() else { return };
    if PARAMETER_PLACES.contains(&word) {
        return;
    }
    let help = match word {
        "body" => String::from("describe it as `requestBody`"),
        "formData" => String::from("describe it as a property of a `multipart/form-data` requestBody"),
        _ => suggest_name(word, PARAMETER_PLACES).unwrap_or_default(),
    };
    found.report_at(&place.location, format!("a parameter cannot be in `{word}`")).with_help(help);
}
