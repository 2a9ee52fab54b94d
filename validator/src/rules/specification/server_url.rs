use partner_spec::{Kind, Node, Profile, Rule};

use super::urls::problem;
use crate::model::{Model, Place};
use crate::rules::{Check, Findings};

pub(super) const CHECK: Check = Check::each(&RULE, Kind::Server, check);

static RULE: Rule = Rule::error("server-url", Profile::Openapi, include_str!("server_url.md"));

fn check(_: &Model<'_>, server: &Place<'_>, found: &mut Findings) {
    let Some(url) = server.node.get("url") else { return };
    let Some(text) = url.as_str() else { return };
    if let Some((filled, why)) = broken(text, server) {
        let message = match filled == text {
            true => format!("the server's URL `{text}` {why}"),
            false => format!("the server's URL with its defaults is `{filled}`, which {why}"),
        };
        found.at(&url.location, message).help("a server's URL looks like `https://api.example.com/v1`");
    }
}

/// The URL as it would be used, and what is wrong with it.
fn broken(text: &str, server: &Place<'_>) -> Option<(String, String)> {
    let filled = match fill(text, server.node) {
        Ok(filled) => filled,
        Err(why) => return Some((text.to_owned(), why.to_owned())),
    };
    let why = match filled.contains(['?', '#']) {
        true => Some(String::from("has a query or a fragment, where the path of the request goes")),
        false => problem(&filled),
    };
    why.map(|why| (filled, why))
}

/// The URL with the defaults of its variables; a variable that is not declared has been reported.
fn fill(text: &str, server: &Node) -> Result<String, &'static str> {
    let mut filled = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        let (before, after) = (&rest[..at], &rest[at + 1..]);
        if rest[at..].starts_with('}') {
            return Err("has a closing brace without an opening one");
        }
        let (name, after) = after.split_once('}').ok_or("has an opening brace without a closing one")?;
        if name.contains('{') {
            return Err("has an opening brace without a closing one");
        }
        if name.trim().is_empty() {
            return Err("has a placeholder without a name");
        }
        let variable = server.get("variables").and_then(|variables| variables.get(name));
        let default = variable.and_then(|variable| variable.str("default"));
        let unknown = if before.is_empty() && after.starts_with("://") { "https" } else { "1" };
        filled.push_str(before);
        filled.push_str(default.unwrap_or(unknown));
        rest = after;
    }
    filled.push_str(rest);
    // An empty default is fine: a URL may have a part that is mostly left out.
    Ok(if filled.is_empty() && !text.is_empty() { String::from("/") } else { filled })
}
