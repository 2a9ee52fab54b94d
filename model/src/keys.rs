//! How the generator treats every key of every object of OpenAPI 3.0.3.
//!
//! `docs/openapi-support.md` is printed from this table. For each entry, a test makes a small document with the key,
//! and checks that the generator treats the key as the entry says.

use partner_spec::ObjectKind;

/// How the generator treats a key of OpenAPI.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyTreatment {
    /// The key affects the generated types or requests.
    Honoured,
    /// Like `Honoured`, except for some values of the key: no client is generated from a document with such a value.
    HonouredUnless {
        /// The identifier of the rule that the refused values break.
        rule_id: &'static str,
        /// A description of the refused values, for the docs page.
        refused_values_description: &'static str,
    },
    /// The key affects nothing but the documentation: the comments in the generated code.
    Documentation,
    /// A document with the key breaks the rule with this identifier, and no client is generated from it.
    Refused(&'static str),
}

use KeyTreatment::{Documentation, Honoured, HonouredUnless, Refused};

/// The keys of one kind of object, each with its treatment, in the order of the specification.
pub type KeyTreatments = &'static [(&'static str, KeyTreatment)];

const fn unless(rule_id: &'static str, refused_values_description: &'static str) -> KeyTreatment {
    HonouredUnless { rule_id, refused_values_description }
}

/// The keys of every kind of object, with their treatments. A key in braces, like `{status}`, stands for all keys that
/// the author of a document can choose there.
pub static KEY_TREATMENTS: &[(ObjectKind, KeyTreatments)] = &[
    (
        ObjectKind::OpenApi,
        &[
            ("openapi", unless("openapi-version", "versions other than 3.0")),
            ("info", Honoured),
            ("servers", Honoured),
            ("paths", Honoured),
            ("components", Honoured),
            ("security", unless("security-scheme-unsupported", "two credentials in one place")),
            ("tags", Documentation),
            ("externalDocs", Documentation),
        ],
    ),
    (
        ObjectKind::Info,
        &[
            ("title", Honoured),
            ("description", Documentation),
            ("termsOfService", Documentation),
            ("contact", Documentation),
            ("license", Documentation),
            ("version", Documentation),
        ],
    ),
    (ObjectKind::Contact, &[("name", Documentation), ("url", Documentation), ("email", Documentation)]),
    (ObjectKind::License, &[("name", Documentation), ("url", Documentation)]),
    (
        ObjectKind::Server,
        &[
            ("url", unless("key-unsupported", "relative addresses of paths, operations and environments")),
            ("description", Documentation),
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
            ("description", Documentation),
        ],
    ),
    (
        ObjectKind::Components,
        &[
            ("schemas", Honoured),
            ("responses", Honoured),
            ("parameters", Honoured),
            ("examples", Documentation),
            ("requestBodies", Honoured),
            ("headers", Documentation),
            ("securitySchemes", Honoured),
            ("links", Documentation),
            ("callbacks", Documentation),
        ],
    ),
    (ObjectKind::Paths, &[("{path}", unless("path-template", "templates with a brace that is not closed"))]),
    (
        ObjectKind::PathItem,
        &[
            ("summary", Documentation),
            ("description", Documentation),
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
            ("tags", Documentation),
            ("summary", Documentation),
            ("description", Documentation),
            ("externalDocs", Documentation),
            ("operationId", unless("operation-id-name", "names that no method can have")),
            ("parameters", Honoured),
            ("requestBody", unless("key-unsupported", "bodies of TRACE")),
            ("responses", unless("no-success-response", "responses without a success")),
            ("callbacks", Documentation),
            ("deprecated", Honoured),
            ("security", unless("security-scheme-unsupported", "two credentials in one place")),
            ("servers", unless("key-unsupported", "several of which none is meant")),
        ],
    ),
    (ObjectKind::ExternalDocs, &[("description", Documentation), ("url", Documentation)]),
    (
        ObjectKind::Parameter,
        &[
            ("name", unless("parameter-unsupported", "headers that OpenAPI ignores or that frame a request")),
            ("in", unless("parameter-unsupported", "`cookie`")),
            ("description", Documentation),
            ("required", unless("path-parameter-required", "`false` in a path")),
            ("deprecated", Documentation),
            ("allowEmptyValue", Documentation),
            ("style", unless("parameter-unsupported", "styles without one plain meaning")),
            ("explode", Honoured),
            ("allowReserved", Refused("key-unsupported")),
            ("schema", unless("parameter-unsupported", "values that the style gives no meaning")),
            ("example", Documentation),
            ("examples", Documentation),
            ("content", unless("parameter-unsupported", "media types other than JSON")),
        ],
    ),
    (
        ObjectKind::RequestBody,
        &[
            ("description", Documentation),
            ("content", unless("content-type", "media types that cannot be written")),
            ("required", Honoured),
        ],
    ),
    (
        ObjectKind::MediaType,
        &[
            ("schema", Honoured),
            ("example", Documentation),
            ("examples", Documentation),
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
            ("description", Documentation),
            ("headers", Documentation),
            ("content", unless("several-content-types", "several media types of a success")),
            ("links", Documentation),
        ],
    ),
    (ObjectKind::Callback, &[("{expression}", Documentation)]),
    (
        ObjectKind::Example,
        &[
            ("summary", Documentation),
            ("description", Documentation),
            ("value", Documentation),
            ("externalValue", Documentation),
        ],
    ),
    (
        ObjectKind::Link,
        &[
            ("operationRef", Documentation),
            ("operationId", Documentation),
            ("parameters", Documentation),
            ("requestBody", Documentation),
            ("description", Documentation),
            ("server", Documentation),
        ],
    ),
    (
        ObjectKind::Header,
        &[
            ("description", Documentation),
            ("required", Documentation),
            ("deprecated", Documentation),
            ("allowEmptyValue", Documentation),
            ("style", Documentation),
            ("explode", Documentation),
            ("allowReserved", Documentation),
            ("schema", Documentation),
            ("example", Documentation),
            ("examples", Documentation),
            ("content", Documentation),
        ],
    ),
    (
        ObjectKind::Tag,
        &[("name", Documentation), ("description", Documentation), ("externalDocs", Documentation)],
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
            ("not", Documentation),
            ("items", Honoured),
            ("properties", Honoured),
            ("additionalProperties", Honoured),
            ("description", Documentation),
            ("format", unless("number-not-decimal", "numbers with another format than `decimal`")),
            ("default", Documentation),
            ("nullable", Honoured),
            ("discriminator", unless("schema-unsupported", "a discriminator outside of a `oneOf`")),
            ("readOnly", unless("schema-unsupported", "where the property distinguishes alternatives")),
            ("writeOnly", unless("schema-unsupported", "where the property distinguishes alternatives")),
            ("xml", Documentation),
            ("externalDocs", Documentation),
            ("example", Documentation),
            ("deprecated", Documentation),
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
            ("name", Documentation),
            ("namespace", Documentation),
            ("prefix", Documentation),
            ("attribute", Documentation),
            ("wrapped", Documentation),
        ],
    ),
    (
        ObjectKind::SecurityScheme,
        &[
            ("type", unless("security-scheme-unsupported", "`oauth2` and `openIdConnect`")),
            ("description", Documentation),
            ("name", Honoured),
            ("in", unless("security-scheme-unsupported", "`cookie`")),
            ("scheme", unless("security-scheme-unsupported", "schemes other than `basic` and `bearer`")),
            ("bearerFormat", Documentation),
            ("flows", Documentation),
            ("openIdConnectUrl", Documentation),
        ],
    ),
    (
        ObjectKind::OAuthFlows,
        &[
            ("implicit", Documentation),
            ("password", Documentation),
            ("clientCredentials", Documentation),
            ("authorizationCode", Documentation),
        ],
    ),
    (
        ObjectKind::OAuthFlow,
        &[
            ("authorizationUrl", Documentation),
            ("tokenUrl", Documentation),
            ("refreshUrl", Documentation),
            ("scopes", Documentation),
        ],
    ),
];

/// Returns how the generator treats a key of a kind of object; `None` if OpenAPI does not define the key.
pub fn find_key_treatment(kind: ObjectKind, key: &str) -> Option<KeyTreatment> {
    let (_, keys) = KEY_TREATMENTS.iter().find(|(listed, _)| *listed == kind)?;
    keys.iter().find(|(listed, _)| *listed == key).map(|(_, treatment)| *treatment)
}

/// Returns the text of `docs/openapi-support.md`: a Markdown page with the treatment of each key.
pub fn render_support_page() -> String {
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
                HonouredUnless { rule_id, refused_values_description: refused_values } => {
                    format!("honoured; refused ([{rule_id}](rules.md#{rule_id})): {refused_values}")
                }
                Documentation => String::from("documentation"),
                Refused(rule) => format!("refused ([{rule}](rules.md#{rule}))"),
            };
            page += &format!("| `{key}` | {treatment} |\n");
        }
    }
    page
}
