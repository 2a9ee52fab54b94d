use partner_model::index::template::{self, TemplatePiece};

use super::urls::describe_url_mistake;
use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_each_object(&RULE, ObjectKind::Server, check);

static RULE: Rule = Rule::error("server-url", Profile::OpenApi, include_str!("server_url.md"));

fn check(_: &Model<'_>, server: &Place<'_>, found: &mut RuleFindings) {
    let Some(url) = server.node.get("url") else { return };
    let Some(text) = url.as_str() else { return };
    if let Some((filled, why)) = find_invalid_url_and_mistake(text, server) {
        let message = match filled == text {
            true => format!("the server's URL `{text}` {why}"),
            false => format!("the server's URL with its defaults is `{filled}`, which {why}"),
        };
        found
            .report_at(&url.location, message)
            .with_help("a server's URL looks like `https://api.example.com/v1`");
    }
}

/// Returns the URL of a server with each variable replaced by its default, and a description of the mistake in the URL;
/// `None` if the URL is valid.
fn find_invalid_url_and_mistake(text: &str, server: &Place<'_>) -> Option<(String, String)> {
    let filled = match replace_variables_with_defaults(text, server.node) {
        Ok(filled) => filled,
        Err(why) => return Some((text.to_owned(), why.to_owned())),
    };
    let why = match filled.contains(['?', '#']) {
        true => Some(String::from("has a query or a fragment, where the path of the request goes")),
        false => describe_url_mistake(&filled),
    };
    why.map(|why| (filled, why))
}

/// Returns the URL with each variable replaced by its default. A variable without a default is replaced by a value that
/// makes the URL valid. If the braces of the URL are malformed, the error describes the mistake.
fn replace_variables_with_defaults(text: &str, server: &Node) -> Result<String, &'static str> {
    let (pieces, broken) = template::split_template(text);
    if let Some(why) = broken {
        return Err(why);
    }
    let value = |(at, piece): (usize, &TemplatePiece<'_>)| match *piece {
        TemplatePiece::Literal(text) => text.to_owned(),
        TemplatePiece::Placeholder(name) => {
            let variable = server.get("variables").and_then(|variables| variables.get(name));
            let is_scheme = at == 1
                && pieces.first() == Some(&TemplatePiece::Literal(""))
                && matches!(pieces.get(2), Some(TemplatePiece::Literal(after)) if after.starts_with("://"));
            let unknown = if is_scheme { "https" } else { "1" };
            variable.and_then(|variable| variable.get_str("default")).unwrap_or(unknown).to_owned()
        }
    };
    let filled: String = pieces.iter().enumerate().map(value).collect();
    // A URL that consists only of variables with empty defaults becomes `/`, because an empty URL would be reported as
    // a mistake.
    Ok(if filled.is_empty() && !text.is_empty() { String::from("/") } else { filled })
}
