//! The types of the values in requests and responses.

use partner_spec::{Location, Node};

use crate::details::{LimitKind, SchemaDetails};
use crate::pointer::LocatedString;

/// The schema of a value: of a property, an item, a parameter or a body.
#[derive(Debug, Clone)]
pub struct Schema {
    /// The type of the value.
    pub ty: Type,
    /// The Rust newtype that wraps the value (`x-newtype`); `None` if there is no newtype.
    pub newtype: Option<Newtype>,
    /// Whether the value may be null.
    pub nullable: bool,
    /// The strings to which the value must not be equal (`not: {enum: [...]}`).
    pub forbidden_strings: Vec<String>,
    /// The schema's annotations (like its description) and limits (like `maxLength`).
    pub details: Box<SchemaDetails>,
    /// The schema's location in the document.
    pub location: Location,
}

/// The type of a value in JSON or in a form.
#[derive(Debug, Clone)]
pub enum Type {
    /// A type with a name: the type that has this key in [`Model::types`](crate::Model).
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
    Decimal(DecimalRepresentation),
    /// An integer.
    Integer(IntegerType),
    /// A boolean.
    Boolean,
    /// A list of values.
    List(Box<Schema>),
    /// An object with any keys. All values have the same type.
    Map(Box<Schema>),
    /// An object with any keys and any values.
    AnyObject,
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
    /// A string, which is read from a JSON string or from a JSON integer. A newtype has this type if the document
    /// describes the newtype as a string in one component, and as an integer in another.
    StringOrInteger,
}

/// How a decimal is written in JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DecimalRepresentation {
    /// As a number.
    Number,
    /// As a string.
    String,
}

/// The Rust type of an integer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IntegerType {
    /// A signed 32-bit integer.
    I32,
    /// A signed 64-bit integer.
    I64,
    /// An unsigned 64-bit integer.
    U64,
}

/// The definition of a type that has a name.
#[derive(Debug, Clone)]
pub struct TypeDefinition {
    /// The key of the type's schema in `components`, or the name of the type if its schema is inline.
    pub component_key_or_type_name: String,
    /// Whether the type is public (`x-public`): it is generated even if no operation uses it.
    pub is_public: bool,
    /// Whether requests can contain values of the type.
    pub is_sent_by_client: bool,
    /// Whether programs can receive values of the type. This is so if successful responses can contain these values, or
    /// if the type has `x-public`: programs read values of such a type from other sources, like webhooks.
    pub is_received_by_client: bool,
    /// What the type's values are: an object with fields, an enum with values, ...
    pub shape: TypeShape,
    /// The details of the type's schema: its annotations and limits.
    pub schema_details: SchemaDetails,
    /// The location of the type's schema.
    pub location: Location,
}

/// What the values of a named type are: an object, an enum, a union or a newtype.
#[derive(Debug, Clone)]
pub enum TypeShape {
    /// An object with known keys.
    Object(Object),
    /// A string, number or boolean from a list of values (`enum`).
    Enum(Enum),
    /// A union (`oneOf`): an object that has one of several types.
    Union(Union),
    /// A plain string or integer that a Rust newtype wraps (`x-newtype`).
    Newtype(WrappedType),
}

/// An object with known keys.
#[derive(Debug, Clone)]
pub struct Object {
    /// The object's fields, in the order of the document.
    pub fields: Vec<Field>,
    /// The keys that the object requires, which may include keys without a field.
    pub required_keys: Vec<LocatedString>,
    /// The schema of the values of all keys that are not in `fields` (`additionalProperties`); `None` if the object has
    /// no such keys.
    pub additional_properties: Option<Schema>,
}

/// A field of an object or of a form: one entry of `properties`.
#[derive(Debug, Clone)]
pub struct Field {
    /// The key.
    pub name: String,
    /// The name of the field in Rust. It is made of the property's `x-name`, or of the key if there is no `x-name`.
    pub rust_name: String,
    /// The location of the field's key.
    pub key_location: Location,
    /// Whether the field is required.
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
    /// The value as it is sent in requests and responses: its JSON text without quotes, like `paid`, `1` or `true`.
    pub wire_value: String,
    /// Whether the enum value is sent as a JSON number or boolean. Otherwise it is sent as a string.
    pub is_number_or_boolean: bool,
    /// The name of the value's variant in Rust.
    pub variant_name: String,
    /// The meaning of the value (`x-enum-descriptions`).
    pub description: Option<String>,
    /// The location of the value in the document.
    pub location: Location,
}

/// A union (`oneOf`): its values are objects of several types.
#[derive(Debug, Clone)]
pub struct Union {
    /// The variants of the union, one for each schema in its `oneOf`.
    pub variants: Vec<UnionVariant>,
    /// Whether the Rust type can hold a value that matches no variant. If it cannot, such a value is an error. All
    /// unions in responses are open.
    pub is_open: bool,
}

/// One variant of a union, and how to recognize its values.
#[derive(Debug, Clone)]
pub struct UnionVariant {
    /// The name of the variant in Rust.
    pub name: String,
    /// The name of the variant's type.
    pub type_name: String,
    /// The keys that every value of this variant has.
    pub required_keys: Vec<String>,
    /// The properties whose values identify the variant, each with the strings that it can have in this variant.
    pub distinguishing_properties: Vec<(String, Vec<String>)>,
    /// The location of the variant's schema in the `oneOf`.
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

    /// Returns the schema inside all lists and maps: for a list of maps of `Order`, the schema of `Order`. For any
    /// other schema, returns the schema itself.
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

    /// Returns the name of the newtype or named type of the value; `None` if the value has neither.
    pub fn type_name(&self) -> Option<&str> {
        self.newtype.as_ref().map(|newtype| newtype.name.as_str()).or_else(|| self.ty.name())
    }

    /// Whether the values are sent as JSON numbers, although their Rust type could also be sent as a string. Only
    /// decimals, and newtypes with [`WrappedType::StringOrInteger`], can be sent in both ways. For a list or map, the
    /// innermost schema decides.
    pub fn is_sent_as_number(&self) -> bool {
        let Schema { ty, newtype, .. } = self.innermost_schema();
        let is_in_two_forms =
            newtype.as_ref().is_some_and(|newtype| newtype.wrapped_type == WrappedType::StringOrInteger);
        match ty {
            Type::Decimal(form) => *form == DecimalRepresentation::Number,
            Type::Integer(_) => is_in_two_forms,
            _ => false,
        }
    }

    /// Whether the value is a decimal that must be above zero, because of `x-above-zero` or a `minimum` of 0 with
    /// `exclusiveMinimum: true`. Clients check such values before they send them.
    pub fn must_be_above_zero(&self) -> bool {
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
    /// Returns the name of a named type; `None` for other types, like lists and numbers.
    pub fn name(&self) -> Option<&str> {
        match self {
            Type::Named(name) => Some(name),
            _ => None,
        }
    }

    /// Whether a number of pages or items can be a value of this type: the type must be a signed 64-bit integer.
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
    /// Whether the enum has only one value, a string, and allows no values that the document does not list. Callers do
    /// not need to set a field of such a type.
    pub fn is_single_string_constant(&self) -> bool {
        self.is_closed && self.values.len() == 1 && !self.has_number_or_boolean_value()
    }

    /// Whether the enum has a value that is a number or a boolean.
    pub fn has_number_or_boolean_value(&self) -> bool {
        self.values.iter().any(|value| value.is_number_or_boolean)
    }
}

impl TypeDefinition {
    /// Whether the type is an object with `x-public` and without fields. Its Rust type keeps all keys with their
    /// values.
    pub fn is_open_object(&self) -> bool {
        self.is_public && matches!(&self.shape, TypeShape::Object(object) if object.fields.is_empty())
    }

    /// Iterates over the schemas of an object's fields and of its additional properties. For other types, the iterator
    /// is empty.
    pub(crate) fn property_schemas_mut(&mut self) -> impl Iterator<Item = &mut Schema> {
        let object = match &mut self.shape {
            TypeShape::Object(object) => Some(object),
            TypeShape::Union(_) | TypeShape::Enum(_) | TypeShape::Newtype(_) => None,
        };
        object.into_iter().flat_map(|object| {
            object.fields.iter_mut().map(|field| &mut field.schema).chain(&mut object.additional_properties)
        })
    }

    /// Iterates over the schemas of an object's fields and of its additional properties. For other types, the iterator
    /// is empty.
    pub fn property_schemas(&self) -> impl Iterator<Item = &Schema> {
        let object = match &self.shape {
            TypeShape::Object(object) => Some(object),
            TypeShape::Union(_) | TypeShape::Enum(_) | TypeShape::Newtype(_) => None,
        };
        object.into_iter().flat_map(|object| {
            object.fields.iter().map(|field| &field.schema).chain(&object.additional_properties)
        })
    }

    /// Iterates over the names of the types that this type refers to directly.
    pub fn directly_referenced_type_names(&self) -> impl Iterator<Item = &str> {
        let variants = match &self.shape {
            TypeShape::Union(union) => union.variants.as_slice(),
            TypeShape::Object(_) | TypeShape::Enum(_) | TypeShape::Newtype(_) => &[],
        };
        self.property_schemas()
            .filter_map(Schema::innermost_type_name)
            .chain(variants.iter().map(|v| v.type_name.as_str()))
    }
}
