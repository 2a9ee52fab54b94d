//! Reports examples, defaults and values of an `enum` that do not match their schema.

use partner_spec::Node;

use crate::instance::{CompiledSchema, Direction, Mismatch};
use crate::model::Model;
use crate::rules::RuleFindings;

/// The maximum number of mismatches that are reported for one value. If the value has more mismatches, the last message
/// says how many more.
const MAX_REPORTED_MISMATCHES_PER_VALUE: usize = 3;

/// The schema that values are expected to match: its node in the document, and its compiled form.
pub(super) struct ExpectedSchema<'a> {
    node: &'a Node,
    compiled: CompiledSchema,
}

impl<'a> ExpectedSchema<'a> {
    /// Compiles the schema, so that many values can be checked against it.
    pub(super) fn compile(model: &Model<'_>, node: &'a Node, direction: Direction) -> ExpectedSchema<'a> {
        ExpectedSchema { node, compiled: model.value_checker().get_or_compile_schema(node, direction) }
    }
}

/// Reports the mismatches between a value and its schema. `what` names the value in messages, e.g. `this example`.
pub(super) fn report_mismatches(
    model: &Model<'_>,
    schema: &ExpectedSchema<'_>,
    value: &Node,
    what: &str,
    found: &mut RuleFindings,
) {
    let mismatches = model.value_checker().find_mismatches(&schema.compiled, value);
    let hidden = mismatches.len().saturating_sub(MAX_REPORTED_MISMATCHES_PER_VALUE);
    let shown = mismatches.len().min(MAX_REPORTED_MISMATCHES_PER_VALUE);
    for (index, mismatch) in mismatches.into_iter().take(MAX_REPORTED_MISMATCHES_PER_VALUE).enumerate() {
        let Mismatch { pointer, location, message_without_subject: predicate, advice, .. } = mismatch;
        let subject = if pointer.is_empty() { what.to_owned() } else { format!("`{pointer}` of {what}") };
        let more = match hidden {
            0 => String::new(),
            _ if index + 1 < shown => String::new(),
            1 => String::from(" (and one more mismatch)"),
            number => format!(" (and {number} more mismatches)"),
        };
        let note = found.report_at(&location, format!("{subject} {predicate}{more}"));
        match advice {
            Some(advice) => note.with_help(advice),
            None => note.with_related_location(&schema.node.location.collapse_to_start(), "the schema"),
        };
    }
}
