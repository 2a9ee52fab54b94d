//! What a caller gets of a response that is wrapped as `x-envelope` says.

#[cfg(test)]
#[path = "support/fixture.rs"]
mod fixture;

#[cfg(test)]
fn source(path: &str) -> String {
    let generated = fixture::generate(path).unwrap_or_else(|found| panic!("{found}"));
    let sources: Vec<&str> = generated.files.iter().map(|file| file.source.as_str()).collect();
    sources.concat().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The part of a text from one of its words on.
#[cfg(test)]
fn from<'a>(text: &'a str, word: &str) -> &'a str {
    text.find(word).map(|at| &text[at..]).unwrap_or_else(|| panic!("{word} is not in {text}"))
}

#[test]
fn an_operation_without_data_gives_nothing() {
    let source = source("../../model/tests/documents/envelope.yaml");
    let operation = from(&source, "impl partner_runtime::Operation for DeletePetOperation {");
    assert!(from(operation, "type Response").starts_with("type Response = ();"), "{operation:.200}");
    let entry = from(&source, "pub static DELETE_PET: OperationEntry");
    assert!(from(entry, "response_is_enveloped").starts_with(
        "response_is_enveloped(true) .requires_success_flag(true) .response_may_be_empty(false)"
    ));
    assert!(from(entry, "response_kind").starts_with("response_kind(ResponseKind::Empty)"));
}

#[test]
fn only_an_object_that_requires_nothing_may_be_missing() {
    let source = source("../../model/tests/documents/envelope.yaml");
    let may_be_empty = |operation: &str| {
        let entry = from(&source, &format!("pub static {operation}: OperationEntry"));
        from(entry, "response_may_be_empty(").starts_with("response_may_be_empty(true)")
    };
    let found = ["GET_PET", "REPLACE_PET", "LIST_PETS", "NAME_PET", "TAG_PET"].map(may_be_empty);
    // `data` is required, nothing is required, a list, a required name, a map.
    assert_eq!(found, [false, true, false, false, false]);
}
