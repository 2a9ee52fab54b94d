//! Writes the differences in several formats. Text of documents is escaped, so that it cannot act as terminal codes,
//! markup or commands of a CI runner.

mod human;
mod json;
mod markdown;

pub use human::human;
pub use json::json;
pub use markdown::markdown;

use partner_spec::Location;

use super::{Compared, Difference, Only, Report};
use crate::format::plural;

/// The most findings and operations that are listed for people.
const MAX_LISTED: usize = 50;

/// The locations of a difference in our document and in the docs.
fn places(difference: &Difference) -> String {
    let shown = |location: &Option<Location>, name: &str| {
        location.as_ref().map(|location| format!("{location} ({name})"))
    };
    let change = &difference.change;
    [shown(&change.before, "ours"), shown(&change.after, "docs")]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(", ")
}

/// What was compared, in one sentence.
fn compared(report: &Report) -> String {
    let operations: usize = report.compared.iter().map(|compared| compared.operations).sum();
    let documents = match &report.compared[..] {
        [Compared { file, .. }] => format!("`{file}`"),
        many => plural(many.len(), "document"),
    };
    let webhooks: usize = report.compared.iter().map(|compared| compared.webhooks).sum();
    let webhooks = if webhooks > 0 { format!(" and {}", plural(webhooks, "webhook")) } else { String::new() };
    format!("{} of ours, {operations}{webhooks} in {documents}", plural(report.operations, "operation"))
}

/// How many differences there are, in one sentence.
fn summary(report: &Report) -> String {
    let open = || report.differences.iter().filter(|difference| difference.accepted.is_none());
    let kinds = [Only::Docs, Only::Ours, Only::Neither].map(|only| {
        format!("{} {}", open().filter(|difference| difference.only == only).count(), only.name())
    });
    let accepted = report.accepted();
    let accepted = if accepted > 0 { format!("; {accepted} more accepted") } else { String::new() };
    format!("{}: {}{accepted}", plural(open().count(), "difference"), kinds.join(", "))
}
