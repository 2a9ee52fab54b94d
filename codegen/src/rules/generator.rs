use partner_model::Model;
use partner_spec::{Finding, Findings, Profile, Rule};

/// The rule for faults of the generator, not of the document. Such a fault is reported as a finding, so that no wrong
/// code is generated. No document is known to cause such a fault, so the rule is not in [`RULES`](super::RULES).
pub(crate) static RULE: Rule =
    Rule::error("generator", Profile::Generator, include_str!("generator.md")).blocking();

/// Returns the findings about faults of the generator, for which the document is not to blame.
pub(crate) fn new_findings(model: &Model, faults: Vec<String>) -> Findings {
    let new_finding = |fault| {
        Finding::new(&RULE, &model.location, fault).with_help(
            "this is no fault of the document, and should have been found earlier; please report it",
        )
    };
    faults.into_iter().map(new_finding).collect()
}
