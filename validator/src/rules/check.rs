//! The type [`Check`], which connects a rule with the function that implements it.

use partner_spec::{Findings, ObjectKind, Rule};

use super::RuleFindings;
use crate::model::{Model, Place};

/// A rule, and the function that finds violations of the rule.
#[derive(Debug)]
pub struct Check {
    /// The rule.
    pub rule: &'static Rule,
    function: CheckFunction,
}

/// The function that finds violations of a rule.
#[derive(Debug)]
enum CheckFunction {
    /// A function that runs once for the document.
    OncePerDocument(fn(&Model<'_>, &mut RuleFindings)),
    /// A function that runs once for every object of the given kind, but not for references to such objects.
    OncePerObject(ObjectKind, fn(&Model<'_>, &Place<'_>, &mut RuleFindings)),
}

impl Check {
    /// Creates a check that runs once for the document.
    pub(super) const fn for_document(
        rule: &'static Rule,
        function: fn(&Model<'_>, &mut RuleFindings),
    ) -> Check {
        Check { rule, function: CheckFunction::OncePerDocument(function) }
    }

    /// Creates a check that runs once for every object of a kind, but not for references to such objects.
    pub(super) const fn for_each_object(
        rule: &'static Rule,
        kind: ObjectKind,
        function: fn(&Model<'_>, &Place<'_>, &mut RuleFindings),
    ) -> Check {
        Check { rule, function: CheckFunction::OncePerObject(kind, function) }
    }

    /// Runs the check on a document.
    pub(super) fn run(&self, model: &Model<'_>) -> Findings {
        let mut found = RuleFindings::new(self.rule);
        match self.function {
            CheckFunction::OncePerDocument(function) => function(model, &mut found),
            CheckFunction::OncePerObject(kind, function) => {
                model.object_places_of_kind(kind).for_each(|place| function(model, place, &mut found))
            }
        }
        found.into_findings()
    }
}
