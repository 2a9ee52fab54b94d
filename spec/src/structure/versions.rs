//! Recognizes keys and values of other OpenAPI versions, and advises what to write in OpenAPI 3.0.

use crate::grammar::ObjectKind;
use crate::rules::{openapi_3_1_keyword, swagger_2_keyword};
use crate::{Finding, Location, Node, Value};

/// An OpenAPI version other than 3.0.
#[derive(Clone, Copy)]
enum OtherOpenApiVersion {
    /// OpenAPI 3.1, whose schemas are those of JSON Schema 2020-12.
    OpenApi3_1,
    /// OpenAPI 2.0, also called Swagger.
    Swagger2_0,
}

use OtherOpenApiVersion::{OpenApi3_1, Swagger2_0};

/// A key that an object has in another OpenAPI version, but not in 3.0.
pub(super) struct OtherVersionKey {
    version: OtherOpenApiVersion,
    help: &'static str,
    /// Whether the key belongs to a group of keys that are used together, like `if`, `then` and `else`. Only the first
    /// key of a group is reported, because OpenAPI 3.0 has a single replacement for the group.
    pub(super) belongs_to_key_group: bool,
}

const fn from_3_1(help: &'static str) -> Option<OtherVersionKey> {
    Some(OtherVersionKey { version: OpenApi3_1, help, belongs_to_key_group: false })
}

const fn from_2_0(help: &'static str) -> Option<OtherVersionKey> {
    Some(OtherVersionKey { version: Swagger2_0, help, belongs_to_key_group: false })
}

const fn from_2_0_group(help: &'static str) -> Option<OtherVersionKey> {
    Some(OtherVersionKey { version: Swagger2_0, help, belongs_to_key_group: true })
}

/// Returns a description of the key if objects of `kind` have the key in another OpenAPI version; otherwise `None`. The
/// caller must have checked that they do not have the key in OpenAPI 3.0.
pub(super) fn find_other_version_key(kind: ObjectKind, key: &str) -> Option<OtherVersionKey> {
    match kind {
        ObjectKind::Schema => find_other_version_schema_key(key),
        ObjectKind::Parameter | ObjectKind::Header => find_other_version_parameter_key(key),
        ObjectKind::OpenApi => match key {
            "webhooks" => {
                from_3_1("3.0 has no webhooks; describe them in the documentation or as `callbacks`")
            }
            "jsonSchemaDialect" => from_3_1("3.0 has one dialect only; take it away"),
            "swagger" => from_2_0("`openapi` names the version; take this away"),
            "definitions" => from_2_0("write `components: schemas:`"),
            "parameters" => from_2_0(
                "write `components: parameters:`, and request bodies as `components: requestBodies:`",
            ),
            "responses" => from_2_0("write `components: responses:`"),
            "securityDefinitions" => from_2_0("write `components: securitySchemes:`"),
            "host" | "basePath" | "schemes" => {
                from_2_0_group("write it as one URL: `servers: [{url: https://host/basePath}]`")
            }
            "consumes" | "produces" => from_2_0_group("name the media type in each `content`"),
            _ => None,
        },
        ObjectKind::Info => {
            (key == "summary").then(|| from_3_1("put it first in the `description`")).flatten()
        }
        ObjectKind::License => {
            (key == "identifier").then(|| from_3_1("write the `url` of the license")).flatten()
        }
        ObjectKind::Components => match key {
            "pathItems" => from_3_1("write the path items below `paths`, or in a file of their own"),
            "definitions" => from_2_0("write `schemas`"),
            "securityDefinitions" => from_2_0("write `securitySchemes`"),
            _ => None,
        },
        ObjectKind::Operation => match key {
            "consumes" => from_2_0("name the media type in `requestBody: content:`"),
            "produces" => from_2_0("name the media type in the `content` of each response"),
            "schemes" => from_2_0("write `servers`"),
            _ => None,
        },
        ObjectKind::Response => match key {
            "schema" => from_2_0("move it into `content: application/json:`"),
            "examples" => from_2_0("move them into `content: application/json:`"),
            _ => None,
        },
        ObjectKind::SecurityScheme => match key {
            "flow" | "authorizationUrl" | "tokenUrl" | "scopes" => from_2_0_group(
                "write `flows: {authorizationCode: {authorizationUrl: ..., tokenUrl: ..., scopes: {}}}`",
            ),
            _ => None,
        },
        _ => None,
    }
}

/// Returns the key to use in OpenAPI 3.0 instead of `key`, which belongs to another version; `None` if no replacement
/// is known.
pub(super) fn find_replacement_key(kind: ObjectKind, key: &str) -> Option<&'static str> {
    match (kind, key) {
        (ObjectKind::Schema, "prefixItems") => Some("items"),
        (ObjectKind::Schema, "const") => Some("enum"),
        (ObjectKind::SecurityScheme, "flow") => Some("flows"),
        (ObjectKind::Parameter | ObjectKind::Header, "type") => Some("schema"),
        _ => None,
    }
}

fn find_other_version_schema_key(key: &str) -> Option<OtherVersionKey> {
    match key {
        "const" => from_3_1("write `enum` with this one value"),
        "examples" => from_3_1("write one `example`"),
        "$defs" | "definitions" => from_3_1("write the schemas below `components: schemas:`"),
        "if" | "then" | "else" => Some(OtherVersionKey {
            version: OpenApi3_1,
            help: "write the cases as alternatives of `oneOf`",
            belongs_to_key_group: true,
        }),
        "prefixItems" => from_3_1(
            "write `items` with what all items have in common, and their number as `minItems`, `maxItems`",
        ),
        "contains" | "minContains" | "maxContains" => from_3_1("tell it in the `description`"),
        "contentMediaType" | "contentEncoding" | "contentSchema" => {
            from_3_1("write `format: byte` for base64 and `format: binary` for a file")
        }
        "patternProperties" => {
            from_3_1("write `additionalProperties` with the schema, and tell the names in the description")
        }
        "propertyNames" => from_3_1("tell in the description what names there are"),
        "unevaluatedProperties" => from_3_1("write `additionalProperties`"),
        "unevaluatedItems" | "additionalItems" => from_3_1("write `maxItems`"),
        "dependentRequired" | "dependentSchemas" | "dependencies" => {
            from_3_1("write the cases as alternatives of `oneOf`, each with its `required`")
        }
        "$schema" | "$vocabulary" => from_3_1("3.0 has one dialect only; take it away"),
        "$id" | "id" | "$anchor" | "$dynamicAnchor" => {
            from_3_1("take it away; a schema is named by its key in `components: schemas:`")
        }
        "$dynamicRef" | "$recursiveRef" => from_3_1("write `$ref`"),
        "$comment" => from_3_1("write a YAML comment, or an own key like `x-comment`"),
        "collectionFormat" => from_2_0("write `style` and `explode` in the parameter"),
        _ => None,
    }
}

fn find_other_version_parameter_key(key: &str) -> Option<OtherVersionKey> {
    match key {
        "type" | "format" | "items" | "default" | "enum" | "pattern" | "minimum" | "maximum"
        | "exclusiveMinimum" | "exclusiveMaximum" | "minLength" | "maxLength" | "minItems" | "maxItems"
        | "uniqueItems" | "multipleOf" => from_2_0_group("move what says how the value looks into `schema`"),
        "collectionFormat" => {
            from_2_0("write `style` and `explode`; `csv` is `style: form` with `explode: false`")
        }
        _ => None,
    }
}

impl OtherVersionKey {
    /// Returns the finding that an object of `kind` has this key, which only exists in another version of OpenAPI.
    pub(super) fn new_finding(&self, key: &str, location: &Location, kind: ObjectKind) -> Finding {
        let what = format!("{} has no key `{key}` in OpenAPI 3.0", kind.name_with_article());
        self.version.finding(location, &what, self.help)
    }
}

impl OtherOpenApiVersion {
    fn finding(self, location: &Location, what: &str, help: &str) -> Finding {
        match self {
            OpenApi3_1 => openapi_3_1_keyword::new_finding(location, what, help),
            Swagger2_0 => swagger_2_keyword::new_finding(location, what, help),
        }
    }
}

/// Returns a finding if the key can have this value in another OpenAPI version, but not in OpenAPI 3.0; otherwise
/// `None`.
pub(super) fn check_value_from_other_version(kind: ObjectKind, key: &str, node: &Node) -> Option<Finding> {
    let found = |version: OtherOpenApiVersion, what: &str, help: &str| {
        Some(version.finding(&node.location, what, help))
    };
    match (kind, key, &node.value) {
        (ObjectKind::Schema, "type", Value::Array(types)) => {
            let nullable = types.iter().any(|word| word.as_str() == Some("null"));
            let help = match (nullable, types.len()) {
                (true, 0..=2) => "write the one type, and `nullable: true` beside it",
                _ => "write one type, or alternatives as `oneOf`",
            };
            found(OpenApi3_1, "`type` is no list in OpenAPI 3.0", help)
        }
        (ObjectKind::Schema, "type", Value::String(word)) if word == "null" => found(
            OpenApi3_1,
            "`type` is never `null` in OpenAPI 3.0",
            "write the type of the value, and `nullable: true` beside it",
        ),
        (ObjectKind::Schema, "type", Value::String(word)) if word == "file" => found(
            Swagger2_0,
            "`type` is never `file` in OpenAPI 3.0",
            "write `type: string` and `format: binary`",
        ),
        (ObjectKind::Schema, "exclusiveMinimum" | "exclusiveMaximum", Value::Number(_)) => {
            let limit = if key == "exclusiveMinimum" { "minimum" } else { "maximum" };
            let what = format!("`{key}` is no number in OpenAPI 3.0");
            found(OpenApi3_1, &what, &format!("write the number as `{limit}`, and `{key}: true` beside it"))
        }
        (ObjectKind::Schema, "discriminator", Value::String(_)) => found(
            Swagger2_0,
            "`discriminator` is no text in OpenAPI 3.0",
            "write `discriminator: {propertyName: ...}`",
        ),
        (ObjectKind::SecurityScheme, "type", Value::String(word)) if word == "basic" => found(
            Swagger2_0,
            "`type` is never `basic` in OpenAPI 3.0",
            "write `type: http` and `scheme: basic`",
        ),
        (ObjectKind::SecurityScheme, "type", Value::String(word)) if word == "mutualTLS" => found(
            OpenApi3_1,
            "`type` is never `mutualTLS` in OpenAPI 3.0",
            "tell it in the description of the API",
        ),
        _ => None,
    }
}

/// Returns the finding about a schema that is `true` or `false`, as in OpenAPI 3.1.
pub(super) fn new_boolean_schema_finding(node: &Node) -> Finding {
    OpenApi3_1.finding(
        &node.location,
        "a schema is no boolean in OpenAPI 3.0",
        "write `{}` for anything, and `not: {}` for nothing",
    )
}
