//! The types of the values in requests and responses.

use partner_spec::{Location, Node};

use crate::details::{LimitKind, SchemaDetails};
use crate::pointer::LocatedString;

/// The schema of a value: of a property, an item, a parameter or a body.
#[derive(Debug, Clone)]
pub struct Schema {
    /// The type of the value.
    pub ty: Type,
    /// The newtype that callers see instead of the value's type (`x-newtype`); `None` if callers see the type itself.
    pub newtype: Option<Newtype>,
    /// Whether the value may be null.
    pub nullable: bool,
    /// The strings that are forbidden as the value (`not: {enum: [...]}`).
    pub forbidden_strings: Vec<String>,
    /// The schema's annotations and limits.
    pub details: Box<SchemaDetails>,
    /// The schema's location in the document.
    pub location: Location,
}

/// The type of a value in JSON or in a form.
#[derive(Debug, Clone)]
pub enum Type {
    /// The named type that has this key in [`Model::types`](crate::Model).
    Named(String),
    /// Text.
    String,
    /// A UUID, written as a string.
    Uuid,
    /// A date, written as a string.
    Date,
    /// A date and time, written as a string.
    DateTime,
    /// A decimal number.
    Decimal(DecimalForm),
    /// An integer.
    Integer(IntegerType),
    /// A boolean.
    Boolean,
    /// A list of values.
    List(Box<Schema>),
    /// An object with any keys, whose values have one type.
    Map(Box<Schema>),
    /// An object with any keys and any values.
    Object,
    /// Any JSON.
    Json,
    /// The content of a file.
    FileContent,
}

/// A Rust newtype for values that are a plain string or integer in JSON (`x-newtype`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Newtype {
    /// The name of the newtype.
    pub name: String,
    /// The type that the newtype wraps.
    pub wrapped_type: WrappedType,
}

/// The type that a newtype wraps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WrappedType {
    /// A string.
    String,
    /// A UUID.
    Uuid,
    /// An integer.
    Integer,
    /// A string made of a JSON string or a JSON integer: one component of the document describes the newtype as a
    /// string, and another component as an integer.
    StringOrInteger,
}

/// The form in which a decimal number is written in JSON: as a number or as a string.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DecimalForm {
    /// A JSON number.
    Number,
    /// As a string.
    String,
}

/// The Rust type of an integer: its number of bits, and whether it has a sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IntegerType {
    /// 32 bits, with a sign.
    I32,
    /// 64 bits, with a sign.
    I64,
    /// 64 bits, without a sign.
    U64,
}

/// The definition of a type that has a name.
#[derive(Debug, Clone)]
pub struct TypeDefinition {
    /// The key of the type's schema in `components`, or the name of the type if its schema is inline.
    pub key: String,
    /// Whether the type is public (`x-public`): it is generated even if no operation uses it.
    pub is_public: bool,
    /// Whether requests can contain values of the type.
    pub is_sent: bool,
    /// Whether successful responses can contain values of the type. Always true for a type with `x-public`, because
    /// programs read its values from elsewhere, for example from webhooks.
    pub is_received: bool,
    /// The shape of the type's values: an object and its fields, an enum and its values, ...
    pub shape: Shape,
    /// The type's annotations and limits.
    pub details: SchemaDetails,
    /// The location of the type's schema.
    pub location: Location,
}

/// The shape of the values of a type that has a name.
#[derive(Debug, Clone)]
pub enum Shape {
    /// An object with known keys.
    Object(Object),
    /// One of several strings, numbers or booleans.
    Enum(Enum),
    /// A union: an object of one of several types (`oneOf`).
    Union(Union),
    /// A plain string or integer that is a newtype in Rust.
    Newtype(WrappedType),
}

/// An object with known keys.
#[derive(Debug, Clone)]
pub struct Object {
    /// The object's fields, in the order of the document.
    pub fields: Vec<Field>,
    /// The keys that the object requires. Some of them may not be among the `fields`.
    pub required_keys: Vec<LocatedString>,
    /// The schema of the values of those keys that are not among the `fields` (`additionalProperties`); `None` if the
    /// object has no such keys.
    pub additional_properties: Option<Schema>,
}

/// A field of an object: one of the known keys, from its `properties`.
#[derive(Debug, Clone)]
pub struct Field {
    /// The key.
    pub name: String,
    /// The name of the field in Rust: made of `x-name` if the property has it, and otherwise of the key.
    pub rust_name: String,
    /// The location of the field's key.
    pub key_location: Location,
    /// Whether the object requires the key.
    pub required: bool,
    /// The schema of the field's value.
    pub schema: Schema,
}

/// An enum of strings, numbers or booleans.
#[derive(Debug, Clone)]
pub struct Enum {
    /// The enum's values, in the order of the document.
    pub values: Vec<EnumValue>,
    /// Whether a value that the document does not list is an error (`x-closed-enum`). An open enum keeps such values.
    pub is_closed: bool,
}

/// One value of an enum.
#[derive(Debug, Clone)]
pub struct EnumValue {
    /// The value on the wire: its text in JSON, like `paid` (without quotes), `1` or `true`.
    pub wire_value: String,
    /// Whether the value is a number or a boolean, not a string.
    pub is_number_or_boolean: bool,
    /// The name of the value's variant in Rust.
    pub variant_name: String,
    /// The meaning of the value (`x-enum-descriptions`).
    pub description: Option<String>,
    /// The location of the value.
    pub location: Location,
}

/// A union: its values are objects of one of several types (`oneOf`).
#[derive(Debug, Clone)]
pub struct Union {
    /// The variants of the union, one for each alternative of its `oneOf`.
    pub variants: Vec<Variant>,
    /// Whether the Rust type accepts and keeps a value that matches no variant. If not, such a value is an error. The
    /// unions that responses can contain are open.
    pub is_open: bool,
}

/// One variant of a union, and how to recognize its values.
#[derive(Debug, Clone)]
pub struct Variant {
    /// The name of the variant in Rust.
    pub name: String,
    /// The name of the variant's type.
    pub type_name: String,
    /// The keys that every value of this variant has.
    pub required_keys: Vec<String>,
    /// The keys by whose values the variant is recognized. Each key comes with the strings that it can have as value in
    /// this variant.
    pub distinguishing_values: Vec<(String, Vec<String>)>,
    /// The location in `oneOf` of the alternative that became the variant.
    pub location: Location,
}

impl Schema {
    /// Creates a schema without annotations or limits.
    pub(crate) fn new(ty: Type, location: &Location) -> Schema {
        Schema {
            ty,
            newtype: None,
            nullable: false,
            forbidden_strings: Vec::new(),
            details: Box::default(),
            location: location.clone(),
        }
    }

    /// Returns the schema inside all lists and maps: for a list of maps of `Order`, the schema of `Order`. Returns
    /// `self` if this is neither a list nor a map.
    pub fn innermost_schema(&self) -> &Schema {
        match &self.ty {
            Type::List(inner) | Type::Map(inner) => inner.innermost_schema(),
            _ => self,
        }
    }

    /// Returns the name of the type inside all lists and maps, like `Order` for a list of maps of `Order`; `None` if
    /// that type has no name.
    pub fn innermost_type_name(&self) -> Option<&str> {
        self.innermost_schema().type_name()
    }

    /// Returns the name of the value's newtype or named type; `None` if it has neither. Lists and maps have no name.
    pub fn type_name(&self) -> Option<&str> {
        self.newtype.as_ref().map(|newtype| newtype.name.as_str()).or_else(|| self.ty.name())
    }

    /// Whether the values are in the number form of a Rust type that has two forms in JSON: numbers and strings. Only
    /// decimals and the newtypes with [`WrappedType::StringOrInteger`] have both. A list or map is classified by its
    /// innermost schema; the fields of a named object do not count.
    pub fn uses_number_form(&self) -> bool {
        let Schema { ty, newtype, .. } = self.innermost_schema();
        let is_in_two_forms =
            newtype.as_ref().is_some_and(|newtype| newtype.wrapped_type == WrappedType::StringOrInteger);
        match ty {
            Type::Decimal(form) => *form == DecimalForm::Number,
            Type::Integer(_) => is_in_two_forms,
            _ => false,
        }
    }

    /// Whether the value is a decimal that is always more than zero, because of `x-above-zero` or of a `minimum` of 0
    /// with `exclusiveMinimum: true`. Clients check such amounts before they send them.
    pub fn is_above_zero(&self) -> bool {
        let is_zero = |limit: &Node| limit.to_json().parse() == Ok(0.0);
        let has_limit = || self.details.limit_value(LimitKind::ExclusiveMinimum).is_some_and(is_zero);
        matches!(self.ty, Type::Decimal(_)) && (self.details.is_above_zero || has_limit())
    }

    /// Whether this schema and `other` have the same Rust type.
    pub fn has_same_rust_type_as(&self, other: &Schema) -> bool {
        self.nullable == other.nullable
            && self.newtype == other.newtype
            && match (&self.ty, &other.ty) {
                (Type::Named(a), Type::Named(b)) => a == b,
                (Type::Decimal(a), Type::Decimal(b)) => a == b,
                (Type::Integer(a), Type::Integer(b)) => a == b,
                (Type::List(a), Type::List(b)) | (Type::Map(a), Type::Map(b)) => a.has_same_rust_type_as(b),
                (a, b) => std::mem::discriminant(a) == std::mem::discriminant(b),
            }
    }
}

impl Type {
    /// Returns the name of the type; `None` if it has none, like a list or a number.
    pub fn name(&self) -> Option<&str> {
        match self {
            Type::Named(name) => Some(name),
            _ => None,
        }
    }

    /// Whether values of the type can hold a count of pages or items. Only 64-bit integers can.
    pub fn can_hold_count(&self) -> bool {
        matches!(self, Type::Integer(IntegerType::I64))
    }
}

impl Object {
    /// Returns the field with this key; `None` if the object has no such field.
    pub fn field(&self, key: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == key)
    }
}

impl Enum {
    /// Whether the enum is closed and its only value is a string, so that callers do not need to set a field of this
    /// type.
    pub fn is_constant(&self) -> bool {
        self.is_closed && self.values.len() == 1 && !self.has_numbers_or_booleans()
    }

    /// Whether the enum has a value that is a number or a boolean.
    pub fn has_numbers_or_booleans(&self) -> bool {
        self.values.iter().any(|value| value.is_number_or_boolean)
    }
}

impl TypeDefinition {
    /// Whether this is an object that is marked with `x-public` and has no known fields. Its Rust type keeps all keys
    /// with their values.
    pub fn is_open_object(&self) -> bool {
        self.is_public && matches!(&self.shape, Shape::Object(object) if object.fields.is_empty())
    }

    /// Iterates over the schemas of an object's fields, and the schema of its additional keys' values. A type that is
    /// not an object has no such schemas.
    pub(crate) fn field_schemas_mut(&mut self) -> impl Iterator<Item = &mut Schema> {
        let object = match &mut self.shape {
            Shape::Object(object) => Some(object),
            Shape::Union(_) | Shape::Enum(_) | Shape::Newtype(_) => None,
        };
        object.into_iter().flat_map(|object| {
            object.fields.iter_mut().map(|field| &mut field.schema).chain(&mut object.additional_properties)
        })
    }

    /// Iterates over the schemas of an object's fields, and the schema of its additional keys' values. A type that is
    /// not an object has no such schemas.
    pub fn field_schemas(&self) -> impl Iterator<Item = &Schema> {
        let object = match &self.shape {
            Shape::Object(object) => Some(object),
            Shape::Union(_) | Shape::Enum(_) | Shape::Newtype(_) => None,
        };
        object.into_iter().flat_map(|object| {
            object.fields.iter().map(|field| &field.schema).chain(&object.additional_properties)
        })
    }

    /// Iterates over the names of the types to which this type refers.
    pub fn referenced_type_names(&self) -> impl Iterator<Item = &str> {
        let variants = match &self.shape {
            Shape::Union(union) => union.variants.as_slice(),
            Shape::Object(_) | Shape::Enum(_) | Shape::Newtype(_) => &[],
        };
        self.field_schemas()
            .filter_map(Schema::innermost_type_name)
            .chain(variants.iter().map(|v| v.type_name.as_str()))
    }
}
