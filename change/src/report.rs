//! What changed in one API, as a whole.

use partner_spec::Diagnostic;

use crate::change::Change;
use crate::compare::find;
use crate::rule::Effect;
use crate::signatures::{self, Disagreement};
use crate::state::State;
use crate::version::Bump;

/// One state of an API's document.
#[derive(Clone, Debug, Default)]
pub struct Side {
    /// How many operations it has.
    pub operations: usize,
    /// What is wrong with it. The parts that are wrong were left out of the comparison.
    pub findings: Vec<Diagnostic>,
}

/// What changed in one API.
#[derive(Clone, Debug)]
pub struct Report {
    /// The name of the API.
    pub api: String,
    /// The state before.
    pub before: Side,
    /// The state after.
    pub after: Side,
    /// The changes, by docs page; the strongest ones of each page first.
    pub changes: Vec<Change>,
    /// Where the public signatures say something else about Rust callers than the changes; nothing when they were not
    /// compared.
    pub disagreements: Option<Vec<Disagreement>>,
}

impl Report {
    /// Compares two states of an API. `signatures` are the public signatures of both, where both were generated.
    pub fn new(before: &State, after: &State, signatures: Option<(&str, &str)>) -> Report {
        let (changes, pairs) = find(before, after);
        let disagreements =
            signatures.map(|(before, after)| signatures::compare(before, after, &pairs.renamed, &changes));
        let side = |state: &State| Side { operations: state.model.operations.len(), findings: Vec::new() };
        Report {
            api: after.model.module.clone(),
            before: side(before),
            after: side(after),
            changes,
            disagreements,
        }
    }

    /// The strongest effect of all changes.
    pub fn effect(&self) -> Effect {
        let of_changes = self.changes.iter().map(Change::effect).max().unwrap_or_default();
        // What only the signatures show is a break, too.
        let is_broken = |found: &Disagreement| matches!(found, Disagreement::Unexplained { .. });
        match self.disagreements.as_ref().is_some_and(|all| all.iter().any(is_broken)) {
            true => Effect::Breaking,
            false => of_changes,
        }
    }

    /// How far the version number of the client has to move.
    pub fn bump(&self) -> Bump {
        Bump::for_effect(self.effect())
    }

    /// How many changes have an effect.
    pub fn count(&self, effect: Effect) -> usize {
        self.changes.iter().filter(|change| change.effect() == effect).count()
    }

    /// The changes by docs page.
    pub fn pages(&self) -> Vec<(&str, Vec<&Change>)> {
        let mut pages: Vec<(&str, Vec<&Change>)> = Vec::new();
        for change in &self.changes {
            match pages.last_mut() {
                Some((page, changes)) if *page == change.page => changes.push(change),
                _ => pages.push((&change.page, vec![change])),
            }
        }
        pages
    }
}
