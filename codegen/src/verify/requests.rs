use partner_spec::Diagnostics;

use super::{Check, Outcome, broken};
use crate::emit::{BASE_URL, VERSION_HEADER};

pub(super) const CHECK: Check = Check {
    name: "requests",
    why: "A generated request is made and not sent, and has no header that nobody asked for.",
    check,
};

fn check(outcome: &Outcome<'_>, found: &mut Diagnostics) {
    for file in outcome.generated.iter().flat_map(|source| &source.files) {
        for leftover in [VERSION_HEADER, BASE_URL, ".exec(", ".pre("] {
            if code_lines(&file.source).any(|line| line.contains(leftover)) {
                let message = format!("`{}` still has progenitor's `{leftover}`", file.name());
                found.push(broken(outcome.api, message));
            }
        }
    }
}

/// The lines of a source without its comments, which have the words of the document.
fn code_lines(source: &str) -> impl Iterator<Item = &str> {
    source.lines().filter(|line| !line.trim_start().starts_with("///"))
}
