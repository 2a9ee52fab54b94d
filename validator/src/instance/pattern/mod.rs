//! Matches texts against patterns. The time for a match is limited, because documents may contain malicious patterns.
//!
//! A pattern is compiled to an automaton (the crate `regex`), which reads the text once. A pattern with look-arounds or
//! back references needs a backtracking engine (the crate `fancy_regex`) instead. Such an engine may take exponential
//! time, so it stops after a certain number of steps.

mod foreign_constructs;
mod translate;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use jsonschema::{Keyword, ValidationError};
use partner_spec::Node;

use super::tree::{self, NodeJsonAdapter};
use translate::{TranslatedPattern, translate_pattern};

pub(crate) use foreign_constructs::find_foreign_construct_name;

/// A schema keyword of our own, which replaces the keyword `pattern` in converted schemas. Strings are matched against
/// its value by the regular expression engines of this module.
pub(super) const OWN_PATTERN_KEYWORD: &str = "x-pattern";

/// The maximum length of a pattern, in bytes. Longer patterns are not compiled, and no text is checked against them.
const MAX_PATTERN_BYTES: usize = 50_000;

/// The maximum number of states of one automaton. Larger automatons are not compiled. A state takes about a hundred
/// bytes.
const MAX_AUTOMATON_STATES: usize = 50_000;

/// The maximum total number of states of the automatons in the cache.
const MAX_CACHED_AUTOMATON_STATES: usize = 60_000;

/// The memory that a compiled pattern takes in addition to the states of its automaton. The unit is the memory of one
/// state.
const PATTERN_OVERHEAD_IN_STATES: usize = 300;

/// The cost of compiling one state of an automaton, counted in steps of the budget that all checks of values share.
const STEP_COST_PER_COMPILED_STATE: usize = 10;

/// The maximum number of steps of the backtracking engine in its first attempt to match a text. Nearly all patterns
/// need fewer steps.
const FIRST_ATTEMPT_STEP_LIMIT: usize = 1_000;

/// The maximum number of steps of the backtracking engine in its second attempt to match a text. There is a second
/// attempt if the first one needs more than [`FIRST_ATTEMPT_STEP_LIMIT`] steps.
const SECOND_ATTEMPT_STEP_LIMIT: usize = 100_000;

/// The cost of one step of the backtracking engine, counted in steps of the budget that all checks of values share.
const STEP_COST_PER_BACKTRACKING_STEP: usize = 5;

/// A cache of compiled patterns.
#[derive(Default)]
pub(super) struct PatternCache {
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    engines: HashMap<String, Option<Arc<Engine>>>,
    estimated_state_count: usize,
}

struct Engine {
    matcher: Matcher,
    estimated_state_count: usize,
    length_limits: Option<(usize, Option<usize>)>,
}

enum Matcher {
    Linear(regex::Regex),
    /// A pattern for the backtracking engine, compiled twice: with [`FIRST_ATTEMPT_STEP_LIMIT`] and with
    /// [`SECOND_ATTEMPT_STEP_LIMIT`].
    Backtracking([fancy_regex::Regex; 2]),
    /// A pattern that is too long or too deeply nested, or whose automaton would be too large. No text is checked
    /// against it.
    TooComplex,
}

impl PatternCache {
    /// Whether a text matches a pattern. If the pattern cannot be compiled, every text matches, because other rules
    /// report such patterns. A check that takes too long counts as a match, but is recorded as incomplete.
    fn matches_pattern(&self, pattern: &str, text: &str) -> bool {
        let Some(engine) = self.engine(pattern) else { return true };
        if let Some((least, most)) = engine.length_limits {
            let length = text.chars().count();
            if length < least || most.is_some_and(|most| length > most) {
                return false;
            }
        }
        match &engine.matcher {
            Matcher::Linear(regex) => {
                tree::spend_steps(1 + text.len() * engine.estimated_state_count.min(1_000) / 50);
                regex.is_match(text)
            }
            Matcher::Backtracking(regexes) => matches_by_backtracking(regexes, text),
            Matcher::TooComplex => {
                tree::mark_check_incomplete();
                true
            }
        }
    }

    fn engine(&self, pattern: &str) -> Option<Arc<Engine>> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = kept.engines.get(pattern) {
            return known.clone();
        }
        let engine = compile(pattern).map(Arc::new);
        let estimated_state_count =
            PATTERN_OVERHEAD_IN_STATES + engine.as_ref().map_or(0, |engine| engine.estimated_state_count);
        tree::spend_steps(pattern.len() + estimated_state_count * STEP_COST_PER_COMPILED_STATE);
        kept.estimated_state_count += estimated_state_count;
        if kept.estimated_state_count > MAX_CACHED_AUTOMATON_STATES {
            kept.engines.clear();
            kept.estimated_state_count = estimated_state_count;
        }
        kept.engines.insert(pattern.to_owned(), engine.clone());
        engine
    }
}

fn compile(pattern: &str) -> Option<Engine> {
    if pattern.len() > MAX_PATTERN_BYTES
        || translate::measure_group_nesting_depth(pattern) > translate::MAX_GROUP_NESTING_DEPTH
    {
        return Some(Engine { matcher: Matcher::TooComplex, estimated_state_count: 1, length_limits: None });
    }
    // ECMA 262 has one grammar for patterns with the flag `u`, and an older one for patterns without the flag. Like the
    // rule `pattern-invalid`, this function tries the grammar with the flag first.
    let is_in_unicode_mode = match regress::Regex::with_flags(pattern, "u") {
        Ok(_) => true,
        // The pattern contains a construct that only exists in the regular expressions of other languages, like Perl.
        // The rule `pattern-invalid` reports it. No value is checked against the pattern, because its meaning is
        // unclear.
        Err(_) if find_foreign_construct_name(pattern).is_some() => return None,
        Err(_) => regress::Regex::new(pattern).map(|_| false).ok()?,
    };
    let TranslatedPattern { text, needs_backtracking, estimated_state_count: state_count, length_limits } =
        translate_pattern(pattern, is_in_unicode_mode)?;
    if state_count > MAX_AUTOMATON_STATES {
        return Some(Engine { matcher: Matcher::TooComplex, estimated_state_count: 1, length_limits: None });
    }
    let matcher = match needs_backtracking {
        false => Matcher::Linear(regex::RegexBuilder::new(&text).size_limit(1 << 25).build().ok()?),
        true => {
            let limited = |limit: usize| {
                let mut builder = fancy_regex::RegexBuilder::new(&text);
                builder.backtrack_limit(limit).delegate_size_limit(1 << 22).build().ok()
            };
            Matcher::Backtracking([limited(FIRST_ATTEMPT_STEP_LIMIT)?, limited(SECOND_ATTEMPT_STEP_LIMIT)?])
        }
    };
    Some(Engine { matcher, estimated_state_count: state_count, length_limits })
}

/// Whether the backtracking regex engine finds a match. The first attempt has a low limit on the engine's steps. If it
/// exceeds the limit, a second attempt with a higher limit follows, unless the current check of a value has too few
/// steps left.
fn matches_by_backtracking([few, many]: &[fancy_regex::Regex; 2], text: &str) -> bool {
    // A single step of the regex engine may read the whole text, so the cost of a step grows with the length of the
    // text.
    let step_cost = 1 + text.len() / 64;
    tree::spend_steps(step_cost * 50);
    if let Ok(matches) = few.is_match(text) {
        return matches;
    }
    tree::spend_steps(step_cost * FIRST_ATTEMPT_STEP_LIMIT * STEP_COST_PER_BACKTRACKING_STEP);
    let most = step_cost * SECOND_ATTEMPT_STEP_LIMIT * STEP_COST_PER_BACKTRACKING_STEP;
    let outcome = if most < tree::remaining_step_count() { many.is_match(text).ok() } else { None };
    tree::spend_steps(most.min(tree::remaining_step_count() / 2));
    outcome.unwrap_or_else(|| {
        tree::mark_check_incomplete();
        true
    })
}

/// The implementation of our own schema keyword [`OWN_PATTERN_KEYWORD`], which checks whether a string matches a
/// regular expression.
pub(super) struct PatternKeyword {
    pub(super) pattern: String,
    /// The cache of compiled patterns, which all schemas of a document share.
    pub(super) pattern_cache: Arc<PatternCache>,
}

impl<'i> Keyword<'i, NodeJsonAdapter> for PatternKeyword {
    fn validate(&self, value: &'i Node) -> Result<(), ValidationError<'i>> {
        match self.is_valid(value) {
            true => Ok(()),
            false => Err(ValidationError::custom(self.pattern.clone())),
        }
    }

    fn is_valid(&self, value: &'i Node) -> bool {
        value.as_str().is_none_or(|text| self.pattern_cache.matches_pattern(&self.pattern, text))
    }
}

#[cfg(test)]
mod tests;
