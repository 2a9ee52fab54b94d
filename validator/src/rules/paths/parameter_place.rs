use partner_spec::{Kind, did_you_mean};

use super::template::PLACES;
use crate::model::{Model, Place};
use crate::rules::{Check, Findings};

pub(super) const CHECK: Check =
    Check::each(&partner_model::rules::parameter_place::RULE, Kind::Parameter, check);

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
