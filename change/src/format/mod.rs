//! Writes reports about the changes of documents in several formats. Text from documents is escaped, so that it cannot
//! act as terminal codes, markup or commands of a CI runner.

mod changelog;
mod human;
mod json;
mod markdown;

pub use changelog::write_changelog_entry;
pub use human::write_terminal_text;
pub use json::write_json;
pub use markdown::write_markdown;

pub(crate) use json::JsonLocation;
pub(crate) use markdown::MAX_LISTED_CHANGES_PER_PAGE;

use partner_spec::{Location, to_harmless_line};

use crate::change::Change;
use crate::signatures::SignatureDisagreement;
use crate::version::{Version, VersionBump};

/// Formats the old and the new location of a change, like `openapi.yaml:7:3 -> nowhere` for a part that was removed.
fn format_locations(change: &Change) -> String {
    let shown = |location: &Option<Location>| location.as_ref().map(ToString::to_string);
    match (shown(&change.old_location), shown(&change.new_location)) {
        (Some(before), Some(after)) if before == after => after,
        (Some(before), Some(after)) => format!("{before} -> {after}"),
        (Some(before), None) => format!("{before} -> nowhere"),
        (None, Some(after)) => format!("nowhere -> {after}"),
        (None, None) => String::new(),
    }
}

/// Says which version the changes require, like `a patch is needed: 1.2.3 -> 1.2.4`. `bump` is the part of the version
/// number that has to be increased, and `version` is the current version of the client.
fn describe_required_version(bump: VersionBump, version: Option<Version>) -> String {
    let name = match bump {
        VersionBump::None => return String::from("no new version is needed"),
        VersionBump::Patch => "a patch",
        VersionBump::Minor => "a version with something new",
        VersionBump::Major => "a version that breaks",
    };
    match version {
        Some(version) => format!("{name} is needed: {version} -> {}", version.bumped_by(bump)),
        None => format!("{name} is needed"),
    }
}

/// Describes a disagreement between the reported changes and the changes of the client's public signatures: only one of
/// the two says that Rust callers break.
fn describe_signature_disagreement(disagreement: &SignatureDisagreement) -> String {
    match disagreement {
        SignatureDisagreement::UnexplainedBreak { type_name, differing_signatures: signatures } => {
            let shown: Vec<String> = signatures.iter().take(3).map(|text| format!("`{text}`")).collect();
            let more = signatures.len().saturating_sub(3);
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            format!(
                "The public signatures of `{type_name}` break, and no change says so: {}{more}",
                shown.join(", ")
            )
        }
        SignatureDisagreement::UnconfirmedBreak { change_message: text } => {
            format!("The public signatures do not show why this breaks Rust callers: {text}")
        }
    }
}

/// Formats a number with a noun in the singular or plural: `1 change`, `2 changes`.
pub(crate) fn format_count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

/// Escapes a text for Markdown. Text between backticks stays code; everything else is shown literally.
pub(crate) fn escape_markdown(text: &str) -> String {
    let text = to_harmless_line(text);
    let parts: Vec<&str> = text.split('`').collect();
    let mut out = String::with_capacity(text.len() + 16);
    for (index, part) in parts.iter().enumerate() {
        let is_code = index % 2 == 1 && index + 1 < parts.len();
        if index > 0 {
            // If the number of backticks is odd, the last backtick has no partner. So it starts no code, and is shown
            // literally.
            let is_unpaired = index + 1 == parts.len() && parts.len().is_multiple_of(2);
            out.push_str(if is_unpaired { "\\`" } else { "`" });
        }
        for c in part.chars() {
            match c {
                '|' => out.push_str("\\|"),
                _ if is_code => out.push(c),
                '<' => out.push_str("&lt;"),
                '>' => out.push_str("&gt;"),
                '&' => out.push_str("&amp;"),
                '@' => out.push_str("&#64;"),
                '\\' | '*' | '_' | '[' | ']' | '!' | '#' | '~' => {
                    out.push('\\');
                    out.push(c);
                }
                _ => out.push(c),
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escape_markdown;

    #[test]
    fn text_of_a_document_is_no_markup() {
        let cases = [
            ("`a_b` is new", "`a_b` is new"),
            ("*x* <img src=a> @all [a](b)", "\\*x\\* &lt;img src=a&gt; &#64;all \\[a\\](b)"),
            ("`a|b` | c", "`a\\|b` \\| c"),
            ("`a`<b>`c", "`a`&lt;b&gt;\\`c"),
            ("``<b>", "``&lt;b&gt;"),
        ];
        for (text, expected) in cases {
            assert_eq!(escape_markdown(text), expected);
        }
    }
}
