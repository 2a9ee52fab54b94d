use super::media::describe_media_type_mistake;
use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_document(&RULE, check);

static RULE: Rule = Rule::warning("media-type", Profile::OpenApi, include_str!("media_type.md"));

fn check(model: &Model<'_>, found: &mut RuleFindings) {
    for media in model.places_of_kind(ObjectKind::MediaType) {
        let Some(name) = media.map_key else { continue };
        if let Some((what, meant)) = describe_media_type_mistake(name) {
            let help = match meant {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => String::from("a media type looks like `application/json`"),
            };
            found.report_at(media.key_location, format!("`{name}` {what}")).with_help(help);
        }
    }
}
