//! Lets the JSON Schema library check the nodes of a document directly, without copies, so that each error has a
//! location.

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::HashSet;
use std::str::FromStr;

use jsonschema::JsonType;
use jsonschema::json::{Array, Json, JsonNumber, Node as JsonNode, NodeIdentity, Object as JsonObject};
use partner_spec::{Node, Object, Source, Value};
use serde_json::Value as Constant;

use super::decimal::Decimal;

thread_local! {
    /// The number of steps that the current check in this thread may still take. A step is one access of the JSON
    /// Schema library to a value.
    static REMAINING_STEP_COUNT: Cell<usize> = const { Cell::new(usize::MAX) };
    /// Whether the current check in this thread has skipped a part of the checked value.
    static IS_CHECK_INCOMPLETE: Cell<bool> = const { Cell::new(false) };
}

/// Statistics of the check of one value: the number of steps that the check took, and whether it skipped a part of the
/// value.
#[derive(Clone, Copy)]
pub(super) struct CheckStats {
    /// The number of steps that the check took. A step is one access of the JSON Schema library to a value.
    pub(super) step_count: usize,
    /// Whether the check is incomplete, because it skipped a part of the value.
    pub(super) is_incomplete: bool,
}

/// Runs a check that may take at most `steps` steps. Each access of the JSON Schema library to a value is a step; the
/// other work of the library cannot be counted. When no steps are left, the library gets only empty values, so the
/// check ends soon, with a meaningless result.
pub(super) fn run_with_step_limit<T>(steps: usize, check: impl FnOnce() -> T) -> (T, CheckStats) {
    REMAINING_STEP_COUNT.set(steps);
    IS_CHECK_INCOMPLETE.set(false);
    let outcome = check();
    let run = CheckStats {
        step_count: steps - REMAINING_STEP_COUNT.get(),
        is_incomplete: IS_CHECK_INCOMPLETE.get() || REMAINING_STEP_COUNT.get() == 0,
    };
    REMAINING_STEP_COUNT.set(usize::MAX);
    (outcome, run)
}

/// Subtracts `steps` from the number of steps that the current check may still take, and returns whether any steps are
/// left. A step is one access of the JSON Schema library to a value.
pub(super) fn spend_steps(steps: usize) -> bool {
    REMAINING_STEP_COUNT.set(REMAINING_STEP_COUNT.get().saturating_sub(steps));
    REMAINING_STEP_COUNT.get() > 0
}

/// Returns the number of steps that the current check may still take. A step is one access of the JSON Schema library
/// to a value.
pub(super) fn remaining_step_count() -> usize {
    REMAINING_STEP_COUNT.get()
}

/// Records that the current check skips a part of the value.
pub(super) fn mark_check_incomplete() {
    IS_CHECK_INCOMPLETE.set(true);
}

/// Adapts [`Node`] to the JSON Schema library: a validator with this type as its type argument checks values of the
/// type [`Node`].
pub(super) struct NodeJsonAdapter;

impl Json for NodeJsonAdapter {
    type Node<'a> = &'a Node;
    type PreparedKey = String;
    const ACYCLIC: bool = true;
    type StringBuffer = ();

    fn prepare_key(key: &str) -> String {
        key.to_owned()
    }

    fn with_string_node<T>((): &mut (), string: &str, f: impl FnOnce(&Node) -> T) -> T {
        let nowhere = partner_spec::Location::start_of_file(&Source::new("", ""));
        f(&Node::new_string(string, &nowhere))
    }
}

impl<'a> JsonNode<'a, NodeJsonAdapter> for &'a Node {
    type Object = &'a Object;
    type Array = &'a [Node];
    type Number = NumberText<'a>;

    fn as_object(&self) -> Option<&'a Object> {
        Node::as_object(self).filter(|_| spend_steps(1))
    }

    fn as_array(&self) -> Option<&'a [Node]> {
        Node::as_array(self).filter(|_| spend_steps(1))
    }

    fn as_string(&self) -> Option<Cow<'a, str>> {
        // The JSON Schema library reads the whole text, so more steps are counted for a longer text.
        Node::as_str(self).filter(|text| spend_steps(1 + text.len() / 32)).map(Cow::Borrowed)
    }

    fn as_number(&self) -> Option<NumberText<'a>> {
        match &self.value {
            Value::Number(text) if spend_steps(1 + text.len() / 32) => Some(NumberText(text)),
            _ => None,
        }
    }

    fn as_boolean(&self) -> Option<bool> {
        Node::as_bool(self)
    }

    fn is_null(&self) -> bool {
        matches!(self.value, Value::Null)
    }

    fn json_type(&self) -> JsonType {
        match self.value {
            _ if !spend_steps(1) => JsonType::Null,
            Value::Null => JsonType::Null,
            Value::Bool(_) => JsonType::Boolean,
            Value::Number(_) => JsonType::Number,
            Value::String(_) => JsonType::String,
            Value::Array(_) => JsonType::Array,
            Value::Object(_) => JsonType::Object,
        }
    }

    fn equals_value(&self, expected: &Constant) -> bool {
        spend_steps(1) && equals_enum_value_without_numbers(self, expected)
    }

    /// Returns null instead of a copy of the value. The JSON Schema library calls this function only to put the value
    /// into an error. The validator does not need it there, because it finds the value by the path in the error.
    /// Copying each wrong value and all its parents would cost more than the check.
    fn to_value(&self) -> Cow<'a, Constant> {
        Cow::Owned(Constant::Null)
    }

    fn identity(&self) -> Option<NodeIdentity> {
        Some(NodeIdentity::new(std::ptr::from_ref::<Node>(self).addr()))
    }
}

impl<'a> JsonObject<'a, NodeJsonAdapter> for &'a Object {
    type Node = &'a Node;
    type MemberName = &'a str;
    type MembersIter = ObjectEntries<'a>;

    fn len(&self) -> usize {
        Object::len(self)
    }

    fn get(&self, key: &String) -> Option<&'a Node> {
        Object::get(self, key).filter(|_| spend_steps(1))
    }

    fn members(&self) -> ObjectEntries<'a> {
        ObjectEntries(Object::iter(self))
    }
}

/// An iterator over the entries of an object: its keys and values.
pub(super) struct ObjectEntries<'a>(std::slice::Iter<'a, partner_spec::Entry>);

impl<'a> Iterator for ObjectEntries<'a> {
    type Item = (&'a str, &'a Node);

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next().filter(|_| spend_steps(1)).map(|entry| (entry.key.as_str(), &entry.node))
    }
}

impl<'a> Array<'a, NodeJsonAdapter> for &'a [Node] {
    type Node = &'a Node;
    type ElementsIter = ArrayItems<'a>;

    fn len(&self) -> usize {
        <[Node]>::len(self)
    }

    fn elements(&self) -> ArrayItems<'a> {
        ArrayItems(self.iter())
    }

    fn is_unique(&self) -> bool {
        let mut seen = HashSet::new();
        self.iter().all(|item| !spend_steps(10 * item.count_values()) || seen.insert(to_canonical_text(item)))
    }
}

/// An iterator over the items of an array.
pub(super) struct ArrayItems<'a>(std::slice::Iter<'a, Node>);

impl<'a> Iterator for ArrayItems<'a> {
    type Item = &'a Node;

    fn next(&mut self) -> Option<&'a Node> {
        self.0.next().filter(|_| spend_steps(1))
    }
}

/// The text of a number, spelled as in the document.
#[derive(Clone, Copy)]
pub(super) struct NumberText<'a>(&'a str);

impl JsonNumber for NumberText<'_> {
    fn as_u64(&self) -> Option<u64> {
        self.0.parse().ok()
    }

    fn as_i64(&self) -> Option<i64> {
        self.0.parse().ok()
    }

    fn as_f64(&self) -> Option<f64> {
        self.0.parse().ok()
    }

    fn as_str(&self) -> Cow<'_, str> {
        Cow::Borrowed(self.0)
    }

    fn to_number(&self) -> Cow<'_, serde_json::Number> {
        // A number that does not fit into a float is replaced by the largest float or, if the number is negative, by
        // the lowest float.
        let number = serde_json::Number::from_str(self.0).ok();
        let largest = if self.0.starts_with('-') { f64::MIN } else { f64::MAX };
        Cow::Owned(number.or_else(|| serde_json::Number::from_f64(largest)).unwrap_or_else(|| 0.into()))
    }

    fn is_integer(&self) -> bool {
        self.is_written_as_integer()
    }
}

/// Returns a text that is the same for equal values, even if their keys are in a different order, or their numbers are
/// spelled differently.
pub(crate) fn to_canonical_text(node: &Node) -> String {
    match &node.value {
        Value::Number(text) => {
            Decimal::parse(text).map_or_else(|| text.clone(), |number| number.to_canonical_text())
        }
        Value::Array(items) => {
            format!("[{}]", items.iter().map(to_canonical_text).collect::<Vec<_>>().join(","))
        }
        Value::Object(object) => {
            let mut members: Vec<String> =
                object.iter().map(|e| format!("{:?}:{}", e.key, to_canonical_text(&e.node))).collect();
            members.sort();
            format!("{{{}}}", members.join(","))
        }
        _ => node.to_json(),
    }
}

/// Whether a node equals `expected`, which is a value of an `enum`. None of the values of this `enum` is a number or
/// contains one.
fn equals_enum_value_without_numbers(node: &Node, expected: &Constant) -> bool {
    match (&node.value, expected) {
        (Value::Null, Constant::Null) => true,
        (Value::Bool(a), Constant::Bool(b)) => a == b,
        (Value::String(a), Constant::String(b)) => a == b,
        (Value::Array(a), Constant::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| equals_enum_value_without_numbers(a, b))
        }
        (Value::Object(a), Constant::Object(b)) => {
            a.len() == b.len()
                && a.iter()
                    .all(|e| b.get(&e.key).is_some_and(|b| equals_enum_value_without_numbers(&e.node, b)))
        }
        _ => false,
    }
}
