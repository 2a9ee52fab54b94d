//! The tree that a document is read into: JSON's data model, with a place for every node and key.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use crate::Location;
use crate::pointer::unescape;

/// A value and where it stands.
#[derive(Clone, Debug)]
pub struct Node {
    /// The value.
    pub value: Value,
    /// Where it stands.
    pub location: Location,
}

/// What a node holds. A number keeps the text it was written with, so that no digit is lost.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, as JSON writes it.
    Number(String),
    /// A string.
    String(String),
    /// A sequence.
    Array(Vec<Node>),
    /// A mapping.
    Object(Object),
}

impl Value {
    /// What it is, for messages: `a string`, `an object`, ...
    pub fn describe(&self) -> &'static str {
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

/// Two nodes are equal when their values are, wherever they stand.
impl PartialEq for Node {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

/// One key of an object, with its value.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// Where the key stands.
    pub key_location: Location,
    /// The value.
    pub node: Node,
}

/// The keys of a mapping, in the order in which they were written. Keys are unique. Copies share their entries until one
/// of them is changed, so that a document and what is made of it take little more memory than the document.
#[derive(Clone, Debug, Default)]
pub struct Object(Arc<Entries>);

#[derive(Debug, Default)]
struct Entries {
    list: Vec<Entry>,
    /// A bit for each key that is or was there: rules ask most objects for keys that they do not have.
    bits: u64,
    /// Where each key is, made when a large object is first asked: `paths` and `schemas` may have thousands.
    #[allow(
        clippy::box_collection,
        reason = "most objects are small and never need one; this makes them smaller"
    )]
    index: OnceLock<Box<HashMap<String, usize>>>,
}

/// A copy is made to be changed, so it has no index yet.
impl Clone for Entries {
    fn clone(&self) -> Entries {
        Entries { list: self.list.clone(), bits: self.bits, index: OnceLock::new() }
    }
}

/// From this many keys on, an object is not searched from start to end.
const INDEXED_FROM: usize = 24;

/// The bit of a key in `Entries::bits`. Different keys may have the same.
fn bit(key: &str) -> u64 {
    let [first, last] =
        [key.bytes().next(), key.bytes().next_back()].map(|byte| usize::from(byte.unwrap_or(0)));
    1 << ((7 * key.len() + 3 * first + last) % 64)
}

/// Order does not matter for equality, as in JSON.
impl PartialEq for Object {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
            || self.len() == other.len() && self.iter().all(|e| other.get(&e.key) == Some(&e.node))
    }
}

impl Object {
    /// An object without keys.
    pub fn new() -> Object {
        Object::default()
    }

    /// Gives back the room for keys that never came: most objects have few keys, and rooms are made for four.
    pub(crate) fn shrink(&mut self) {
        self.changed().list.shrink_to_fit();
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|e| &e.node)
    }

    /// The value of a key, to change it.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut Node> {
        let position = self.position(key)?;
        self.changed().list.get_mut(position).map(|e| &mut e.node)
    }

    /// A key with its value and place.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.0.list.get(self.position(key)?)
    }

    fn position(&self, key: &str) -> Option<usize> {
        let Entries { list, bits, index } = &*self.0;
        if bits & bit(key) == 0 {
            return None;
        }
        if list.len() < INDEXED_FROM {
            return list.iter().position(|e| e.key == key);
        }
        let index = index.get_or_init(|| {
            let entries = list.iter().enumerate();
            Box::new(entries.map(|(position, e)| (e.key.clone(), position)).collect())
        });
        index.get(key).copied()
    }

    /// The entries, to change them in this copy alone.
    fn changed(&mut self) -> &mut Entries {
        Arc::make_mut(&mut self.0)
    }

    /// The entries, to move them: their positions get wrong.
    fn moved(&mut self) -> &mut Vec<Entry> {
        let entries = self.changed();
        entries.index = OnceLock::new();
        &mut entries.list
    }

    /// Whether the key is there.
    pub fn contains(&self, key: &str) -> bool {
        self.entry(key).is_some()
    }

    /// Sets the value of a key: in place when the key is there, at the end otherwise.
    pub fn set(&mut self, key: &str, node: Node) {
        match self.get_mut(key) {
            Some(old) => *old = node,
            None => {
                let key_location = node.location.clone();
                self.push(Entry { key: key.to_owned(), key_location, node });
            }
        }
    }

    /// Sets the value of a key as another object has it, places included.
    pub fn set_entry(&mut self, entry: Entry) {
        match self.position(&entry.key).and_then(|position| self.changed().list.get_mut(position)) {
            Some(old) => *old = entry,
            None => self.push(entry),
        }
    }

    /// Adds an entry whose key is known to be new.
    pub(crate) fn push(&mut self, entry: Entry) {
        let Entries { list, bits, index } = self.changed();
        *bits |= bit(&entry.key);
        if let Some(index) = index.get_mut() {
            index.insert(entry.key.clone(), list.len());
        }
        list.push(entry);
    }

    /// Gives a value another key, which is known to be new.
    pub(crate) fn rename(&mut self, key: &str, new: &str) {
        if let Some(position) = self.position(key) {
            self.changed().bits |= bit(new);
            self.moved()[position].key = new.to_owned();
        }
    }

    /// Takes a key out.
    pub fn remove(&mut self, key: &str) -> Option<Node> {
        let position = self.position(key)?;
        Some(self.moved().remove(position).node)
    }

    /// Keeps the entries that the function says yes to.
    pub fn retain(&mut self, keep: impl FnMut(&Entry) -> bool) {
        self.moved().retain(keep);
    }

    /// The entries, in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Entry> {
        self.0.list.iter()
    }

    /// The entries, in order, to change their values; their keys stay.
    pub fn iter_mut(&mut self) -> std::slice::IterMut<'_, Entry> {
        self.changed().list.iter_mut()
    }

    /// How many keys there are.
    pub fn len(&self) -> usize {
        self.0.list.len()
    }

    /// Whether there is no key.
    pub fn is_empty(&self) -> bool {
        self.0.list.is_empty()
    }

    /// Sorts the entries by key.
    pub fn sort(&mut self) {
        self.moved().sort_by(|a, b| a.key.cmp(&b.key));
    }
}

impl Node {
    /// A node with that value, standing where another one does.
    pub fn new(value: Value, location: &Location) -> Node {
        Node { value, location: location.clone() }
    }

    /// A string.
    pub fn string(text: impl Into<String>, location: &Location) -> Node {
        Node::new(Value::String(text.into()), location)
    }

    /// A boolean.
    pub fn bool(value: bool, location: &Location) -> Node {
        Node::new(Value::Bool(value), location)
    }

    /// An object with these keys.
    pub fn object<'a>(entries: impl IntoIterator<Item = (&'a str, Node)>, location: &Location) -> Node {
        let mut object = Object::new();
        for (key, node) in entries {
            object.set(key, node);
        }
        Node::new(Value::Object(object), location)
    }

    /// `{$ref: target}`.
    pub fn reference(target: impl Into<String>, location: &Location) -> Node {
        Node::object([("$ref", Node::string(target, location))], location)
    }

    /// The text, when it is a string.
    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// The truth, when it is a boolean.
    pub fn as_bool(&self) -> Option<bool> {
        match self.value {
            Value::Bool(value) => Some(value),
            _ => None,
        }
    }

    /// The items, when it is a list.
    pub fn as_array(&self) -> Option<&[Node]> {
        match &self.value {
            Value::Array(items) => Some(items),
            _ => None,
        }
    }

    /// The keys, when it is an object.
    pub fn as_object(&self) -> Option<&Object> {
        match &self.value {
            Value::Object(object) => Some(object),
            _ => None,
        }
    }

    /// The keys, when it is an object, to change them.
    pub fn as_object_mut(&mut self) -> Option<&mut Object> {
        match &mut self.value {
            Value::Object(object) => Some(object),
            _ => None,
        }
    }

    /// The value of a key, when it is an object that has it.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.as_object()?.get(key)
    }

    /// The value of a key, to change it.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut Node> {
        self.as_object_mut()?.get_mut(key)
    }

    /// The text of a key, when it is there and a string.
    pub fn str(&self, key: &str) -> Option<&str> {
        self.get(key)?.as_str()
    }

    /// Whether a key is there and `true`.
    pub fn flag(&self, key: &str) -> bool {
        self.get(key).and_then(Node::as_bool).unwrap_or(false)
    }

    /// The target, when it is a reference.
    pub fn ref_target(&self) -> Option<&str> {
        self.str("$ref")
    }

    /// Sets a key, when it is an object.
    pub fn set(&mut self, key: &str, node: Node) {
        if let Some(object) = self.as_object_mut() {
            object.set(key, node);
        }
    }

    /// Takes a key out, when it is an object that has it.
    pub fn remove(&mut self, key: &str) -> Option<Node> {
        self.as_object_mut()?.remove(key)
    }

    /// The items of a list under a key; none when there is no such list.
    pub fn items(&self, key: &str) -> &[Node] {
        self.get(key).and_then(Node::as_array).unwrap_or(&[])
    }

    /// The entries of an object under a key; none when there is no such object.
    pub fn entries(&self, key: &str) -> std::slice::Iter<'_, Entry> {
        match self.get(key).and_then(Node::as_object) {
            Some(object) => object.iter(),
            None => [].iter(),
        }
    }

    /// How many values there are below and with it.
    pub fn size(&self) -> usize {
        1 + match &self.value {
            Value::Array(items) => items.iter().map(Node::size).sum(),
            Value::Object(object) => object.iter().map(|entry| entry.node.size()).sum(),
            _ => 0,
        }
    }

    /// How many bytes of memory a copy of it takes, roughly.
    pub fn weight(&self) -> usize {
        /// A node, with what the allocator adds to its text or list.
        const NODE: usize = size_of::<Node>() + 16;
        NODE + match &self.value {
            Value::Null | Value::Bool(_) => 0,
            Value::Number(text) | Value::String(text) => text.len(),
            Value::Array(items) => items.iter().map(Node::weight).sum(),
            Value::Object(object) => {
                let key = |entry: &Entry| size_of::<Entry>() - size_of::<Node>() + 16 + entry.key.len();
                object.iter().map(|entry| key(entry) + entry.node.weight()).sum()
            }
        }
    }

    /// The node itself, or what it refers to within the document; nothing for a reference that leads nowhere. References to
    /// references were followed when the document was linked, so one step is enough.
    pub fn follow<'n>(&'n self, root: &'n Node) -> Option<&'n Node> {
        match self.ref_target() {
            Some(target) => root.pointer(target.strip_prefix('#')?),
            None => Some(self),
        }
    }

    /// The node that a JSON pointer names (RFC 6901): `""` is the node itself.
    pub fn pointer(&self, pointer: &str) -> Option<&Node> {
        if pointer.is_empty() {
            return Some(self);
        }
        let mut node = self;
        for token in pointer.strip_prefix('/')?.split('/') {
            let token = unescape(token);
            node = match &node.value {
                Value::Object(object) => object.get(&token)?,
                Value::Array(items) => items.get(token.parse::<usize>().ok()?)?,
                _ => return None,
            };
        }
        Some(node)
    }
}
