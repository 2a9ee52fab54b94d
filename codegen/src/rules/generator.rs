use partner_model::Model;
use partner_spec::{Finding, Findings, Profile, Rule};

/// The rule that reports faults of the generator, not of the document. The finding prevents the generation of wrong
/// code. No document is known to cause such a fault, so the rule is not in [`RULES`](super::RULES).
pub(crate) static RULE: Rule =
    Rule::error("generator", Profile::Generator, include_str!("generator.md")).blocking();

/// Returns a finding for each fault that the generator detected. Such a fault is a bug of the generator, not a mistake
/// in the document.
pub(crate) fn new_fault_findings(model: &Model, faults: Vec<String>) -> Findings {
    let new_finding = |fault| {
        Finding::new(&RULE, &model.location, fault).with_help(
            "this is no fault of the document, and should have been found earlier; please report it",
        )
    };
    faults.into_iter().map(new_finding).collect()
}
