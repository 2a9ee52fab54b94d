//! The Rust types that a client has for schemas.

use partner_model::names::type_name;
use partner_model::{Model, Object, Operation, Response, Schema, Success, SuccessBody, Type, Width};

use crate::pairs::Pairs;

/// Where a value is in Rust.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Slot {
    /// A field, which is an `Option` when the value may be null or absent.
    Field {
        /// Whether the key has to be there.
        required: bool,
    },
    /// An argument or a setter, which always takes a value.
    Argument,
    /// What a call responds with, the items of a list or the values of a map.
    Value,
}

/// Writes types so that those of two states can be compared: what was renamed has its new name in both.
#[derive(Clone, Copy)]
pub(crate) struct Written<'a> {
    pairs: &'a Pairs,
    is_before: bool,
}

impl<'a> Written<'a> {
    pub(crate) fn before(pairs: &'a Pairs) -> Written<'a> {
        Written { pairs, is_before: true }
    }

    pub(crate) fn after(pairs: &'a Pairs) -> Written<'a> {
        Written { pairs, is_before: false }
    }

    /// The type of a value.
    pub(crate) fn schema(self, schema: &Schema, slot: Slot) -> String {
        let ty = match &schema.ty {
            Type::Named(name) if self.is_before => self.pairs.new_name(name).unwrap_or(name).to_owned(),
            Type::Named(name) => name.clone(),
            Type::List(items) => format!("Vec<{}>", self.schema(items, Slot::Value)),
            Type::Map(values) => format!("BTreeMap<String, {}>", self.schema(values, Slot::Value)),
            other => plain(other).to_owned(),
        };
        // JSON of any shape has a null of its own.
        let is_nullable = schema.nullable && !matches!(schema.ty, Type::Json);
        let is_optional = match slot {
            Slot::Field { required } => is_nullable || !required,
            Slot::Value => is_nullable,
            Slot::Argument => false,
        };
        if is_optional { format!("Option<{ty}>") } else { ty }
    }

    /// What an operation responds with. The new name of an operation gives an enum by status another name, which is no
    /// change of its own.
    pub(crate) fn response(self, operation: &Operation) -> String {
        match &operation.success {
            Success::ByStatus { .. } => String::from("an enum by status"),
            Success::Same(body) => self.body(body),
        }
    }

    /// What the variant of a status holds, in an enum by status.
    pub(crate) fn variant(self, operation: &Operation, response: &Response) -> Option<String> {
        let Success::ByStatus { variants, .. } = &operation.success else { return None };
        variants
            .iter()
            .find(|variant| variant.status == response.status)
            .map(|variant| self.body(&variant.body))
    }

    /// What a success holds.
    pub(crate) fn body(self, body: &SuccessBody) -> String {
        match body {
            SuccessBody::Empty => String::from("()"),
            SuccessBody::Json(schema) => self.schema(schema, Slot::Value),
            SuccessBody::Any => String::from("Json"),
            SuccessBody::Text => String::from("String"),
            SuccessBody::Bytes => String::from("Bytes"),
        }
    }
}

/// The name of a type that is neither named nor made of others.
fn plain(ty: &Type) -> &'static str {
    match ty {
        Type::String => "String",
        Type::Uuid => "Uuid",
        Type::Date => "NaiveDate",
        Type::DateTime => "DateTime<Utc>",
        Type::Decimal(_) => "Decimal",
        Type::Integer(Width::I32) => "i32",
        Type::Integer(Width::I64) => "i64",
        Type::Boolean => "bool",
        Type::Object => "JsonObject",
        Type::Bytes => "Bytes",
        Type::Json | Type::Named(_) | Type::List(_) | Type::Map(_) => "Json",
    }
}

/// Whether a type can be made with nothing set, by `default()`.
pub(crate) fn has_default(object: &Object, public: bool) -> bool {
    let is_open_record = public && object.fields.is_empty();
    is_open_record || (object.rest.is_none() && object.fields.iter().all(|field| !field.required))
}

/// The type of a method's call, under which its signatures are listed.
pub(crate) fn call_type(method: &str) -> String {
    format!("{}Operation", type_name(method))
}

/// Whether the field of a type is a tag that callers never see.
pub(crate) fn is_hidden(schema: &Schema, model: &Model) -> bool {
    schema.ty.name().is_some_and(|name| model.hidden.contains(name))
}

/// Whether an argument of a type takes values of another one, because it takes whatever becomes its type.
pub(crate) fn takes(before: &str, after: &str) -> bool {
    matches!((before, after), ("Uuid", "String") | ("i32" | "i64", "Decimal"))
}
