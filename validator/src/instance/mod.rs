//! Checks values against schemas.
//!
//! A schema is converted to JSON Schema and compiled when the first value is checked against it. Each component is
//! compiled only once. Inline schemas that are equal except for their descriptions share a compiled schema.

mod convert;
mod decimal;
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
use partner_spec::{Location, Node, StepBudget, Value};
use serde_json::Value as Json;

use convert::{Converter, ReferenceResolver};
use number::{ExactEnumKeyword, NumberLimitKeyword};
use pattern::{PatternCache, PatternKeyword};
use reference::{CompiledComponents, ReferenceKeyword};
use tree::{CheckStats, NodeJsonAdapter};

pub(crate) use convert::Direction;
pub(crate) use decimal::Decimal;
pub(crate) use explain::{Mismatch, shorten_quoted_text};
pub(crate) use formats::{KNOWN_FORMATS, find_integer_format_bounds};
pub(crate) use pattern::find_foreign_construct_name;
pub(crate) use tree::to_canonical_text;

/// The base of the step limit, to which [`CHECK_STEP_LIMIT_INCREASE_PER_KILOBYTE`] is added for each kilobyte of the
/// document. The step limit is the maximum number of steps that all checks of a document's values may take together. A
/// step is one access to a value, and takes about 20 ns. Real documents need about a hundredth of the limit.
const BASE_CHECK_STEP_LIMIT: usize = 10_000_000;
const CHECK_STEP_LIMIT_INCREASE_PER_KILOBYTE: usize = 40_000;

/// The maximum number of steps that it may take to explain the mismatches of one value. A step is one access to a
/// value. If more steps are needed, a single finding without details is reported, because the list of the mismatches
/// would take too much memory.
const MAX_EXPLANATION_STEPS_PER_VALUE: usize = 100_000;

/// The maximum total length of the keys in the cache `compiled_inline_schemas`, in bytes. A key is the text of a schema
/// and of all schemas nested in it, so keys may be long.
const MAX_TOTAL_INLINE_SCHEMA_KEY_BYTES: usize = 1_000_000;

/// The schema keywords that apply only to requests or only to responses.
const DIRECTIONAL_KEYWORDS: [&str; 3] = ["readOnly", "writeOnly", number::ABOVE_ZERO_KEYWORD];

/// Checks values against the schemas of one document.
pub(crate) struct ValueChecker<'a> {
    root: &'a Node,
    shared: Arc<CompiledComponents>,
    pattern_cache: Arc<PatternCache>,
    cache: RefCell<CompiledSchemaCache>,
    /// Whether the document uses a keyword that affects only requests or only responses, like `readOnly`.
    has_directional_keywords: OnceCell<bool>,
    budget: RefCell<StepBudget>,
    /// The location of the first value that was not checked completely, for example because the limit of steps (units
    /// of work) was reached.
    location_of_first_incomplete_check: RefCell<Option<Location>>,
}

/// A cache of the schemas that have been compiled so far.
#[derive(Default)]
struct CompiledSchemaCache {
    /// For each referenced component, its index in `CompiledComponents`. A key of this map has two parts: the text of
    /// the reference, and a [`Direction`], which says whether the checked values are in requests, in responses, or in
    /// either.
    component_indices: HashMap<(String, Direction), usize>,
    /// The queue of the referenced components that are not compiled yet. An entry has the text of the reference, and
    /// the index of the component.
    uncompiled_components: VecDeque<(String, usize)>,
    /// A cache of the compiled inline schemas. The key is the text of the schema after its conversion to JSON Schema.
    compiled_inline_schemas: HashMap<String, CompiledSchema>,
    /// The total length of the keys of `compiled_inline_schemas`, in bytes.
    total_inline_schema_key_bytes: usize,
}

/// A compiled schema. It contains `None` if the schema could not be compiled. Then every value counts as matching.
#[derive(Clone)]
pub(crate) struct CompiledSchema(Option<Arc<Validator<NodeJsonAdapter>>>);

impl<'a> ValueChecker<'a> {
    /// Creates a checker for a document. `root` is the root node of the document, and `document_bytes` is the total
    /// length of its files in bytes.
    pub(crate) fn new(root: &'a Node, document_bytes: usize) -> ValueChecker<'a> {
        ValueChecker {
            root,
            shared: Arc::new(CompiledComponents::default()),
            pattern_cache: Arc::default(),
            cache: RefCell::default(),
            has_directional_keywords: OnceCell::new(),
            budget: RefCell::new(StepBudget::new(
                BASE_CHECK_STEP_LIMIT,
                CHECK_STEP_LIMIT_INCREASE_PER_KILOBYTE,
                document_bytes,
            )),
            location_of_first_incomplete_check: RefCell::default(),
        }
    }

    /// Returns the mismatches between a value and a schema, in the order of the schema's keywords. The list is empty if
    /// the value matches, if the schema could not be compiled, or if checking the value runs out of steps.
    pub(crate) fn find_mismatches(
        &self,
        CompiledSchema(schema): &CompiledSchema,
        value: &Node,
    ) -> Vec<Mismatch> {
        let Some(validator) = schema else { return Vec::new() };
        match self.matches_within_step_limit(validator, value) {
            Some(false) => self.explain(validator, value),
            Some(true) | None => Vec::new(),
        }
    }

    /// Whether a value matches a schema. If the schema could not be compiled, the result is true. If the check exceeds
    /// its step limit, the result is false.
    pub(crate) fn matches_schema(&self, CompiledSchema(schema): &CompiledSchema, value: &Node) -> bool {
        schema.as_ref().is_none_or(|validator| self.matches_within_step_limit(validator, value) == Some(true))
    }

    /// Returns the number of steps (units of work) that all checks have taken so far.
    pub(crate) fn taken_step_count(&self) -> usize {
        self.budget.borrow().requested_step_count()
    }

    /// Returns the location of the first value that was not checked completely, for example because the limit of steps
    /// (units of work) was reached.
    pub(crate) fn location_of_first_incomplete_check(&self) -> Option<Location> {
        self.location_of_first_incomplete_check.borrow().clone()
    }

    /// Returns whether a value matches a schema; `None` if the check runs out of steps.
    fn matches_within_step_limit(
        &self,
        validator: &Validator<NodeJsonAdapter>,
        value: &Node,
    ) -> Option<bool> {
        let left = self.remaining_step_count()?;
        self.shared.clear_cached_results();
        let (fits, run) = tree::run_with_step_limit(left, || validator.is_valid(value));
        self.spend_steps(run, value);
        (run.step_count < left).then_some(fits)
    }

    fn explain(&self, validator: &Validator<NodeJsonAdapter>, value: &Node) -> Vec<Mismatch> {
        let Some(left) = self.remaining_step_count() else { return Vec::new() };
        let left = left.min(MAX_EXPLANATION_STEPS_PER_VALUE);
        let (found, run) =
            tree::run_with_step_limit(left, || explain::collect_mismatches(&self.shared, validator, value));
        self.spend_steps(CheckStats { is_incomplete: false, ..run }, value);
        match run.step_count < left {
            true => found,
            false => vec![explain::make_unexplained_mismatch(value)],
        }
    }

    fn remaining_step_count(&self) -> Option<usize> {
        let budget = self.budget.borrow();
        budget.initial_step_count().checked_sub(budget.requested_step_count()).filter(|left| *left > 0)
    }

    fn spend_steps(&self, run: CheckStats, value: &Node) {
        self.budget.borrow_mut().try_spend(run.step_count);
        if run.is_incomplete {
            self.location_of_first_incomplete_check
                .borrow_mut()
                .get_or_insert_with(|| value.location.collapse_to_start());
        }
    }

    /// Compiles a schema for values in requests or in responses, as `direction` says. Returns the compiled schema from
    /// the cache if it is there.
    pub(crate) fn get_or_compile_schema(&self, schema: &Node, direction: Direction) -> CompiledSchema {
        let direction =
            if self.has_directional_keywords() { direction } else { Direction::RequestOrResponse };
        let converted = self.convert(schema, direction);
        let key = converted.to_string();
        let known = self.cache.borrow().compiled_inline_schemas.get(&key).cloned();
        let compiled = known.unwrap_or_else(|| {
            let compiled = CompiledSchema(self.compile(&converted));
            let mut cache = self.cache.borrow_mut();
            cache.total_inline_schema_key_bytes += key.len();
            if cache.total_inline_schema_key_bytes > MAX_TOTAL_INLINE_SCHEMA_KEY_BYTES {
                cache.compiled_inline_schemas.clear();
                cache.total_inline_schema_key_bytes = key.len();
            }
            cache.compiled_inline_schemas.insert(key, compiled.clone());
            compiled
        });
        self.compile_queued_components(direction);
        compiled
    }

    /// Whether the document uses any of the [`DIRECTIONAL_KEYWORDS`]. If it does not, requests and responses can share
    /// the compiled schemas.
    fn has_directional_keywords(&self) -> bool {
        *self.has_directional_keywords.get_or_init(|| contains_true_key(self.root, &DIRECTIONAL_KEYWORDS))
    }

    fn convert(&self, schema: &Node, direction: Direction) -> Json {
        let has_directional_keywords = self.has_directional_keywords();
        let mut references = ComponentResolver { checker: self, direction };
        Converter { references: &mut references, direction, has_directional_keywords }.convert_schema(schema)
    }

    /// Compiles the components in the queue `uncompiled_components`, and the components to which they refer.
    fn compile_queued_components(&self, direction: Direction) {
        loop {
            let Some((target, number)) = self.cache.borrow_mut().uncompiled_components.pop_front() else {
                return;
            };
            let Some(node) = target.strip_prefix('#').and_then(|pointer| self.root.pointer(pointer)) else {
                continue;
            };
            if let Some(validator) = self.compile(&self.convert(node, direction)) {
                self.shared.set(number, validator);
            }
        }
    }

    fn compile(&self, schema: &Json) -> Option<Arc<Validator<NodeJsonAdapter>>> {
        let (shared, patterns) = (Arc::downgrade(&self.shared), Arc::clone(&self.pattern_cache));
        let mut options = jsonschema::options_for::<NodeJsonAdapter>()
            .with_draft(Draft::Draft4)
            .offline()
            .should_validate_formats(true)
            .with_format("decimal", formats::is_decimal)
            .with_format("uuid", formats::is_uuid)
            .with_format("byte", formats::is_base64)
            // Every text is accepted as `format: regex`, because the format does not say which dialect of regular
            // expressions is meant.
            .with_format("regex", |_: &str| true)
            .with_keyword(number::EXACT_ENUM_KEYWORD, |_, values, _| {
                let values = values.as_array().into_iter().flatten();
                Ok(Box::new(ExactEnumKeyword(values.filter_map(Json::as_str).map(str::to_owned).collect())))
            })
            .with_keyword(reference::REFERENCE_KEYWORD, move |_, number, _| {
                let number = number.as_u64().and_then(|n| usize::try_from(n).ok()).unwrap_or(usize::MAX);
                Ok(Box::new(ReferenceKeyword { component_index: number, shared: shared.clone() }))
            })
            .with_keyword(pattern::OWN_PATTERN_KEYWORD, move |_, pattern, _| {
                let pattern = pattern.as_str().unwrap_or_default().to_owned();
                Ok(Box::new(PatternKeyword { pattern, pattern_cache: Arc::clone(&patterns) }))
            });
        for (keyword, meant) in number::NUMBER_LIMIT_KEYWORDS {
            options = options.with_keyword(keyword, move |_, limit, _| {
                match NumberLimitKeyword::parse(meant, limit.as_str().unwrap_or_default()) {
                    Some(limit) => Ok(Box::new(limit)),
                    None => Err(ValidationError::custom("no number")),
                }
            });
        }
        options.build(schema).ok().map(Arc::new)
    }
}

/// Resolves the references of a schema. Reserves an index in the list of compiled components for each component to
/// which a reference leads.
struct ComponentResolver<'c, 'a> {
    checker: &'c ValueChecker<'a>,
    direction: Direction,
}

impl ReferenceResolver for ComponentResolver<'_, '_> {
    fn resolve_component_index(&mut self, target: &str) -> Option<usize> {
        let mut cache = self.checker.cache.borrow_mut();
        let key = (target.to_owned(), self.direction);
        if let Some(number) = cache.component_indices.get(&key) {
            return Some(*number);
        }
        self.checker.root.pointer(target.strip_prefix('#')?)?;
        let component_index = self.checker.shared.reserve_component_index();
        cache.component_indices.insert(key, component_index);
        cache.uncompiled_components.push_back((target.to_owned(), component_index));
        Some(component_index)
    }

    fn resolve_reference<'n>(&'n self, node: &'n Node) -> Option<&'n Node> {
        node.resolve_reference(self.checker.root)
    }
}

fn contains_true_key(node: &Node, keys: &[&str]) -> bool {
    match &node.value {
        Value::Object(object) => {
            keys.iter().any(|key| node.value_is_true(key))
                || object.iter().any(|e| contains_true_key(&e.node, keys))
        }
        Value::Array(items) => items.iter().any(|item| contains_true_key(item, keys)),
        _ => false,
    }
}

#[cfg(test)]
mod tests;
