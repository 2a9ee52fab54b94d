//! Every rule finds its own bad example, which is a snapshot, and nothing else in it.

#[cfg(test)]
mod support;

use std::collections::BTreeMap;

use partner_spec::{Rule, Severity};
use partner_validator::Profile;
use partner_validator::format::{self, ReportFormat};
use partner_validator::rules;

/// The findings in an example, in the first profile that has the rule.
fn found(rule: &Rule, example: &str) -> (String, Vec<&'static str>) {
    let report = support::validate(example, rule.first_profile());
    let text = report.findings.iter().map(|f| format!("{}\n", f.finding)).collect();
    (text, report.findings.iter().map(|f| f.finding.rule.id).collect())
}

#[test]
fn every_rule_fires_on_its_own_bad_example_and_no_other_rule_does() {
    let mut failed = Vec::new();
    for rule in rules::all_rules() {
        let (text, ids) = found(rule, rule.bad_example());
        if ids.is_empty() || ids.iter().any(|id| *id != rule.id) {
            failed.push(format!("{}: {ids:?}\n{text}", rule.id));
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

#[test]
fn no_rule_fires_on_a_good_example() {
    let mut failed = Vec::new();
    for rule in rules::all_rules() {
        let (text, ids) = found(rule, rule.good_example());
        if !ids.is_empty() {
            failed.push(format!("{}:\n{text}", rule.id));
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

#[test]
fn what_each_rule_says_is_reviewed() {
    for rule in rules::all_rules() {
        insta::with_settings!({ prepend_module_to_snapshot => false, snapshot_path => "snapshots/rules" }, {
            insta::assert_snapshot!(rule.id, found(rule, rule.bad_example()).0);
        });
    }
}

#[test]
fn identifiers_are_unique_and_reasons_are_sentences() {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for rule in rules::all_rules() {
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
    let path = partner_spec::base_folder().join("docs/rules.md");
    let mut page = Vec::new();
    rules::index::write_rules_page(&mut page).unwrap();
    let written = std::fs::read(&path).unwrap_or_default();
    assert!(page == written, "run `cargo xtask rules --write`: docs/rules.md is not what the rules say");
}

#[test]
fn every_page_has_a_title_a_reason_and_two_documents() {
    for rule in rules::all_rules() {
        assert_eq!(rule.page.lines().next(), Some(format!("# {}", rule.id).as_str()));
        let sections: Vec<&str> = rule.page.lines().filter_map(|line| line.strip_prefix("## ")).collect();
        assert!(
            sections == ["Bad", "Good"] || sections == ["Specification", "Bad", "Good"],
            "{}: {sections:?}",
            rule.id
        );
        assert!(rule.bad_example() != rule.good_example(), "{}", rule.id);
    }
}

#[test]
fn a_section_about_the_specification_has_a_quotation_and_a_link() {
    for rule in rules::all_rules().filter(|rule| rule.page.contains("## Specification")) {
        let Some(citation) = rule.citation() else {
            panic!("{}: the section is a quotation of one line, and a link below it", rule.id);
        };
        let sentence = citation.sentence;
        assert!(!sentence.contains('\n') && (20..300).contains(&sentence.len()), "{}: {sentence}", rule.id);
        assert!(!citation.specification_and_section.is_empty(), "{}", rule.id);
        let rest = KNOWN_SOURCES.iter().find_map(|(source, url)| {
            citation.specification_and_section.strip_prefix(source)?;
            citation.url.strip_prefix(url)
        });
        let section = rest.and_then(|rest| rest.split_once('#')).map(|(_, section)| section);
        let named = section.is_some_and(|section| !section.is_empty() && !section.contains([' ', '#']));
        assert!(
            named,
            "{}: {} is no section of {}",
            rule.id, citation.url, citation.specification_and_section
        );
    }
}

/// The documents that pages cite: the beginnings of their names and of their URLs.
const KNOWN_SOURCES: [(&str, &str); 6] = [
    ("OpenAPI 3.0.3, ", "https://spec.openapis.org/oas/v3.0.3"),
    (
        "JSON Schema Validation, Wright Draft 00, ",
        "https://datatracker.ietf.org/doc/html/draft-wright-json-schema-validation-00",
    ),
    ("JSON Schema, Wright Draft 00, ", "https://datatracker.ietf.org/doc/html/draft-wright-json-schema-00"),
    ("JSON Reference, Draft 03, ", "https://datatracker.ietf.org/doc/html/draft-pbryan-zyp-json-ref-03"),
    ("YAML 1.2.2, ", "https://yaml.org/spec/1.2.2/"),
    ("RFC ", "https://www.rfc-editor.org/rfc/rfc"),
];

/// Rules about documents that this tool cannot read. They are errors without a sentence of the specification.
const UNREADABLE: [&str; 3] = ["file", "too-deep", "too-large"];

#[test]
fn every_error_of_the_profile_openapi_cites_the_sentence_that_the_document_breaks() {
    let errors = rules::all_rules().filter(|rule| rule.severity(Profile::OpenApi) == Some(Severity::Error));
    let errors: Vec<&Rule> = errors.filter(|rule| !UNREADABLE.contains(&rule.id)).collect();
    assert!(errors.len() > 50, "{}", errors.len());
    let without: Vec<&str> =
        errors.iter().filter(|rule| rule.citation().is_none()).map(|rule| rule.id).collect();
    assert!(without.is_empty(), "{without:?}");
}

#[test]
fn what_the_specification_leaves_open_is_no_error_of_the_profile_openapi() {
    for id in [
        "one-of-ambiguous",
        "format-unknown",
        "operation-id-characters",
        "required-undeclared",
        "ref-siblings",
        "enum-empty",
    ] {
        let rule = rules::find_rule(id).unwrap();
        assert_eq!(rule.severity(Profile::OpenApi), Some(Severity::Warning), "{id}");
    }
    assert_eq!(rules::find_rule("response-unauthorized").unwrap().severity(Profile::OpenApi), None);
    assert_eq!(
        rules::find_rule("required-undeclared").unwrap().severity(Profile::Generator),
        Some(Severity::Error)
    );
}

#[test]
fn code_scanning_gets_the_page_of_a_rule_and_the_address_of_what_it_enforces() {
    for rule in rules::all_rules() {
        let mut sarif = Vec::new();
        let report = support::validate(rule.bad_example(), rule.first_profile());
        format::write_report(&report, ReportFormat::Sarif, &mut sarif, false).unwrap();
        let sarif: serde_json::Value = serde_json::from_slice(&sarif).unwrap();
        let descriptors = sarif["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
        assert_eq!(descriptors.len(), 1, "{}", rule.id);
        let descriptor = &descriptors[0];
        assert_eq!(descriptor["help"]["markdown"], rule.page_without_title(), "{}", rule.id);
        let text = descriptor["help"]["text"].as_str().unwrap_or_default();
        assert!(text.starts_with(rule.reason()), "{}: {text}", rule.id);
        match rule.citation() {
            Some(citation) => {
                assert_eq!(descriptor["helpUri"], citation.url, "{}", rule.id);
                assert!(
                    text.contains(citation.sentence) && text.contains(citation.specification_and_section),
                    "{text}"
                );
            }
            None => assert_eq!(descriptor.get("helpUri"), None, "{}", rule.id),
        }
    }
}
