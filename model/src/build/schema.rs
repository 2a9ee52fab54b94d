//! Converts the schemas of the document into the types of the model.

use std::collections::HashSet;
use std::rc::Rc;

use partner_spec::{Location, Node};

use super::all_of::{find_sole_all_of_member, find_sole_all_of_reference};
use super::discriminators::Discriminator;
use super::faults::FaultOwner;
use super::names::{
    becomes_named_type, check_type_name, derive_type_name_from_title, schemas_describe_same_type,
    to_rust_name,
};
use super::reader::DocumentReader;
use super::{combinations, enums};
use crate::details::SchemaDetails;
use crate::docs::Confidence;
use crate::index::{find_referenced_component_name, is_enum, is_nullable};
use crate::names::to_type_name;
use crate::pointer::LocatedString;
use crate::rules::{
    any_of_unsupported, number_not_decimal, one_of_unsupported, one_of_untitled, required_undeclared,
    schema_unsupported, type_name_collision, x_above_zero,
};
use crate::types::{
    DecimalRepresentation, Field, IntegerType, Object, Schema, Type, TypeDefinition, TypeShape, Union,
};

impl DocumentReader<'_> {
    /// Reads a schema. If the schema becomes a named type but has no `title`, the name of the type is derived from
    /// `context`.
    pub(super) fn read_schema(&mut self, node: &Node, context: &str) -> Schema {
        if let Some(key) = find_referenced_component_name(node) {
            return self.read_component_reference(key, &node.location);
        }
        if let Some(member) = find_sole_all_of_member(node) {
            let mut schema = match find_referenced_component_name(member) {
                Some(key) => self.read_component_reference(key, &node.location),
                None => self.read_schema(member, context),
            };
            schema.details.replace_annotations(node);
            schema.details.add_or_replace_limits(node);
            schema.forbidden_strings.extend(read_forbidden_strings(node));
            schema.nullable |= node.value_is_true("nullable");
            self.report_misplaced_above_zero(node, &schema.ty);
            return schema;
        }
        let rules = combinations::read_key_combinations(node);
        let flat = match self.all_of_merger.merge_all_of(node) {
            Ok(flat) => flat,
            Err(finding) => {
                self.found.push(*finding);
                return Schema::new(Type::Json, &node.location);
            }
        };
        // The names of deeply nested types are long, because each contains the names of all types around it. So the
        // bytes of the names count towards the expansion limit (the maximum number of bytes of copies), too.
        if !self.try_spend_expansion_bytes(context.len(), &node.location) {
            return Schema::new(Type::Json, &node.location);
        }
        // The name of the type is the title of the schema or, without a title, `context`. `context` is a concatenation
        // of names that is not always spelled like a type name. For example, `AA` has to become `Aa`.
        let name = derive_type_name_from_title(&flat).unwrap_or_else(|| to_type_name(context));
        if !becomes_named_type(&flat) {
            return self.read_unnamed_schema(&flat, &name);
        }
        check_type_name(&name, &flat, &mut self.found);
        // The name of a type occurs about twelve times in the generated code. So twelve times its length counts towards
        // the expansion limit (the limit on bytes that are copied from the document).
        let mut schema = Schema::new(Type::Named(name.clone()), &flat.location);
        if self.try_spend_expansion_bytes(12 * name.len(), &node.location) {
            schema.nullable = is_nullable(&flat);
            schema.forbidden_strings = read_forbidden_strings(&flat);
            let details = SchemaDetails { key_combinations: rules, ..SchemaDetails::from_node(&flat) };
            schema.details = Box::new(details.to_details_beside_reference());
            self.store_pending_type(name, details.into_type_details(), flat.into_owned());
        }
        schema
    }

    /// Returns the schema for a reference to the component with this key.
    fn read_component_reference(&mut self, key: &str, location: &Location) -> Schema {
        let Some(component) = self.components.get(key) else { return Schema::new(Type::Json, location) };
        let (name, nullable, is_alias) = (&component.type_name, component.is_nullable, component.is_alias);
        if !is_alias {
            return Schema { nullable, ..Schema::new(Type::Named(name.clone()), location) };
        }
        let (bytes, newtype) =
            (component.merged_schema.estimate_deep_copy_bytes(), component.newtype.clone());
        match self.schemas_by_alias_key.get(key).cloned() {
            Some(mut schema) if self.try_spend_expansion_bytes(bytes, location) => {
                self.faults.record_alias_reference(key);
                if newtype.is_some() {
                    // The component's description becomes the documentation of the newtype. So the docs of a property
                    // of this type do not repeat the description.
                    schema.details.description = None;
                    (schema.details.note, schema.details.confidence) = (None, Confidence::Documented);
                }
                Schema { nullable: schema.nullable || nullable, newtype, ..schema }
            }
            _ => Schema::new(Type::Json, location),
        }
    }

    /// Reads a schema that does not become a named type. The names of types inside the schema are derived from `name`.
    pub(super) fn read_unnamed_schema(&mut self, node: &Node, name: &str) -> Schema {
        self.report_unsupported_keywords(node);
        let inner = |key| node.get(key).filter(|inner: &&Node| inner.as_object().is_some());
        let ty = match (node.get_str("type"), node.get_str("format")) {
            (Some("string"), Some("uuid")) => Type::Uuid,
            (Some("string"), Some("date")) => Type::Date,
            (Some("string"), Some("date-time")) => Type::DateTime,
            (Some("string"), Some("decimal")) => Type::Decimal(DecimalRepresentation::String),
            (Some("string"), Some("binary")) => Type::FileContent,
            (Some("string"), _) => Type::String,
            (Some("number"), _) => Type::Decimal(DecimalRepresentation::Number),
            (Some("integer"), Some("int32")) => Type::Integer(IntegerType::I32),
            (Some("integer"), Some("uint64")) => Type::Integer(IntegerType::U64),
            (Some("integer"), _) => Type::Integer(IntegerType::I64),
            (Some("boolean"), _) => Type::Boolean,
            (Some("array"), _) => {
                let items = match inner("items") {
                    Some(items) => self.read_schema(items, name.strip_suffix('s').unwrap_or(name)),
                    None => Schema::new(Type::Json, &node.location),
                };
                Type::List(Box::new(items))
            }
            (Some("object"), _) => {
                match inner("additionalProperties").map(|values| self.read_schema(values, name)) {
                    Some(values) if !matches!(values.ty, Type::Json) => Type::Map(Box::new(values)),
                    _ => Type::AnyObject,
                }
            }
            _ => Type::Json,
        };
        self.report_misplaced_above_zero(node, &ty);
        Schema {
            nullable: node.value_is_true("nullable"),
            forbidden_strings: read_forbidden_strings(node),
            details: Box::new(SchemaDetails::from_node(node)),
            ..Schema::new(ty, &node.location)
        }
    }

    /// Stores an inline schema, for which `define_pending_types` defines a type later. If a different schema has the
    /// same type name, reports the inline schema as an error instead.
    fn store_pending_type(&mut self, name: String, details: SchemaDetails, node: Node) {
        let Some(other) = self.named_schemas.get(&name) else {
            self.named_schemas.insert(name.clone(), Rc::new(node));
            self.pending_types.push((name, details));
            return;
        };
        if !schemas_describe_same_type(other, &node) {
            self.found.push(type_name_collision::new_inline_schema_collision_finding(&name, &node, other));
        }
    }

    /// Defines the types of the inline schemas that `store_pending_type` has stored, and of the inline schemas inside
    /// them.
    pub(super) fn define_pending_types(&mut self) {
        while let Some((name, details)) = self.pending_types.pop() {
            let Some(node) = self.named_schemas.get(&name).cloned() else { continue };
            self.define_type(name.clone(), name, false, details, &node);
        }
    }

    /// Defines the type for a schema. The type is an enum, a union or an object.
    pub(super) fn define_type(
        &mut self,
        name: String,
        key: String,
        public: bool,
        details: SchemaDetails,
        node: &Node,
    ) {
        self.faults.set_current_fault_owner(FaultOwner::Type(name.clone()));
        self.report_misplaced_above_zero(node, &Type::Named(name.clone()));
        let shape = if is_enum(node) {
            TypeShape::Enum(enums::read_enum(node, &mut self.found))
        } else if node.get("oneOf").is_some() || node.get("anyOf").is_some() {
            let alternatives = self.read_alternatives(node, &name);
            self.alternatives_by_union_name.insert(name.clone(), alternatives);
            let discriminator = node.get("discriminator").and_then(Discriminator::read);
            self.discriminators_by_union_name.extend(discriminator.map(|found| (name.clone(), found)));
            TypeShape::Union(Union { variants: Vec::new(), is_open: false })
        } else {
            self.report_unsupported_keywords(node);
            TypeShape::Object(self.read_object_schema(node, &name))
        };
        self.faults.set_current_fault_owner(FaultOwner::SomeOperation);
        let location = node.location.clone();
        let definition = TypeDefinition {
            component_key_or_type_name: key,
            is_public: public,
            is_sent_by_client: false,
            is_received_by_client: false,
            shape,
            schema_details: details,
            location,
        };
        self.types.insert(name, definition);
    }

    /// Reads an object schema: its properties, required keys and additional properties.
    pub(super) fn read_object_schema(&mut self, node: &Node, name: &str) -> Object {
        let required: Vec<LocatedString> =
            node.get_items("required").iter().filter_map(LocatedString::from_node).collect();
        let names: HashSet<&str> = required.iter().map(|word| word.text.as_str()).collect();
        let fields = node.get_entries("properties").map(|property| Field {
            name: property.key.clone(),
            rust_name: to_rust_name(&property.node, &property.key),
            key_location: property.key_location.clone(),
            required: names.contains(property.key.as_str()),
            schema: self.read_schema(&property.node, &format!("{name}{}", to_type_name(&property.key))),
        });
        let fields: Vec<Field> = fields.collect();
        let declared: HashSet<&str> = fields.iter().map(|field| field.name.as_str()).collect();
        for word in required.iter().filter(|word| !declared.contains(word.text.as_str())) {
            self.faults.push(required_undeclared::new_finding(word, &fields));
        }
        let additional_properties = node.get("additionalProperties").and_then(|rest| match rest.as_bool() {
            Some(true) => Some(Schema::new(Type::Json, &rest.location)),
            Some(false) => None,
            None => Some(self.read_schema(rest, name)),
        });
        Object { fields, required_keys: required, additional_properties }
    }

    fn read_alternatives(&mut self, node: &Node, name: &str) -> Vec<Schema> {
        if let Some(any_of) = node.get("anyOf") {
            self.found.push(any_of_unsupported::new_finding(any_of));
        }
        let Some(one_of) = node.get("oneOf") else { return Vec::new() };
        if node.get("properties").is_some() {
            self.found.push(one_of_unsupported::new_one_of_with_properties_finding(one_of));
            return Vec::new();
        }
        let alternatives = one_of.as_array().unwrap_or_default().iter().enumerate();
        let read = |(index, alternative): (usize, &Node)| {
            let before = self.found.iter().len();
            let schema = self.read_schema(alternative, &format!("{name}Choice{}", index + 1));
            let key = find_referenced_component_name(
                find_sole_all_of_reference(alternative).unwrap_or(alternative),
            );
            let is_broken = key.is_some_and(|key| !self.components.contains_key(key))
                || (matches!(schema.ty, Type::Json) && self.found.iter().len() > before);
            // An alternative that could not be read is left out. The reason has been reported already.
            if is_broken {
                return None;
            }
            let needs_title = schema.ty.name().is_some() && !is_enum(alternative);
            if needs_title && alternative.get("$ref").is_none() && !has_type_name(alternative) {
                self.found.push(one_of_untitled::new_finding(alternative));
            }
            Some(schema)
        };
        alternatives.filter_map(read).collect()
    }

    /// Reports `x-above-zero` on a schema whose values are not decimals.
    fn report_misplaced_above_zero(&mut self, node: &Node, ty: &Type) {
        let key = node.get("x-above-zero").filter(|_| !matches!(ty, Type::Decimal(_)));
        if let Some(key) = key {
            self.faults.push(x_above_zero::new_finding(key));
        }
    }

    /// Reports the schema's keywords that no client can support.
    fn report_unsupported_keywords(&mut self, node: &Node) {
        for entry in node.as_object().into_iter().flat_map(|object| object.iter()) {
            if !entry.key.starts_with("x-") && !SUPPORTED_SCHEMA_KEYWORDS.contains(&entry.key.as_str()) {
                self.faults.push(schema_unsupported::new_finding(entry));
            }
        }
        if node.get_str("type") == Some("number") && node.get_str("format") != Some("decimal") {
            self.faults.push(number_not_decimal::new_finding(node));
        }
    }
}

/// Whether an inline alternative of a union has a name for its type. The name is the alternative's `title`, or the name
/// of the component to which the alternative's `allOf` refers.
fn has_type_name(alternative: &Node) -> bool {
    alternative.get_str("title").is_some() || find_sole_all_of_reference(alternative).is_some()
}

/// The keywords that a schema may have if it is neither an enum nor a union. Clients support these keywords, or need
/// not support them because they are only documentation.
const SUPPORTED_SCHEMA_KEYWORDS: [&str; 30] = [
    "additionalProperties",
    "default",
    "deprecated",
    "description",
    "example",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "externalDocs",
    "format",
    "items",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "not",
    "nullable",
    "pattern",
    "properties",
    "readOnly",
    "required",
    "title",
    "type",
    "uniqueItems",
    "writeOnly",
    "xml",
];

fn read_forbidden_strings(node: &Node) -> Vec<String> {
    let values = node.get("not").map(|not| not.get_items("enum")).unwrap_or_default();
    values.iter().filter_map(Node::as_str).map(str::to_owned).collect()
}
