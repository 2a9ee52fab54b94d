//! References between schemas: each component is compiled once, and checked when a value gets there.
//!
//! The library would compile what a reference leads to into every schema that has the reference. Instead, a keyword
//! of ours asks the one compiled schema. It remembers what it was told about a value, so that schemas which ask for
//! the same in many ways take no longer than one that asks once, and circles come to an end.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use jsonschema::{Keyword, ValidationError, Validator};
use partner_spec::Node;

use super::tree::{self, Tree};

/// The keyword that stands for a `$ref`; its value is the number of the compiled schema.
pub(super) const REFERENCE: &str = "x-reference";

/// How far schemas may lead into one another for one value, so that the stack suffices.
const MAX_DEPTH: usize = 200;

/// How many questions one value may raise: what is known of each takes memory.
const MAX_STEPS: usize = 250_000;

/// A question: whether the value with that address fits the schema with that number.
type Question = (usize, usize);

/// The compiled components, and what is known about the value that is being checked.
#[derive(Default)]
pub(super) struct Shared {
    components: Mutex<Vec<Option<Arc<Validator<Tree>>>>>,
    run: Mutex<Run>,
}

#[derive(Default)]
struct Run {
    known: HashMap<Question, bool>,
    open: HashSet<Question>,
    steps: usize,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Shared {
    /// A number for a component that is going to be compiled.
    pub(super) fn reserve(&self) -> usize {
        let mut components = lock(&self.components);
        components.push(None);
        components.len() - 1
    }

    pub(super) fn set(&self, number: usize, validator: Arc<Validator<Tree>>) {
        if let Some(slot) = lock(&self.components).get_mut(number) {
            *slot = Some(validator);
        }
    }

    pub(super) fn get(&self, number: usize) -> Option<Arc<Validator<Tree>>> {
        lock(&self.components).get(number).cloned().flatten()
    }

    /// Forgets what is known about values: the next one may have the address of the last one.
    pub(super) fn start(&self) {
        *lock(&self.run) = Run::default();
    }

    fn ask(&self, number: usize, value: &Node) -> bool {
        let question = (number, std::ptr::from_ref(value).addr());
        let Some(validator) = self.get(number) else { return true };
        {
            let mut run = lock(&self.run);
            if let Some(known) = run.known.get(&question) {
                return *known;
            }
            run.steps += 1;
            if run.open.len() >= MAX_DEPTH || run.steps > MAX_STEPS {
                tree::cut();
                return true;
            }
            if !run.open.insert(question) {
                return true;
            }
        }
        let fits = validator.is_valid(value);
        let mut run = lock(&self.run);
        run.open.remove(&question);
        run.known.insert(question, fits);
        fits
    }
}

/// The keyword.
pub(super) struct Reference {
    pub(super) number: usize,
    pub(super) shared: Weak<Shared>,
}

impl<'i> Keyword<'i, Tree> for Reference {
    fn validate(&self, value: &'i Node) -> Result<(), ValidationError<'i>> {
        match self.is_valid(value) {
            true => Ok(()),
            // What is wrong is looked up by the number.
            false => Err(ValidationError::custom(self.number.to_string())),
        }
    }

    fn is_valid(&self, value: &'i Node) -> bool {
        self.shared.upgrade().is_none_or(|shared| shared.ask(self.number, value))
    }
}
