//! Documents that a person broke: each way to break one is reported with the right rule, file and line, in words
//! that say what to do, and nothing panics.

#[cfg(test)]
mod broken;
#[cfg(test)]
mod cases;
#[cfg(test)]
mod mangle;

use broken::Case;

#[test]
fn faults_of_the_syntax_are_reported_with_their_location() {
    check_all(&cases::of_syntax());
}

#[test]
fn faults_of_references_are_reported_with_their_location() {
    check_all(&cases::of_references());
}

#[test]
fn faults_of_the_shape_are_reported_with_their_location() {
    check_all(&cases::of_shape());
}

#[test]
fn constructs_that_cannot_be_generated_are_reported_with_their_location() {
    check_all(&cases::of_meaning());
}

#[cfg(test)]
fn check_all(cases: &[Case]) {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let mut complaints = String::new();
    for case in cases {
        let folder = broken::copy();
        case.apply(folder.path());
        let found = match broken::check(folder.path()) {
            Ok(()) => panic!("{}: nothing was found", case.name),
            Err(found) => found,
        };
        settings.bind(|| insta::assert_snapshot!(case.name, broken::readable(&found)));
        complaints.extend(case.complaint(&found, folder.path()));
    }
    assert!(complaints.is_empty(), "{complaints}");
}

#[test]
fn every_rule_of_the_reader_has_a_case() {
    let all: Vec<Case> =
        [cases::of_syntax(), cases::of_references(), cases::of_shape()].into_iter().flatten().collect();
    let has_case = |id: &str| all.iter().any(|case| case.rule == id);
    let errors = partner_spec::rules::RULES.iter().filter(|rule| rule.blocks_generation).map(|rule| rule.id);
    let missing: Vec<&str> = errors.filter(|id| !has_case(id)).collect();
    assert!(missing.is_empty(), "no case for: {}", missing.join(", "));
}

#[test]
fn a_truncated_file_never_panics() {
    mangle::each_file(mangle::cut_off);
}

#[test]
fn a_line_with_another_indentation_never_panics() {
    mangle::each_file(mangle::reindented);
}
