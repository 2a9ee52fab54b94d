//! The structure of an OpenAPI 3.0.3 document: the keys of each kind of object, and the kind of value of each key. All
//! code that traverses documents, like the linker and the structure check, uses these tables.

/// A kind of object that the OpenAPI specification defines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the names are the specification's")]
pub enum ObjectKind {
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

/// The kind of value that the OpenAPI specification requires for a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueKind {
    /// A string.
    Str,
    /// A string from this list.
    StringFromList(&'static [&'static str]),
    /// A boolean.
    Bool,
    /// A whole number that is not negative.
    NonNegativeInteger,
    /// Any number.
    Num,
    /// Any value, for keys like `example`. A `$ref` in the value is not a reference.
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
    Object(ObjectKind),
    /// An object of this kind, or a boolean.
    ObjectOrBool(ObjectKind),
    /// A list of objects of this kind.
    ObjectList(ObjectKind),
    /// A map from names to objects of this kind.
    ObjectMap(ObjectKind),
}

impl ValueKind {
    /// If the value is an object, returns the kind of the object. If the value is a list or map of objects, returns the
    /// kind of these objects. Otherwise returns `None`.
    pub fn object_kind(self) -> Option<ObjectKind> {
        match self {
            ValueKind::Object(kind)
            | ValueKind::ObjectOrBool(kind)
            | ValueKind::ObjectList(kind)
            | ValueKind::ObjectMap(kind) => Some(kind),
            _ => None,
        }
    }
}

use ValueKind::{
    Any, AnyList, Bool, NonNegativeInteger, Num, Object, ObjectList, ObjectMap, ObjectOrBool,
    SecurityRequirements, Str, StringFromList, StringList, StringMap,
};

/// A key of an object: its name, the kind of its value, and whether the key is required.
pub type KeySpec = (&'static str, ValueKind, bool);

/// The keys of a path item that are HTTP methods.
pub const HTTP_METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// The keys of a parameter. `name` and `in` must come first, because the keys of a header are this list without its
/// first two.
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
    ("schema", Object(ObjectKind::Schema), false),
    ("example", Any, false),
    ("examples", ObjectMap(ObjectKind::Example), false),
    ("content", ObjectMap(ObjectKind::MediaType), false),
];

impl ObjectKind {
    /// Returns the name that the specification uses for objects of this kind.
    pub fn name(self) -> &'static str {
        match self {
            ObjectKind::OpenApi => "OpenAPI document",
            ObjectKind::Info => "info object",
            ObjectKind::Contact => "contact object",
            ObjectKind::License => "license object",
            ObjectKind::Server => "server object",
            ObjectKind::ServerVariable => "server variable",
            ObjectKind::Components => "components object",
            ObjectKind::Paths => "paths object",
            ObjectKind::PathItem => "path item",
            ObjectKind::Operation => "operation",
            ObjectKind::ExternalDocs => "external documentation object",
            ObjectKind::Parameter => "parameter",
            ObjectKind::RequestBody => "request body",
            ObjectKind::MediaType => "media type object",
            ObjectKind::Encoding => "encoding object",
            ObjectKind::Responses => "responses object",
            ObjectKind::Response => "response",
            ObjectKind::Callback => "callback",
            ObjectKind::Example => "example object",
            ObjectKind::Link => "link",
            ObjectKind::Header => "header",
            ObjectKind::Tag => "tag object",
            ObjectKind::Schema => "schema",
            ObjectKind::Discriminator => "discriminator",
            ObjectKind::Xml => "XML object",
            ObjectKind::SecurityScheme => "security scheme",
            ObjectKind::OAuthFlows => "OAuth flows object",
            ObjectKind::OAuthFlow => "OAuth flow",
        }
    }

    /// Returns the name of objects of this kind with an article, like `an XML object`.
    pub(crate) fn name_with_article(self) -> String {
        let name = self.name();
        let article = if name.starts_with(['a', 'e', 'i', 'o', 'u', 'O', 'X']) { "an" } else { "a" };
        format!("{article} {name}")
    }

    /// Returns the key in `components` for objects of this kind, like `schemas`; `None` if such objects cannot be
    /// components.
    pub fn components_key(self) -> Option<&'static str> {
        Some(match self {
            ObjectKind::Schema => "schemas",
            ObjectKind::Response => "responses",
            ObjectKind::Parameter => "parameters",
            ObjectKind::Example => "examples",
            ObjectKind::RequestBody => "requestBodies",
            ObjectKind::Header => "headers",
            ObjectKind::SecurityScheme => "securitySchemes",
            ObjectKind::Link => "links",
            ObjectKind::Callback => "callbacks",
            _ => return None,
        })
    }

    /// Whether a `$ref` may take the place of an object of this kind.
    pub fn can_be_reference(self) -> bool {
        self == ObjectKind::PathItem || self.components_key().is_some()
    }

    /// Returns the kind of value that the OpenAPI specification requires for `key` in an object of this kind; `None` if
    /// the object has no such key. Extensions (`x-...`) may have any value.
    pub fn value_kind(self, key: &str) -> Option<ValueKind> {
        if key.starts_with("x-") {
            return Some(Any);
        }
        match self {
            ObjectKind::Paths => Some(Object(ObjectKind::PathItem)),
            ObjectKind::Responses => Some(Object(ObjectKind::Response)),
            ObjectKind::Callback => Some(Object(ObjectKind::PathItem)),
            _ => {
                self.fixed_keys().iter().find(|(name, ..)| *name == key).map(|(_, value_kind, _)| *value_kind)
            }
        }
    }

    /// Returns the keys that the OpenAPI specification defines for objects of this kind. The list is empty for paths,
    /// responses and callbacks, whose keys are paths, status codes and expressions.
    pub fn fixed_keys(self) -> &'static [KeySpec] {
        match self {
            ObjectKind::OpenApi => &[
                ("openapi", Str, true),
                ("info", Object(ObjectKind::Info), true),
                ("servers", ObjectList(ObjectKind::Server), false),
                ("paths", Object(ObjectKind::Paths), true),
                ("components", Object(ObjectKind::Components), false),
                ("security", SecurityRequirements, false),
                ("tags", ObjectList(ObjectKind::Tag), false),
                ("externalDocs", Object(ObjectKind::ExternalDocs), false),
            ],
            ObjectKind::Info => &[
                ("title", Str, true),
                ("description", Str, false),
                ("termsOfService", Str, false),
                ("contact", Object(ObjectKind::Contact), false),
                ("license", Object(ObjectKind::License), false),
                ("version", Str, true),
            ],
            ObjectKind::Contact => &[("name", Str, false), ("url", Str, false), ("email", Str, false)],
            ObjectKind::License => &[("name", Str, true), ("url", Str, false)],
            ObjectKind::Server => &[
                ("url", Str, true),
                ("description", Str, false),
                ("variables", ObjectMap(ObjectKind::ServerVariable), false),
            ],
            ObjectKind::ServerVariable => {
                &[("enum", StringList, false), ("default", Str, true), ("description", Str, false)]
            }
            ObjectKind::Components => &[
                ("schemas", ObjectMap(ObjectKind::Schema), false),
                ("responses", ObjectMap(ObjectKind::Response), false),
                ("parameters", ObjectMap(ObjectKind::Parameter), false),
                ("examples", ObjectMap(ObjectKind::Example), false),
                ("requestBodies", ObjectMap(ObjectKind::RequestBody), false),
                ("headers", ObjectMap(ObjectKind::Header), false),
                ("securitySchemes", ObjectMap(ObjectKind::SecurityScheme), false),
                ("links", ObjectMap(ObjectKind::Link), false),
                ("callbacks", ObjectMap(ObjectKind::Callback), false),
            ],
            ObjectKind::Paths | ObjectKind::Responses | ObjectKind::Callback => &[],
            ObjectKind::PathItem => &[
                ("summary", Str, false),
                ("description", Str, false),
                ("get", Object(ObjectKind::Operation), false),
                ("put", Object(ObjectKind::Operation), false),
                ("post", Object(ObjectKind::Operation), false),
                ("delete", Object(ObjectKind::Operation), false),
                ("options", Object(ObjectKind::Operation), false),
                ("head", Object(ObjectKind::Operation), false),
                ("patch", Object(ObjectKind::Operation), false),
                ("trace", Object(ObjectKind::Operation), false),
                ("servers", ObjectList(ObjectKind::Server), false),
                ("parameters", ObjectList(ObjectKind::Parameter), false),
            ],
            ObjectKind::Operation => &[
                ("tags", StringList, false),
                ("summary", Str, false),
                ("description", Str, false),
                ("externalDocs", Object(ObjectKind::ExternalDocs), false),
                ("operationId", Str, false),
                ("parameters", ObjectList(ObjectKind::Parameter), false),
                ("requestBody", Object(ObjectKind::RequestBody), false),
                ("responses", Object(ObjectKind::Responses), true),
                ("callbacks", ObjectMap(ObjectKind::Callback), false),
                ("deprecated", Bool, false),
                ("security", SecurityRequirements, false),
                ("servers", ObjectList(ObjectKind::Server), false),
            ],
            ObjectKind::ExternalDocs => &[("description", Str, false), ("url", Str, true)],
            ObjectKind::Parameter => PARAMETER_KEYS,
            // A header has the same keys as a parameter, except the first two, `name` and `in`.
            ObjectKind::Header => &PARAMETER_KEYS[2..],
            ObjectKind::RequestBody => &[
                ("description", Str, false),
                ("content", ObjectMap(ObjectKind::MediaType), true),
                ("required", Bool, false),
            ],
            ObjectKind::MediaType => &[
                ("schema", Object(ObjectKind::Schema), false),
                ("example", Any, false),
                ("examples", ObjectMap(ObjectKind::Example), false),
                ("encoding", ObjectMap(ObjectKind::Encoding), false),
            ],
            ObjectKind::Encoding => &[
                ("contentType", Str, false),
                ("headers", ObjectMap(ObjectKind::Header), false),
                ("style", Str, false),
                ("explode", Bool, false),
                ("allowReserved", Bool, false),
            ],
            ObjectKind::Response => &[
                ("description", Str, true),
                ("headers", ObjectMap(ObjectKind::Header), false),
                ("content", ObjectMap(ObjectKind::MediaType), false),
                ("links", ObjectMap(ObjectKind::Link), false),
            ],
            ObjectKind::Example => &[
                ("summary", Str, false),
                ("description", Str, false),
                ("value", Any, false),
                ("externalValue", Str, false),
            ],
            ObjectKind::Link => &[
                ("operationRef", Str, false),
                ("operationId", Str, false),
                ("parameters", Any, false),
                ("requestBody", Any, false),
                ("description", Str, false),
                ("server", Object(ObjectKind::Server), false),
            ],
            ObjectKind::Tag => &[
                ("name", Str, true),
                ("description", Str, false),
                ("externalDocs", Object(ObjectKind::ExternalDocs), false),
            ],
            ObjectKind::Schema => &[
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
                (
                    "type",
                    StringFromList(&["array", "boolean", "integer", "number", "object", "string"]),
                    false,
                ),
                ("allOf", ObjectList(ObjectKind::Schema), false),
                ("oneOf", ObjectList(ObjectKind::Schema), false),
                ("anyOf", ObjectList(ObjectKind::Schema), false),
                ("not", Object(ObjectKind::Schema), false),
                ("items", Object(ObjectKind::Schema), false),
                ("properties", ObjectMap(ObjectKind::Schema), false),
                ("additionalProperties", ObjectOrBool(ObjectKind::Schema), false),
                ("description", Str, false),
                ("format", Str, false),
                ("default", Any, false),
                ("nullable", Bool, false),
                ("discriminator", Object(ObjectKind::Discriminator), false),
                ("readOnly", Bool, false),
                ("writeOnly", Bool, false),
                ("xml", Object(ObjectKind::Xml), false),
                ("externalDocs", Object(ObjectKind::ExternalDocs), false),
                ("example", Any, false),
                ("deprecated", Bool, false),
            ],
            ObjectKind::Discriminator => &[("propertyName", Str, true), ("mapping", StringMap, false)],
            ObjectKind::Xml => &[
                ("name", Str, false),
                ("namespace", Str, false),
                ("prefix", Str, false),
                ("attribute", Bool, false),
                ("wrapped", Bool, false),
            ],
            ObjectKind::SecurityScheme => &[
                ("type", StringFromList(&["apiKey", "http", "oauth2", "openIdConnect"]), true),
                ("description", Str, false),
                ("name", Str, false),
                ("in", StringFromList(&["cookie", "header", "query"]), false),
                ("scheme", Str, false),
                ("bearerFormat", Str, false),
                ("flows", Object(ObjectKind::OAuthFlows), false),
                ("openIdConnectUrl", Str, false),
            ],
            ObjectKind::OAuthFlows => &[
                ("implicit", Object(ObjectKind::OAuthFlow), false),
                ("password", Object(ObjectKind::OAuthFlow), false),
                ("clientCredentials", Object(ObjectKind::OAuthFlow), false),
                ("authorizationCode", Object(ObjectKind::OAuthFlow), false),
            ],
            ObjectKind::OAuthFlow => &[
                ("authorizationUrl", Str, false),
                ("tokenUrl", Str, false),
                ("refreshUrl", Str, false),
                ("scopes", StringMap, true),
            ],
        }
    }
}
