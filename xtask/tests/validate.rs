//! `cargo xtask validate` as people and programs use it.

#![allow(clippy::unwrap_used, reason = "a test that fails panics")]

use std::path::Path;
use std::process::Command;

/// Runs the command. Returns what it printed, and its exit code.
fn validate(arguments: &[&str]) -> (String, Option<i32>) {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .arg("validate")
        .args(arguments)
        .current_dir(fixtures)
        .output()
        .unwrap();
    let text = [output.stdout, output.stderr].concat();
    (String::from_utf8(text).unwrap(), output.status.code())
}

#[test]
fn programs_read_the_findings_as_json() {
    let (text, code) = validate(&["slips.yaml", "--format", "json"]);
    assert_eq!(code, Some(1));
    let report: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(report["findings"][0]["rule"], "tag-unused");
    assert_eq!(report["findings"][0]["pointer"], "/tags/0/name");
    insta::assert_snapshot!(text);
    let (text, code) = validate(&["small.yaml", "--format", "json"]);
    assert_eq!((text.as_str(), code), ("{\n  \"findings\": [],\n  \"notes\": []\n}\n", Some(0)));
}

#[test]
fn code_scanning_reads_the_findings_as_sarif() {
    let (text, code) = validate(&["slips.yaml", "--format", "sarif"]);
    assert_eq!(code, Some(1));
    let sarif: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(sarif["version"], "2.1.0");
    assert_eq!(sarif["runs"][0]["results"].as_array().unwrap().len(), 2);
    insta::assert_snapshot!(text);
}

#[test]
fn a_pull_request_shows_the_findings_as_annotations() {
    let (text, code) = validate(&["slips.yaml", "--format", "github"]);
    assert_eq!(code, Some(1));
    insta::assert_snapshot!(text);
}

#[test]
fn there_are_no_colors_without_a_terminal() {
    let (text, code) = validate(&["slips.yaml"]);
    assert_eq!(code, Some(1));
    assert!(!text.contains('\u{1b}'), "{text}");
    insta::assert_snapshot!(text);
}

#[test]
fn warnings_are_no_failure_unless_they_are_denied() {
    let (text, code) = validate(&["slips.yaml", "--only", "tag-unused"]);
    assert!(text.ends_with("0 errors, 1 warning\n"), "{text}");
    assert_eq!(code, Some(0));
    let (_, code) = validate(&["slips.yaml", "--only", "tag-unused", "--deny", "warnings"]);
    assert_eq!(code, Some(1));
}

#[test]
fn rules_are_chosen_by_name() {
    let (text, code) =
        validate(&["slips.yaml", "--skip", "tag-unused,path-parameter-missing,path-parameter-unused"]);
    assert_eq!((text.contains("no findings"), code), (true, Some(0)), "{text}");
    let (text, code) = validate(&["slips.yaml", "--only", "tag-unsued"]);
    assert!(text.contains("did you mean `tag-unused`?"), "{text}");
    assert_eq!(code, Some(2));
    let (text, code) = validate(&["slips.yaml", "--profile", "openapi", "--only", "docs-missing"]);
    assert!(text.contains("`--profile workspace` has it") && !text.contains("no findings"), "{text}");
    assert_eq!(code, Some(2));
}

#[test]
fn the_help_says_what_the_exit_codes_mean() {
    let (text, code) = validate(&["--help"]);
    assert!(text.contains("Exit codes: 0 ") && text.contains("2 could not run"), "{text}");
    assert_eq!(code, Some(0));
}

#[test]
fn a_profile_decides_which_rules_apply() {
    let (text, code) = validate(&["small.yaml", "--profile", "workspace"]);
    assert!(text.contains("error[docs-missing]"), "{text}");
    assert_eq!(code, Some(1));
    let (text, code) = validate(&["small.yaml", "--profile", "openapi"]);
    assert!(text.contains("no findings"), "{text}");
    assert_eq!(code, Some(0));
}

#[test]
fn every_rule_is_listed_and_explained() {
    let (list, code) = validate(&["--rules"]);
    assert_eq!(code, Some(0));
    for rule in partner_validator::rules::all_rules() {
        assert!(list.contains(&format!("\n  {} ", rule.id)), "{}", rule.id);
    }
    let (text, code) = validate(&["--explain", "path-parameter-missing"]);
    assert_eq!(code, Some(0));
    assert!(text.contains("https://spec.openapis.org/oas/v3.0.3#path-templating"), "{text}");
    insta::assert_snapshot!(text);
    let (text, _) = validate(&["--explain", "path-trailing-slash"]);
    assert!(!text.contains("https://spec."), "{text}");
}
