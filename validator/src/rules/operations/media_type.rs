use partner_spec::{Kind, Severity};

use super::media::problem;
use crate::Profile;
use crate::model::Model;
use crate::rules::{Check, Findings, Rule};

pub(super) const RULE: Rule = Rule {
    id: "media-type",
    severity: Severity::Error,
    profile: Profile::Openapi,
    check: Check::Document(check),
    page: include_str!("media_type.md"),
};

fn check(model: &Model<'_>, found: &mut Findings) {
    for media in model.all(Kind::MediaType) {
        let Some(name) = media.name else { continue };
        if let Some((what, meant)) = problem(name) {
            let help = match meant {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => String::from("a media type looks like `application/json`"),
            };
            found.at(media.key_location, format!("`{name}` {what}")).help(help);
        }
    }
}
