//! The types of values.

use partner_spec::{Location, Node};

use crate::about::{About, LimitKind};
use crate::pointer::Word;

/// The schema of a property, an item, a parameter or a body.
#[derive(Debug, Clone)]
pub struct Schema {
    /// The type of the value in JSON.
    pub ty: Type,
    /// The newtype that Rust callers see in place of that type.
    pub newtype: Option<Newtype>,
    /// Whether the value may be null.
    pub nullable: bool,
    /// Strings that the value cannot be (`not: {enum: [...]}`).
    pub excluded: Vec<String>,
    /// The annotations and limits of the schema.
    pub about: Box<About>,
    /// The location of the schema.
    pub location: Location,
}

/// The type of a value.
#[derive(Debug, Clone)]
pub enum Type {
    /// A value of the type with this name.
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
    Decimal(Form),
    /// An integer.
    Integer(Width),
    /// A boolean.
    Boolean,
    /// A list of values.
    List(Box<Schema>),
    /// An object with any keys and values of one type.
    Map(Box<Schema>),
    /// An object with any keys and any values.
    Object,
    /// Any JSON.
    Json,
    /// The content of a file.
    Bytes,
}

/// A type of its own in Rust for values that are a plain string or integer in JSON (`x-newtype`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Newtype {
    /// The name of the type.
    pub name: String,
    /// The type that it wraps.
    pub wraps: Wrapped,
}

/// The type that a newtype wraps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrapped {
    /// A string.
    String,
    /// A UUID.
    Uuid,
    /// An integer.
    Integer,
    /// A string that is an integer in some places of the document.
    StringOrInteger,
}

/// The JSON form of a decimal number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// As a JSON number.
    Number,
    /// As a string.
    String,
}

/// The range of an integer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Width {
    /// 32 bits, with a sign.
    I32,
    /// 64 bits, with a sign.
    I64,
    /// 64 bits, without a sign.
    U64,
}

/// A type that has a name.
#[derive(Debug, Clone)]
pub struct Definition {
    /// The key of the schema in `components`; the name of the type if the schema is written in place.
    pub key: String,
    /// Whether the type is generated even if no operation uses it (`x-public`).
    pub public: bool,
    /// Whether requests can contain the type.
    pub sent: bool,
    /// Whether successful responses can contain the type. Also true for public types.
    pub received: bool,
    /// The structure of the values.
    pub shape: Shape,
    /// The annotations and limits of the type.
    pub about: About,
    /// The location of the schema of the type.
    pub location: Location,
}

/// The structure of the values of a type that has a name.
#[derive(Debug, Clone)]
pub enum Shape {
    /// An object with known keys.
    Object(Object),
    /// One of several strings, numbers or booleans.
    Enum(Enum),
    /// An object of one of several types.
    Union(Union),
    /// A plain value with a type of its own in Rust.
    Newtype(Wrapped),
}

/// An object with known keys.
#[derive(Debug, Clone)]
pub struct Object {
    /// The fields, in the order of the document.
    pub fields: Vec<Field>,
    /// The required keys, including those without a field.
    pub required: Vec<Word>,
    /// The schema of the values under other keys, if these are allowed (`additionalProperties`).
    pub rest: Option<Schema>,
}

/// A property of an object.
#[derive(Debug, Clone)]
pub struct Field {
    /// The key.
    pub name: String,
    /// The name of the field in Rust: `x-name`, or that of the key.
    pub rust_name: String,
    /// The location of the key.
    pub key_location: Location,
    /// Whether the key is required.
    pub required: bool,
    /// The schema of the value.
    pub schema: Schema,
}

/// An enum of strings, numbers or booleans.
#[derive(Debug, Clone)]
pub struct Enum {
    /// The values, in the order of the document.
    pub values: Vec<EnumValue>,
    /// Whether other values are errors (`x-closed-enum`). An open enum preserves unknown values.
    pub closed: bool,
}

/// One value of an enum.
#[derive(Debug, Clone)]
pub struct EnumValue {
    /// The text in JSON: a string without its quotes, a number or a boolean.
    pub wire: String,
    /// Whether the value is a number or a boolean, and no string.
    pub is_literal: bool,
    /// The name of the variant in Rust.
    pub variant: String,
    /// The meaning of the value (`x-enum-descriptions`).
    pub description: Option<String>,
}

/// An object of one of several types.
#[derive(Debug, Clone)]
pub struct Union {
    /// The alternatives.
    pub variants: Vec<Variant>,
    /// Whether a value that matches no alternative is preserved instead of being an error. That is so if responses
    /// can contain the union.
    pub open: bool,
}

/// One alternative of a union, and what distinguishes it from the others.
#[derive(Debug, Clone)]
pub struct Variant {
    /// The name of the variant.
    pub name: String,
    /// The name of the variant's type.
    pub type_name: String,
    /// The required keys.
    pub keys: Vec<String>,
    /// The keys whose value has to be one of several strings, with these strings.
    pub values: Vec<(String, Vec<String>)>,
    /// The location of the alternative.
    pub location: Location,
}

impl Schema {
    /// Creates a schema without annotations or limits.
    pub(crate) fn new(ty: Type, location: &Location) -> Schema {
        Schema {
            ty,
            newtype: None,
            nullable: false,
            excluded: Vec::new(),
            about: Box::default(),
            location: location.clone(),
        }
    }

    /// Returns the schema of the items or values, if this is a list or map, and so on down to a schema that is
    /// neither.
    pub fn innermost(&self) -> &Schema {
        match &self.ty {
            Type::List(inner) | Type::Map(inner) => inner.innermost(),
            _ => self,
        }
    }

    /// Returns the name of the type of the value, or of the values in a list or map; `None` if that type has no name.
    pub fn reference(&self) -> Option<&str> {
        self.innermost().name()
    }

    /// Returns the name of the type of the value, if it has one.
    pub fn name(&self) -> Option<&str> {
        self.newtype.as_ref().map(|newtype| newtype.name.as_str()).or_else(|| self.ty.name())
    }

    /// Whether the values are JSON numbers here, and their Rust type has a string form as well: decimals, newtypes that
    /// are integers in some places only, or lists or maps of these. The fields of a named object do not count.
    pub fn has_numbers(&self) -> bool {
        let Schema { ty, newtype, .. } = self.innermost();
        let is_in_two_forms =
            newtype.as_ref().is_some_and(|newtype| newtype.wraps == Wrapped::StringOrInteger);
        match ty {
            Type::Decimal(form) => *form == Form::Number,
            Type::Integer(_) => is_in_two_forms,
            _ => false,
        }
    }

    /// Whether the value is an amount that a client checks before it sends it: a decimal that is always more than zero,
    /// because of `x-above-zero`, or of a `minimum` of 0 with `exclusiveMinimum: true`.
    pub fn is_above_zero(&self) -> bool {
        let is_zero = |limit: &Node| limit.to_json().parse() == Ok(0.0);
        let has_limit = || self.about.limit(LimitKind::ExclusiveMinimum).is_some_and(is_zero);
        matches!(self.ty, Type::Decimal(_)) && (self.about.above_zero || has_limit())
    }

    /// Whether two schemas have the same Rust type.
    pub fn has_type_of(&self, other: &Schema) -> bool {
        self.nullable == other.nullable
            && self.newtype == other.newtype
            && match (&self.ty, &other.ty) {
                (Type::Named(a), Type::Named(b)) => a == b,
                (Type::Decimal(a), Type::Decimal(b)) => a == b,
                (Type::Integer(a), Type::Integer(b)) => a == b,
                (Type::List(a), Type::List(b)) | (Type::Map(a), Type::Map(b)) => a.has_type_of(b),
                (a, b) => std::mem::discriminant(a) == std::mem::discriminant(b),
            }
    }
}

impl Type {
    /// Returns the name of the type, if it has one.
    pub fn name(&self) -> Option<&str> {
        match self {
            Type::Named(name) => Some(name),
            _ => None,
        }
    }

    /// Whether the type can count pages or items: a 64-bit integer.
    pub fn is_counter(&self) -> bool {
        matches!(self, Type::Integer(Width::I64))
    }
}

impl Object {
    /// Returns the field with that key.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }
}

impl Enum {
    /// Whether the enum is closed and has a single string, so that callers do not need to set it.
    pub fn is_constant(&self) -> bool {
        self.closed && self.values.len() == 1 && !self.has_literals()
    }

    /// Whether a value is a number or a boolean.
    pub fn has_literals(&self) -> bool {
        self.values.iter().any(|value| value.is_literal)
    }
}

impl Definition {
    /// Whether this is a public object without known fields, whose type preserves any keys.
    pub fn is_open_record(&self) -> bool {
        self.public && matches!(&self.shape, Shape::Object(object) if object.fields.is_empty())
    }

    /// The schemas of its properties.
    pub(crate) fn schemas_mut(&mut self) -> impl Iterator<Item = &mut Schema> {
        let object = match &mut self.shape {
            Shape::Object(object) => Some(object),
            Shape::Union(_) | Shape::Enum(_) | Shape::Newtype(_) => None,
        };
        object.into_iter().flat_map(|object| {
            object.fields.iter_mut().map(|field| &mut field.schema).chain(&mut object.rest)
        })
    }

    /// The schemas of its properties.
    pub fn schemas(&self) -> impl Iterator<Item = &Schema> {
        let object = match &self.shape {
            Shape::Object(object) => Some(object),
            Shape::Union(_) | Shape::Enum(_) | Shape::Newtype(_) => None,
        };
        object
            .into_iter()
            .flat_map(|object| object.fields.iter().map(|field| &field.schema).chain(&object.rest))
    }

    /// The names of the types that it refers to.
    pub fn references(&self) -> impl Iterator<Item = &str> {
        let variants = match &self.shape {
            Shape::Union(union) => union.variants.as_slice(),
            Shape::Object(_) | Shape::Enum(_) | Shape::Newtype(_) => &[],
        };
        self.schemas().filter_map(Schema::reference).chain(variants.iter().map(|v| v.type_name.as_str()))
    }
}
