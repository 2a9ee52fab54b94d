//! The result of comparing two states of one API.

use partner_spec::Finding;

use crate::change::Change;
use crate::compare::{TypeNamesInMessages, find_changes_and_type_pairs};
use crate::rule::Effect;
use crate::signatures::{self, SignatureDisagreement};
use crate::state::DocumentState;
use crate::version::VersionBump;

/// A summary of the old or the new state of a document: the number of operations, and the errors in the document.
#[derive(Clone, Debug, Default)]
pub struct DocumentStateSummary {
    /// The number of operations in this state of the document.
    pub operation_count: usize,
    /// The findings about errors in this state of the document. The parts with errors were left out of the comparison.
    pub document_findings: Vec<Finding>,
}

/// All changes between two states of one API.
#[derive(Clone, Debug)]
pub struct ChangeReport {
    /// The name of the API.
    pub api_name: String,
    /// The summary of the old state of the document.
    pub old_state_summary: DocumentStateSummary,
    /// The summary of the new state of the document.
    pub new_state_summary: DocumentStateSummary,
    /// The changes, grouped by docs page. Within each page, the changes with the strongest effects on callers come
    /// first.
    pub changes: Vec<Change>,
    /// The cases in which the changes of the document and the public signatures of the clients disagree about whether a
    /// change breaks Rust callers. `None` if the signatures were not compared.
    pub disagreements: Option<Vec<SignatureDisagreement>>,
}

impl ChangeReport {
    /// Compares two states of an API. `signatures` are the public signatures of the old and the new client; `None` if
    /// one of the clients could not be generated, so that no signatures are compared.
    pub fn compare_states_and_signatures(
        before: &DocumentState,
        after: &DocumentState,
        signatures: Option<(&str, &str)>,
    ) -> ChangeReport {
        let (changes, pairs) = find_changes_and_type_pairs(before, after, TypeNamesInMessages::New);
        let disagreements = signatures.map(|(before, after)| {
            signatures::find_signature_disagreements(
                before,
                after,
                &pairs.new_type_names_by_old_name,
                &changes,
            )
        });
        let side = |state: &DocumentState| DocumentStateSummary {
            operation_count: state.model.operations.len(),
            document_findings: Vec::new(),
        };
        ChangeReport {
            api_name: after.model.module_name.clone(),
            old_state_summary: side(before),
            new_state_summary: side(after),
            changes,
            disagreements,
        }
    }

    /// The strongest effect that one of the changes has on the programs that use the API.
    pub fn strongest_effect(&self) -> Effect {
        let of_changes = self.changes.iter().map(Change::strongest_effect).max().unwrap_or_default();
        // If the public signatures show a break that the comparison of the documents missed, the strongest effect is
        // `Breaking`, whatever effects the changes have.
        let is_missed_break =
            |found: &SignatureDisagreement| matches!(found, SignatureDisagreement::UnexplainedBreak { .. });
        match self.disagreements.as_ref().is_some_and(|all| all.iter().any(is_missed_break)) {
            true => Effect::Breaking,
            false => of_changes,
        }
    }

    /// Returns the part of the client's version number that has to be increased.
    pub fn required_version_bump(&self) -> VersionBump {
        VersionBump::for_strongest_effect(self.strongest_effect())
    }

    /// Returns the number of changes whose strongest effect is `effect`.
    pub fn count_changes_with_strongest_effect(&self, effect: Effect) -> usize {
        self.changes.iter().filter(|change| change.strongest_effect() == effect).count()
    }

    /// Groups the changes by docs page.
    pub fn group_changes_by_docs_page(&self) -> Vec<(&str, Vec<&Change>)> {
        let mut pages: Vec<(&str, Vec<&Change>)> = Vec::new();
        for change in &self.changes {
            match pages.last_mut() {
                Some((page, changes)) if *page == change.page_title => changes.push(change),
                _ => pages.push((&change.page_title, vec![change])),
            }
        }
        pages
    }
}
