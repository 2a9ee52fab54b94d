use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_document(&RULE, check);

static RULE: Rule = Rule::error("path-character", Profile::OpenApi, include_str!("path_character.md"));

fn check(model: &Model<'_>, found: &mut RuleFindings) {
    for path in model.root.get_entries("paths").filter(|path| path.key.starts_with('/')) {
        let wrong = |c: &char| c.is_whitespace() || c.is_control() || "\\\"<>^`|".contains(*c);
        if let Some(c) = path.key.chars().find(wrong) {
            found
                .report_at(&path.key_location, format!("the path `{}` has {c:?} in it", path.key))
                .with_help("take it away, or write it percent-encoded, like `%20` for a space");
        }
    }
}
