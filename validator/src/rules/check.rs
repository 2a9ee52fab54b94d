//! The type [`Check`], which connects a rule with the function that implements it.

use partner_spec::{Diagnostics, ObjectKind, Rule};

use super::Findings;
use crate::model::{Model, Place};

/// A rule, and the function that finds violations of the rule.
#[derive(Debug)]
pub struct Check {
    /// The rule.
    pub rule: &'static Rule,
    look: CheckFunction,
}

#[derive(Debug)]
/// The function that finds violations of a rule.
enum CheckFunction {
    /// A function that runs once for the document.
    OncePerDocument(fn(&Model<'_>, &mut Findings)),
    /// A function that runs once for every object of the kind, but not for references to such objects.
    OncePerObject(ObjectKind, fn(&Model<'_>, &Place<'_>, &mut Findings)),
}

impl Check {
    /// Creates a check that runs once for the document.
    pub(super) const fn for_document(rule: &'static Rule, look: fn(&Model<'_>, &mut Findings)) -> Check {
        Check { rule, look: CheckFunction::OncePerDocument(look) }
    }

    /// Creates a check that runs once for every object of a kind.
    pub(super) const fn for_each_object(
        rule: &'static Rule,
        kind: ObjectKind,
        look: fn(&Model<'_>, &Place<'_>, &mut Findings),
    ) -> Check {
        Check { rule, look: CheckFunction::OncePerObject(kind, look) }
    }

    /// Runs the check on a document.
    pub(super) fn run(&self, model: &Model<'_>) -> Diagnostics {
        let mut found = Findings::new(self.rule);
        match self.look {
            CheckFunction::OncePerDocument(look) => look(model, &mut found),
            CheckFunction::OncePerObject(kind, look) => {
                model.objects(kind).for_each(|place| look(model, place, &mut found))
            }
        }
        found.into_diagnostics()
    }
}
