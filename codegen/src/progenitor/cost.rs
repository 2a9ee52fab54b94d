//! What progenitor and typify make of a document, before they are asked: they hold all of it in memory at once, as tokens.

use partner_model::rules::expansion_limit;
use partner_model::{Model, Shape};
use partner_spec::{Budget, Diagnostic, Diagnostics, Location};

use super::input;

/// How many bytes of tokens may be made: so many for every document, and so many more for each kilobyte. A document that
/// people write has several kilobytes for an operation; one of nothing but paths has a hundred bytes.
const BASE: usize = 36 * 1024 * 1024;
const PER_KILOBYTE: usize = 36 * 1024;

/// How many bytes of tokens these take, as measured, and how often a name is in them.
const OPERATION: usize = 55_000;
const PARAMETER: usize = 9_000;
const PART: usize = 11_000;
const RESPONSE: usize = 5_000;
const WAITER: usize = 40_000;
const TYPE: usize = 6_000;
const FIELD: usize = 5_000;
const VALUE: usize = 1_500;
const VARIANT: usize = 10_000;
const NAMES: usize = 50;

/// How many bytes of tokens these take while their call or type is printed.
const PRINTED_INPUT: usize = 22_000;
const PRINTED_FIELD: usize = 22_000;
const PRINTED_VALUE: usize = 6_000;

/// Reports the place from which on a document is too much for the generator, if it is.
pub(crate) fn check(model: &Model, found: &mut Diagnostics) {
    found.extend(too_much(model).into_iter().collect());
}

fn too_much(model: &Model) -> Option<Diagnostic> {
    // What is too large already was reported.
    if model.expansion.is_exceeded() {
        return None;
    }
    let mut budget = Budget::new(BASE, PER_KILOBYTE, model.document_bytes);
    let report = |location: &Location| expansion_limit::generated(location, model.document_bytes);
    // Calls and types are printed one after the other, so the largest one counts.
    let mut largest = 0;
    for operation in &model.operations {
        let parts: usize = operation.media().iter().map(|media| media.parts().len()).sum();
        let cost = OPERATION
            + PARAMETER * operation.parameters.len()
            + PART * parts
            + RESPONSE * operation.successes().count()
            + WAITER * operation.waiters.len()
            + NAMES * operation.name.len();
        let printed = PRINTED_INPUT * (operation.parameters.len() + parts);
        if !budget.spend(cost + printed.saturating_sub(largest)) {
            return Some(report(&operation.location));
        }
        largest = largest.max(printed);
    }
    for (name, definition) in &model.types {
        let (fields, values, variants) = match &definition.shape {
            Shape::Object(object) => (object.fields.len(), 0, 0),
            Shape::Enum(values) => (0, values.values.len(), 0),
            Shape::Union(union) => (0, 0, union.variants.len()),
            Shape::Newtype(_) => (0, 0, 0),
        };
        let cost = TYPE + FIELD * fields + VALUE * values + VARIANT * variants + NAMES * name.len();
        let printed = PRINTED_FIELD * fields + PRINTED_VALUE * values;
        if !budget.spend(cost + printed.saturating_sub(largest)) {
            return Some(report(&definition.location.to_start()));
        }
        largest = largest.max(printed);
    }
    let values = FIELD * input::values(model).len();
    (!budget.spend(values)).then(|| report(&model.location))
}
