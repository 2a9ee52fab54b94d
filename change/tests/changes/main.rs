//! Every kind of change, there and back, with what it means as a person reasoned it out.

#[cfg(test)]
mod callers;
#[cfg(test)]
mod support;

#[cfg(test)]
use std::collections::BTreeSet;

#[cfg(test)]
use partner_change::{Change, ChangeReport, compare_states, rules};

/// A rule, and the effects on requests, responses and Rust callers.
#[cfg(test)]
fn found(changes: &[Change]) -> Vec<String> {
    let line = |change: &Change| {
        format!(
            "{} {} {} {}",
            change.rule.id, change.request_effect, change.response_effect, change.rust_effect
        )
    };
    let mut lines: Vec<String> = changes.iter().map(line).collect();
    lines.sort();
    lines
}

#[test]
fn each_change_means_what_a_person_wrote_down() {
    let base = support::state("base", support::BASE);
    let mut failed = Vec::new();
    for fixture in support::fixtures() {
        let changed = support::state(&fixture.name, &fixture.document);
        for (way, expected, changes) in [
            ("there", &fixture.there, compare_states(&base, &changed)),
            ("back", &fixture.back, compare_states(&changed, &base)),
        ] {
            // A note for the compiler is none about what is found.
            let expected: Vec<&str> = expected.iter().map(|line| line.trim_end_matches(" silent")).collect();
            if found(&changes) != expected {
                let (found, texts) = (found(&changes), changes.iter().map(|c| c.message.clone()));
                failed.push(format!(
                    "{} ({way})\n  expected {expected:#?}\n  found {found:#?}\n  {:#?}",
                    fixture.name,
                    texts.collect::<Vec<_>>()
                ));
            }
        }
    }
    assert!(failed.is_empty(), "{} failed\n{}", failed.len(), failed.join("\n"));
}

#[test]
fn a_change_of_one_enum_value_has_the_location_of_the_value() {
    let base = support::state("base", support::BASE);
    // Several enums can have the value, so only the lines that the other document lacks are looked at.
    let position = |document: &str, other: &str, value: &str| {
        let is_changed = |line: &str| !other.lines().any(|known| known == line);
        let is_enum = |line: &str| line.contains("enum: [") && line.contains(value) && is_changed(line);
        let line = document.lines().position(is_enum).unwrap();
        let column = document.lines().nth(line).unwrap().find(value).unwrap();
        format!("{}:{}", line + 1, column + 1)
    };
    for (name, old, new) in [
        ("A value is added to an open enum of responses and parameters, or removed.", None, Some("lost")),
        ("A value is added to a closed enum, or removed.", None, Some("urgent")),
        ("A value is written differently.", Some("cancelled"), Some("canceled")),
        ("A variable of servers can have another value, or no longer has it.", None, Some("br")),
    ] {
        let fixture = support::fixtures().into_iter().find(|fixture| fixture.name == name).unwrap();
        let changed = support::state(name, &fixture.document);
        let old = old.map(|value| position(support::BASE, &fixture.document, value));
        let new = new.map(|value| position(&fixture.document, support::BASE, value));
        for (changes, before, after) in
            [(compare_states(&base, &changed), &old, &new), (compare_states(&changed, &base), &new, &old)]
        {
            let is_about_value = |change: &&Change| change.rule.id.contains("-value-");
            let change = changes.iter().find(is_about_value).unwrap();
            let shown = |location: &Option<partner_spec::Location>| {
                location.as_ref().map(|found| format!("{}:{}", found.start.line, found.start.column))
            };
            assert_eq!(
                (shown(&change.old_location), shown(&change.new_location)),
                (before.clone(), after.clone()),
                "{name}"
            );
        }
    }
}

#[test]
fn there_is_a_change_for_each_rule() {
    let fixtures = support::fixtures();
    let lines = fixtures.iter().flat_map(|fixture| fixture.there.iter().chain(&fixture.back));
    let shown: BTreeSet<&str> = lines.map(|line| line.split(' ').next().unwrap()).collect();
    let missing: Vec<&str> =
        rules::all_rules().map(|rule| rule.id).filter(|id| !shown.contains(id)).collect();
    assert!(missing.is_empty(), "{missing:?}");
    assert!(2 * fixtures.len() > 160, "{}", fixtures.len());
}

#[test]
fn the_public_signatures_confirm_each_change() {
    let (base, signatures) = (support::state("base", support::BASE), support::signatures(support::BASE));
    let mut failed = Vec::new();
    for fixture in support::fixtures() {
        let (changed, theirs) =
            (support::state(&fixture.name, &fixture.document), support::signatures(&fixture.document));
        for (way, report) in [
            (
                "there",
                ChangeReport::compare_states_and_signatures(&base, &changed, Some((&signatures, &theirs))),
            ),
            (
                "back",
                ChangeReport::compare_states_and_signatures(&changed, &base, Some((&theirs, &signatures))),
            ),
        ] {
            let disagreements = report.disagreements.unwrap();
            if !disagreements.is_empty() {
                failed.push(format!("{} ({way}): {disagreements:#?}", fixture.name));
            }
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

#[test]
fn nothing_is_found_between_a_document_and_itself() {
    let base = support::state("base", support::BASE);
    assert!(compare_states(&base, &base).is_empty());
}

#[test]
fn neither_files_nor_references_nor_formats_count() {
    for api in partner_spec::Api::ALL {
        let files = partner_spec::read_document(&api.root_file_path(), partner_spec::base_folder());
        let json = files.document.as_ref().unwrap().to_json();
        let [many, one] = [files, support::reading(&json)]
            .map(|reading| partner_change::DocumentState::from_read_result(&reading, api.name()).unwrap().0);
        for changes in [compare_states(&many, &one), compare_states(&one, &many)] {
            assert!(changes.is_empty(), "{}: {:?}", api.name(), found(&changes));
        }
    }
}

#[test]
fn the_order_of_alternatives_and_of_required_keys_does_not_count() {
    let document = |keys: &str, alternatives: &str| {
        let schema = format!("{{oneOf: [{alternatives}]}}");
        let body = format!("content: {{application/json: {{schema: {schema}}}}}");
        let text = format!(
            "openapi: 3.0.3\ninfo: {{title: A, version: '1'}}\npaths:\n  /a:\n    post:\n      operationId: send\n      requestBody: {{{body}}}\n      responses: {{'204': {{description: d}}, '400': {{description: d, {body}}}}}\n"
        );
        let text = text.replace("KEYS", keys);
        partner_change::DocumentState::from_read_result(&support::reading(&text), "shop").unwrap().0
    };
    let first = |title: &str| {
        format!(
            "{{title: {title}, type: object, required: [KEYS], properties: {{a: {{type: string}}, b: {{type: string}}}}}}"
        )
    };
    let second = |title: &str| {
        format!("{{title: {title}, type: object, required: [c], properties: {{c: {{type: string}}}}}}")
    };
    let before = document("a, b", &format!("{}, {}", first("Long"), second("Short")));
    let after = document("b, a", &format!("{}, {}", second("Other"), first("Another")));
    let changes = compare_states(&before, &after);
    let on_the_wire = changes.iter().filter(|change| {
        change.request_effect.max(change.response_effect) > partner_change::Effect::Unaffected
    });
    assert_eq!(found(&on_the_wire.cloned().collect::<Vec<_>>()), [""; 0]);
}

#[test]
fn operations_without_an_id_are_compared() {
    let [before, after] = ["string", "boolean"].map(|ty| {
        let parameter = format!("{{name: id, in: path, required: true, schema: {{type: {ty}}}}}");
        let get = format!("{{parameters: [{parameter}], responses: {{'204': {{description: Fine.}}}}}}");
        let text = format!(
            "openapi: 3.0.3\ninfo: {{title: A, version: '1'}}\npaths:\n  /a/{{id}}:\n    get: {get}\n"
        );
        partner_change::DocumentState::from_read_result(&support::reading(&text), "shop").unwrap().0
    });
    assert_eq!(found(&compare_states(&before, &after)), ["type-changed breaking none breaking"]);
}

#[test]
fn identifiers_are_unique_and_texts_are_sentences() {
    let ids: Vec<&str> = rules::all_rules().map(|rule| rule.id).collect();
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
    for rule in rules::all_rules() {
        let starts_capital = |text: &str| text.starts_with(|c: char| c.is_uppercase());
        assert!(starts_capital(rule.title) && !rule.title.ends_with('.'), "{}", rule.id);
        assert!(starts_capital(rule.reason) && rule.reason.ends_with('.'), "{}", rule.id);
        assert!(rule.reason.len() < 200, "{}: {}", rule.id, rule.reason.len());
        let effects = [
            rule.effects_in_requests.wire_effect,
            rule.effects_in_requests.rust_effect,
            rule.effects_in_responses.wire_effect,
            rule.effects_in_responses.rust_effect,
        ];
        let is_breaking = effects.contains(&partner_change::Effect::Breaking);
        assert_eq!(is_breaking, !rule.migration_advice.is_empty(), "{}: what do callers do?", rule.id);
        assert!(rule.migration_advice.is_empty() || rule.migration_advice.ends_with('.'), "{}", rule.id);
    }
}

#[test]
fn the_page_of_all_changes_is_up_to_date() {
    let path = partner_spec::base_folder().join("docs/changes.md");
    let mut page = Vec::new();
    rules::index::write_rules_page(&mut page).unwrap();
    let written = std::fs::read(&path).unwrap_or_default();
    assert!(
        page == written,
        "run `cargo xtask changelog --rules`: docs/changes.md is not what the rules say"
    );
}
