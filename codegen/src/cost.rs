//! Estimates how much memory the generation of a client will take, before anything is generated. The generators of
//! models and requests hold all of their output in memory at once, as tokens. The code that this crate emits is printed
//! from tokens as well.

use partner_model::rules::expansion_limit;
use partner_model::{Model, TypeShape};
use partner_spec::{Findings, Location, StepBudget};

use crate::core::count_used_schemas;
use crate::emit::count_types_to_measure;

/// The maximum number of bytes of generated tokens for an empty document. The limit grows by
/// [`TOKEN_LIMIT_INCREASE_PER_KILOBYTE`] with each kilobyte of the document's text.
const BASE_TOKEN_LIMIT_BYTES: usize = 36 * 1024 * 1024;
/// The number of bytes by which the limit on generated tokens increases with each kilobyte of the document's text. A
/// handwritten document has several kilobytes of text for each operation, and stays far below the limit. A document
/// with only a hundred bytes of text for each operation may exceed the limit.
const TOKEN_LIMIT_INCREASE_PER_KILOBYTE: usize = 36 * 1024;

/// The measured memory of the tokens that are generated for an operation, in bytes. This does not include the tokens
/// for its parameters, form parts, responses and waiters. The constants below are the bytes for each of these, and for
/// each type, field, enum value, variant, server and variable of a server.
const BASE_TOKEN_BYTES_PER_OPERATION: usize = 55_000;
const TOKEN_BYTES_PER_PARAMETER: usize = 9_000;
const TOKEN_BYTES_PER_FORM_PART: usize = 11_000;
const TOKEN_BYTES_PER_RESPONSE: usize = 5_000;
const TOKEN_BYTES_PER_WAITER: usize = 40_000;
const TOKEN_BYTES_PER_TYPE: usize = 6_000;
const TOKEN_BYTES_PER_FIELD: usize = 5_000;
const TOKEN_BYTES_PER_ENUM_VALUE: usize = 1_500;
const TOKEN_BYTES_PER_VARIANT: usize = 10_000;
const TOKEN_BYTES_PER_SERVER: usize = 5_000;
const TOKEN_BYTES_PER_SERVER_VARIABLE: usize = 11_000;
const TOKEN_BYTES_PER_VARIABLE_SETTER: usize = 13_000;

/// An estimate of how often the name of an operation or type occurs in the code that is generated for it. Each time,
/// the name takes its length in bytes.
const ESTIMATED_OCCURRENCES_PER_NAME: usize = 50;

/// The memory that printing the code of a call takes, in bytes per argument of the call. The memory is freed once the
/// code has been printed. The two constants below are the memory that printing the code of a type takes: in bytes per
/// field of a struct, and in bytes per enum value.
const PRINTING_BYTES_PER_ARGUMENT: usize = 22_000;
const PRINTING_BYTES_PER_FIELD: usize = 22_000;
const PRINTING_BYTES_PER_ENUM_VALUE: usize = 6_000;

/// The number of bytes that are deducted from the budget for each `size_of` expression in the operation table (see
/// `emit::type_sizes`). These bytes do not stand for memory, but for the time that the generation takes.
const CHARGED_BYTES_PER_SIZE_EXPRESSION: usize = 200;

/// Reports a document from which too much code would be generated. The finding points to the operation or type at which
/// the limit is exceeded.
pub(crate) fn check_generation_cost(model: &Model, found: &mut Findings) {
    // A document that exceeds the expansion limit (the limit on copies of schemas) has already been reported, so the
    // cost of its code is not reported as well.
    if model.expansion_budget.is_expansion_limit_exceeded() {
        return;
    }
    let mut budget = GeneratedCodeBudget {
        budget: StepBudget::new(
            BASE_TOKEN_LIMIT_BYTES,
            TOKEN_LIMIT_INCREASE_PER_KILOBYTE,
            model.document_size_bytes,
        ),
        peak_printing_bytes: 0,
    };
    let steps = [charge_servers, charge_operations, charge_types, charge_used_schemas, charge_type_sizes];
    if let Some(location) = steps.into_iter().find_map(|step| step(model, &mut budget)) {
        found.push(expansion_limit::new_oversized_code_finding(&location, model.document_size_bytes));
    }
}

/// The budget for the generated tokens, in bytes. Each operation and each type spends the number of bytes that its
/// tokens are estimated to take.
struct GeneratedCodeBudget {
    budget: StepBudget,
    /// The largest number of bytes that printing a single call or type has taken so far. Calls and types are printed
    /// one after the other, so only the most expensive of them counts.
    peak_printing_bytes: usize,
}

impl GeneratedCodeBudget {
    /// Spends `bytes` from the budget. Returns `None` if the budget had enough bytes left; otherwise returns
    /// `location`, the location at which the limit is exceeded.
    fn spend_bytes(&mut self, bytes: usize, location: &Location) -> Option<Location> {
        (!self.budget.try_spend(bytes)).then(|| location.clone())
    }

    /// Subtracts from the budget the memory that the generation of one call or type takes: `bytes`, which stay
    /// allocated, and `printing_bytes`, which are freed once the call or type is printed. The next call or type can use
    /// the freed memory again, so only the part of `printing_bytes` that exceeds their largest earlier value is
    /// subtracted.
    fn spend_call_or_type_bytes(
        &mut self,
        bytes: usize,
        printing_bytes: usize,
        location: &Location,
    ) -> Option<Location> {
        let excess = printing_bytes.saturating_sub(self.peak_printing_bytes);
        self.peak_printing_bytes = self.peak_printing_bytes.max(printing_bytes);
        self.spend_bytes(bytes + excess, location)
    }
}

fn charge_servers(model: &Model, budget: &mut GeneratedCodeBudget) -> Option<Location> {
    let environments = model.environments.iter().find_map(|environment| {
        let variables: usize = environment.servers.iter().map(|server| server.variables.len()).sum();
        let bytes =
            TOKEN_BYTES_PER_SERVER * environment.servers.len() + TOKEN_BYTES_PER_SERVER_VARIABLE * variables;
        budget.spend_bytes(bytes, &environment.location)
    });
    environments.or_else(|| {
        model.server_variables.iter().find_map(|variable| {
            let values = variable.allowed_values.as_ref().map_or(0, Vec::len);
            budget.spend_bytes(
                TOKEN_BYTES_PER_VARIABLE_SETTER + PRINTING_BYTES_PER_ENUM_VALUE * values,
                &variable.key_location,
            )
        })
    })
}

fn charge_operations(model: &Model, budget: &mut GeneratedCodeBudget) -> Option<Location> {
    model.operations.iter().find_map(|operation| {
        let parts: usize =
            operation.request_media_types().iter().map(|media| media.form_fields().len()).sum();
        let bytes = BASE_TOKEN_BYTES_PER_OPERATION
            + TOKEN_BYTES_PER_PARAMETER * operation.parameters.len()
            + TOKEN_BYTES_PER_FORM_PART * parts
            + TOKEN_BYTES_PER_RESPONSE * operation.successful_responses().count()
            + TOKEN_BYTES_PER_WAITER * operation.waiters.len()
            + ESTIMATED_OCCURRENCES_PER_NAME * operation.client_method_name.len();
        let printing_bytes = PRINTING_BYTES_PER_ARGUMENT * (operation.parameters.len() + parts);
        budget.spend_call_or_type_bytes(bytes, printing_bytes, &operation.id_location)
    })
}

fn charge_types(model: &Model, budget: &mut GeneratedCodeBudget) -> Option<Location> {
    model.types.iter().find_map(|(name, definition)| {
        let (fields, values, variants) = match &definition.shape {
            TypeShape::Object(object) => (object.fields.len(), 0, 0),
            TypeShape::Enum(values) => (0, values.values.len(), 0),
            TypeShape::Union(union) => (0, 0, union.variants.len()),
            TypeShape::Newtype(_) => (0, 0, 0),
        };
        let bytes = TOKEN_BYTES_PER_TYPE
            + TOKEN_BYTES_PER_FIELD * fields
            + TOKEN_BYTES_PER_ENUM_VALUE * values
            + TOKEN_BYTES_PER_VARIANT * variants
            + ESTIMATED_OCCURRENCES_PER_NAME * name.len();
        let printing_bytes = PRINTING_BYTES_PER_FIELD * fields + PRINTING_BYTES_PER_ENUM_VALUE * values;
        budget.spend_call_or_type_bytes(bytes, printing_bytes, &definition.location.collapse_to_start())
    })
}

fn charge_used_schemas(model: &Model, budget: &mut GeneratedCodeBudget) -> Option<Location> {
    budget.spend_bytes(TOKEN_BYTES_PER_FIELD * count_used_schemas(model), &model.location)
}

fn charge_type_sizes(model: &Model, budget: &mut GeneratedCodeBudget) -> Option<Location> {
    model.operations.iter().find_map(|operation| {
        let bytes = CHARGED_BYTES_PER_SIZE_EXPRESSION * count_types_to_measure(operation, model);
        budget.spend_bytes(bytes, &operation.id_location)
    })
}
