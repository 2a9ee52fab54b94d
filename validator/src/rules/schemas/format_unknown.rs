use crate::instance::{KNOWN_FORMATS, shorten_quoted_text};
use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_each_object(&RULE, ObjectKind::Schema, check);

static RULE: Rule = Rule::warning("format-unknown", Profile::OpenApi, include_str!("format_unknown.md"));

fn check(_: &Model<'_>, schema: &Place<'_>, found: &mut RuleFindings) {
    let Some(node) = schema.node.get("format") else { return };
    let Some(format) = node.as_str() else { return };
    if KNOWN_FORMATS.iter().any(|(known, _)| *known == format)
        || UNREPORTED_REGISTERED_FORMATS.contains(&format)
    {
        return;
    }
    // OpenAPI allows any format, so an unknown format is reported only if it resembles a known one. Formats that differ
    // only in letter case, hyphens, underscores or spaces count as the same.
    let normalize_format = |text: &str| text.to_lowercase().replace(['-', '_', ' '], "");
    let same = KNOWN_FORMATS
        .iter()
        .find(|(known, _)| normalize_format(known) == normalize_format(format))
        .map(|(known, _)| *known);
    let alias =
        FORMAT_ALIASES.iter().find(|(alias, _)| *alias == normalize_format(format)).map(|(_, known)| *known);
    let close = || {
        let long =
            KNOWN_FORMATS.iter().map(|(known, _)| *known).filter(|known| known.len() > 3 && format.len() > 3);
        advise_on_unknown_name(format, long).filter(|help| help.starts_with("did you mean"))
    };
    let help = same.or(alias).map(|known| format!("did you mean `{known}`?")).or_else(close);
    if let Some(help) = help {
        found
            .report_at(&node.location, format!("no known format is called `{}`", shorten_quoted_text(format)))
            .with_help(help);
    }
}

/// Formats of the OpenAPI registry that resemble a format in `KNOWN_FORMATS`. They are valid, so they are not reported.
const UNREPORTED_REGISTERED_FORMATS: [&str; 11] = [
    "base64url",
    "date-time-local",
    "double-int",
    "http-date",
    "int8",
    "int16",
    "time-local",
    "uint8",
    "uint16",
    "uint32",
    "uint64",
];

/// The names that formats have outside of OpenAPI, e.g. in programming languages, each with the name in OpenAPI.
const FORMAT_ALIASES: [(&str, &str); 3] = [("guid", "uuid"), ("url", "uri"), ("long", "int64")];
