//! Whether values fit schemas, and where they do not.
//!
//! Schemas are turned into JSON Schema and compiled when a value is first checked against them: a component once, and
//! schemas that stand in many places and are the same but for their texts once, too.

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

/// How many steps checking all values may take: so many for every document, and so many more for each kilobyte. A step
/// takes about 20 ns. Documents that people write need a hundredth of it.
const STEPS_BASE: usize = 10_000_000;
const STEPS_PER_KILOBYTE: usize = 40_000;

/// How many steps the explanation of one value may take. Of a value that needs more, one finding says only that it does not
/// fit, because each mismatch takes memory.
const MAX_EXPLANATION: usize = 100_000;

/// How long the texts of the schemas may be that are kept compiled, beside the components: those that hold each other
/// say the same again and again.
const MAX_KEPT: usize = 1_000_000;

/// Checks values against the schemas of one document.
pub(crate) struct Checker<'a> {
    root: &'a Node,
    shared: Arc<Shared>,
    patterns: Arc<Patterns>,
    state: RefCell<State>,
    directed: OnceCell<bool>,
    budget: RefCell<Budget>,
    /// The first value that was not checked to its end.
    unchecked: RefCell<Option<Location>>,
}

/// What has been compiled.
#[derive(Default)]
struct State {
    /// The numbers of components, by reference and direction.
    numbers: HashMap<(String, Direction), usize>,
    /// Components that have a number and are not compiled yet.
    queue: VecDeque<(String, usize)>,
    /// Other schemas, by what they say.
    compiled: HashMap<String, Prepared>,
    /// How long these texts are.
    kept: usize,
}

/// A schema that values can be checked against. One that cannot be compiled says nothing.
#[derive(Clone)]
pub(crate) struct Prepared(Option<Arc<Validator<Tree>>>);

impl<'a> Checker<'a> {
    /// A checker for a document of so many bytes.
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

    /// What of a value does not fit a schema, in the order of the schema. Of a value that takes too long, nothing.
    pub(crate) fn mismatches(&self, Prepared(schema): &Prepared, value: &Node) -> Vec<Mismatch> {
        let Some(validator) = schema else { return Vec::new() };
        match self.check(validator, value) {
            Some(false) => self.explain(validator, value),
            Some(true) | None => Vec::new(),
        }
    }

    /// Whether a value fits a schema, as far as can be told in time.
    pub(crate) fn fits(&self, Prepared(schema): &Prepared, value: &Node) -> bool {
        schema.as_ref().is_none_or(|validator| self.check(validator, value) == Some(true))
    }

    /// The steps that were taken so far.
    pub(crate) fn steps(&self) -> usize {
        self.budget.borrow().used()
    }

    /// The first value that was not checked to its end.
    pub(crate) fn unchecked(&self) -> Option<Location> {
        self.unchecked.borrow().clone()
    }

    /// Whether a value fits; nothing when there were not enough steps left to tell.
    fn check(&self, validator: &Validator<Tree>, value: &Node) -> Option<bool> {
        let left = self.left()?;
        self.shared.start();
        let (fits, run) = tree::counted(left, || validator.is_valid(value));
        self.take(run, value);
        (run.steps < left).then_some(fits)
    }

    fn explain(&self, validator: &Validator<Tree>, value: &Node) -> Vec<Mismatch> {
        let Some(left) = self.left() else { return Vec::new() };
        let left = left.min(MAX_EXPLANATION);
        let (found, run) = tree::counted(left, || explain::mismatches(&self.shared, validator, value));
        self.take(Run { is_cut: false, ..run }, value);
        match run.steps < left {
            true => found,
            false => vec![explain::unexplained(value)],
        }
    }

    fn left(&self) -> Option<usize> {
        let budget = self.budget.borrow();
        budget.limit().checked_sub(budget.used()).filter(|left| *left > 0)
    }

    fn take(&self, run: Run, value: &Node) {
        self.budget.borrow_mut().spend(run.steps);
        if run.is_cut {
            self.unchecked.borrow_mut().get_or_insert_with(|| value.location.to_start());
        }
    }

    /// A schema to check values against.
    pub(crate) fn prepare(&self, schema: &Node, direction: Direction) -> Prepared {
        let direction = if self.is_directed() { direction } else { Direction::Either };
        let converted = self.convert(schema, direction);
        let key = converted.to_string();
        let known = self.state.borrow().compiled.get(&key).cloned();
        let prepared = known.unwrap_or_else(|| {
            let prepared = Prepared(self.compile(&converted));
            let mut state = self.state.borrow_mut();
            state.kept += key.len();
            if state.kept > MAX_KEPT {
                state.compiled.clear();
                state.kept = key.len();
            }
            state.compiled.insert(key, prepared.clone());
            prepared
        });
        self.compile_components(direction);
        prepared
    }

    /// Whether any property goes in one direction only: else all directions are the same.
    fn is_directed(&self) -> bool {
        *self.directed.get_or_init(|| has_flag(self.root, &["readOnly", "writeOnly"]))
    }

    fn convert(&self, schema: &Node, direction: Direction) -> Json {
        let directed = self.is_directed();
        let mut references = Numbers { checker: self, direction };
        Converter { references: &mut references, direction, directed }.schema(schema)
    }

    /// Compiles what references lead to, and what is referred to from there.
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
            // A regular expression of another dialect may be meant.
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
