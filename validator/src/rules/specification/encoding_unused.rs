use partner_model::media::{extract_media_type_essence, is_form_media_type};

use super::form_fields::{FormFields, collect_form_fields};
use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_each_object(&RULE, ObjectKind::MediaType, check);

static RULE: Rule = Rule::error("encoding-unused", Profile::OpenApi, include_str!("encoding_unused.md"));

fn check(model: &Model<'_>, media: &Place<'_>, found: &mut RuleFindings) {
    let name = media.map_key.unwrap_or_default();
    if !(extract_media_type_essence(name).starts_with("multipart/") || is_form_media_type(name)) {
        return;
    }
    let Some(FormFields { field_names, allows_undeclared_fields }) =
        collect_form_fields(media.node.get("schema"), model)
    else {
        return;
    };
    for part in media.node.get_entries("encoding") {
        if !allows_undeclared_fields && !field_names.contains(&part.key.as_str()) {
            let help = advise_on_unknown_name(&part.key, field_names.iter().copied());
            found
                .report_at(&part.key_location, format!("this form has no part `{}`", part.key))
                .with_help(help.unwrap_or_else(|| String::from("name a property of the schema")));
        }
    }
}
