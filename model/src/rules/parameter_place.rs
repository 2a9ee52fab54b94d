use partner_spec::{ObjectKind, Profile, Rule, advise_on_unknown_name};

use crate::findings::RuleFindings;
use crate::index::template::PARAMETER_PLACES;
use crate::index::{DocumentIndex, Place};

pub(super) static RULE: Rule =
    Rule::error("parameter-place", Profile::OpenApi, include_str!("parameter_place.md")).blocking();

pub(super) fn check_document(index: &DocumentIndex<'_>, found: &mut RuleFindings) {
    index
        .object_places_of_kind(ObjectKind::Parameter)
        .for_each(|parameter| check_parameter(parameter, found));
}

fn check_parameter(parameter: &Place<'_>, found: &mut RuleFindings) {
    let Some(place) = parameter.node.get("in") else { return };
    let Some(word) = place.as_str() else { return };
    if PARAMETER_PLACES.contains(&word) {
        return;
    }
    let help = match word {
        "body" => String::from("describe it as `requestBody`"),
        "formData" => String::from("describe it as a property of a `multipart/form-data` requestBody"),
        _ => advise_on_unknown_name(word, PARAMETER_PLACES).unwrap_or_default(),
    };
    found.report_at(&place.location, format!("a parameter cannot be in `{word}`")).with_help(help);
}
