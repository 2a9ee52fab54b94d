//! Wrong values, which a schema has to refuse, and unusual ones, which it has to accept.

use jsonschema::Validator;
use partner_spec::{Api, Document, Node};
use partner_tests::derived::types;
use serde_json::{Value, json};

use super::{unlimited, value};
use crate::schemas::Schemas;
use crate::shape::{self, Object, Shape, Text};

/// Text that is no value of any enum.
const WORD: &str = "zz_unknown";

/// A changed value, and whether it still fits the type.
struct Change {
    what: String,
    value: Value,
    fits: bool,
}

/// The changes of a type's value.
struct Changes<'a> {
    document: &'a Document,
    changes: Vec<Change>,
}

impl<'a> Changes<'a> {
    /// Values that fit a schema, and values that do not.
    fn right_and_wrong(&self, schemas: &[&'a Node]) -> (Vec<Value>, Vec<Value>) {
        let all = [json!(true), json!(7), json!(1.5), json!(WORD), json!([]), json!({})];
        let not =
            |fits: fn(&Value) -> bool| all.iter().filter(|value| !fits(value)).cloned().collect::<Vec<_>>();
        match shape::shape(self.document, schemas) {
            Shape::Any => (all.to_vec(), Vec::new()),
            Shape::Bool => (vec![json!(false)], not(Value::is_boolean)),
            Shape::Integer { .. } => (vec![json!(-7)], not(Value::is_i64)),
            Shape::Decimal { number: true } => (vec![json!(7), json!(1.5)], not(Value::is_number)),
            Shape::Decimal { number: false } => (vec![json!("1.50")], not(Value::is_string)),
            Shape::Text(Text::Free) => (vec![json!(WORD), json!("")], not(Value::is_string)),
            // These are texts of a certain format, which none of these values has.
            Shape::Text(Text::Uuid | Text::Date | Text::Instant) => (Vec::new(), all.to_vec()),
            Shape::Enum(values) => {
                let known = values.known.iter().filter(|value| !values.excluded.contains(value));
                let mut right: Vec<Value> = known.map(|value| json!(value)).collect();
                let mut wrong = not(Value::is_string);
                if values.open { &mut right } else { &mut wrong }.push(json!(WORD));
                (right, wrong)
            }
            Shape::Map(None) => (vec![json!({}), json!({ "a": null })], not(Value::is_object)),
            Shape::Map(Some(values)) => {
                let (right, wrong) = self.right_and_wrong(&[values]);
                let map = |value: Value| json!({ "a": value });
                let wrong = wrong.into_iter().map(map).chain(not(Value::is_object));
                (right.into_iter().map(map).chain([json!({})]).collect(), wrong.collect())
            }
            Shape::Array(items) => {
                let (right, wrong) = self.right_and_wrong(&[items]);
                let list = |value: Value| json!([value]);
                let wrong = wrong.into_iter().map(list).chain(not(Value::is_array));
                (right.into_iter().map(list).chain([json!([])]).collect(), wrong.collect())
            }
            // Its properties are tested with its own type.
            Shape::Object(_) | Shape::Union(_) => (Vec::new(), not(Value::is_object)),
        }
    }

    fn value(&mut self, schemas: &[&'a Node], what: &str, place: impl Fn(Value) -> Value) {
        let (right, wrong) = self.right_and_wrong(schemas);
        for (values, fits) in [(right, true), (wrong, false)] {
            for value in values {
                self.changes.push(Change { what: format!("{what} is {value}"), value: place(value), fits });
            }
        }
    }

    /// Tries everything that each property may and may not be.
    fn object(&mut self, object: &Object<'a>, full: &Value) {
        let with = |key: &str, value: Value| {
            let mut changed = full.clone();
            changed[key] = value;
            changed
        };
        for (key, schemas) in &object.properties {
            let mut without = full.clone();
            without.as_object_mut().unwrap().remove(*key);
            let fits = !object.required.contains(key);
            self.changes.push(Change { what: format!("{key} is missing"), value: without, fits });

            let any = matches!(shape::shape(self.document, schemas), Shape::Any);
            let fits = any || shape::is_nullable(self.document, schemas);
            self.changes.push(Change { what: format!("{key} is null"), value: with(key, Value::Null), fits });
            self.value(schemas, key, |value| with(key, value));
        }
        let unknown = with("zz_new", json!({ "a": [null] }));
        self.changes.push(Change { what: String::from("a key is unknown"), value: unknown, fits: true });
    }
}

fn judge(validators: &[Validator], change: &Change, name: &str) -> Option<String> {
    let wrong = validators.iter().any(|validator| validator.is_valid(&change.value) != change.fits);
    let said = if change.fits { "is refused" } else { "is taken" };
    wrong.then(|| format!("{name}: {said} when {}", change.what))
}

#[test]
fn a_schema_refuses_what_the_document_does_not_allow_and_nothing_else() {
    for api in Api::ALL {
        let schemas = Schemas::read(api);
        let (generator, by_type) = (schemas.generator(), schemas.by_type());
        let (mut failures, mut tried) = (Vec::new(), [0, 0]);
        for ty in &types(api) {
            let schema = by_type[ty.name];
            let mut changes = Changes { document: generator.document, changes: Vec::new() };
            changes.value(&[schema], "it", |value| value);
            let null = Change { what: String::from("it is null"), value: Value::Null, fits: false };
            changes.changes.push(null);
            match shape::shape(generator.document, &[schema]) {
                Shape::Object(object) => {
                    let full = value(&generator.samples(&[schema]).corners[0].back);
                    changes.object(&object, &full);
                }
                Shape::Union(_) => {
                    let fits = generator.open_unions.contains(&schema.location);
                    let what = String::from("it is no alternative");
                    changes.changes.push(Change { what, value: json!({ "zz_new": 1 }), fits });
                }
                _ => {}
            }
            let validators = unlimited(ty);
            changes.changes.iter().for_each(|change| tried[usize::from(change.fits)] += 1);
            failures.extend(changes.changes.iter().filter_map(|one| judge(&validators, one, ty.name)));
        }
        assert!(failures.is_empty(), "{} failures:\n{}", failures.len(), failures.join("\n"));
        assert!(tried.iter().all(|tried| *tried > 500), "{api:?}: only {tried:?} values were tried");
    }
}
