//! Types: what a value may be, and the types that have names.

use partner_spec::Location;

use crate::about::About;
use crate::pointer::Word;

/// What may stand in one place: a property, an item, a parameter, a body.
#[derive(Debug, Clone)]
pub struct Schema {
    /// The type of the value.
    pub ty: Type,
    /// Whether the value may be null.
    pub nullable: bool,
    /// Strings that the value is none of (`not: {enum: [...]}`).
    pub excluded: Vec<String>,
    /// What the document says of it beside its type.
    pub about: Box<About>,
    /// Where it is written.
    pub location: Location,
}

/// What a value may be.
#[derive(Debug, Clone)]
pub enum Type {
    /// A value of the type with this name.
    Named(String),
    /// Text.
    String,
    /// A UUID, written as a string.
    Uuid,
    /// A day, written as a string.
    Date,
    /// A moment, written as a string.
    DateTime,
    /// A decimal number.
    Decimal(Form),
    /// A whole number.
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

/// How a decimal is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// As a JSON number.
    Number,
    /// As a string.
    String,
}

/// How large a whole number may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Width {
    /// 32 bits, with a sign.
    I32,
    /// 64 bits, with a sign.
    I64,
}

/// A type that has a name.
#[derive(Debug, Clone)]
pub struct Definition {
    /// The name of the schema in the document, or that of the type when the schema is written in place.
    pub key: String,
    /// Whether it is generated even when no operation reaches it (`x-public`).
    pub public: bool,
    /// Whether requests can hold it.
    pub sent: bool,
    /// Whether responses can hold it.
    pub received: bool,
    /// What its values look like.
    pub shape: Shape,
    /// What the document says of it beside its shape.
    pub about: About,
    /// Where it is written.
    pub location: Location,
}

/// What the values of a type that has a name look like.
#[derive(Debug, Clone)]
pub enum Shape {
    /// An object with known keys.
    Object(Object),
    /// One of several strings.
    Enum(Enum),
    /// An object of one of several types.
    Union(Union),
}

/// An object with known keys.
#[derive(Debug, Clone)]
pub struct Object {
    /// The fields, in the order of the document.
    pub fields: Vec<Field>,
    /// The keys that have to be there, those that no field declares included.
    pub required: Vec<Word>,
    /// The values of all other keys, if there may be any (`additionalProperties`).
    pub rest: Option<Schema>,
}

/// A key of an object, with what may stand there.
#[derive(Debug, Clone)]
pub struct Field {
    /// The key.
    pub name: String,
    /// Where the key stands.
    pub key_location: Location,
    /// Whether the key has to be there.
    pub required: bool,
    /// What may stand there.
    pub schema: Schema,
}

/// A string enum.
#[derive(Debug, Clone)]
pub struct Enum {
    /// The values, in the order of the document.
    pub values: Vec<EnumValue>,
    /// Whether other values are refused (`x-closed-enum`). Open ones keep a value they do not know.
    pub closed: bool,
}

/// One value of an enum.
#[derive(Debug, Clone)]
pub struct EnumValue {
    /// On the wire.
    pub wire: String,
    /// In Rust.
    pub variant: String,
    /// What it means (`x-enum-descriptions`).
    pub description: Option<String>,
}

/// An object of one of several types.
#[derive(Debug, Clone)]
pub struct Union {
    /// The alternatives.
    pub variants: Vec<Variant>,
    /// Whether a value that fits none is kept: the union is part of a response.
    pub open: bool,
}

/// One alternative, and what distinguishes it from the others.
#[derive(Debug, Clone)]
pub struct Variant {
    /// The name of the variant.
    pub name: String,
    /// The name of its type.
    pub type_name: String,
    /// The keys that have to be there.
    pub keys: Vec<String>,
    /// The keys whose value has to be one of these.
    pub values: Vec<(String, Vec<String>)>,
    /// Where it is written.
    pub location: Location,
}

impl Schema {
    /// A schema of which nothing but its type is known.
    pub(crate) fn new(ty: Type, location: &Location) -> Schema {
        Schema {
            ty,
            nullable: false,
            excluded: Vec::new(),
            about: Box::default(),
            location: location.clone(),
        }
    }

    /// The items of a list or the values of a map, of those in it, and so on to what is neither.
    pub fn innermost(&self) -> &Schema {
        match &self.ty {
            Type::List(inner) | Type::Map(inner) => inner.innermost(),
            _ => self,
        }
    }

    /// The name of the type that a value has, or that the values in a list or map have.
    pub fn reference(&self) -> Option<&str> {
        self.innermost().ty.name()
    }

    /// Whether values are JSON numbers that a client writes as decimals, or lists or maps of such. An object's fields are
    /// not counted: each is written by itself.
    pub fn has_numbers(&self) -> bool {
        matches!(self.innermost().ty, Type::Decimal(Form::Number))
    }

    /// Whether two schemas are written as the same type in Rust.
    pub fn has_type_of(&self, other: &Schema) -> bool {
        self.nullable == other.nullable
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
    /// The name of the type, when it has one.
    pub fn name(&self) -> Option<&str> {
        match self {
            Type::Named(name) => Some(name),
            _ => None,
        }
    }

    /// Whether a value is a whole number that can be counted up.
    pub fn is_counter(&self) -> bool {
        matches!(self, Type::Integer(Width::I64))
    }
}

impl Object {
    /// The field with that key.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }
}

impl Enum {
    /// Whether it is a tag: one value and no other, so that nobody has to say it.
    pub fn is_constant(&self) -> bool {
        self.closed && self.values.len() == 1
    }
}

impl Definition {
    /// An object that is public although nothing is known of what is in it: a type that holds whatever comes.
    pub fn is_open_record(&self) -> bool {
        self.public && matches!(&self.shape, Shape::Object(object) if object.fields.is_empty())
    }

    /// The schemas of its properties.
    pub(crate) fn schemas_mut(&mut self) -> impl Iterator<Item = &mut Schema> {
        let object = match &mut self.shape {
            Shape::Object(object) => Some(object),
            Shape::Union(_) | Shape::Enum(_) => None,
        };
        object.into_iter().flat_map(|object| {
            object.fields.iter_mut().map(|field| &mut field.schema).chain(&mut object.rest)
        })
    }

    /// The names of the types that it refers to.
    pub fn references(&self) -> impl Iterator<Item = &str> {
        let (object, union) = match &self.shape {
            Shape::Object(object) => (Some(object), None),
            Shape::Union(union) => (None, Some(union)),
            Shape::Enum(_) => (None, None),
        };
        let fields = object.into_iter().flat_map(|object| object.fields.iter().map(|field| &field.schema));
        let rest = object.and_then(|object| object.rest.as_ref());
        let variants = union.into_iter().flat_map(|union| &union.variants);
        fields.chain(rest).filter_map(Schema::reference).chain(variants.map(|v| v.type_name.as_str()))
    }
}
