//! Every rule on its own example: what it finds is a snapshot, and that it finds nothing else is a test.

#[cfg(test)]
mod support;

use std::collections::BTreeMap;

use partner_spec::Rule;
use partner_validator::rules;

/// What is found in an example, with the profile that the rule is part of.
fn found(rule: &Rule, example: &str) -> (String, Vec<&'static str>) {
    let report = support::validate(example, rule.profile());
    let text = report.findings.iter().map(|f| format!("{}\n", f.diagnostic)).collect();
    (text, report.findings.iter().map(|f| f.diagnostic.rule.id).collect())
}

#[test]
fn every_rule_fires_on_its_own_bad_example_and_no_other_rule_does() {
    let mut failed = Vec::new();
    for rule in rules::all() {
        let (text, ids) = found(rule, rule.bad());
        if ids.is_empty() || ids.iter().any(|id| *id != rule.id) {
            failed.push(format!("{}: {ids:?}\n{text}", rule.id));
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

#[test]
fn no_rule_fires_on_a_good_example() {
    let mut failed = Vec::new();
    for rule in rules::all() {
        let (text, ids) = found(rule, rule.good());
        if !ids.is_empty() {
            failed.push(format!("{}:\n{text}", rule.id));
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

#[test]
fn what_each_rule_says_is_reviewed() {
    for rule in rules::all() {
        insta::with_settings!({ prepend_module_to_snapshot => false, snapshot_path => "snapshots/rules" }, {
            insta::assert_snapshot!(rule.id, found(rule, rule.bad()).0);
        });
    }
}

#[test]
fn identifiers_are_unique_and_reasons_are_sentences() {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for rule in rules::all() {
        *seen.entry(rule.id).or_default() += 1;
        assert!(rule.reason().ends_with('.') && rule.reason().len() < 200, "{}: {}", rule.id, rule.reason());
        assert!(
            rule.id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'),
            "{}",
            rule.id
        );
    }
    let twice: Vec<_> = seen.iter().filter(|(_, times)| **times > 1).collect();
    assert!(twice.is_empty(), "{twice:?}");
}

#[test]
fn the_page_of_all_rules_is_up_to_date() {
    let path = partner_spec::base().join("docs/rules.md");
    let mut page = Vec::new();
    rules::index::write(&mut page).unwrap();
    let written = std::fs::read(&path).unwrap_or_default();
    assert!(page == written, "run `cargo xtask rules --write`: docs/rules.md is not what the rules say");
}

#[test]
fn every_page_has_a_title_a_reason_and_two_documents() {
    for rule in rules::all() {
        assert_eq!(rule.page.lines().next(), Some(format!("# {}", rule.id).as_str()));
        let sections = rule.page.lines().filter(|line| line.starts_with("## ")).count();
        assert_eq!(sections, 2, "{}: the sections are `Bad` and `Good`", rule.id);
        assert!(rule.bad() != rule.good(), "{}", rule.id);
    }
}
