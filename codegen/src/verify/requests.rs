use partner_spec::Diagnostics;

use super::{Check, Outcome, broken};
use crate::emit::{BASE_URL, VERSION_HEADER};

pub(super) const CHECK: Check = Check {
    name: "requests",
    why: "A generated request is made and not sent, and has no header that nobody asked for.",
    check,
};

fn check(outcome: &Outcome<'_>, found: &mut Diagnostics) {
    let header = format!("from_static({VERSION_HEADER:?})");
    for file in outcome.generated.iter().flat_map(|source| &source.files) {
        let mut report = |leftover: &str| {
            let message = format!("`{}` still has progenitor's `{leftover}`", file.name());
            found.push(broken(outcome.model, message));
        };
        if code_lines(&file.source).any(|line| line.contains(&header)) {
            report(VERSION_HEADER);
        }
        for leftover in [BASE_URL, ".exec(", ".pre("] {
            let mut lines = code_lines(&file.source).filter(|line| line.contains(leftover));
            if lines.any(|line| without_strings(line).contains(leftover)) {
                report(leftover);
            }
        }
    }
}

/// The lines of a source without its comments, which have the words of the document.
fn code_lines(source: &str) -> impl Iterator<Item = &str> {
    source.lines().filter(|line| !line.trim_start().starts_with("///"))
}

/// A line of code without what stands in its strings, which are words of the document too.
fn without_strings(line: &str) -> String {
    let (mut in_string, mut escaped) = (false, false);
    line.chars()
        .filter(|c| {
            let ends_or_starts = *c == '"' && !escaped;
            escaped = in_string && *c == '\\' && !escaped;
            in_string ^= ends_or_starts;
            !in_string
        })
        .collect()
}
