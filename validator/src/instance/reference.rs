//! Checks values against schemas with references. Each component is compiled only once.
//!
//! The JSON Schema library would compile the target of a reference into every schema that refers to it. Our own keyword
//! `x-reference` refers to the compiled component instead. While a value is checked, the results are cached. So each
//! part of the value is checked against a component only once, and circular references come to an end.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use jsonschema::{Keyword, ValidationError, Validator};
use partner_spec::Node;

use super::tree::{self, NodeJsonAdapter};

/// Our own schema keyword, which replaces `$ref` before a schema is compiled. Its value is the index of the referenced
/// component in the list of compiled components.
pub(super) const REFERENCE_KEYWORD: &str = "x-reference";

/// The maximum depth of nested references that the check of one value follows. The limit protects the stack.
const MAX_REFERENCE_DEPTH: usize = 200;

/// The maximum number of results that are cached during one check of a value. A result says whether a part of the value
/// matches a component. The limit is needed because each result takes memory.
const MAX_CACHED_RESULTS_PER_CHECK: usize = 250_000;

/// The key of a cached result: the index of a component, and the memory address of the value that is checked against
/// the component.
type CachedResultKey = (usize, usize);

/// The components of a document to which checked schemas refer, each compiled into a validator of values; `None` stands
/// for a component that is not compiled yet, or that cannot be compiled. Also contains a cache with results of the
/// check that is running.
#[derive(Default)]
pub(super) struct CompiledComponents {
    components: Mutex<Vec<Option<Arc<Validator<NodeJsonAdapter>>>>>,
    run: Mutex<Run>,
}

#[derive(Default)]
struct Run {
    known: HashMap<CachedResultKey, bool>,
    open: HashSet<CachedResultKey>,
    steps: usize,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl CompiledComponents {
    /// Reserves an index for a component that is compiled later, and returns this index.
    pub(super) fn reserve_component_index(&self) -> usize {
        let mut components = lock(&self.components);
        components.push(None);
        components.len() - 1
    }

    pub(super) fn set(&self, component_index: usize, validator: Arc<Validator<NodeJsonAdapter>>) {
        if let Some(slot) = lock(&self.components).get_mut(component_index) {
            *slot = Some(validator);
        }
    }

    pub(super) fn get(&self, component_index: usize) -> Option<Arc<Validator<NodeJsonAdapter>>> {
        lock(&self.components).get(component_index).cloned().flatten()
    }

    /// Clears the cached results. This is needed before the next value is checked: the keys contain memory addresses,
    /// and the next value may have the same addresses.
    pub(super) fn clear_cached_results(&self) {
        *lock(&self.run) = Run::default();
    }

    fn matches_component(&self, component_index: usize, value: &Node) -> bool {
        let key = (component_index, std::ptr::from_ref(value).addr());
        let Some(validator) = self.get(component_index) else { return true };
        {
            let mut run = lock(&self.run);
            if let Some(known) = run.known.get(&key) {
                return *known;
            }
            run.steps += 1;
            if run.open.len() >= MAX_REFERENCE_DEPTH || run.steps > MAX_CACHED_RESULTS_PER_CHECK {
                tree::mark_check_incomplete();
                return true;
            }
            if !run.open.insert(key) {
                return true;
            }
        }
        let fits = validator.is_valid(value);
        let mut run = lock(&self.run);
        run.open.remove(&key);
        run.known.insert(key, fits);
        fits
    }
}

/// The implementation of the keyword [`REFERENCE_KEYWORD`].
pub(super) struct ReferenceKeyword {
    pub(super) component_index: usize,
    pub(super) shared: Weak<CompiledComponents>,
}

impl<'i> Keyword<'i, NodeJsonAdapter> for ReferenceKeyword {
    fn validate(&self, value: &'i Node) -> Result<(), ValidationError<'i>> {
        match self.is_valid(value) {
            true => Ok(()),
            // The message of this error is the index of the component to which the reference leads. The code that
            // explains the mismatch needs the index, because it continues in that component.
            false => Err(ValidationError::custom(self.component_index.to_string())),
        }
    }

    fn is_valid(&self, value: &'i Node) -> bool {
        self.shared.upgrade().is_none_or(|shared| shared.matches_component(self.component_index, value))
    }
}
