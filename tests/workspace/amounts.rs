//! The decimals in the requests of the documents: each one is marked as above zero, or is known to be no amount that is
//! moved or quoted.

use partner_model::{Model, Schema, Type};
use partner_spec::Api;

/// The decimals of requests that may be zero: fees, limits and a tolerance.
const MAY_BE_ZERO: [&str; 10] = [
    "p100 CardLimitsChange.dailyTrxAll",
    "p100 CardLimitsChange.dailyTrxAtm",
    "p100 CardLimitsChange.dailyTrxEcom",
    "p100 CardLimitsChange.monthlyTrxAll",
    "p100 CardLimitsChange.monthlyTrxAtm",
    "p100 CardLimitsChange.monthlyTrxEcom",
    "unigox NewOffRampQuote.partner_fee_pct",
    "unigox NewOnRampQuote.partner_fee_pct",
    "unigox NewPriceEstimate.partner_fee_pct",
    "unigox SlippageTolerance.value",
];

/// The schemas of everything that requests can have, each with its name.
fn sent_schemas(model: &Model) -> Vec<(String, &Schema)> {
    let mut found = Vec::new();
    for (name, definition) in model.types.iter().filter(|(_, definition)| definition.is_sent_by_client) {
        if let partner_model::TypeShape::Object(object) = &definition.shape {
            found.extend(object.fields.iter().map(|field| (format!("{name}.{}", field.name), &field.schema)));
            found.extend(object.additional_properties.iter().map(|rest| (format!("{name}.*"), rest)));
        }
    }
    for operation in &model.operations {
        let parts = operation.request_media_types().iter().flat_map(|media| media.form_fields());
        let parts = parts.map(|part| (&part.name, &part.schema));
        let parameters = operation.parameters.iter().map(|parameter| (&parameter.name, &parameter.schema));
        found.extend(
            parameters.chain(parts).map(|(name, schema)| (format!("{}.{name}", operation.id), schema)),
        );
    }
    found
}

#[test]
fn each_decimal_of_a_request_is_above_zero_or_known_to_be_no_amount() {
    let mut others = Vec::new();
    for api in Api::ALL {
        let document =
            partner_spec::load_document(&api.root_file_path(), partner_spec::base_folder()).unwrap();
        let model = partner_model::read_supported_model(&document, api.name()).unwrap();
        let decimals = sent_schemas(&model).into_iter().filter(|(_, schema)| {
            let innermost = schema.innermost_schema();
            matches!(innermost.ty, Type::Decimal(_)) && !innermost.must_be_above_zero()
        });
        others.extend(decimals.map(|(name, _)| format!("{} {name}", api.name())));
    }
    others.sort();
    assert_eq!(others, MAY_BE_ZERO);
}
