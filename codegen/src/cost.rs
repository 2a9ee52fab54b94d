//! What progenitor and typify make of a document, before they are asked: they hold all of it in memory at once, as tokens.

use partner_spec::{Budget, Diagnostic, Location};

use partner_model::api::{Api, MediaKind};

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

/// The place from which on a document is too much for the generator, if it is.
pub(crate) fn check(api: &Api) -> Option<Diagnostic> {
    let mut budget = Budget::new(BASE, PER_KILOBYTE, api.size);
    let too_much = |location: &Location| {
        let message = format!(
            "from here on, this is more than is generated from a document of {} KB",
            api.size.div_ceil(1024)
        );
        Diagnostic::error("expansion-limit", location, message)
            .help("split the document into several, each with a client of its own")
    };
    // Calls and types are printed one after the other, so the largest one counts.
    let mut largest = 0;
    for operation in &api.operations {
        let bodies = operation.body.iter().flat_map(|body| &body.media);
        let parts: usize = bodies
            .filter(|media| media.kind == MediaKind::Multipart)
            .map(|media| media.schema.entries("properties").len())
            .sum();
        let cost = OPERATION
            + PARAMETER * operation.parameters.len()
            + PART * parts
            + RESPONSE * operation.success_statuses().count()
            + WAITER * operation.waiters.len()
            + NAMES * operation.name.len();
        let printed = PRINTED_INPUT * (operation.parameters.len() + parts);
        if !budget.spend(cost + printed.saturating_sub(largest)) {
            return Some(too_much(&operation.location));
        }
        largest = largest.max(printed);
    }
    for (name, schema) in &api.schemas {
        let values = api.enums.get(name).map_or(0, |values| values.values.len());
        let variants = api.unions.get(name).map_or(0, |union| union.variants.len());
        let fields = schema.node.entries("properties").len();
        let cost = TYPE + FIELD * fields + VALUE * values + VARIANT * variants + NAMES * name.len();
        let printed = PRINTED_FIELD * fields + PRINTED_VALUE * values;
        if !budget.spend(cost + printed.saturating_sub(largest)) {
            return Some(too_much(&schema.node.location.to_start()));
        }
        largest = largest.max(printed);
    }
    None
}
