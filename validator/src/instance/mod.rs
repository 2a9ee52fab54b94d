//! Checks values against schemas.
//!
//! A schema is converted to JSON Schema and compiled when the first value is checked against it. Each component is
//! compiled once. Inline schemas that differ only in their descriptions share one compiled schema.

mod convert;
mod explain;
mod formats;
mod number;
mod pattern;
mod reference;
mod tree;

use std::cell::{OnceCell, RefCell};
use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use jsonschema::{Draft, ValidationError, Validator};
use partner_spec::{Budget, Location, Node, Value};
use serde_json::Value as Json;

use convert::{Converter, References};
use number::{ExactEnum, Limit};
use pattern::{Pattern, Patterns};
use reference::{Reference, Shared};
use tree::{Run, Tree};

pub(crate) use convert::Direction;
pub(crate) use explain::{Mismatch, shortened};
pub(crate) use formats::{FORMATS, bounds};
pub(crate) use number::Decimal;
pub(crate) use pattern::foreign_construct;
pub(crate) use tree::canonical;

/// The steps that all checks of values may take together: a base for every document, and more for each kilobyte. A step
/// takes about 20 ns. Real documents need a hundredth of the budget.
const STEPS_BASE: usize = 10_000_000;
const STEPS_PER_KILOBYTE: usize = 40_000;

/// The most steps for the explanation of one value. A value that needs more gets a single finding without details,
/// because each mismatch takes memory.
const MAX_EXPLANATION_STEPS: usize = 100_000;

/// The most bytes of text that the keys of the schema cache may have together. Nested inline schemas repeat each
/// other's text.
const MAX_CACHED_BYTES: usize = 1_000_000;

/// Checks values against the schemas of one document.
pub(crate) struct Checker<'a> {
    root: &'a Node,
    shared: Arc<Shared>,
    patterns: Arc<Patterns>,
    state: RefCell<State>,
    /// Whether the document has `readOnly` or `writeOnly` properties.
    directed: OnceCell<bool>,
    budget: RefCell<Budget>,
    /// The location of the first value whose check ran out of steps.
    unchecked: RefCell<Option<Location>>,
}

/// The schemas that have been compiled so far.
#[derive(Default)]
struct State {
    /// The number of each referenced component in `Shared`, by reference and direction.
    numbers: HashMap<(String, Direction), usize>,
    /// The referenced components that have a number but are not compiled yet.
    queue: VecDeque<(String, usize)>,
    /// A cache of the compiled inline schemas, by their converted text.
    compiled: HashMap<String, Prepared>,
    /// The total bytes of the texts in the cache.
    cached_bytes: usize,
}

/// A compiled schema. It is `None` if the schema could not be compiled; every value then matches.
#[derive(Clone)]
pub(crate) struct Prepared(Option<Arc<Validator<Tree>>>);

impl<'a> Checker<'a> {
    /// Creates a checker for a document of `size` bytes.
    pub(crate) fn new(root: &'a Node, size: usize) -> Checker<'a> {
        Checker {
            root,
            shared: Arc::new(Shared::default()),
            patterns: Arc::default(),
            state: RefCell::default(),
            directed: OnceCell::new(),
            budget: RefCell::new(Budget::new(STEPS_BASE, STEPS_PER_KILOBYTE, size)),
            unchecked: RefCell::default(),
        }
    }

    /// Returns the mismatches of a value, in the order of the keywords of the schema; none if the check runs out of
    /// steps.
    pub(crate) fn mismatches(&self, Prepared(schema): &Prepared, value: &Node) -> Vec<Mismatch> {
        let Some(validator) = schema else { return Vec::new() };
        match self.check(validator, value) {
            Some(false) => self.explain(validator, value),
            Some(true) | None => Vec::new(),
        }
    }

    /// Whether a value matches a schema; false if the check runs out of steps.
    pub(crate) fn fits(&self, Prepared(schema): &Prepared, value: &Node) -> bool {
        schema.as_ref().is_none_or(|validator| self.check(validator, value) == Some(true))
    }

    /// Returns the number of steps that all checks have taken so far.
    pub(crate) fn steps(&self) -> usize {
        self.budget.borrow().used()
    }

    /// Returns the location of the first value whose check ran out of steps.
    pub(crate) fn unchecked(&self) -> Option<Location> {
        self.unchecked.borrow().clone()
    }

    /// Returns whether a value matches a schema; `None` if the check runs out of steps.
    fn check(&self, validator: &Validator<Tree>, value: &Node) -> Option<bool> {
        let left = self.remaining_steps()?;
        self.shared.clear();
        let (fits, run) = tree::counted(left, || validator.is_valid(value));
        self.spend_steps(run, value);
        (run.steps < left).then_some(fits)
    }

    fn explain(&self, validator: &Validator<Tree>, value: &Node) -> Vec<Mismatch> {
        let Some(left) = self.remaining_steps() else { return Vec::new() };
        let left = left.min(MAX_EXPLANATION_STEPS);
        let (found, run) = tree::counted(left, || explain::mismatches(&self.shared, validator, value));
        self.spend_steps(Run { is_incomplete: false, ..run }, value);
        match run.steps < left {
            true => found,
            false => vec![explain::unexplained(value)],
        }
    }

    fn remaining_steps(&self) -> Option<usize> {
        let budget = self.budget.borrow();
        budget.limit().checked_sub(budget.used()).filter(|left| *left > 0)
    }

    fn spend_steps(&self, run: Run, value: &Node) {
        self.budget.borrow_mut().spend(run.steps);
        if run.is_incomplete {
            self.unchecked.borrow_mut().get_or_insert_with(|| value.location.to_start());
        }
    }

    /// Returns the compiled schema, from the cache if the cache has it.
    pub(crate) fn prepare(&self, schema: &Node, direction: Direction) -> Prepared {
        let direction = if self.has_read_or_write_only() { direction } else { Direction::Either };
        let converted = self.convert(schema, direction);
        let key = converted.to_string();
        let known = self.state.borrow().compiled.get(&key).cloned();
        let prepared = known.unwrap_or_else(|| {
            let prepared = Prepared(self.compile(&converted));
            let mut state = self.state.borrow_mut();
            state.cached_bytes += key.len();
            if state.cached_bytes > MAX_CACHED_BYTES {
                state.compiled.clear();
                state.cached_bytes = key.len();
            }
            state.compiled.insert(key, prepared.clone());
            prepared
        });
        self.compile_components(direction);
        prepared
    }

    /// Whether the document has `readOnly` or `writeOnly` properties. If it has none, one compiled schema serves all
    /// directions.
    fn has_read_or_write_only(&self) -> bool {
        *self.directed.get_or_init(|| has_flag(self.root, &["readOnly", "writeOnly"]))
    }

    fn convert(&self, schema: &Node, direction: Direction) -> Json {
        let directed = self.has_read_or_write_only();
        let mut references = Numbers { checker: self, direction };
        Converter { references: &mut references, direction, directed }.schema(schema)
    }

    /// Compiles the components in the queue, and the components that they refer to.
    fn compile_components(&self, direction: Direction) {
        loop {
            let Some((target, number)) = self.state.borrow_mut().queue.pop_front() else { return };
            let Some(node) = target.strip_prefix('#').and_then(|pointer| self.root.pointer(pointer)) else {
                continue;
            };
            if let Some(validator) = self.compile(&self.convert(node, direction)) {
                self.shared.set(number, validator);
            }
        }
    }

    fn compile(&self, schema: &Json) -> Option<Arc<Validator<Tree>>> {
        let (shared, patterns) = (Arc::downgrade(&self.shared), Arc::clone(&self.patterns));
        let mut options = jsonschema::options_for::<Tree>()
            .with_draft(Draft::Draft4)
            .offline()
            .should_validate_formats(true)
            .with_format("decimal", formats::is_decimal)
            .with_format("uuid", formats::is_uuid)
            .with_format("byte", formats::is_base64)
            // A value of `format: regex` may be in any dialect of regular expressions, so every text is accepted.
            .with_format("regex", |_: &str| true)
            .with_keyword(number::EXACT_ENUM, |_, values, _| {
                let values = values.as_array().into_iter().flatten();
                Ok(Box::new(ExactEnum(values.filter_map(Json::as_str).map(str::to_owned).collect())))
            })
            .with_keyword(reference::REFERENCE, move |_, number, _| {
                let number = number.as_u64().and_then(|n| usize::try_from(n).ok()).unwrap_or(usize::MAX);
                Ok(Box::new(Reference { number, shared: shared.clone() }))
            })
            .with_keyword(pattern::PATTERN, move |_, pattern, _| {
                let pattern = pattern.as_str().unwrap_or_default().to_owned();
                Ok(Box::new(Pattern { pattern, patterns: Arc::clone(&patterns) }))
            });
        for (keyword, meant) in number::KEYWORDS {
            options = options.with_keyword(keyword, move |_, limit, _| {
                match Limit::new(meant, limit.as_str().unwrap_or_default()) {
                    Some(limit) => Ok(Box::new(limit)),
                    None => Err(ValidationError::custom("no number")),
                }
            });
        }
        options.build(schema).ok().map(Arc::new)
    }
}

/// Numbers the components that a schema refers to.
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
        node.follow(self.checker.root)
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
