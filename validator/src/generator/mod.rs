//! Running the generator without keeping what it generates: each construct that cannot be generated is a finding.
//!
//! The generator stops at its first stage with findings, because the later ones would stumble over the same places.
//! Here, what was refused is taken out of the document together with all that uses it, and the rest is tried again.

mod places;
mod prune;

use std::borrow::Cow;
use std::collections::HashSet;

use partner_spec::{Diagnostic, Diagnostics, Document, Location, Rule, Severity};

use crate::rules;
use places::Places;

/// The generator has about twenty stages; hardly a document fails in more than a few of them.
const MAX_ROUNDS: usize = 8;

/// The generator's finding about its own result.
const AS_A_WHOLE: &str = "generator";

/// What the generator refuses. Operations and schemas with `broken` places are not given to it.
pub(crate) fn dry_run(document: &Document, module: &str, broken: &Diagnostics) -> Diagnostics {
    let mut rest = Cow::Borrowed(document);
    if !broken.is_empty() {
        prune::prune(&mut rest.to_mut().root, &Places::of(broken));
    }
    let mut all = Diagnostics::new();
    for _ in 0..MAX_ROUNDS {
        let Err(found) = partner_codegen::check(&rest, module) else { break };
        // What is too large without a part of it is mostly too large without the next one, too.
        let is_too_large = found.iter().any(|d| d.rule.id == "expansion-limit");
        let pruned = !is_too_large && prune::prune(&mut rest.to_mut().root, &Places::of(&found));
        all.extend(found);
        if !pruned {
            break;
        }
    }
    all
}

/// What the generator refuses beyond what is known to be wrong: not what stands in a line that a rule has found wrong,
/// and a part that several operations share only once. What rules look for themselves, and that the result is odd as
/// a whole, is news only when nothing else is wrong.
pub(crate) fn without_echoes(refused: Diagnostics, known: &Diagnostics) -> Diagnostics {
    let line = |location: &Location| (location.name().to_owned(), location.start.line);
    let errors = || known.iter().filter(|d| d.severity == Severity::Error);
    let lines: HashSet<_> = errors().map(|d| line(&d.location)).collect();
    let own = |rule: &Rule| rules::is_checked_here(rule);
    let is_whole = |d: &Diagnostic| d.rule.id == AS_A_WHOLE;
    let only_whole = lines.is_empty() && refused.iter().all(is_whole);
    let mut seen = HashSet::new();
    let new = |d: &Diagnostic| {
        !lines.contains(&line(&d.location))
            && (lines.is_empty() || !own(d.rule))
            && (only_whole || !is_whole(d))
            && seen.insert((d.rule, line(&d.location), d.location.start.column))
    };
    refused.sorted().into_iter().filter(new).collect()
}
