//! Removes the nulls that a typed value does not keep: an optional nullable property is the same with `null` and
//! without.

use partner_spec::Node;
use serde_json::Value;

use crate::contract::Contract;
use crate::schema;

/// Returns the value without the properties that are null, nullable and not required.
pub fn without_optional_nulls(contract: &Contract, schema: &Node, value: &Value) -> Value {
    match value {
        Value::Object(object) => {
            let mut kept = serde_json::Map::new();
            for (key, value) in object {
                let properties = schema::property_schemas(contract, schema, key);
                let nullable =
                    properties.iter().any(|property| schema::has_flag(contract, property, "nullable"));
                if value.is_null() && nullable && !schema::is_required(contract, schema, key) {
                    continue;
                }
                let value = properties.iter().fold(value.clone(), |value, property| {
                    without_optional_nulls(contract, property, &value)
                });
                kept.insert(key.clone(), value);
            }
            Value::Object(kept)
        }
        Value::Array(list) => match schema::item_schema(contract, schema) {
            Some(items) => list.iter().map(|value| without_optional_nulls(contract, items, value)).collect(),
            None => value.clone(),
        },
        _ => value.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use partner_spec::Api;
    use serde_json::json;

    #[test]
    fn only_a_null_that_may_be_left_out_goes() {
        let contract = Contract::read(Api::Unigox);
        let responses = contract.operation("getPartnerUser").responses();
        let example = &responses[0].content[0].1[0];
        let value = json!({"success": null, "data": {
            "wallet": null, "email": null, "unknown": null,
            "payment_profiles": [{"institution_id": null, "rail": null}],
        }});
        let expected = json!({"success": null, "data": {
            "email": null, "unknown": null, "payment_profiles": [{"rail": null}],
        }});
        assert_eq!(without_optional_nulls(&contract, example.schema, &value), expected);
    }
}
