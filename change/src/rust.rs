//! The Rust types that the generated client uses for schemas.

use partner_model::names::type_name;
use partner_model::{IntegerWidth, Model, Object, Operation, Response, Schema, Success, SuccessBody, Type};

use crate::pairs::Pairs;

/// The position of a value in the Rust client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Slot {
    /// A field of a struct, which is an `Option` if the value may be null or absent.
    Field {
        /// Whether the field is required.
        required: bool,
    },
    /// An argument or a setter, which always takes a value.
    Argument,
    /// The response of a call, an item of a list or a value of a map.
    Value,
}

/// Writes Rust types as text that can be compared between two states: a renamed type has its new name in both.
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

    /// The Rust type for values of a schema.
    pub(crate) fn schema(self, schema: &Schema, slot: Slot) -> String {
        let ty = match (schema.name(), &schema.ty) {
            (Some(name), _) if self.is_before => self.pairs.new_name(name).unwrap_or(name).to_owned(),
            (Some(name), _) => name.to_owned(),
            (None, Type::List(items)) => format!("Vec<{}>", self.schema(items, Slot::Value)),
            (None, Type::Map(values)) => format!("BTreeMap<String, {}>", self.schema(values, Slot::Value)),
            (None, other) => plain(other).to_owned(),
        };
        // The type `Json` can hold null itself, so it needs no `Option`.
        let is_nullable = schema.nullable && !matches!(schema.ty, Type::Json);
        let is_optional = match slot {
            Slot::Field { required } => is_nullable || !required,
            Slot::Value => is_nullable,
            Slot::Argument => false,
        };
        if is_optional { format!("Option<{ty}>") } else { ty }
    }

    /// The Rust type of the response. An enum with a variant for each status is written without its name, which follows
    /// from the name of the operation, so that a renamed operation counts as one change.
    pub(crate) fn response(self, operation: &Operation) -> String {
        match &operation.success {
            Success::ByStatus { .. } => String::from("an enum by status"),
            Success::Same(body) => self.body(body),
        }
    }

    /// The content of the variant for this response; `None` if the operation has no enum with a variant for each
    /// status.
    pub(crate) fn variant(self, operation: &Operation, response: &Response) -> Option<String> {
        let Success::ByStatus { variants, .. } = &operation.success else { return None };
        variants
            .iter()
            .find(|variant| variant.status == response.status)
            .map(|variant| self.body(&variant.body))
    }

    /// The Rust type of a successful body.
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

/// The Rust type for a schema type that is neither named nor a collection.
fn plain(ty: &Type) -> &'static str {
    match ty {
        Type::String => "String",
        Type::Uuid => "Uuid",
        Type::Date => "NaiveDate",
        Type::DateTime => "DateTime<Utc>",
        Type::Decimal(_) => "Decimal",
        Type::Integer(IntegerWidth::I32) => "i32",
        Type::Integer(IntegerWidth::I64) => "i64",
        Type::Integer(IntegerWidth::U64) => "u64",
        Type::Boolean => "bool",
        Type::Object => "JsonObject",
        Type::Bytes => "Bytes",
        Type::Json | Type::Named(_) | Type::List(_) | Type::Map(_) => "Json",
    }
}

/// Whether the Rust type of an object has `default()`, because no field is required.
pub(crate) fn has_default(object: &Object, public: bool) -> bool {
    let is_open_record = public && object.fields.is_empty();
    is_open_record || (object.rest.is_none() && object.fields.iter().all(|field| !field.required))
}

/// The name of the marker type for the call of a method: `GetQuoteOperation` for `get_quote`. The signatures of the
/// call are listed under this name.
pub(crate) fn call_type(method: &str) -> String {
    format!("{}Operation", type_name(method))
}

/// Whether a schema is the enum of a tag with a single value, for which the client has no public field.
pub(crate) fn is_hidden(schema: &Schema, model: &Model) -> bool {
    schema.ty.name().is_some_and(|name| model.hidden_enums.contains(name))
}

/// Whether an argument of type `after` also accepts values of type `before`, because arguments are `impl Into<T>`.
pub(crate) fn takes(before: &str, after: &str) -> bool {
    matches!((before, after), ("Uuid", "String") | ("i32" | "i64", "Decimal"))
}
