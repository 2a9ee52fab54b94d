use super::texts;
use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_document(&RULE, check);

static RULE: Rule =
    Rule::warning("description-style", Profile::Workspace, include_str!("description_style.md"));

/// The words that mark a text as unfinished.
const UNFINISHED_TEXT_MARKERS: [&str; 6] = ["FIXME", "TBA", "TBD", "TODO", "WIP", "XXX"];

fn check(model: &Model<'_>, found: &mut RuleFindings) {
    for text in texts::non_empty_prose_texts(model) {
        if let Some(fault) = find_style_fault(text.text) {
            found.report_at(
                &text.node.location.collapse_to_start(),
                format!("this {} {fault}", text.name_in_messages),
            );
        }
    }
}

fn find_style_fault(text: &str) -> Option<String> {
    let mut words = text.split(|c: char| !c.is_alphanumeric());
    if let Some(word) = words.find(|word| UNFINISHED_TEXT_MARKERS.contains(word)) {
        return Some(format!("is not finished: it says `{word}`"));
    }
    if let Some(tag) = find_html_tag_or_entity(text) {
        return Some(format!("has HTML in it, `{tag}`; plain text was expected"));
    }
    let first = text.chars().next()?;
    if first.is_lowercase() {
        return Some(String::from("does not start with a capital"));
    }
    (!text.ends_with(['.', '?'])).then(|| String::from("does not end with a full stop"))
}

/// Returns the first HTML tag or entity in a text, outside of code in backticks.
fn find_html_tag_or_entity(text: &str) -> Option<&str> {
    // The text is split at backticks, so every second part is code and is skipped.
    for prose in text.split('`').step_by(2) {
        for (at, _) in prose.match_indices('<') {
            let tag = &prose[at..];
            let end = tag.find('>').map(|end| &tag[..=end]);
            let name = tag[1..].trim_start_matches('/');
            if end.is_some() && name.starts_with(|c: char| c.is_ascii_alphabetic()) {
                return end;
            }
        }
        for (at, _) in prose.match_indices('&') {
            let entity = &prose[at..];
            let end = entity.find(';').filter(|end| (3..9).contains(end)).map(|end| &entity[..=end]);
            if end.is_some_and(|e| e[1..e.len() - 1].bytes().all(|b| b.is_ascii_alphanumeric() || b == b'#'))
            {
                return end;
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{find_html_tag_or_entity, find_style_fault};

    #[test]
    fn html_is_found_and_code_is_left_alone() {
        assert_eq!(find_html_tag_or_entity("one<br/>two"), Some("<br/>"));
        assert_eq!(find_html_tag_or_entity("a&nbsp;b"), Some("&nbsp;"));
        assert_eq!(find_html_tag_or_entity("`Vec<T>` and x < y & z; Black & White"), None);
    }

    #[test]
    fn sentences_of_any_kind_are_fine() {
        for text in ["`key` names it.", "3 is enough.", "Éire.", "Is it `true`?"] {
            assert_eq!(find_style_fault(text), None, "{text}");
        }
        for text in ["the wallet.", "The wallet", "The wallet. TODO: fee."] {
            assert!(find_style_fault(text).is_some(), "{text}");
        }
    }
}
