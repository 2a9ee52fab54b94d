//! Makes values of a schema: edge cases that are always tried, and random values that shrink.

use std::collections::{BTreeMap, HashSet};

use partner_spec::{Document, Location, Node};
use proptest::prelude::*;
use proptest::strategy::Union;

use crate::json::Json;
use crate::normal::DecimalForm;
use crate::sample::{Sample, Samples};
use crate::scalar;
use crate::shape::{self, Object, Shape};

/// Properties that no schema has.
const UNKNOWN_KEYS: [&str; 6] = ["zz_new", "extra", "", "$ref", "zz ü \"\\\n", "zz-🦀"];

/// The maximum depth of values. No document has recursive schemas, which would need a depth from which on values are
/// small.
const DEPTH: usize = 16;

/// Makes values of the schemas of one document.
pub(crate) struct Generator<'a> {
    pub(crate) document: &'a Document,
    /// The locations of the unions that keep an unrecognized alternative.
    pub(crate) open_unions: HashSet<Location>,
}

/// A property of an object.
#[derive(Clone)]
struct Property {
    key: String,
    required: bool,
    nullable: bool,
    values: Samples,
}

/// What an object has for a property.
#[derive(Clone, Debug)]
enum Entry {
    Absent,
    Null,
    Value(Sample),
}

impl Generator<'_> {
    /// Values for which all these schemas hold. The edge cases of the outermost object try everything for each
    /// property.
    pub(crate) fn samples(&self, schemas: &[&Node]) -> Samples {
        self.samples_at_depth(schemas, 0, false)
    }

    fn samples_at_depth(&self, schemas: &[&Node], depth: usize, discriminates: bool) -> Samples {
        assert!(depth < DEPTH, "a schema holds itself: {:?}", schemas[0].location);
        match shape::shape(self.document, schemas) {
            Shape::Union(alternatives) => {
                let open = schemas
                    .iter()
                    .any(|schema| self.open_unions.contains(&shape::resolve(self.document, schema).location));
                self.union(&alternatives, open, depth)
            }
            Shape::Object(object) => self.object(&object, depth, false),
            Shape::Map(None) => any_object(),
            Shape::Map(Some(values)) => map(&self.samples_at_depth(&[values], depth + 1, false)),
            Shape::Array(items) => array(&self.samples_at_depth(&[items], depth + 1, false)),
            Shape::Enum(values) => scalar::of_enum(&values, discriminates),
            Shape::Text(text) => scalar::text(&text),
            Shape::Decimal { number: false } => scalar::decimal(DecimalForm::String),
            Shape::Decimal { number: true } => scalar::decimal(DecimalForm::Number),
            Shape::Integer { min, max } => scalar::integer(min, max),
            Shape::Bool => scalar::boolean(),
            Shape::Any => {
                without_schema(any_json().prop_filter("may be left out", |json| *json != Json::Null).boxed())
            }
        }
    }

    fn union(&self, alternatives: &[Vec<&Node>], open: bool, depth: usize) -> Samples {
        let mut alternatives: Vec<Samples> = alternatives
            .iter()
            .map(|schemas| match shape::shape(self.document, schemas) {
                Shape::Object(object) => self.object(&object, depth + 1, true),
                other => panic!("an alternative is an object, and not {other:?}"),
            })
            .collect();
        if open {
            let unknown = |value: Json| {
                Sample::same(Json::object([("zz_kind", Json::string("new")), ("zz_data", value)]))
            };
            let corner =
                unknown(Json::read(r#"{"amount":1.10,"rate":0.12345678901234567890123,"none":null}"#));
            alternatives.push(Samples::new(vec![corner], any_json().prop_map(unknown).boxed()));
        }
        let corners: Vec<Sample> = alternatives.iter().flat_map(|one| one.brief().to_vec()).collect();
        let random = Union::new(alternatives.into_iter().map(|one| one.random));
        Samples { brief: corners.len(), corners, random: random.boxed() }
    }

    fn object(&self, object: &Object<'_>, depth: usize, alternative: bool) -> Samples {
        let property = |(key, schemas): (&&str, &Vec<&Node>)| {
            let required = object.required.contains(key);
            Property {
                key: (*key).to_owned(),
                required,
                nullable: shape::is_nullable(self.document, schemas),
                values: self.samples_at_depth(schemas, depth + 1, alternative && required),
            }
        };
        let properties: Vec<Property> = object.properties.iter().map(property).collect();
        let open = object.open;
        let corners = corners(&properties, open, depth == 0);
        let random = properties.iter().map(Property::random).collect::<Vec<_>>();
        let random = (random, unknown_keys(&properties))
            .prop_map(move |(entries, unknown)| assemble(&properties, entries, unknown, open));
        Samples { brief: 2, corners, random: random.boxed() }
    }
}

impl Property {
    fn first(&self) -> Entry {
        Entry::Value(self.values.corners[0].clone())
    }

    fn random(&self) -> BoxedStrategy<Entry> {
        let value = self.values.random.clone().prop_map(Entry::Value).boxed();
        let mut entries = Vec::new();
        if !self.required {
            entries.push((2, Just(Entry::Absent).boxed()));
        }
        if self.nullable {
            entries.push((1, Just(Entry::Null).boxed()));
        }
        entries.push((5, value));
        Union::new_weighted(entries).boxed()
    }

    /// Everything that is tried for this property.
    fn corners(&self) -> Vec<Entry> {
        let mut corners: Vec<Entry> = self.values.brief().iter().cloned().map(Entry::Value).collect();
        corners.extend((!self.required).then_some(Entry::Absent));
        corners.extend(self.nullable.then_some(Entry::Null));
        corners
    }
}

/// Objects with all properties, with only the required ones, and, if `all`, with every edge case of each property.
fn corners(properties: &[Property], open: bool, all: bool) -> Vec<Sample> {
    let full: Vec<Entry> = properties.iter().map(Property::first).collect();
    let bare =
        properties.iter().map(|property| if property.required { property.first() } else { Entry::Absent });
    let mut corners = vec![
        assemble(properties, full.clone(), BTreeMap::new(), open),
        assemble(properties, bare.collect(), BTreeMap::new(), open),
    ];
    if all {
        for (index, property) in properties.iter().enumerate() {
            for entry in property.corners() {
                let mut entries = full.clone();
                entries[index] = entry;
                corners.push(assemble(properties, entries, BTreeMap::new(), open));
            }
        }
        let text = r#"[null,{"a":1.10,"b":[]},"0.000000",18446744073709551616,{}]"#;
        let unknown = UNKNOWN_KEYS.iter().map(|key| ((*key).to_owned(), Json::read(text)));
        corners.push(assemble(properties, full, unknown.collect(), open));
    }
    corners
}

/// The object with these entries, and with properties that the schema does not have.
fn assemble(
    properties: &[Property],
    entries: Vec<Entry>,
    unknown: BTreeMap<String, Json>,
    open: bool,
) -> Sample {
    let mut sent = BTreeMap::new();
    let mut back = BTreeMap::new();
    for (key, value) in unknown {
        if open {
            back.insert(key.clone(), value.clone());
        }
        sent.insert(key, value);
    }
    for (property, entry) in properties.iter().zip(entries) {
        let key = || property.key.clone();
        match entry {
            Entry::Absent => {}
            Entry::Null => {
                sent.insert(key(), Json::Null);
                if property.required {
                    back.insert(key(), Json::Null);
                }
            }
            Entry::Value(sample) => {
                sent.insert(key(), sample.sent);
                back.insert(key(), sample.back);
            }
        }
    }
    Sample::new(Json::Object(sent), Json::Object(back))
}

fn unknown_keys(properties: &[Property]) -> BoxedStrategy<BTreeMap<String, Json>> {
    let listed: Vec<String> = properties.iter().map(|property| property.key.clone()).collect();
    let key =
        prop_oneof![proptest::sample::select(&UNKNOWN_KEYS[..]).prop_map(str::to_owned), scalar::any_text()];
    let key = key.prop_filter("is a key of the schema", move |key| !listed.contains(key));
    prop_oneof![
        3 => Just(BTreeMap::new()),
        1 => proptest::collection::btree_map(key, any_json(), 1..3),
    ]
    .boxed()
}

fn array(items: &Samples) -> Samples {
    let list = |samples: Vec<Sample>| {
        let (sent, back) = samples.into_iter().map(|sample| (sample.sent, sample.back)).unzip();
        Sample::new(Json::Array(sent), Json::Array(back))
    };
    let brief = items.brief();
    let corners = vec![list(vec![brief[0].clone()]), list(Vec::new()), list(brief.to_vec())];
    Samples::new(corners, proptest::collection::vec(items.random.clone(), 0..4).prop_map(list).boxed())
}

fn map(values: &Samples) -> Samples {
    let map = |samples: BTreeMap<String, Sample>| {
        let sent = Json::object(samples.iter().map(|(key, sample)| (key.clone(), sample.sent.clone())));
        Sample::new(sent, Json::object(samples.into_iter().map(|(key, sample)| (key, sample.back))))
    };
    let keys = (0..)
        .map(|index| scalar::TEXTS.get(index).map_or_else(|| index.to_string(), |key| (*key).to_owned()));
    let all = keys.zip(values.brief().iter().cloned()).collect();
    let one = BTreeMap::from([(String::from("usdc"), values.corners[0].clone())]);
    let corners = vec![map(one), map(BTreeMap::new()), map(all)];
    let random = proptest::collection::btree_map(scalar::any_text(), values.random.clone(), 0..4);
    Samples::new(corners, random.prop_map(map).boxed())
}

/// Objects without a schema.
fn any_object() -> Samples {
    let random = proptest::collection::btree_map(scalar::any_text(), any_json(), 0..4).prop_map(Json::Object);
    let mut samples = without_schema(random.boxed());
    let texts = [
        r#"{"iban":"DE89370400440532013000","none":null,"list":[1,1.10,"1.10",123456789012345678901234567890]}"#,
        "{}",
        r#"{"":{"":{"":[]}}}"#,
    ];
    samples.corners = texts.iter().map(|text| Sample::same(Json::read(text))).collect();
    samples.brief = samples.corners.len();
    samples
}

fn without_schema(random: BoxedStrategy<Json>) -> Samples {
    let random = random.prop_map(Sample::same).boxed();
    Samples { corners: vec![Sample::same(Json::read("[{}]"))], brief: 1, random }
}

/// Any JSON.
fn any_json() -> BoxedStrategy<Json> {
    let number = "-?(0|[1-9][0-9]{0,40})(\\.[0-9]{1,40})?([eE][+-]?[0-9]{1,4})?";
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::Bool),
        number.prop_map(Json::Number),
        any::<i64>().prop_map(|number| Json::number(number.to_string())),
        scalar::any_text().prop_map(Json::String),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..3).prop_map(Json::Array),
            proptest::collection::btree_map(scalar::any_text(), inner, 0..3).prop_map(Json::Object),
        ]
    })
    .boxed()
}
