//! The structure of an OpenAPI 3.0.3 document: which keys each object has, and what they contain. All code that
//! traverses documents, like the linker and the structure check, uses these tables.

/// A kind of object that the OpenAPI specification defines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the names are the specification's")]
pub enum Kind {
    OpenApi,
    Info,
    Contact,
    License,
    Server,
    ServerVariable,
    Components,
    Paths,
    PathItem,
    Operation,
    ExternalDocs,
    Parameter,
    RequestBody,
    MediaType,
    Encoding,
    Responses,
    Response,
    Callback,
    Example,
    Link,
    Header,
    Tag,
    Schema,
    Discriminator,
    Xml,
    SecurityScheme,
    OAuthFlows,
    OAuthFlow,
}

/// The kind of value that the specification demands for a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueKind {
    /// A string.
    Str,
    /// One of these strings.
    OneOf(&'static [&'static str]),
    /// A boolean.
    Bool,
    /// A whole number that is not negative.
    NonNegativeInteger,
    /// Any number.
    Num,
    /// Any value, like an example. A `$ref` in the value is not a reference.
    Any,
    /// A list of strings.
    StringList,
    /// A list of any values.
    AnyList,
    /// A map from names to strings.
    StringMap,
    /// A list of security requirements: maps from scheme names to lists of scopes.
    SecurityRequirements,
    /// One object.
    Object(Kind),
    /// An object of this kind, or a boolean.
    ObjectOrBool(Kind),
    /// A list of objects of this kind.
    List(Kind),
    /// A map from names to objects of this kind.
    Map(Kind),
}

impl ValueKind {
    /// The kind of the objects in the value; `None` if the value contains no objects of the specification.
    pub fn kind(self) -> Option<Kind> {
        match self {
            ValueKind::Object(kind)
            | ValueKind::ObjectOrBool(kind)
            | ValueKind::List(kind)
            | ValueKind::Map(kind) => Some(kind),
            _ => None,
        }
    }
}

use ValueKind::{
    Any, AnyList, Bool, List, Map, NonNegativeInteger, Num, Object, ObjectOrBool, OneOf,
    SecurityRequirements, Str, StringList, StringMap,
};

/// A key of an object: its name, the kind of its value, and whether the key is required.
pub type KeySpec = (&'static str, ValueKind, bool);

/// The keys of a path item that are HTTP methods.
pub const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// The keys of a parameter. `name` and `in` come first, because a header has all these keys except the first two.
const PARAMETER_KEYS: &[KeySpec] = &[
    ("name", Str, true),
    ("in", Str, true),
    ("description", Str, false),
    ("required", Bool, false),
    ("deprecated", Bool, false),
    ("allowEmptyValue", Bool, false),
    ("style", Str, false),
    ("explode", Bool, false),
    ("allowReserved", Bool, false),
    ("schema", Object(Kind::Schema), false),
    ("example", Any, false),
    ("examples", Map(Kind::Example), false),
    ("content", Map(Kind::MediaType), false),
];

impl Kind {
    /// Returns the name that the specification uses for objects of this kind.
    pub fn name(self) -> &'static str {
        match self {
            Kind::OpenApi => "OpenAPI document",
            Kind::Info => "info object",
            Kind::Contact => "contact object",
            Kind::License => "license object",
            Kind::Server => "server object",
            Kind::ServerVariable => "server variable",
            Kind::Components => "components object",
            Kind::Paths => "paths object",
            Kind::PathItem => "path item",
            Kind::Operation => "operation",
            Kind::ExternalDocs => "external documentation object",
            Kind::Parameter => "parameter",
            Kind::RequestBody => "request body",
            Kind::MediaType => "media type object",
            Kind::Encoding => "encoding object",
            Kind::Responses => "responses object",
            Kind::Response => "response",
            Kind::Callback => "callback",
            Kind::Example => "example object",
            Kind::Link => "link",
            Kind::Header => "header",
            Kind::Tag => "tag object",
            Kind::Schema => "schema",
            Kind::Discriminator => "discriminator",
            Kind::Xml => "XML object",
            Kind::SecurityScheme => "security scheme",
            Kind::OAuthFlows => "OAuth flows object",
            Kind::OAuthFlow => "OAuth flow",
        }
    }

    /// Returns the name of objects of this kind with its article, like `an XML object`.
    pub(crate) fn name_with_article(self) -> String {
        let name = self.name();
        let article = if name.starts_with(['a', 'e', 'i', 'o', 'u', 'O', 'X']) { "an" } else { "a" };
        format!("{article} {name}")
    }

    /// Returns the section of `components` for objects of this kind, like `schemas`; `None` if such objects cannot be
    /// components.
    pub fn section(self) -> Option<&'static str> {
        Some(match self {
            Kind::Schema => "schemas",
            Kind::Response => "responses",
            Kind::Parameter => "parameters",
            Kind::Example => "examples",
            Kind::RequestBody => "requestBodies",
            Kind::Header => "headers",
            Kind::SecurityScheme => "securitySchemes",
            Kind::Link => "links",
            Kind::Callback => "callbacks",
            _ => return None,
        })
    }

    /// Whether a `$ref` may take the place of an object of this kind.
    pub fn can_be_reference(self) -> bool {
        self == Kind::PathItem || self.section().is_some()
    }

    /// Returns the kind of value that the specification demands for `key` in an object of this kind; `None` if the
    /// object has no such key. Extensions (`x-...`) may have any value.
    pub fn value_kind(self, key: &str) -> Option<ValueKind> {
        if key.starts_with("x-") {
            return Some(Any);
        }
        match self {
            Kind::Paths => Some(Object(Kind::PathItem)),
            Kind::Responses => Some(Object(Kind::Response)),
            Kind::Callback => Some(Object(Kind::PathItem)),
            _ => {
                self.fixed_keys().iter().find(|(name, ..)| *name == key).map(|(_, value_kind, _)| *value_kind)
            }
        }
    }

    /// Returns the fixed keys of an object of this kind, without extensions. The keys of paths, responses and
    /// callbacks are not fixed.
    pub fn fixed_keys(self) -> &'static [KeySpec] {
        match self {
            Kind::OpenApi => &[
                ("openapi", Str, true),
                ("info", Object(Kind::Info), true),
                ("servers", List(Kind::Server), false),
                ("paths", Object(Kind::Paths), true),
                ("components", Object(Kind::Components), false),
                ("security", SecurityRequirements, false),
                ("tags", List(Kind::Tag), false),
                ("externalDocs", Object(Kind::ExternalDocs), false),
            ],
            Kind::Info => &[
                ("title", Str, true),
                ("description", Str, false),
                ("termsOfService", Str, false),
                ("contact", Object(Kind::Contact), false),
                ("license", Object(Kind::License), false),
                ("version", Str, true),
            ],
            Kind::Contact => &[("name", Str, false), ("url", Str, false), ("email", Str, false)],
            Kind::License => &[("name", Str, true), ("url", Str, false)],
            Kind::Server => &[
                ("url", Str, true),
                ("description", Str, false),
                ("variables", Map(Kind::ServerVariable), false),
            ],
            Kind::ServerVariable => {
                &[("enum", StringList, false), ("default", Str, true), ("description", Str, false)]
            }
            Kind::Components => &[
                ("schemas", Map(Kind::Schema), false),
                ("responses", Map(Kind::Response), false),
                ("parameters", Map(Kind::Parameter), false),
                ("examples", Map(Kind::Example), false),
                ("requestBodies", Map(Kind::RequestBody), false),
                ("headers", Map(Kind::Header), false),
                ("securitySchemes", Map(Kind::SecurityScheme), false),
                ("links", Map(Kind::Link), false),
                ("callbacks", Map(Kind::Callback), false),
            ],
            Kind::Paths | Kind::Responses | Kind::Callback => &[],
            Kind::PathItem => &[
                ("summary", Str, false),
                ("description", Str, false),
                ("get", Object(Kind::Operation), false),
                ("put", Object(Kind::Operation), false),
                ("post", Object(Kind::Operation), false),
                ("delete", Object(Kind::Operation), false),
                ("options", Object(Kind::Operation), false),
                ("head", Object(Kind::Operation), false),
                ("patch", Object(Kind::Operation), false),
                ("trace", Object(Kind::Operation), false),
                ("servers", List(Kind::Server), false),
                ("parameters", List(Kind::Parameter), false),
            ],
            Kind::Operation => &[
                ("tags", StringList, false),
                ("summary", Str, false),
                ("description", Str, false),
                ("externalDocs", Object(Kind::ExternalDocs), false),
                ("operationId", Str, false),
                ("parameters", List(Kind::Parameter), false),
                ("requestBody", Object(Kind::RequestBody), false),
                ("responses", Object(Kind::Responses), true),
                ("callbacks", Map(Kind::Callback), false),
                ("deprecated", Bool, false),
                ("security", SecurityRequirements, false),
                ("servers", List(Kind::Server), false),
            ],
            Kind::ExternalDocs => &[("description", Str, false), ("url", Str, true)],
            Kind::Parameter => PARAMETER_KEYS,
            // A header has the same keys as a parameter, except the first two, `name` and `in`.
            Kind::Header => &PARAMETER_KEYS[2..],
            Kind::RequestBody => &[
                ("description", Str, false),
                ("content", Map(Kind::MediaType), true),
                ("required", Bool, false),
            ],
            Kind::MediaType => &[
                ("schema", Object(Kind::Schema), false),
                ("example", Any, false),
                ("examples", Map(Kind::Example), false),
                ("encoding", Map(Kind::Encoding), false),
            ],
            Kind::Encoding => &[
                ("contentType", Str, false),
                ("headers", Map(Kind::Header), false),
                ("style", Str, false),
                ("explode", Bool, false),
                ("allowReserved", Bool, false),
            ],
            Kind::Response => &[
                ("description", Str, true),
                ("headers", Map(Kind::Header), false),
                ("content", Map(Kind::MediaType), false),
                ("links", Map(Kind::Link), false),
            ],
            Kind::Example => &[
                ("summary", Str, false),
                ("description", Str, false),
                ("value", Any, false),
                ("externalValue", Str, false),
            ],
            Kind::Link => &[
                ("operationRef", Str, false),
                ("operationId", Str, false),
                ("parameters", Any, false),
                ("requestBody", Any, false),
                ("description", Str, false),
                ("server", Object(Kind::Server), false),
            ],
            Kind::Tag => &[
                ("name", Str, true),
                ("description", Str, false),
                ("externalDocs", Object(Kind::ExternalDocs), false),
            ],
            Kind::Schema => &[
                ("title", Str, false),
                ("multipleOf", Num, false),
                ("maximum", Num, false),
                ("exclusiveMaximum", Bool, false),
                ("minimum", Num, false),
                ("exclusiveMinimum", Bool, false),
                ("maxLength", NonNegativeInteger, false),
                ("minLength", NonNegativeInteger, false),
                ("pattern", Str, false),
                ("maxItems", NonNegativeInteger, false),
                ("minItems", NonNegativeInteger, false),
                ("uniqueItems", Bool, false),
                ("maxProperties", NonNegativeInteger, false),
                ("minProperties", NonNegativeInteger, false),
                ("required", StringList, false),
                ("enum", AnyList, false),
                ("type", OneOf(&["array", "boolean", "integer", "number", "object", "string"]), false),
                ("allOf", List(Kind::Schema), false),
                ("oneOf", List(Kind::Schema), false),
                ("anyOf", List(Kind::Schema), false),
                ("not", Object(Kind::Schema), false),
                ("items", Object(Kind::Schema), false),
                ("properties", Map(Kind::Schema), false),
                ("additionalProperties", ObjectOrBool(Kind::Schema), false),
                ("description", Str, false),
                ("format", Str, false),
                ("default", Any, false),
                ("nullable", Bool, false),
                ("discriminator", Object(Kind::Discriminator), false),
                ("readOnly", Bool, false),
                ("writeOnly", Bool, false),
                ("xml", Object(Kind::Xml), false),
                ("externalDocs", Object(Kind::ExternalDocs), false),
                ("example", Any, false),
                ("deprecated", Bool, false),
            ],
            Kind::Discriminator => &[("propertyName", Str, true), ("mapping", StringMap, false)],
            Kind::Xml => &[
                ("name", Str, false),
                ("namespace", Str, false),
                ("prefix", Str, false),
                ("attribute", Bool, false),
                ("wrapped", Bool, false),
            ],
            Kind::SecurityScheme => &[
                ("type", OneOf(&["apiKey", "http", "oauth2", "openIdConnect"]), true),
                ("description", Str, false),
                ("name", Str, false),
                ("in", OneOf(&["cookie", "header", "query"]), false),
                ("scheme", Str, false),
                ("bearerFormat", Str, false),
                ("flows", Object(Kind::OAuthFlows), false),
                ("openIdConnectUrl", Str, false),
            ],
            Kind::OAuthFlows => &[
                ("implicit", Object(Kind::OAuthFlow), false),
                ("password", Object(Kind::OAuthFlow), false),
                ("clientCredentials", Object(Kind::OAuthFlow), false),
                ("authorizationCode", Object(Kind::OAuthFlow), false),
            ],
            Kind::OAuthFlow => &[
                ("authorizationUrl", Str, false),
                ("tokenUrl", Str, false),
                ("refreshUrl", Str, false),
                ("scopes", StringMap, true),
            ],
        }
    }
}
