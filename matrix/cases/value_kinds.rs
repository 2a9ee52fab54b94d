//! The kinds of values that the cases of the test matrix send and receive. Each kind has a schema and sample values.

use SampleValue::{List, Null, NumberOrBoolean, Object, Text};

/// A value that a test sends or receives, independent of how it is serialized.
#[derive(Clone, Debug, PartialEq)]
pub enum SampleValue {
    /// `null`.
    Null,
    /// A string.
    Text(&'static str),
    /// A number or a boolean, in the syntax of JSON.
    NumberOrBoolean(&'static str),
    /// A list.
    List(Vec<SampleValue>),
    /// An object.
    Object(Vec<(&'static str, SampleValue)>),
}

impl SampleValue {
    /// Returns the value as JSON (RFC 8259), without white space.
    pub fn to_json(&self) -> String {
        let quoted = |text: &str| format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""));
        match self {
            Null => "null".to_owned(),
            Text(text) => quoted(text),
            NumberOrBoolean(text) => (*text).to_owned(),
            List(items) => {
                format!("[{}]", items.iter().map(SampleValue::to_json).collect::<Vec<_>>().join(","))
            }
            Object(members) => {
                let member =
                    |(key, value): &(&str, SampleValue)| format!("{}:{}", quoted(key), value.to_json());
                format!("{{{}}}", members.iter().map(member).collect::<Vec<_>>().join(","))
            }
        }
    }

    /// Whether a header can carry the value. A text must have at least one character, and only printable ASCII
    /// characters. In a list or an object, this applies to each text and each key, which must not contain a comma
    /// either.
    pub fn is_valid_in_header(&self) -> bool {
        let is_printable = |text: &str| !text.is_empty() && text.bytes().all(|b| (b' '..=b'~').contains(&b));
        let is_item = |text: &str| is_printable(text) && !text.contains(',');
        match self {
            Text(text) => is_printable(text),
            List(items) => items.iter().all(|item| !matches!(item, Text(text) if !is_item(text))),
            Object(members) => members
                .iter()
                .all(|(key, item)| is_item(key) && !matches!(item, Text(text) if !is_item(text))),
            Null | NumberOrBoolean(_) => true,
        }
    }
}

/// The structure of a tested value: a single string or number, a list, an object, and so on. It decides how the value
/// can be serialized where JSON is not used, such as in a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueStructure {
    /// A single string, number or boolean.
    Scalar,
    /// A list whose items are strings, numbers or booleans.
    ScalarList,
    /// An object whose properties are strings, numbers or booleans.
    ScalarObject,
    /// A nested value, like a list of objects, which no `style` of OpenAPI can serialize.
    Nested,
    /// The content of a file, which is sent as a file in a form, and as a string in JSON.
    File,
    /// A list of files. In a form, each of them is sent as a file; in JSON, as a string.
    FileList,
    /// A list of lists.
    ListOfLists,
    /// A list whose items are strings or null.
    ListOfNullableStrings,
}

/// A finding that a test expects: the id of the rule, and a text that must occur in the line of the document that the
/// rule reports.
pub type ExpectedFinding = (&'static str, &'static str);

/// A kind of value: a schema with its sample values.
#[derive(Clone, Debug)]
pub struct ValueKind {
    /// The name of the kind, which is part of the operationIds in the test documents.
    pub name: &'static str,
    /// The schema of the values, in YAML's flow style but without the outer braces, like `type: string`.
    pub schema_yaml: &'static str,
    /// The Rust type of the values of this kind. If it is empty, the source of the tests has `_` instead of a type, so
    /// that the compiler infers the type.
    pub rust_type: &'static str,
    /// The structure of the values of this kind: a scalar, a list of scalars, and so on.
    pub structure: ValueStructure,
    /// Sample values that conform to the schema.
    pub samples: Vec<SampleValue>,
    /// The finding that a test expects for a schema of this kind, in whatever part of a request or response the schema
    /// is. `None` if clients support the schema.
    pub expected_finding: Option<ExpectedFinding>,
}

/// The `components` of every test document, as YAML text. They contain the schemas to which [`ValueKind::schema_yaml`]
/// can refer.
pub const COMPONENTS_YAML: &str = "\
components:
  schemas:
    Colour: {type: string, enum: [red, dark blue]}
    Size: {type: string, x-closed-enum: true, enum: [small, large]}
    Level: {type: integer, enum: [1, -2, 30]}
    Mixed: {enum: [auto, 7, true]}
    Point: {type: object, required: [x, y], properties: {x: {type: integer}, y: {type: number, format: decimal}}}
    Loose: {type: object, properties: {a: {type: string}, b: {type: integer, nullable: true}}}
    Gap: {type: object, required: [a, b], properties: {a: {type: string, nullable: true}, b: {type: string}}}
    Nested: {type: object, required: [at], properties: {at: {$ref: '#/components/schemas/Point'}}}
    Listed: {type: object, required: [tags], properties: {tags: {type: array, items: {type: string}}}}
    Rest: {type: object, required: [a], properties: {a: {type: string}}, additionalProperties: {type: integer}}
    AnyRest: {type: object, required: [a], properties: {a: {type: string}}, additionalProperties: true}
    Card: {type: object, required: [type, pan], properties: {type: {type: string}, pan: {type: string}}}
    Bank: {type: object, required: [type, iban], properties: {type: {type: string}, iban: {type: string}}}
    Tagged:
      oneOf: [{$ref: '#/components/schemas/Card'}, {$ref: '#/components/schemas/Bank'}]
      discriminator: {propertyName: type, mapping: {card: Card, bank: Bank}}
    Circle: {type: object, required: [radius], properties: {radius: {type: integer}}}
    Square: {type: object, required: [side], properties: {side: {type: number, format: decimal}}}
    Keyed: {oneOf: [{$ref: '#/components/schemas/Circle'}, {$ref: '#/components/schemas/Square'}]}
";

fn kind(
    name: &'static str,
    schema: &'static str,
    rust_type: &'static str,
    structure: ValueStructure,
    samples: &[SampleValue],
) -> ValueKind {
    ValueKind {
        name,
        schema_yaml: schema,
        rust_type,
        structure,
        samples: samples.to_vec(),
        expected_finding: None,
    }
}

fn text(name: &'static str, schema: &'static str, rust: &'static str, samples: &[&'static str]) -> ValueKind {
    kind(
        name,
        schema,
        rust,
        ValueStructure::Scalar,
        &samples.iter().map(|sample| Text(sample)).collect::<Vec<_>>(),
    )
}

fn literal(
    name: &'static str,
    schema: &'static str,
    rust: &'static str,
    samples: &[&'static str],
) -> ValueKind {
    kind(
        name,
        schema,
        rust,
        ValueStructure::Scalar,
        &samples.iter().map(|sample| NumberOrBoolean(sample)).collect::<Vec<_>>(),
    )
}

fn refused(
    name: &'static str,
    schema: &'static str,
    structure: ValueStructure,
    rule: &'static str,
) -> ValueKind {
    ValueKind { expected_finding: Some((rule, schema)), ..kind(name, schema, "", structure, &[]) }
}

fn texts(items: &[&'static str]) -> SampleValue {
    List(items.iter().map(|item| Text(item)).collect())
}

fn literals(items: &[&'static str]) -> SampleValue {
    List(items.iter().map(|item| NumberOrBoolean(item)).collect())
}

fn point() -> SampleValue {
    Object(vec![("x", NumberOrBoolean("1")), ("y", NumberOrBoolean("2.50"))])
}

/// Returns all kinds of values.
pub fn build_all_value_kinds() -> Vec<ValueKind> {
    let mut kinds = strings();
    kinds.extend(numbers());
    kinds.extend(enums());
    kinds.extend(lists());
    kinds.extend(objects());
    kinds.extend(unions());
    kinds
}

fn strings() -> Vec<ValueKind> {
    let string = |name, schema, sample| text(name, schema, "String", &[sample]);
    vec![
        text("text", "type: string", "String", &["a b/c?d=e&f+g%h;i", "ü€ \"\\", ""]),
        text("uuid", "type: string, format: uuid", "uuid::Uuid", &["3f2b8c1e-0d4a-4b6f-9a57-2c1d0e9f8a7b"]),
        text("date", "type: string, format: date", "chrono::NaiveDate", &["2026-11-26"]),
        text(
            "date_time",
            "type: string, format: date-time",
            "chrono::DateTime<chrono::Utc>",
            &["2026-11-26T10:00:00Z", "2026-11-26T10:00:00.250Z"],
        ),
        text(
            "decimal_text",
            "type: string, format: decimal",
            "Decimal",
            &["0.10", "-12345678901234567890.5"],
        ),
        string("byte", "type: string, format: byte", "aGk/IQ=="),
        string("uri", "type: string, format: uri", "https://a.example/b?c=d#e"),
        string("email", "type: string, format: email", "a+b@example.com"),
        string("hostname", "type: string, format: hostname", "a.example"),
        string("ipv4", "type: string, format: ipv4", "192.0.2.1"),
        string("ipv6", "type: string, format: ipv6", "2001:db8::1"),
        string("password", "type: string, format: password", "fake password"),
        string("time", "type: string, format: time", "10:00:00Z"),
        string("iban", "type: string, format: iban", "XX00 TEST"),
        kind("binary", "type: string, format: binary", "String", ValueStructure::File, &[Text("bytes")]),
    ]
}

fn numbers() -> Vec<ValueKind> {
    vec![
        literal("int8", "type: integer, format: int8", "i64", &["-128"]),
        literal("int16", "type: integer, format: int16", "i64", &["-32768"]),
        literal("int32", "type: integer, format: int32", "i32", &["-2147483648"]),
        literal("int64", "type: integer, format: int64", "i64", &["9223372036854775807"]),
        literal("integer", "type: integer", "i64", &["0", "-7"]),
        literal("uint32", "type: integer, format: uint32", "i64", &["4294967295"]),
        literal("uint64", "type: integer, format: uint64", "u64", &["18446744073709551615"]),
        literal("boolean", "type: boolean", "bool", &["true", "false"]),
        literal("decimal_number", "type: number, format: decimal", "Decimal", &["0.10", "-7"]),
        refused("double", "type: number, format: double", ValueStructure::Scalar, "number-not-decimal"),
        refused("float", "type: number, format: float", ValueStructure::Scalar, "number-not-decimal"),
        refused("number", "type: number", ValueStructure::Scalar, "number-not-decimal"),
    ]
}

fn enums() -> Vec<ValueKind> {
    let colour = "allOf: [{$ref: '#/components/schemas/Colour'}]";
    vec![
        text("enum_open", colour, "", &["red", "dark blue", "a new/one"]),
        text("enum_closed", "allOf: [{$ref: '#/components/schemas/Size'}]", "", &["small"]),
        text("enum_single", "type: string, x-closed-enum: true, enum: [eur]", "", &["eur"]),
        text("enum_in_place", "type: string, enum: [up, down]", "", &["up", "sideways"]),
        text("enum_untyped", "enum: [north, south]", "", &["south"]),
        literal("enum_integer", "allOf: [{$ref: '#/components/schemas/Level'}]", "", &["1", "-2", "31"]),
        literal("enum_closed_integer", "type: integer, x-closed-enum: true, enum: [1, 2]", "", &["2"]),
        literal("enum_boolean", "type: boolean, x-closed-enum: true, enum: [true]", "", &["true"]),
        literal(
            "enum_decimal",
            "type: number, format: decimal, enum: [0.5, 1.25]",
            "",
            &["0.5", "1.25", "3"],
        ),
        kind(
            "enum_mixed",
            "allOf: [{$ref: '#/components/schemas/Mixed'}]",
            "",
            ValueStructure::Scalar,
            &[
                Text("auto"),
                NumberOrBoolean("7"),
                NumberOrBoolean("true"),
                Text("new one"),
                NumberOrBoolean("8"),
            ],
        ),
        text("enum_null", "type: string, nullable: true, enum: [low, high, null]", "", &["low"]),
        literal("enum_integer_null", "enum: [1, 2, null]", "", &["2"]),
    ]
}

fn lists() -> Vec<ValueKind> {
    let list = |name, schema, rust, samples: &[SampleValue]| {
        kind(name, schema, rust, ValueStructure::ScalarList, samples)
    };
    let deep = |name, schema, rust, samples: &[SampleValue]| {
        kind(name, schema, rust, ValueStructure::Nested, samples)
    };
    vec![
        list(
            "list_text",
            "type: array, items: {type: string}",
            "Vec<String>",
            &[texts(&["a b", "c/d"]), texts(&["one"]), texts(&["a,b", "ü"])],
        ),
        list(
            "list_uuid",
            "type: array, items: {type: string, format: uuid}",
            "Vec<uuid::Uuid>",
            &[texts(&["3f2b8c1e-0d4a-4b6f-9a57-2c1d0e9f8a7b"])],
        ),
        list(
            "list_date",
            "type: array, items: {type: string, format: date}",
            "Vec<chrono::NaiveDate>",
            &[texts(&["2026-01-02", "2026-03-04"])],
        ),
        list(
            "list_date_time",
            "type: array, items: {type: string, format: date-time}",
            "Vec<chrono::DateTime<chrono::Utc>>",
            &[texts(&["2026-11-26T10:00:00Z", "2026-11-26T10:00:00.250Z"])],
        ),
        list(
            "list_decimal_text",
            "type: array, items: {type: string, format: decimal}",
            "Vec<Decimal>",
            &[texts(&["0.10", "2"])],
        ),
        list(
            "list_decimal_number",
            "type: array, items: {type: number, format: decimal}",
            "Vec<Decimal>",
            &[literals(&["0.10", "2"])],
        ),
        list(
            "list_int32",
            "type: array, items: {type: integer, format: int32}",
            "Vec<i32>",
            &[literals(&["1", "-2"])],
        ),
        list(
            "list_boolean",
            "type: array, items: {type: boolean}",
            "Vec<bool>",
            &[literals(&["true", "false"])],
        ),
        list(
            "list_enum",
            "type: array, items: {$ref: '#/components/schemas/Colour'}",
            "Vec<Colour>",
            &[texts(&["red", "dark blue"])],
        ),
        list(
            "list_enum_integer",
            "type: array, items: {$ref: '#/components/schemas/Level'}",
            "Vec<Level>",
            &[literals(&["1", "31"])],
        ),
        kind(
            "list_nullable",
            "type: array, items: {type: string, nullable: true}",
            "Vec<Option<String>>",
            ValueStructure::ListOfNullableStrings,
            &[List(vec![Text("a"), Null])],
        ),
        kind(
            "list_list",
            "type: array, items: {type: array, items: {type: integer}}",
            "Vec<Vec<i64>>",
            ValueStructure::ListOfLists,
            &[List(vec![literals(&["1", "2"]), literals(&[])])],
        ),
        deep(
            "list_object",
            "type: array, items: {$ref: '#/components/schemas/Point'}",
            "Vec<Point>",
            &[List(vec![point(), point()])],
        ),
        deep(
            "list_map",
            "type: array, items: {type: object, additionalProperties: {type: integer}}",
            "Vec<std::collections::BTreeMap<String, i64>>",
            &[List(vec![Object(vec![("a", NumberOrBoolean("1"))])])],
        ),
        deep(
            "list_union",
            "type: array, items: {$ref: '#/components/schemas/Keyed'}",
            "Vec<Keyed>",
            &[List(vec![
                Object(vec![("radius", NumberOrBoolean("1"))]),
                Object(vec![("side", NumberOrBoolean("0.10"))]),
            ])],
        ),
        deep(
            "list_any",
            "type: array, items: {}",
            "Vec<partner_runtime::Json>",
            &[List(vec![NumberOrBoolean("0.10"), Text("a"), point()])],
        ),
        kind(
            "list_binary",
            "type: array, items: {type: string, format: binary}",
            "Vec<String>",
            ValueStructure::FileList,
            &[texts(&["one", "two"])],
        ),
    ]
}

fn objects() -> Vec<ValueKind> {
    let object = |name, schema, rust, samples: &[SampleValue]| {
        kind(name, schema, rust, ValueStructure::ScalarObject, samples)
    };
    let deep = |name, schema, rust, samples: &[SampleValue]| {
        kind(name, schema, rust, ValueStructure::Nested, samples)
    };
    let entries = |value: fn() -> SampleValue| Object(vec![("a b", value()), ("c", value())]);
    vec![
        object("object", "allOf: [{$ref: '#/components/schemas/Point'}]", "", &[point()]),
        object(
            "object_in_place",
            "type: object, required: [id], properties: {id: {type: string}, on: {type: string, format: date}}",
            "",
            &[Object(vec![("id", Text("a b")), ("on", Text("2026-11-26"))])],
        ),
        object(
            "object_loose",
            "allOf: [{$ref: '#/components/schemas/Loose'}]",
            "",
            &[Object(vec![("a", Text("x"))]), Object(vec![("b", NumberOrBoolean("1"))])],
        ),
        object(
            "object_gap",
            "allOf: [{$ref: '#/components/schemas/Gap'}]",
            "",
            &[Object(vec![("a", Null), ("b", Text("x"))])],
        ),
        object(
            "object_all_of",
            "allOf: [{$ref: '#/components/schemas/Point'}, {type: object, properties: {z: {type: boolean}}}]",
            "",
            &[Object(vec![
                ("x", NumberOrBoolean("1")),
                ("y", NumberOrBoolean("2.50")),
                ("z", NumberOrBoolean("true")),
            ])],
        ),
        object(
            "map_rest",
            "allOf: [{$ref: '#/components/schemas/Rest'}]",
            "",
            &[Object(vec![("a", Text("x")), ("b c", NumberOrBoolean("1")), ("d", NumberOrBoolean("2"))])],
        ),
        object(
            "map_text",
            "type: object, additionalProperties: {type: string}",
            "std::collections::BTreeMap<String, String>",
            &[entries(|| Text("d e"))],
        ),
        object(
            "map_integer",
            "type: object, additionalProperties: {type: integer}",
            "std::collections::BTreeMap<String, i64>",
            &[entries(|| NumberOrBoolean("7"))],
        ),
        object(
            "map_decimal_number",
            "type: object, additionalProperties: {type: number, format: decimal}",
            "std::collections::BTreeMap<String, Decimal>",
            &[entries(|| NumberOrBoolean("0.10"))],
        ),
        object(
            "map_date_time",
            "type: object, additionalProperties: {type: string, format: date-time}",
            "std::collections::BTreeMap<String, chrono::DateTime<chrono::Utc>>",
            &[entries(|| Text("2026-11-26T10:00:00Z"))],
        ),
        object(
            "map_nullable",
            "type: object, additionalProperties: {type: string, nullable: true}",
            "std::collections::BTreeMap<String, Option<String>>",
            &[Object(vec![("a", Null), ("b", Text("x"))])],
        ),
        deep(
            "object_nested",
            "allOf: [{$ref: '#/components/schemas/Nested'}]",
            "Nested",
            &[Object(vec![("at", point())])],
        ),
        deep(
            "object_with_list",
            "allOf: [{$ref: '#/components/schemas/Listed'}]",
            "",
            &[Object(vec![("tags", texts(&["a", "b"]))])],
        ),
        deep(
            "map_any_rest",
            "allOf: [{$ref: '#/components/schemas/AnyRest'}]",
            "",
            &[Object(vec![("a", Text("x")), ("b", NumberOrBoolean("0.10")), ("c", texts(&["d"]))])],
        ),
        deep(
            "map_object",
            "type: object, additionalProperties: {$ref: '#/components/schemas/Point'}",
            "std::collections::BTreeMap<String, Point>",
            &[entries(point)],
        ),
        deep(
            "map_list",
            "type: object, additionalProperties: {type: array, items: {type: integer}}",
            "std::collections::BTreeMap<String, Vec<i64>>",
            &[entries(|| literals(&["1", "2"]))],
        ),
        deep(
            "map_any",
            "type: object, additionalProperties: true",
            "partner_runtime::JsonObject",
            &[entries(|| NumberOrBoolean("0.10"))],
        ),
        deep(
            "object_open",
            "type: object",
            "partner_runtime::JsonObject",
            &[entries(|| NumberOrBoolean("1e2"))],
        ),
    ]
}

fn unions() -> Vec<ValueKind> {
    let union = |name, schema, rust, samples: &[SampleValue]| {
        kind(name, schema, rust, ValueStructure::Nested, samples)
    };
    let alternatives = [
        Object(vec![("type", Text("card")), ("pan", Text("0000"))]),
        Object(vec![("type", Text("bank")), ("iban", Text("XX00"))]),
    ];
    vec![
        union("union_tagged", "allOf: [{$ref: '#/components/schemas/Tagged'}]", "Tagged", &alternatives),
        union(
            "union_keyed",
            "allOf: [{$ref: '#/components/schemas/Keyed'}]",
            "Keyed",
            &[
                Object(vec![("radius", NumberOrBoolean("1"))]),
                Object(vec![("side", NumberOrBoolean("0.10"))]),
            ],
        ),
        union(
            "any",
            "description: Anything.",
            "partner_runtime::Json",
            &[NumberOrBoolean("0.10"), Text("a b"), point(), texts(&["a"])],
        ),
        refused(
            "union_of_text",
            "oneOf: [{type: string}, {type: integer}]",
            ValueStructure::Nested,
            "one-of-unsupported",
        ),
        refused(
            "any_of",
            "anyOf: [{$ref: '#/components/schemas/Card'}]",
            ValueStructure::Nested,
            "any-of-unsupported",
        ),
    ]
}
