//! Reports the mismatches of examples, defaults and values of an `enum`.

use partner_spec::Node;

use crate::instance::{Direction, Mismatch, Prepared};
use crate::model::Model;
use crate::rules::Findings;

/// Up to this number of mismatches of one value are shown; the others are counted.
const MAX_SHOWN: usize = 3;

/// A schema that values are checked against.
pub(super) struct Schema<'a> {
    node: &'a Node,
    prepared: Prepared,
}

impl<'a> Schema<'a> {
    /// Compiles the schema once for all values.
    pub(super) fn new(model: &Model<'_>, node: &'a Node, direction: Direction) -> Schema<'a> {
        Schema { node, prepared: model.checker().prepare(node, direction) }
    }
}

/// Reports the mismatches of a value. `what` names the value in messages: `this example`.
pub(super) fn report(model: &Model<'_>, schema: &Schema<'_>, value: &Node, what: &str, found: &mut Findings) {
    let mismatches = model.checker().mismatches(&schema.prepared, value);
    let hidden = mismatches.len().saturating_sub(MAX_SHOWN);
    let shown = mismatches.len().min(MAX_SHOWN);
    for (index, mismatch) in mismatches.into_iter().take(MAX_SHOWN).enumerate() {
        let Mismatch { pointer, location, what: wrong, help, .. } = mismatch;
        let subject = if pointer.is_empty() { what.to_owned() } else { format!("`{pointer}` of {what}") };
        let more = match hidden {
            0 => String::new(),
            _ if index + 1 < shown => String::new(),
            1 => String::from(" (and one more mismatch)"),
            number => format!(" (and {number} more mismatches)"),
        };
        let note = found.at(&location, format!("{subject} {wrong}{more}"));
        match help {
            Some(help) => note.help(help),
            None => note.related(&schema.node.location.to_start(), "the schema"),
        };
    }
}
