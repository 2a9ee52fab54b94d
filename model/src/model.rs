//! The model of one API.

use std::collections::{BTreeMap, BTreeSet};

use partner_spec::Location;

use crate::expansion::Expansion;
use crate::operation::{Content, Operation};
use crate::pointer::{Lost, Pointer};
use crate::server::{Environment, Variable};
use crate::types::{Definition, Enum, Object, Schema, Shape, Union};

/// The model of one API.
#[derive(Debug, Clone)]
pub struct Model {
    /// The name of the API's module, and of the folder with its generated files.
    pub module: String,
    /// `info.title`.
    pub title: String,
    /// `info.version`.
    pub version: String,
    /// `info.description`.
    pub description: Option<String>,
    /// The `servers` of the document with an absolute address.
    pub environments: Vec<Environment>,
    /// The variables in the addresses of the servers, those of paths and operations included.
    pub variables: Vec<Variable>,
    /// The security schemes that operations or the whole document require, in the order of the document.
    pub schemes: Vec<SecurityScheme>,
    /// The security requirements of the whole document, like those of an operation.
    pub credentials: Vec<Vec<usize>>,
    /// How responses are wrapped.
    pub envelope: Option<Envelope>,
    /// The operations, in the order of their paths in the document; those of one path in the order of the methods in
    /// the specification.
    pub operations: Vec<Operation>,
    /// The types that requests or successful responses can contain, and public ones (`x-public`), by name.
    pub types: BTreeMap<String, Definition>,
    /// The names of enums with a single value that are only used as required fields, so that callers do not need to
    /// see them.
    pub hidden: BTreeSet<String>,
    /// How far expanding references has enlarged the document, and the maximum.
    pub expansion: Expansion,
    /// The total size of the document's files in bytes.
    pub size: usize,
    /// The location of the OpenAPI object.
    pub location: Location,
}

/// A security scheme that a client can use.
#[derive(Debug, Clone)]
pub struct SecurityScheme {
    /// Its key in `securitySchemes`.
    pub name: String,
    /// Where the credential goes.
    pub kind: SchemeKind,
    /// `description`.
    pub description: Option<String>,
}

/// Where a credential goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SchemeKind {
    /// A key in the header of this name.
    Header(String),
    /// A key in the query, under this name.
    Query(String),
    /// A user name and a password (RFC 7617).
    Basic,
    /// A token (RFC 6750).
    Bearer,
}

/// How an API wraps its responses (`x-envelope`).
#[derive(Debug, Clone)]
pub struct Envelope {
    /// The property that says whether the call succeeded.
    pub success: String,
    /// The property with the content of the response.
    pub data: String,
    /// The location of `x-envelope`.
    pub location: Location,
}

impl Model {
    /// The header of the key, where nothing but one key in a header is required: then clients need not say which credential
    /// they have.
    pub fn key_header(&self) -> Option<&str> {
        match self.schemes.as_slice() {
            [SecurityScheme { kind: SchemeKind::Header(name), .. }] => Some(name),
            _ => None,
        }
    }

    /// The object with that name.
    pub fn object(&self, name: &str) -> Option<&Object> {
        match &self.types.get(name)?.shape {
            Shape::Object(object) => Some(object),
            _ => None,
        }
    }

    /// Returns the enum with that name.
    pub fn string_enum(&self, name: &str) -> Option<&Enum> {
        match &self.types.get(name)?.shape {
            Shape::Enum(values) => Some(values),
            _ => None,
        }
    }

    /// Returns the union with that name.
    pub fn union(&self, name: &str) -> Option<&Union> {
        match &self.types.get(name)?.shape {
            Shape::Union(union) => Some(union),
            _ => None,
        }
    }

    /// Returns the location of the definition of a schema's type; of the schema itself if its type has no name.
    pub fn location<'a>(&'a self, schema: &'a Schema) -> &'a Location {
        let definition = schema.ty.name().and_then(|name| self.types.get(name));
        definition.map_or(&schema.location, |definition| &definition.location)
    }
}

impl Pointer {
    /// Returns the schema of the value that the pointer leads to, in a value of `schema`.
    ///
    /// # Errors
    ///
    /// The first key of the pointer that its schema does not have.
    pub fn find<'a>(&'a self, mut schema: &'a Schema, model: &'a Model) -> Result<&'a Schema, Lost<'a>> {
        for key in &self.keys {
            let object = schema.ty.name().and_then(|name| model.object(name));
            let field = object.and_then(|object| object.field(key)).ok_or_else(|| {
                let fields = object.map_or(&[][..], |object| &object.fields);
                Lost { key, known: fields.iter().map(|field| field.name.as_str()).collect() }
            })?;
            schema = &field.schema;
        }
        Ok(schema)
    }
}

impl Operation {
    /// Iterates over the schemas of the requests: those of parameters, bodies and multipart parts.
    pub fn sent(&self) -> impl Iterator<Item = &Schema> {
        let parameters = self.parameters.iter().map(|parameter| &parameter.schema);
        let json = self.media().iter().filter_map(|media| match &media.content {
            Content::Json(schema) => Some(schema),
            _ => None,
        });
        let parts = self.media().iter().flat_map(|media| media.parts());
        parameters.chain(json).chain(parts.map(|part| &part.schema))
    }

    /// Iterates over the schemas of the successful responses.
    pub fn received(&self) -> impl Iterator<Item = &Schema> {
        self.successes().flat_map(|response| &response.content).filter_map(|(_, schema)| schema.as_ref())
    }
}
