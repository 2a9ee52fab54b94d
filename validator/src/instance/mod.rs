//! Whether values fit schemas, and where they do not.
//!
//! Schemas are turned into JSON Schema and compiled when a value is first checked against them: a component once, and
//! schemas that stand in many places and are the same but for their texts once, too.

mod convert;
mod explain;
mod formats;
mod reference;
mod tree;

use std::cell::{OnceCell, RefCell};
use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use jsonschema::{Draft, Validator};
use partner_spec::{Node, Value};
use serde_json::Value as Json;

use convert::{Converter, References};
use formats::NumberFormat;
use reference::{Reference, Shared};
use tree::Tree;

pub(crate) use convert::Direction;
pub(crate) use explain::{Mismatch, shortened};
pub(crate) use formats::{FORMATS, bounds};
pub(crate) use tree::canonical;

/// Checks values against the schemas of one document.
pub(crate) struct Checker<'a> {
    root: &'a Node,
    shared: Arc<Shared>,
    state: RefCell<State>,
    directed: OnceCell<bool>,
}

/// What has been compiled.
#[derive(Default)]
struct State {
    /// The numbers of components, by reference and direction.
    numbers: HashMap<(String, Direction), usize>,
    /// Components that have a number and are not compiled yet.
    queue: VecDeque<(String, usize)>,
    /// Other schemas, by what they say.
    compiled: HashMap<String, Option<Arc<Validator<Tree>>>>,
}

impl<'a> Checker<'a> {
    pub(crate) fn new(root: &'a Node) -> Checker<'a> {
        Checker {
            root,
            shared: Arc::new(Shared::default()),
            state: RefCell::default(),
            directed: OnceCell::new(),
        }
    }

    /// What of a value does not fit a schema, in the order of the schema. A schema that cannot be compiled says
    /// nothing.
    pub(crate) fn mismatches(&self, schema: &Node, value: &Node, direction: Direction) -> Vec<Mismatch> {
        let Some(validator) = self.validator(schema, direction) else { return Vec::new() };
        self.shared.start();
        if validator.is_valid(value) {
            return Vec::new();
        }
        explain::mismatches(&self.shared, &validator, value)
    }

    /// Whether a value fits a schema.
    pub(crate) fn fits(&self, schema: &Node, value: &Node) -> bool {
        let Some(validator) = self.validator(schema, Direction::Either) else { return true };
        self.shared.start();
        validator.is_valid(value)
    }

    fn validator(&self, schema: &Node, direction: Direction) -> Option<Arc<Validator<Tree>>> {
        let direction = if self.is_directed() { direction } else { Direction::Either };
        let converted = self.convert(schema, direction, true);
        let key = converted.to_string();
        let known = self.state.borrow().compiled.get(&key).cloned();
        let validator = known.unwrap_or_else(|| {
            let validator = self.compile(&converted, || self.convert(schema, direction, false));
            self.state.borrow_mut().compiled.insert(key, validator.clone());
            validator
        });
        self.compile_components(direction);
        validator
    }

    /// Whether any property goes in one direction only: else all directions are the same.
    fn is_directed(&self) -> bool {
        *self.directed.get_or_init(|| has_flag(self.root, &["readOnly", "writeOnly"]))
    }

    fn convert(&self, schema: &Node, direction: Direction, patterns: bool) -> Json {
        let directed = self.is_directed();
        let mut references = Numbers { checker: self, direction };
        Converter { references: &mut references, direction, patterns, directed }.schema(schema)
    }

    /// Compiles what references lead to, and what is referred to from there.
    fn compile_components(&self, direction: Direction) {
        loop {
            let Some((target, number)) = self.state.borrow_mut().queue.pop_front() else { return };
            let Some(node) = target.strip_prefix('#').and_then(|pointer| self.root.pointer(pointer)) else {
                continue;
            };
            let converted = self.convert(node, direction, true);
            if let Some(validator) = self.compile(&converted, || self.convert(node, direction, false)) {
                self.shared.set(number, validator);
            }
        }
    }

    fn compile(&self, schema: &Json, without_patterns: impl Fn() -> Json) -> Option<Arc<Validator<Tree>>> {
        let shared = Arc::downgrade(&self.shared);
        let options = jsonschema::options_for::<Tree>()
            .with_draft(Draft::Draft4)
            .offline()
            .should_validate_formats(true)
            .with_format("decimal", formats::is_decimal)
            .with_format("uuid", formats::is_uuid)
            .with_format("byte", formats::is_base64)
            // A regular expression of another dialect may be meant.
            .with_format("regex", |_: &str| true)
            .with_keyword(formats::NUMBER_FORMAT, |_, format, _| {
                Ok(Box::new(NumberFormat::new(format.as_str().unwrap_or_default())))
            })
            .with_keyword(reference::REFERENCE, move |_, number, _| {
                let number = number.as_u64().and_then(|n| usize::try_from(n).ok()).unwrap_or(usize::MAX);
                Ok(Box::new(Reference { number, shared: shared.clone() }))
            });
        let validator = options.build(schema).or_else(|_| options.build(&without_patterns()));
        validator.ok().map(Arc::new)
    }
}

/// Gives the components that are referred to their numbers.
struct Numbers<'c, 'a> {
    checker: &'c Checker<'a>,
    direction: Direction,
}

impl References for Numbers<'_, '_> {
    fn number(&mut self, target: &str) -> Option<usize> {
        let mut state = self.checker.state.borrow_mut();
        let key = (target.to_owned(), self.direction);
        if let Some(number) = state.numbers.get(&key) {
            return Some(*number);
        }
        self.checker.root.pointer(target.strip_prefix('#')?)?;
        let number = self.checker.shared.reserve();
        state.numbers.insert(key, number);
        state.queue.push_back((target.to_owned(), number));
        Some(number)
    }

    fn resolve<'n>(&'n self, node: &'n Node) -> Option<&'n Node> {
        match node.ref_target() {
            Some(target) => self.checker.root.pointer(target.strip_prefix('#')?),
            None => Some(node),
        }
    }
}

fn has_flag(node: &Node, keys: &[&str]) -> bool {
    match &node.value {
        Value::Object(object) => {
            keys.iter().any(|key| node.flag(key)) || object.iter().any(|e| has_flag(&e.node, keys))
        }
        Value::Array(items) => items.iter().any(|item| has_flag(item, keys)),
        _ => false,
    }
}

#[cfg(test)]
mod tests;
