use crate::rules::operations::media::describe_media_type_mistake;
use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_each_object(&RULE, ObjectKind::Encoding, check);

static RULE: Rule =
    Rule::error("encoding-content-type", Profile::OpenApi, include_str!("encoding_content_type.md"));

fn check(_: &Model<'_>, encoding: &Place<'_>, found: &mut RuleFindings) {
    let Some(list) = encoding.node.get("contentType") else { return };
    for item in list.as_str().unwrap_or("*/*").split(',') {
        if let Some((what, meant)) = describe_media_type_mistake(item) {
            let help = match meant {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => String::from("a list of media types looks like `image/png, image/jpeg`"),
            };
            found.report_at(&list.location, format!("`{}` {what}", item.trim())).with_help(help);
        }
    }
}
