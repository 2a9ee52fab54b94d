//! Replaces every sensitive value of an example by a mark, which is a text that occurs nowhere else.

use partner_spec::Node;
use serde_json::Value;

use crate::contract::Contract;
use crate::schema;

/// The end of all marks, except the marks that have to be dates.
pub const MARK_SUFFIX: &str = "-of-a-secret";

/// The marks that were put into a value.
#[derive(Default)]
pub struct Marked {
    /// The texts of the marks.
    pub marks: Vec<String>,
    /// The JSON pointers of the values that contain the marks.
    pub pointers: Vec<String>,
}

/// Replaces the sensitive strings of a value by marks, and returns the marks.
pub fn mark(contract: &Contract, schema: &Node, value: &mut Value) -> Marked {
    let mut marked = Marked::default();
    walk(contract, &[schema], value, String::new(), false, &mut marked);
    marked
}

fn walk(
    contract: &Contract,
    schemas: &[&Node],
    value: &mut Value,
    pointer: String,
    sensitive: bool,
    marked: &mut Marked,
) {
    let sensitive =
        sensitive || schemas.iter().any(|schema| schema::has_flag(contract, schema, "x-sensitive"));
    match value {
        Value::Object(object) => {
            for (key, value) in object.iter_mut() {
                let properties: Vec<&Node> = schemas
                    .iter()
                    .flat_map(|schema| schema::property_schemas(contract, schema, key))
                    .collect();
                walk(contract, &properties, value, format!("{pointer}/{key}"), sensitive, marked);
            }
        }
        Value::Array(list) => {
            let items: Vec<&Node> =
                schemas.iter().filter_map(|schema| schema::item_schema(contract, schema)).collect();
            for (index, value) in list.iter_mut().enumerate() {
                walk(contract, &items, value, format!("{pointer}/{index}"), sensitive, marked);
            }
        }
        Value::String(text) if sensitive => {
            let number = marked.marks.len();
            let format = schemas.iter().find_map(|schema| contract.resolve(schema).get_str("format"));
            let mark = match format {
                // A date cannot contain the suffix, so the mark is a date that occurs nowhere else.
                Some("date") => format!("19{:02}-04-17", 31 + number),
                _ => format!("mark-{number}{MARK_SUFFIX}"),
            };
            *text = match format {
                Some("uri") => format!("https://{mark}.example.com/"),
                _ => mark.clone(),
            };
            marked.marks.push(mark);
            marked.pointers.push(pointer);
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use partner_spec::Api;

    #[test]
    fn everything_sensitive_is_marked_and_nothing_else() {
        let contract = Contract::read(Api::Unigox);
        let operation = contract.operation("createPaymentDetails");
        let examples = operation.request_examples("application/json");
        let example = examples.iter().find(|example| example.name == "iban-sepa").unwrap();
        let mut json = example.value.clone();
        let marked = mark(&contract, example.schema, &mut json);
        let mut pointers = marked.pointers;
        pointers.sort_unstable();
        assert_eq!(pointers, ["/details/full_name", "/details/iban"]);
        assert_eq!((&json["currency"], &json["rail"]), (&example.value["currency"], &example.value["rail"]));

        let operation = contract.operation("submitKyc");
        let mut pointers = Vec::new();
        for example in operation.request_examples("application/json") {
            pointers.extend(mark(&contract, example.schema, &mut example.value.clone()).pointers);
        }
        for property in ["first_name", "last_name", "dob", "address", "postal_code", "id_number"] {
            assert!(pointers.contains(&format!("/data/pii/{property}")), "{property}");
        }
        assert!(
            pointers.contains(&String::from("/data/token"))
                && pointers.contains(&String::from("/data/inquiry_id"))
        );
    }
}
