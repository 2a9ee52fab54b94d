//! The tree into which a document is parsed. Its values are those of JSON, and every value and key has a location.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use crate::Location;
use crate::pointer::unescape_token;

/// A value of a document, with its location. It may contain further nodes.
#[derive(Clone, Debug)]
pub struct Node {
    /// The value.
    pub value: Value,
    /// The location of the value.
    pub location: Location,
}

/// The value of a node. A number is kept as text, so that no digit is lost.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number as JSON text, so that no digit is lost.
    Number(String),
    /// A string.
    String(String),
    /// A sequence.
    Array(Vec<Node>),
    /// A mapping.
    Object(Object),
}

impl Value {
    /// Returns the type of the value for messages: `a string`, `an object`, ...
    pub fn describe_type(&self) -> &'static str {
        match self {
            Value::Null => "null",
            Value::Bool(_) => "a boolean",
            Value::Number(_) => "a number",
            Value::String(_) => "a string",
            Value::Array(_) => "a list",
            Value::Object(_) => "an object",
        }
    }
}

/// Two nodes are equal if their values are equal, even if their locations differ.
impl PartialEq for Node {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

/// A key of an object, with its location and its value.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// The location of the key.
    pub key_location: Location,
    /// The value.
    pub node: Node,
}

/// The entries of an object, in the order of the file. Keys are unique. Clones of an object share the entries until one
/// of the clones is changed, so changed copies of a tree take little additional memory.
#[derive(Clone, Debug, Default)]
pub struct Object(Arc<Entries>);

#[derive(Debug, Default)]
struct Entries {
    list: Vec<Entry>,
    /// A Bloom filter, which speeds up lookups of keys that the object does not have. Such lookups are the most
    /// frequent ones. The filter contains the bit of each present key (see [`compute_key_filter_mask`]), and may
    /// contain bits of removed keys. If the bit of a key is missing, the object does not have the key.
    key_filter: u64,
    /// A map from each key to its index in `list`. It is built on the first lookup in an object with many keys, like
    /// `paths` or `schemas`.
    #[allow(
        clippy::box_collection,
        reason = "most objects are small and never need one; this makes them smaller"
    )]
    index: OnceLock<Box<HashMap<String, usize>>>,
}

/// The field `index` is not cloned. Most clones are made to be modified, and a modification would make the index wrong.
impl Clone for Entries {
    fn clone(&self) -> Entries {
        Entries { list: self.list.clone(), key_filter: self.key_filter, index: OnceLock::new() }
    }
}

/// The minimum number of keys with which an object uses an index for lookups, instead of a linear search.
const MIN_KEYS_FOR_INDEX: usize = 24;

/// Returns the bit mask that stands for a key in the bit set `Entries::key_filter`. Exactly one bit of the mask is set.
/// Different keys may have the same mask.
fn compute_key_filter_mask(key: &str) -> u64 {
    let [first, last] =
        [key.bytes().next(), key.bytes().next_back()].map(|byte| usize::from(byte.unwrap_or(0)));
    1 << ((7 * key.len() + 3 * first + last) % 64)
}

/// Two objects are equal if they have the same keys with equal values, in any order.
impl PartialEq for Object {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
            || self.len() == other.len() && self.iter().all(|e| other.get(&e.key) == Some(&e.node))
    }
}

impl Object {
    /// Creates an object without keys.
    pub fn new() -> Object {
        Object::default()
    }

    /// Frees the unused capacity of the list of entries. A `Vec` allocates room for at least four entries, and most
    /// objects have fewer.
    pub(crate) fn shrink_to_fit(&mut self) {
        self.entries_mut().list.shrink_to_fit();
    }

    /// Returns the value of a key.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|e| &e.node)
    }

    /// Returns the value of a key for modification.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut Node> {
        let position = self.position(key)?;
        self.entries_mut().list.get_mut(position).map(|e| &mut e.node)
    }

    /// Returns the entry of a key: the key, its location and its value.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.0.list.get(self.position(key)?)
    }

    fn position(&self, key: &str) -> Option<usize> {
        let Entries { list, key_filter: bits, index } = &*self.0;
        if bits & compute_key_filter_mask(key) == 0 {
            return None;
        }
        if list.len() < MIN_KEYS_FOR_INDEX {
            return list.iter().position(|e| e.key == key);
        }
        let index = index.get_or_init(|| {
            let entries = list.iter().enumerate();
            Box::new(entries.map(|(position, e)| (e.key.clone(), position)).collect())
        });
        index.get(key).copied()
    }

    /// Returns the entries of the object for modification. If a clone of the object shares the entries, copies them
    /// first.
    fn entries_mut(&mut self) -> &mut Entries {
        Arc::make_mut(&mut self.0)
    }

    /// Returns the list of entries, so that the caller can change the keys or the order of the entries. Such changes
    /// would make the index of the keys wrong, so the index is dropped.
    fn entry_list_mut(&mut self) -> &mut Vec<Entry> {
        let entries = self.entries_mut();
        entries.index = OnceLock::new();
        &mut entries.list
    }

    /// Whether the object has the key.
    pub fn contains_key(&self, key: &str) -> bool {
        self.entry(key).is_some()
    }

    /// Sets the value of a key. A new key is added at the end.
    pub fn set_value(&mut self, key: &str, node: Node) {
        match self.get_mut(key) {
            Some(old) => *old = node,
            None => {
                let key_location = node.location.clone();
                self.push_new_entry(Entry { key: key.to_owned(), key_location, node });
            }
        }
    }

    /// Replaces the entry that has the same key by `entry`. If the object does not have the key, adds `entry` at the
    /// end.
    pub fn set_entry(&mut self, entry: Entry) {
        match self.position(&entry.key).and_then(|position| self.entries_mut().list.get_mut(position)) {
            Some(old) => *old = entry,
            None => self.push_new_entry(entry),
        }
    }

    /// Adds an entry. The object must not have the key of the entry yet.
    pub(crate) fn push_new_entry(&mut self, entry: Entry) {
        let Entries { list, key_filter: bits, index } = self.entries_mut();
        *bits |= compute_key_filter_mask(&entry.key);
        if let Some(index) = index.get_mut() {
            index.insert(entry.key.clone(), list.len());
        }
        list.push(entry);
    }

    /// Renames a key. The object must not have the new key yet.
    pub(crate) fn rename_key(&mut self, key: &str, new: &str) {
        if let Some(position) = self.position(key) {
            self.entries_mut().key_filter |= compute_key_filter_mask(new);
            self.entry_list_mut()[position].key = new.to_owned();
        }
    }

    /// Removes a key and returns its value.
    pub fn remove(&mut self, key: &str) -> Option<Node> {
        let position = self.position(key)?;
        Some(self.entry_list_mut().remove(position).node)
    }

    /// Keeps only the entries for which `keep` returns true.
    pub fn retain(&mut self, keep: impl FnMut(&Entry) -> bool) {
        self.entry_list_mut().retain(keep);
    }

    /// Iterates over the entries, in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Entry> {
        self.0.list.iter()
    }

    /// Iterates over the entries in order, for modification of their values. The keys must stay as they are.
    pub fn iter_mut(&mut self) -> std::slice::IterMut<'_, Entry> {
        self.entries_mut().list.iter_mut()
    }

    /// The number of keys.
    pub fn len(&self) -> usize {
        self.0.list.len()
    }

    /// Whether the object has no keys.
    pub fn is_empty(&self) -> bool {
        self.0.list.is_empty()
    }

    /// Sorts the entries of this object by key.
    pub fn sort_entries_by_key(&mut self) {
        self.entry_list_mut().sort_by(|a, b| a.key.cmp(&b.key));
    }
}

impl Node {
    /// Creates a node from its value and location.
    pub fn new(value: Value, location: &Location) -> Node {
        Node { value, location: location.clone() }
    }

    /// Creates a string node.
    pub fn new_string(text: impl Into<String>, location: &Location) -> Node {
        Node::new(Value::String(text.into()), location)
    }

    /// Creates a boolean node.
    pub fn new_bool(value: bool, location: &Location) -> Node {
        Node::new(Value::Bool(value), location)
    }

    /// Creates an object node with these keys and values.
    pub fn new_object<'a>(entries: impl IntoIterator<Item = (&'a str, Node)>, location: &Location) -> Node {
        let mut object = Object::new();
        for (key, node) in entries {
            object.set_value(key, node);
        }
        Node::new(Value::Object(object), location)
    }

    /// Creates a reference node: `{$ref: target}`.
    pub fn new_reference(target: impl Into<String>, location: &Location) -> Node {
        Node::new_object([("$ref", Node::new_string(target, location))], location)
    }

    /// Returns the text of a string node; `None` for other nodes.
    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// Returns the value of a boolean node; `None` for other nodes.
    pub fn as_bool(&self) -> Option<bool> {
        match self.value {
            Value::Bool(value) => Some(value),
            _ => None,
        }
    }

    /// Returns the items of an array node; `None` for other nodes.
    pub fn as_array(&self) -> Option<&[Node]> {
        match &self.value {
            Value::Array(items) => Some(items),
            _ => None,
        }
    }

    /// Returns the object of an object node; `None` for other nodes.
    pub fn as_object(&self) -> Option<&Object> {
        match &self.value {
            Value::Object(object) => Some(object),
            _ => None,
        }
    }

    /// Returns a mutable reference to the object in this node; `None` if the value of the node is not an object.
    pub fn as_object_mut(&mut self) -> Option<&mut Object> {
        match &mut self.value {
            Value::Object(object) => Some(object),
            _ => None,
        }
    }

    /// Returns the value of a key; `None` if the node is not an object or does not have the key.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.as_object()?.get(key)
    }

    /// Returns the value of a key for modification; `None` if the node is not an object or does not have the key.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut Node> {
        self.as_object_mut()?.get_mut(key)
    }

    /// Returns the value of a key as a string; `None` if the node does not have the key, or the value is not a string.
    pub fn get_str(&self, key: &str) -> Option<&str> {
        self.get(key)?.as_str()
    }

    /// Whether the value of the key is `true`. False if the node does not have the key.
    pub fn value_is_true(&self, key: &str) -> bool {
        self.get(key).and_then(Node::as_bool).unwrap_or(false)
    }

    /// Returns the text of `$ref`; `None` if the node is not a reference.
    pub fn ref_text(&self) -> Option<&str> {
        self.get_str("$ref")
    }

    /// Sets the value of a key. Does nothing if the node is not an object.
    pub fn set_value(&mut self, key: &str, node: Node) {
        if let Some(object) = self.as_object_mut() {
            object.set_value(key, node);
        }
    }

    /// Removes a key and returns its value; `None` if the node is not an object or does not have the key.
    pub fn remove(&mut self, key: &str) -> Option<Node> {
        self.as_object_mut()?.remove(key)
    }

    /// Returns the items of the list that is the value of a key; an empty slice if the node does not have the key, or
    /// the value is not a list.
    pub fn get_items(&self, key: &str) -> &[Node] {
        self.get(key).and_then(Node::as_array).unwrap_or(&[])
    }

    /// Iterates over the entries of the object that is the value of a key. The iterator is empty if the node does not
    /// have the key, or the value is not an object.
    pub fn get_entries(&self, key: &str) -> std::slice::Iter<'_, Entry> {
        match self.get(key).and_then(Node::as_object) {
            Some(object) => object.iter(),
            None => [].iter(),
        }
    }

    /// Counts the values in the tree of this node, including the node itself.
    pub fn count_values(&self) -> usize {
        1 + match &self.value {
            Value::Array(items) => items.iter().map(Node::count_values).sum(),
            Value::Object(object) => object.iter().map(|entry| entry.node.count_values()).sum(),
            _ => 0,
        }
    }

    /// Estimates the size of a deep copy of the node in bytes.
    pub fn estimate_deep_copy_bytes(&self) -> usize {
        /// The size of a node in bytes, plus the overhead of one allocation for the text or the list of the node.
        const NODE_BYTES_WITH_ALLOCATION_OVERHEAD: usize = size_of::<Node>() + 16;
        NODE_BYTES_WITH_ALLOCATION_OVERHEAD
            + match &self.value {
                Value::Null | Value::Bool(_) => 0,
                Value::Number(text) | Value::String(text) => text.len(),
                Value::Array(items) => items.iter().map(Node::estimate_deep_copy_bytes).sum(),
                Value::Object(object) => {
                    let key = |entry: &Entry| size_of::<Entry>() - size_of::<Node>() + 16 + entry.key.len();
                    object.iter().map(|entry| key(entry) + entry.node.estimate_deep_copy_bytes()).sum()
                }
            }
    }

    /// Returns the target of a reference node; `None` if the target does not exist. Any node that is not a reference is
    /// returned itself. In a linked document, a target is never a reference itself, because the linker has resolved all
    /// chains of references.
    pub fn resolve_reference<'n>(&'n self, root: &'n Node) -> Option<&'n Node> {
        match self.ref_text() {
            Some(target) => root.pointer(target.strip_prefix('#')?),
            None => Some(self),
        }
    }

    /// Returns the node at a JSON pointer (RFC 6901), relative to this node: `""` is the node itself.
    pub fn pointer(&self, pointer: &str) -> Option<&Node> {
        if pointer.is_empty() {
            return Some(self);
        }
        let mut node = self;
        for token in pointer.strip_prefix('/')?.split('/') {
            let token = unescape_token(token);
            node = match &node.value {
                Value::Object(object) => object.get(&token)?,
                Value::Array(items) => items.get(token.parse::<usize>().ok()?)?,
                _ => return None,
            };
        }
        Some(node)
    }
}
