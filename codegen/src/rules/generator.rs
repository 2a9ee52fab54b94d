use partner_spec::{Diagnostic, Location, Profile, Rule};

/// A fault of the generator itself, which it reports instead of generating something wrong. No document is known to
/// lead to it, so it is not listed with the rules that documents can break.
pub(crate) static RULE: Rule =
    Rule::error("generator", Profile::Generator, include_str!("generator.md")).blocking();

/// Why nothing could be generated from a document in which nothing was found.
pub(crate) fn refused(location: &Location, what: &str) -> Diagnostic {
    Diagnostic::new(&RULE, location, format!("the generator refused the document: {what}"))
        .help("this should have been found earlier, with a better place; please report it")
}

/// What does not hold of the result as a whole.
pub(crate) fn broken(location: &Location, message: String) -> Diagnostic {
    Diagnostic::new(&RULE, location, message)
        .help("what the generator stands on no longer is what it was; this is no fault of the document")
}
