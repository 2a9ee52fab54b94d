//! The Rust types that the generated client uses for schemas.

use partner_model::names::to_type_name;
use partner_model::{
    IntegerType, Model, Object, Operation, Response, Schema, SuccessBodies, SuccessBody, Type,
};

use crate::pairs::TypePairs;

/// Where a value is in the Rust client, for example in a field or in an argument. This decides whether the Rust type of
/// the value can be an `Option`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ValuePosition {
    /// A field of a struct. Its type is an `Option` if the value may be null or absent.
    Field {
        /// Whether the schema of the struct requires the field.
        is_required: bool,
    },
    /// An argument of a method or of a setter. The type is never an `Option`: a caller omits an optional value by not
    /// calling its setter.
    Argument,
    /// The response of a call, an item of a list, or a value of a map. It is an `Option` if it may be null.
    ResponseOrElement,
}

/// Formats Rust types as text, so that the types of the old and of the new document can be compared. A renamed type has
/// its new name in both texts.
#[derive(Clone, Copy)]
pub(crate) struct RustTypeFormatter<'a> {
    pairs: &'a TypePairs,
    is_before: bool,
}

impl<'a> RustTypeFormatter<'a> {
    pub(crate) fn for_old_state(pairs: &'a TypePairs) -> RustTypeFormatter<'a> {
        RustTypeFormatter { pairs, is_before: true }
    }

    pub(crate) fn for_new_state(pairs: &'a TypePairs) -> RustTypeFormatter<'a> {
        RustTypeFormatter { pairs, is_before: false }
    }

    /// Formats the Rust type for values of a schema.
    pub(crate) fn format_schema_type(self, schema: &Schema, position: ValuePosition) -> String {
        let ty = match (schema.type_name(), &schema.ty) {
            (Some(name), _) if self.is_before => {
                self.pairs.find_new_type_name(name).unwrap_or(name).to_owned()
            }
            (Some(name), _) => name.to_owned(),
            (None, Type::List(items)) => {
                format!("Vec<{}>", self.format_schema_type(items, ValuePosition::ResponseOrElement))
            }
            (None, Type::Map(values)) => {
                format!(
                    "BTreeMap<String, {}>",
                    self.format_schema_type(values, ValuePosition::ResponseOrElement)
                )
            }
            (None, other) => to_basic_rust_type_name(other).to_owned(),
        };
        // The type `Json` can hold null itself, so it needs no `Option`.
        let needs_option_for_null = schema.nullable && !matches!(schema.ty, Type::Json);
        let is_optional = match position {
            ValuePosition::Field { is_required } => needs_option_for_null || !is_required,
            ValuePosition::ResponseOrElement => needs_option_for_null,
            ValuePosition::Argument => false,
        };
        if is_optional { format!("Option<{ty}>") } else { ty }
    }

    /// Formats the Rust type of an operation's response. For a response enum (with a variant for each status), the text
    /// does not contain the name of the enum. This name changes whenever the operation is renamed, and a renamed
    /// operation is reported separately.
    pub(crate) fn format_response_type(self, operation: &Operation) -> String {
        match &operation.success_bodies {
            SuccessBodies::ByStatus { .. } => String::from("an enum by status"),
            SuccessBodies::SameForAllStatuses(body) => self.format_success_body_type(body),
        }
    }

    /// Formats the Rust type of the body of a response, as it is in the response enum of the operation. This enum has a
    /// variant for each status. Returns `None` if the operation has no response enum, or if the enum has no variant for
    /// the response.
    pub(crate) fn format_response_variant_type(
        self,
        operation: &Operation,
        response: &Response,
    ) -> Option<String> {
        let SuccessBodies::ByStatus { variants, .. } = &operation.success_bodies else { return None };
        variants
            .iter()
            .find(|variant| variant.status == response.status)
            .map(|variant| self.format_success_body_type(&variant.body))
    }

    /// Formats the Rust type of the body of a successful response.
    pub(crate) fn format_success_body_type(self, body: &SuccessBody) -> String {
        match body {
            SuccessBody::Empty => String::from("()"),
            SuccessBody::Json(schema) => self.format_schema_type(schema, ValuePosition::ResponseOrElement),
            SuccessBody::AnyJson => String::from("Json"),
            SuccessBody::Text => String::from("String"),
            SuccessBody::Bytes => String::from("Bytes"),
        }
    }
}

/// Returns the Rust type for a basic schema type: any type except named types, lists and maps.
fn to_basic_rust_type_name(ty: &Type) -> &'static str {
    match ty {
        Type::String => "String",
        Type::Uuid => "Uuid",
        Type::Date => "NaiveDate",
        Type::DateTime => "DateTime<Utc>",
        Type::Decimal(_) => "Decimal",
        Type::Integer(IntegerType::I32) => "i32",
        Type::Integer(IntegerType::I64) => "i64",
        Type::Integer(IntegerType::U64) => "u64",
        Type::Boolean => "bool",
        Type::AnyObject => "JsonObject",
        Type::FileContent => "Bytes",
        Type::Json | Type::Named(_) | Type::List(_) | Type::Map(_) => "Json",
    }
}

/// Whether the Rust type of an object implements `Default`. The type implements it in two cases:
/// - The object has no required fields and no `additionalProperties`.
/// - The type is public (it has `x-public`) and has no fields at all.
pub(crate) fn implements_default(object: &Object, is_public: bool) -> bool {
    let is_open_object = is_public && object.fields.is_empty();
    is_open_object
        || (object.additional_properties.is_none() && object.fields.iter().all(|field| !field.required))
}

/// The name of the type that stands for a client method in the generated code: `GetQuoteOperation` for `get_quote`. The
/// comparison of public signatures treats the method, and the setters of its optional arguments, as members of this
/// type.
pub(crate) fn to_operation_type_name(method: &str) -> String {
    format!("{}Operation", to_type_name(method))
}

/// Whether the client hides a field with this schema, because it is a tag: a required field with a single possible
/// value, which the client fills in.
pub(crate) fn is_hidden_tag(schema: &Schema, model: &Model) -> bool {
    schema.ty.name().is_some_and(|name| model.hidden_enum_names.contains(name))
}

/// Whether an argument of type `impl Into<T>`, where `T` is the type `after`, also accepts values of type `before`.
pub(crate) fn argument_accepts_former_type(before: &str, after: &str) -> bool {
    matches!((before, after), ("Uuid", "String") | ("i32" | "i64", "Decimal"))
}
