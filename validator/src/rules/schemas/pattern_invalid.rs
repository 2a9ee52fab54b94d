use regress::Regex;

use crate::instance::find_foreign_construct_name;
use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_each_object(&RULE, ObjectKind::Schema, check);

static RULE: Rule = Rule::warning("pattern-invalid", Profile::OpenApi, include_str!("pattern_invalid.md"));

/// The maximum length, in bytes, of a pattern that is checked. The regex compiler is recursive, so a longer pattern
/// could overflow the stack.
const MAX_CHECKED_PATTERN_BYTES: usize = 10_000;
/// The maximum number of opening brackets (`(` and `[`) in a pattern that is checked. The regex compiler is recursive,
/// so more brackets could overflow the stack.
const MAX_CHECKED_PATTERN_BRACKETS: usize = 200;

fn check(model: &Model<'_>, schema: &Place<'_>, found: &mut RuleFindings) {
    let Some(node) = schema.node.get("pattern") else { return };
    let Some(pattern) = node.as_str() else { return };
    if pattern.len() > MAX_CHECKED_PATTERN_BYTES
        || pattern.matches(['(', '[']).count() > MAX_CHECKED_PATTERN_BRACKETS
    {
        let what = "this pattern is too long, or has too many groups, to see whether it is right";
        return model.record_stopped_check(
            &node.location,
            what,
            "write it shorter, or tell in the description what it is for",
        );
    }
    // A pattern that is valid in the strict grammar of ECMA 262 (with the flag `u`) is accepted. Any other pattern is
    // reported if it has a construct of another regex language, or if it is invalid without the flag, too.
    let Err(error) = Regex::with_flags(pattern, "u") else { return };
    let message = match (find_foreign_construct_name(pattern), Regex::new(pattern)) {
        (Some(what), _) => format!("this pattern has {what}, which ECMA 262 does not have"),
        (None, Err(_)) => {
            format!("this pattern cannot be compiled: {}", lowercase_first_letter(&error.to_string()))
        }
        (None, Ok(_)) => return,
    };
    found
        .report_at(&node.location, message)
        .with_help("patterns are regular expressions as JavaScript has them");
}

/// Returns an error message with its first letter in lower case, so that the message can be part of a sentence.
fn lowercase_first_letter(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|letter| letter.to_ascii_lowercase());
    first.into_iter().chain(letters).collect()
}
