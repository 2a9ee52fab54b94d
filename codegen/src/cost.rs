//! Limits what is generated from a document, before anything is: progenitor and typify hold all of their output in memory
//! at once, as tokens, and we print ours from tokens.

use partner_model::rules::expansion_limit;
use partner_model::{Model, Shape};
use partner_spec::{Budget, Diagnostics, Location};

use crate::core::count_values;
use crate::emit::count_sizes;

/// The most bytes of tokens: a base for every document, and an allowance for each kilobyte. A document that people write
/// has several kilobytes for an operation; one of nothing but paths has a hundred bytes.
const BASE_BYTES: usize = 36 * 1024 * 1024;
const BYTES_PER_KILOBYTE: usize = 36 * 1024;

/// The bytes of tokens that each of these takes, as measured.
const OPERATION: usize = 55_000;
const PARAMETER: usize = 9_000;
const PART: usize = 11_000;
const RESPONSE: usize = 5_000;
const WAITER: usize = 40_000;
const TYPE: usize = 6_000;
const FIELD: usize = 5_000;
const VALUE: usize = 1_500;
const VARIANT: usize = 10_000;
const SERVER: usize = 5_000;
const SERVER_VARIABLE: usize = 11_000;
const SETTER: usize = 13_000;

/// The number of times that the name of an operation or type is in its tokens.
const USES_OF_NAME: usize = 50;

/// The bytes of tokens that each of these takes while its call or type is printed.
const PRINTED_INPUT: usize = 22_000;
const PRINTED_FIELD: usize = 22_000;
const PRINTED_VALUE: usize = 6_000;

/// What the size of a type in the entry of an operation counts as. It takes time rather than memory.
const SIZE: usize = 200;

/// Reports the location from which on a document is too much for the generator, if it is.
pub(crate) fn check(model: &Model, found: &mut Diagnostics) {
    // What is too large already was reported.
    if model.expansion.is_exceeded() {
        return;
    }
    let mut spent = Spent {
        budget: Budget::new(BASE_BYTES, BYTES_PER_KILOBYTE, model.document_bytes),
        largest_printed: 0,
    };
    let steps = [charge_servers, charge_operations, charge_types, charge_values, charge_sizes];
    if let Some(location) = steps.into_iter().find_map(|step| step(model, &mut spent)) {
        found.push(expansion_limit::generated_code(&location, model.document_bytes));
    }
}

/// The bytes of tokens that were spent so far.
struct Spent {
    budget: Budget,
    /// The most bytes that one call or type takes while it is printed. They are printed one after the other, so only the
    /// largest one counts.
    largest_printed: usize,
}

impl Spent {
    /// Spends `bytes`, and returns `location` if these are more than are left.
    fn spend(&mut self, bytes: usize, location: &Location) -> Option<Location> {
        (!self.budget.spend(bytes)).then(|| location.clone())
    }

    /// Spends `bytes` of a call or type that takes `printed` bytes while it is printed.
    fn spend_printed(&mut self, bytes: usize, printed: usize, location: &Location) -> Option<Location> {
        let more = printed.saturating_sub(self.largest_printed);
        self.largest_printed = self.largest_printed.max(printed);
        self.spend(bytes + more, location)
    }
}

fn charge_servers(model: &Model, spent: &mut Spent) -> Option<Location> {
    let environments = model.environments.iter().find_map(|environment| {
        let variables: usize = environment.servers.iter().map(|server| server.variables.len()).sum();
        let bytes = SERVER * environment.servers.len() + SERVER_VARIABLE * variables;
        spent.spend(bytes, &environment.location)
    });
    environments.or_else(|| {
        model.variables.iter().find_map(|variable| {
            let values = variable.values.as_ref().map_or(0, Vec::len);
            spent.spend(SETTER + PRINTED_VALUE * values, &variable.location)
        })
    })
}

fn charge_operations(model: &Model, spent: &mut Spent) -> Option<Location> {
    model.operations.iter().find_map(|operation| {
        let parts: usize = operation.media().iter().map(|media| media.parts().len()).sum();
        let bytes = OPERATION
            + PARAMETER * operation.parameters.len()
            + PART * parts
            + RESPONSE * operation.successes().count()
            + WAITER * operation.waiters.len()
            + USES_OF_NAME * operation.name.len();
        let printed = PRINTED_INPUT * (operation.parameters.len() + parts);
        spent.spend_printed(bytes, printed, &operation.location)
    })
}

fn charge_types(model: &Model, spent: &mut Spent) -> Option<Location> {
    model.types.iter().find_map(|(name, definition)| {
        let (fields, values, variants) = match &definition.shape {
            Shape::Object(object) => (object.fields.len(), 0, 0),
            Shape::Enum(values) => (0, values.values.len(), 0),
            Shape::Union(union) => (0, 0, union.variants.len()),
            Shape::Newtype(_) => (0, 0, 0),
        };
        let bytes = TYPE + FIELD * fields + VALUE * values + VARIANT * variants + USES_OF_NAME * name.len();
        let printed = PRINTED_FIELD * fields + PRINTED_VALUE * values;
        spent.spend_printed(bytes, printed, &definition.location.to_start())
    })
}

fn charge_values(model: &Model, spent: &mut Spent) -> Option<Location> {
    spent.spend(FIELD * count_values(model), &model.location)
}

fn charge_sizes(model: &Model, spent: &mut Spent) -> Option<Location> {
    model.operations.iter().find_map(|operation| {
        let bytes = SIZE * count_sizes(operation, model);
        spent.spend(bytes, &operation.location)
    })
}
