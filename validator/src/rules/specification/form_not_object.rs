use partner_model::media::is_form_media_type;

use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_each_object(&RULE, ObjectKind::MediaType, check);

static RULE: Rule = Rule::warning("form-not-object", Profile::OpenApi, include_str!("form_not_object.md"));

fn check(model: &Model<'_>, media: &Place<'_>, found: &mut RuleFindings) {
    let Some(name) = media.map_key.filter(|name| is_form_media_type(name)) else { return };
    let Some(used) = media.node.get("schema") else { return };
    let Some(of) = model.resolve_reference(used).and_then(|schema| schema.get("type")) else { return };
    if let Some(text) = of.as_str().filter(|text| *text != "object") {
        // If the schema is a `$ref`, the finding is at the `$ref` and not at the referenced schema, because that schema
        // may be right for other references.
        let reported_location =
            if used.ref_text().is_some() { used.location.collapse_to_start() } else { of.location.clone() };
        found
            .report_at(
                &reported_location,
                format!("`{name}` has parts with names, and this schema is of type `{text}`"),
            )
            .with_help("make it `type: object` with a property for each part");
    }
}
