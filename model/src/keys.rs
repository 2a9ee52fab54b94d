//! A table that says how the generator treats every key of every object of OpenAPI 3.0.3.
//!
//! `docs/openapi-support.md` is printed from this table. For each entry, a test makes a small document with the key,
//! and checks that the generator treats the key as the entry says.

use partner_spec::ObjectKind;

/// How the generator treats one of the keys that the OpenAPI specification defines, such as `nullable`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyTreatment {
    /// The key affects the generated types or requests.
    Honoured,
    /// The key affects the generated types or requests, but some of its values are refused: no client is generated from
    /// a document with such a value.
    PartlyHonoured {
        /// The identifier of the rule that reports the refused values of the key.
        rule_id: &'static str,
        /// A description of the values that the generator refuses, for the page `docs/openapi-support.md`.
        refused_values_description: &'static str,
    },
    /// The key only affects the documentation: the comments in the generated code.
    DocumentationOnly,
    /// No client is generated from a document with this key. The text is the identifier of the rule that reports the
    /// key.
    Refused(&'static str),
}

use KeyTreatment::{DocumentationOnly, Honoured, PartlyHonoured, Refused};

/// The keys of one kind of object, in the order of the specification. Each key has a [`KeyTreatment`], which says how
/// the generator treats the key.
pub type ObjectKeyTreatments = &'static [(&'static str, KeyTreatment)];

const fn unless(rule_id: &'static str, refused_values_description: &'static str) -> KeyTreatment {
    PartlyHonoured { rule_id, refused_values_description }
}

/// The keys that OpenAPI defines for every kind of object, and how the generator treats each key. A key in braces, like
/// `{status}`, stands for all keys that the author of a document can choose in such an object.
pub static KEY_TREATMENTS: &[(ObjectKind, ObjectKeyTreatments)] = &[
    (
        ObjectKind::OpenApi,
        &[
            ("openapi", unless("openapi-version", "versions other than 3.0")),
            ("info", Honoured),
            ("servers", Honoured),
            ("paths", Honoured),
            ("components", Honoured),
            ("security", unless("security-scheme-unsupported", "two credentials in one place")),
            ("tags", DocumentationOnly),
            ("externalDocs", DocumentationOnly),
        ],
    ),
    (
        ObjectKind::Info,
        &[
            ("title", Honoured),
            ("description", DocumentationOnly),
            ("termsOfService", DocumentationOnly),
            ("contact", DocumentationOnly),
            ("license", DocumentationOnly),
            ("version", DocumentationOnly),
        ],
    ),
    (
        ObjectKind::Contact,
        &[("name", DocumentationOnly), ("url", DocumentationOnly), ("email", DocumentationOnly)],
    ),
    (ObjectKind::License, &[("name", DocumentationOnly), ("url", DocumentationOnly)]),
    (
        ObjectKind::Server,
        &[
            ("url", unless("key-unsupported", "relative addresses of paths, operations and environments")),
            ("description", DocumentationOnly),
            (
                "variables",
                unless("key-unsupported", "names without a default, and two with one name in Rust"),
            ),
        ],
    ),
    (
        ObjectKind::ServerVariable,
        &[
            ("enum", unless("key-unsupported", "values with one name in Rust")),
            ("default", unless("key-unsupported", "defaults that make no address")),
            ("description", DocumentationOnly),
        ],
    ),
    (
        ObjectKind::Components,
        &[
            ("schemas", Honoured),
            ("responses", Honoured),
            ("parameters", Honoured),
            ("examples", DocumentationOnly),
            ("requestBodies", Honoured),
            ("headers", DocumentationOnly),
            ("securitySchemes", Honoured),
            ("links", DocumentationOnly),
            ("callbacks", DocumentationOnly),
        ],
    ),
    (ObjectKind::Paths, &[("{path}", unless("path-template", "templates with a brace that is not closed"))]),
    (
        ObjectKind::PathItem,
        &[
            ("summary", DocumentationOnly),
            ("description", DocumentationOnly),
            ("get", Honoured),
            ("put", Honoured),
            ("post", Honoured),
            ("delete", Honoured),
            ("options", Honoured),
            ("head", Honoured),
            ("patch", Honoured),
            ("trace", Honoured),
            ("servers", unless("key-unsupported", "several of which none is meant")),
            ("parameters", Honoured),
        ],
    ),
    (
        ObjectKind::Operation,
        &[
            ("tags", DocumentationOnly),
            ("summary", DocumentationOnly),
            ("description", DocumentationOnly),
            ("externalDocs", DocumentationOnly),
            ("operationId", unless("operation-id-name", "names that no method can have")),
            ("parameters", Honoured),
            ("requestBody", unless("key-unsupported", "bodies of TRACE")),
            ("responses", unless("no-success-response", "responses without a success")),
            ("callbacks", DocumentationOnly),
            ("deprecated", Honoured),
            ("security", unless("security-scheme-unsupported", "two credentials in one place")),
            ("servers", unless("key-unsupported", "several of which none is meant")),
        ],
    ),
    (ObjectKind::ExternalDocs, &[("description", DocumentationOnly), ("url", DocumentationOnly)]),
    (
        ObjectKind::Parameter,
        &[
            ("name", unless("parameter-unsupported", "headers that OpenAPI ignores or that frame a request")),
            ("in", unless("parameter-unsupported", "`cookie`")),
            ("description", DocumentationOnly),
            ("required", unless("path-parameter-required", "`false` in a path")),
            ("deprecated", DocumentationOnly),
            ("allowEmptyValue", DocumentationOnly),
            ("style", unless("parameter-unsupported", "styles without one plain meaning")),
            ("explode", Honoured),
            ("allowReserved", Refused("key-unsupported")),
            ("schema", unless("parameter-unsupported", "values that the style gives no meaning")),
            ("example", DocumentationOnly),
            ("examples", DocumentationOnly),
            ("content", unless("parameter-unsupported", "media types other than JSON")),
        ],
    ),
    (
        ObjectKind::RequestBody,
        &[
            ("description", DocumentationOnly),
            ("content", unless("content-type", "media types that cannot be written")),
            ("required", Honoured),
        ],
    ),
    (
        ObjectKind::MediaType,
        &[
            ("schema", Honoured),
            ("example", DocumentationOnly),
            ("examples", DocumentationOnly),
            ("encoding", unless("key-unsupported", "parts that are written in another way")),
        ],
    ),
    (
        ObjectKind::Encoding,
        &[
            ("contentType", unless("key-unsupported", "types that the part cannot have")),
            ("headers", Refused("key-unsupported")),
            ("style", unless("key-unsupported", "styles that a form does not have")),
            ("explode", Honoured),
            ("allowReserved", Refused("key-unsupported")),
        ],
    ),
    (ObjectKind::Responses, &[("{status}", Honoured)]),
    (
        ObjectKind::Response,
        &[
            ("description", DocumentationOnly),
            ("headers", DocumentationOnly),
            ("content", unless("several-content-types", "several media types of a success")),
            ("links", DocumentationOnly),
        ],
    ),
    (ObjectKind::Callback, &[("{expression}", DocumentationOnly)]),
    (
        ObjectKind::Example,
        &[
            ("summary", DocumentationOnly),
            ("description", DocumentationOnly),
            ("value", DocumentationOnly),
            ("externalValue", DocumentationOnly),
        ],
    ),
    (
        ObjectKind::Link,
        &[
            ("operationRef", DocumentationOnly),
            ("operationId", DocumentationOnly),
            ("parameters", DocumentationOnly),
            ("requestBody", DocumentationOnly),
            ("description", DocumentationOnly),
            ("server", DocumentationOnly),
        ],
    ),
    (
        ObjectKind::Header,
        &[
            ("description", DocumentationOnly),
            ("required", DocumentationOnly),
            ("deprecated", DocumentationOnly),
            ("allowEmptyValue", DocumentationOnly),
            ("style", DocumentationOnly),
            ("explode", DocumentationOnly),
            ("allowReserved", DocumentationOnly),
            ("schema", DocumentationOnly),
            ("example", DocumentationOnly),
            ("examples", DocumentationOnly),
            ("content", DocumentationOnly),
        ],
    ),
    (
        ObjectKind::Tag,
        &[
            ("name", DocumentationOnly),
            ("description", DocumentationOnly),
            ("externalDocs", DocumentationOnly),
        ],
    ),
    (
        ObjectKind::Schema,
        &[
            ("title", Honoured),
            ("multipleOf", Honoured),
            ("maximum", Honoured),
            ("exclusiveMaximum", Honoured),
            ("minimum", Honoured),
            ("exclusiveMinimum", Honoured),
            ("maxLength", Honoured),
            ("minLength", Honoured),
            ("pattern", Honoured),
            ("maxItems", Honoured),
            ("minItems", Honoured),
            ("uniqueItems", Honoured),
            ("maxProperties", Honoured),
            ("minProperties", Honoured),
            ("required", unless("required-undeclared", "names that `properties` does not have")),
            ("enum", unless("enum-value-collision", "values with the same name in Rust")),
            ("type", Honoured),
            ("allOf", unless("all-of-unsupported", "parts that are no objects")),
            ("oneOf", unless("one-of-unsupported", "alternatives that are no objects")),
            ("anyOf", Refused("any-of-unsupported")),
            ("not", DocumentationOnly),
            ("items", Honoured),
            ("properties", Honoured),
            ("additionalProperties", Honoured),
            ("description", DocumentationOnly),
            ("format", unless("number-not-decimal", "numbers with another format than `decimal`")),
            ("default", DocumentationOnly),
            ("nullable", Honoured),
            ("discriminator", unless("schema-unsupported", "a discriminator outside of a `oneOf`")),
            ("readOnly", unless("schema-unsupported", "where the property distinguishes alternatives")),
            ("writeOnly", unless("schema-unsupported", "where the property distinguishes alternatives")),
            ("xml", DocumentationOnly),
            ("externalDocs", DocumentationOnly),
            ("example", DocumentationOnly),
            ("deprecated", DocumentationOnly),
        ],
    ),
    (
        ObjectKind::Discriminator,
        &[
            ("propertyName", unless("schema-unsupported", "properties that an alternative does not have")),
            ("mapping", unless("schema-unsupported", "values that the alternatives do not have")),
        ],
    ),
    (
        ObjectKind::Xml,
        &[
            ("name", DocumentationOnly),
            ("namespace", DocumentationOnly),
            ("prefix", DocumentationOnly),
            ("attribute", DocumentationOnly),
            ("wrapped", DocumentationOnly),
        ],
    ),
    (
        ObjectKind::SecurityScheme,
        &[
            ("type", unless("security-scheme-unsupported", "`oauth2` and `openIdConnect`")),
            ("description", DocumentationOnly),
            ("name", Honoured),
            ("in", unless("security-scheme-unsupported", "`cookie`")),
            ("scheme", unless("security-scheme-unsupported", "schemes other than `basic` and `bearer`")),
            ("bearerFormat", DocumentationOnly),
            ("flows", DocumentationOnly),
            ("openIdConnectUrl", DocumentationOnly),
        ],
    ),
    (
        ObjectKind::OAuthFlows,
        &[
            ("implicit", DocumentationOnly),
            ("password", DocumentationOnly),
            ("clientCredentials", DocumentationOnly),
            ("authorizationCode", DocumentationOnly),
        ],
    ),
    (
        ObjectKind::OAuthFlow,
        &[
            ("authorizationUrl", DocumentationOnly),
            ("tokenUrl", DocumentationOnly),
            ("refreshUrl", DocumentationOnly),
            ("scopes", DocumentationOnly),
        ],
    ),
];

/// Returns how the generator treats `key` in objects of this kind: for example, whether the key affects the generated
/// types. Returns `None` if OpenAPI does not define the key.
pub fn find_key_treatment(kind: ObjectKind, key: &str) -> Option<KeyTreatment> {
    let (_, keys) = KEY_TREATMENTS.iter().find(|(listed, _)| *listed == kind)?;
    keys.iter().find(|(listed, _)| *listed == key).map(|(_, treatment)| *treatment)
}

/// Returns the text of `docs/openapi-support.md`: a Markdown page that says what the generator does with each key of
/// OpenAPI.
pub fn render_openapi_support_page() -> String {
    let mut page = String::from(
        "# OpenAPI support\n\n\
         What the generator does with every key of OpenAPI 3.0.3. `cargo xtask rules --write` writes this page, and a test \
         generates a document for each key.\n\n\
         - **honoured**: the key changes the generated types or requests\n\
         - **documentation**: the key changes comments at most\n\
         - **refused**: no client is generated from a document that has the key or the value; `cargo xtask validate` names the \
         rule, the file and the line\n\n\
         Callbacks are requests that a client receives, and links say what can be called next, so all in them is \
         documentation. A schema is looked at where a request or a success can hold its values; failures have one type in every \
         client.\n\n\
         A client chooses one of the document's servers with `environment`: by `x-environment`, or by a name that is made of the \
         address. An operation goes to the nearest of its servers: its own, that of its path, or the chosen one of the document. \
         Of several it goes to the one with the `x-environment` of the chosen one. `server_variable` sets a variable of the \
         addresses. `base_url` replaces all servers, so that a test or a gateway gets every request.\n\n\
         The `x-` keys of this workspace are listed in [CONTRIBUTING](../CONTRIBUTING.md#writing-documents).\n",
    );
    for (kind, keys) in KEY_TREATMENTS {
        let title = kind.name();
        let (first, rest) = title.split_at(1);
        page += &format!("\n## {}{rest}\n\n| key | treatment |\n|---|---|\n", first.to_uppercase());
        for (key, treatment) in *keys {
            let treatment = match treatment {
                Honoured => String::from("honoured"),
                PartlyHonoured { rule_id, refused_values_description: refused_values } => {
                    format!("honoured; refused ([{rule_id}](rules.md#{rule_id})): {refused_values}")
                }
                DocumentationOnly => String::from("documentation"),
                Refused(rule) => format!("refused ([{rule}](rules.md#{rule}))"),
            };
            page += &format!("| `{key}` | {treatment} |\n");
        }
    }
    page
}
