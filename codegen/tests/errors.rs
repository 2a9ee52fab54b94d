//! What is reported for each construct that cannot be generated: `errors/<rule>.yaml` is the document, the snapshot
//! beside it the message.

#[cfg(test)]
#[path = "support/fixture.rs"]
mod fixture;
#[cfg(test)]
#[path = "support/rules.rs"]
mod rules;

#[test]
fn what_cannot_be_generated_is_reported_with_its_place() {
    for name in rules::fixtures() {
        let found = match fixture::generate(&format!("errors/{name}.yaml")) {
            Ok(_) => panic!("{name}.yaml was generated, as if nothing were wrong with it"),
            Err(found) => found,
        };
        let rule = found.iter().next().unwrap().rule.id;
        assert!(name.starts_with(rule), "{name}.yaml is about another rule than `{rule}`:\n{found}");
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path("errors");
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!(name.as_str(), found.to_string()));
    }
}

#[test]
fn every_rule_that_blocks_generation_has_a_document() {
    let fixtures = rules::fixtures();
    let all = partner_model::rules::RULES.iter().chain(partner_codegen::rules::RULES);
    let blocking = all.filter(|rule| rule.blocks_generation);
    let missing: Vec<&str> =
        blocking.map(|rule| rule.id).filter(|id| !fixtures.iter().any(|name| name.starts_with(id))).collect();
    assert!(missing.is_empty(), "no tests/errors/<rule>.yaml for: {}", missing.join(", "));
}
