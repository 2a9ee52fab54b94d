//! The corrections, one by one, on a type that has all that a generated one can have.

use std::collections::BTreeMap;

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, schema_for};
use serde_json::{Value, json};

use super::{exact, exact_union};
use crate::{Decimal, Json, JsonObject};

/// A colour with the escape \[ and `[` in code.
#[derive(Clone, Debug, PartialEq, JsonSchema)]
#[schemars(transform = Self::wire)]
enum Colour {
    /// `dark-red`: Like \<wine\>.
    DarkRed,
    /// `blue`
    Blue,
    /// A value that this version does not know, kept as it came.
    Unrecognized(crate::Unrecognized),
}

impl Colour {
    const KNOWN: &'static [Self] = &[Self::DarkRed, Self::Blue];

    fn as_str(&self) -> &str {
        match self {
            Self::DarkRed => "dark-red",
            Self::Blue => "blue",
            Self::Unrecognized(value) => value.as_str(),
        }
    }

    fn from_wire(value: &str) -> Option<Self> {
        let known = Self::KNOWN.iter().find(|known| known.as_str() == value).cloned();
        known.or_else(|| Some(Self::Unrecognized(crate::Unrecognized::new(value))))
    }
}

crate::__string_enum!(open Colour);

/// A size.
#[derive(Clone, Debug, PartialEq, JsonSchema)]
#[schemars(transform = Self::wire)]
enum Size {
    /// `S`
    Small,
    /// `L`
    Large,
}

impl Size {
    const KNOWN: &'static [Self] = &[Self::Small, Self::Large];

    fn as_str(&self) -> &str {
        match self {
            Self::Small => "S",
            Self::Large => "L",
        }
    }

    fn from_wire(value: &str) -> Option<Self> {
        Self::KNOWN.iter().find(|known| known.as_str() == value).cloned()
    }
}

crate::__string_enum!(closed Size);

/// A thing.
#[derive(JsonSchema)]
#[schemars(transform = exact::<Self>)]
struct Thing {
    /// Its amount.
    amount: Decimal,
    #[schemars(with = "super::Number")]
    rate: Decimal,
    #[schemars(with = "Option<BTreeMap<String, super::Number>>")]
    rates: Option<BTreeMap<String, Decimal>>,
    /// Its name.
    ///
    /// Sensitive: `Debug` does not print it.
    name: Option<String>,
    #[schemars(extend("nullable" = true))]
    nickname: Option<String>,
    #[schemars(required, extend("nullable" = true))]
    hours: Option<i64>,
    /// Its colour.
    colour: Option<Colour>,
    #[schemars(extend("nullable" = true))]
    size: Option<Size>,
    /// Its colour last year.
    #[schemars(required, extend("nullable" = true))]
    former: Option<Colour>,
    anything: Option<Json>,
    #[schemars(extend("nullable" = true, "maxItems" = 3, "itemLimits" = { "maxLength": 9 }))]
    tags: Option<Vec<String>>,
    #[schemars(required, extend("nullable" = true, "itemLimits" = { "minimum": 1 }))]
    counts: Option<BTreeMap<String, i64>>,
    #[schemars(flatten)]
    extra: JsonObject,
}

crate::__object!(Thing {
    amount: "amount",
    rate: "rate" number,
    rates: "rates" optional number,
    name: "displayName" optional sensitive,
    nickname: "nickname" optional,
    hours: "hours" nullable,
    colour: "colour" optional,
    size: "size" optional,
    former: "former" nullable,
    anything: "anything" optional,
    tags: "tags" optional,
    counts: "counts" nullable;
    ..extra
});

/// One of two.
#[allow(dead_code, reason = "only its schema is looked at")]
#[derive(JsonSchema)]
#[schemars(untagged, transform = exact_union)]
enum Either {
    /// [`Thing`], which has `amount`.
    Thing(Box<Thing>),
    /// A value that fits none of the above, kept as it came.
    #[schemars(with = "JsonObject")]
    Unrecognized(Json),
}

fn of<T: JsonSchema>() -> Value {
    schema_for!(T).to_value()
}

#[test]
fn what_is_required_and_what_may_be_null_are_told_apart_in_both_directions() {
    let settings = SchemaSettings::draft2020_12;
    for settings in [settings().for_deserialize(), settings().for_serialize()] {
        let thing = settings.into_generator().into_root_schema_for::<Thing>().to_value();
        assert_eq!(thing["required"], json!(["amount", "rate", "hours", "former", "counts"]));
        let property = |name: &str| &thing["properties"][name];
        assert_eq!(property("displayName")["type"], "string");
        assert_eq!(property("nickname")["type"], json!(["string", "null"]));
        assert_eq!(property("hours")["anyOf"][1], json!({ "type": "null" }));
        assert_eq!(property("hours")["anyOf"][0]["type"], "integer");
        assert_eq!(*property("colour"), json!({ "$ref": "#/$defs/Colour", "description": "Its colour." }));
        assert_eq!(property("size")["anyOf"], json!([{ "$ref": "#/$defs/Size" }, { "type": "null" }]));
        assert_eq!(property("former")["description"], "Its colour last year.");
        assert_eq!(property("former")["anyOf"][1], json!({ "type": "null" }));
        assert_eq!(*property("anything"), json!(true));
        assert_eq!(thing["additionalProperties"], true);
        assert!(!thing.to_string().contains("nullable"), "{thing}");
    }
}

#[test]
fn null_is_taken_out_of_types_that_are_written_in_place() {
    let settings = SchemaSettings::draft2020_12().with(|settings| settings.inline_subschemas = true);
    let thing = settings.into_generator().into_root_schema_for::<Thing>().to_value();
    let colour = &thing["properties"]["colour"];
    assert_eq!(colour["description"], "Its colour.");
    assert_eq!(colour["anyOf"], of::<Colour>()["anyOf"]);
    let size = &thing["properties"]["size"];
    assert_eq!(size["enum"], json!(["S", "L", null]));
    assert_eq!(size["type"], json!(["string", "null"]));
}

#[test]
fn limits_of_what_is_in_a_list_or_a_map_stand_there() {
    let thing = of::<Thing>();
    let tags = &thing["properties"]["tags"];
    assert_eq!((&tags["type"], &tags["maxItems"]), (&json!(["array", "null"]), &json!(3)));
    assert_eq!(tags["items"], json!({ "type": "string", "maxLength": 9 }));
    let counts = &thing["properties"]["counts"]["anyOf"][0]["additionalProperties"];
    assert_eq!((&counts["type"], &counts["minimum"]), (&json!("integer"), &json!(1)));
    assert!(!thing.to_string().contains("itemLimits"), "{thing}");
}

#[test]
fn decimals_are_what_the_wire_has() {
    let thing = of::<Thing>();
    let amount = json!({ "type": "string", "format": "decimal", "description": "Its amount." });
    assert_eq!(thing["properties"]["amount"], amount);
    assert_eq!(thing["properties"]["rate"], json!({ "type": "number", "format": "decimal" }));
    assert_eq!(
        thing["properties"]["rates"],
        json!({ "type": "object", "additionalProperties": { "type": "number", "format": "decimal" } })
    );
    assert_eq!(
        of::<BTreeMap<String, Decimal>>()["additionalProperties"],
        json!({ "type": "string", "format": "decimal" })
    );
}

#[test]
fn an_open_enum_is_any_string_and_names_what_is_known() {
    let colour = of::<Colour>();
    assert_eq!(colour["description"], "A colour with the escape [ and `[` in code.");
    let known = json!([
        { "type": "string", "const": "dark-red", "description": "Like <wine>." },
        { "type": "string", "const": "blue" },
        { "type": "string" },
    ]);
    assert_eq!(colour["anyOf"], known);
    assert_eq!(colour.get("oneOf"), None);
}

#[test]
fn a_closed_enum_has_its_values_and_no_others() {
    let size = of::<Size>();
    assert_eq!((&size["type"], &size["enum"]), (&json!("string"), &json!(["S", "L"])));
    assert_eq!(size.get("anyOf"), None);

    let mut described: Schema = schemars::json_schema!({
        "oneOf": [{ "const": "Small", "description": "`S`: Little." }, { "const": "Large" }],
    });
    super::closed(&mut described, ["S", "L"].into_iter());
    let one_of = json!([{ "type": "string", "const": "S", "description": "Little." }, { "type": "string", "const": "L" }]);
    assert_eq!(described.as_value()["oneOf"], one_of);
}

#[test]
fn a_union_refers_to_its_alternatives_in_words_without_links() {
    let either = of::<Either>();
    let thing = json!({ "$ref": "#/$defs/Thing", "description": "`Thing`, which has `amount`." });
    assert_eq!(either["anyOf"][0], thing);
    assert_eq!(either["anyOf"][1]["type"], "object");
}

#[test]
fn what_is_sensitive_is_marked() {
    let name = &of::<Thing>()["properties"]["displayName"];
    assert_eq!((&name["x-sensitive"], &name["description"]), (&json!(true), &json!("Its name.")));
}
