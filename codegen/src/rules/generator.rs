use partner_model::Model;
use partner_spec::{Diagnostic, Diagnostics, Profile, Rule};

/// A fault of the generator itself, which it reports instead of generating something wrong. No document is known to
/// lead to it, so it is not listed with the rules that documents can break.
pub(crate) static RULE: Rule =
    Rule::error("generator", Profile::Generator, include_str!("generator.md")).blocking();

/// What is not as it should be although nothing is wrong with the document.
pub(crate) fn report(model: &Model, faults: Vec<String>) -> Diagnostics {
    let report = |fault| {
        Diagnostic::new(&RULE, &model.location, fault)
            .help("this is no fault of the document, and should have been found earlier; please report it")
    };
    faults.into_iter().map(report).collect()
}
