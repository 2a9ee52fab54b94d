//! The model of one API.

use std::collections::{BTreeMap, BTreeSet};

use partner_spec::Location;

use crate::expansion::ExpansionBudget;
use crate::operation::{BodyContent, Operation};
use crate::pointer::{MissingPointerKey, ResponsePointer};
use crate::server::{Environment, SettableServerVariable};
use crate::types::{Enum, Object, Schema, TypeDefinition, TypeShape, Union};

/// The model of one API: its operations, types and servers.
#[derive(Debug, Clone)]
pub struct Model {
    /// The name of the API's module, and of the folder with its generated files.
    pub module_name: String,
    /// The API's title (`info.title`).
    pub title: String,
    /// The version of the API's document (`info.version`).
    pub version: String,
    /// The API's description (`info.description`).
    pub description: Option<String>,
    /// The environments that clients can choose: one for each of the document's servers that has an absolute address.
    pub environments: Vec<Environment>,
    /// The variables in the addresses of all servers, including those of paths and operations.
    pub server_variables: Vec<SettableServerVariable>,
    /// The security schemes that operations or the whole document require, in the order of the document.
    pub security_schemes: Vec<SecurityScheme>,
    /// The combinations of credentials that the document's security requirements accept. A combination is a list of
    /// indices into `security_schemes`. A call has to send the credentials of all schemes in the list.
    pub credential_alternatives: Vec<Vec<usize>>,
    /// The envelope: the object in which the API wraps the content of its responses. `None` if the API has no envelope.
    pub envelope: Option<Envelope>,
    /// The operations, in the order of their paths in the document. Operations of the same path are in the order in
    /// which the specification lists the HTTP methods.
    pub operations: Vec<Operation>,
    /// The types that requests or successful responses can contain, and the types marked with `x-public`. The keys are
    /// the names of the types.
    pub types: BTreeMap<String, TypeDefinition>,
    /// The names of the enums that callers never see. Such an enum is closed, has a single value (a string), and is
    /// used only for required fields. The client sets these fields itself.
    pub hidden_enum_names: BTreeSet<String>,
    /// The budget for the copies of schemas that replace references to these schemas: the maximum number of bytes of
    /// all copies, and the number of bytes that were used so far.
    pub expansion_budget: ExpansionBudget,
    /// The total size of the document's files, in bytes.
    pub document_size_bytes: usize,
    /// The location of the document's OpenAPI object.
    pub location: Location,
}

/// A security scheme that a client can use.
#[derive(Debug, Clone)]
pub struct SecurityScheme {
    /// The scheme's name: its key in `securitySchemes`.
    pub name: String,
    /// The part of a request that carries the credential of the security scheme.
    pub credential_place: CredentialPlace,
    /// The `description` of the security scheme.
    pub description: Option<String>,
}

/// The part of a request that carries a credential.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CredentialPlace {
    /// The credential is an API key in a header. The string is the name of the header.
    ApiKeyHeader(String),
    /// The credential is an API key in a query parameter. The string is the name of the parameter.
    ApiKeyQueryParameter(String),
    /// A user name and a password in the header `Authorization` (RFC 7617).
    Basic,
    /// A bearer token in the header `Authorization` (RFC 6750).
    Bearer,
}

/// The envelope: the object in which an API wraps the content of its responses (`x-envelope`).
#[derive(Debug, Clone)]
pub struct Envelope {
    /// The name of the property that says whether the call succeeded, for example `success`.
    pub success_property_name: String,
    /// The name of the property that holds the content of the response, like `data`.
    pub data_property_name: String,
    /// The location of `x-envelope`.
    pub location: Location,
}

impl Model {
    /// Returns the name of the header that carries the API key, if the only security scheme is an API key in a header.
    /// Callers then pass the key without naming a scheme.
    pub fn api_key_header_name(&self) -> Option<&str> {
        match self.security_schemes.as_slice() {
            [SecurityScheme { credential_place: CredentialPlace::ApiKeyHeader(name), .. }] => Some(name),
            _ => None,
        }
    }

    /// Returns the object type with this name.
    pub fn find_object(&self, name: &str) -> Option<&Object> {
        match &self.types.get(name)?.shape {
            TypeShape::Object(object) => Some(object),
            _ => None,
        }
    }

    /// Returns the enum with this name.
    pub fn find_enum(&self, name: &str) -> Option<&Enum> {
        match &self.types.get(name)?.shape {
            TypeShape::Enum(values) => Some(values),
            _ => None,
        }
    }

    /// Returns the union with this name.
    pub fn find_union(&self, name: &str) -> Option<&Union> {
        match &self.types.get(name)?.shape {
            TypeShape::Union(union) => Some(union),
            _ => None,
        }
    }

    /// Returns the location of the definition of a schema's type. If the type has no name or is not in the model,
    /// returns the location of the schema itself.
    pub fn type_definition_location<'a>(&'a self, schema: &'a Schema) -> &'a Location {
        let definition = schema.ty.name().and_then(|name| self.types.get(name));
        definition.map_or(&schema.location, |definition| &definition.location)
    }
}

impl ResponsePointer {
    /// Returns the target of the pointer: the schema of the property that is reached by following the keys of the
    /// pointer, starting at `schema`.
    ///
    /// # Errors
    ///
    /// Returns the first key of the pointer that is not a property of the schema reached so far.
    pub fn find_target_schema<'a>(
        &'a self,
        mut schema: &'a Schema,
        model: &'a Model,
    ) -> Result<&'a Schema, MissingPointerKey<'a>> {
        for key in &self.keys {
            let object = schema.ty.name().and_then(|name| model.find_object(name));
            let field = object.and_then(|object| object.field(key)).ok_or_else(|| {
                let fields = object.map_or(&[][..], |object| &object.fields);
                MissingPointerKey {
                    missing_key: key,
                    existing_keys: fields.iter().map(|field| field.name.as_str()).collect(),
                }
            })?;
            schema = &field.schema;
        }
        Ok(schema)
    }
}

impl Operation {
    /// Iterates over the schemas that describe the operation's requests: those of parameters, JSON bodies and parts of
    /// forms.
    pub fn request_schemas(&self) -> impl Iterator<Item = &Schema> {
        let parameters = self.parameters.iter().map(|parameter| &parameter.schema);
        let json = self.request_media_types().iter().filter_map(|media| match &media.content {
            BodyContent::Json(schema) => Some(schema),
            _ => None,
        });
        let parts = self.request_media_types().iter().flat_map(|media| media.form_fields());
        parameters.chain(json).chain(parts.map(|part| &part.schema))
    }

    /// Iterates over the schemas of the operation's successful responses.
    pub fn success_response_schemas(&self) -> impl Iterator<Item = &Schema> {
        self.successful_responses()
            .flat_map(|response| &response.media_types_with_schemas)
            .filter_map(|(_, schema)| schema.as_ref())
    }
}
