//! The formats in which findings are written.

#![allow(clippy::unwrap_used, reason = "a helper that cannot go on fails the test that uses it")]

#[cfg(test)]
mod support;

use partner_validator::format::{self, ReportFormat};
use partner_validator::{Profile, ValidationReport};

fn written(report: &ValidationReport, format: ReportFormat) -> String {
    let mut text = Vec::new();
    format::write_report(report, format, &mut text, false).unwrap();
    String::from_utf8(text).unwrap()
}

/// A document of one line in which the formats of some schemas are misspelled.
fn minified(schemas: usize) -> String {
    let schema = |number| {
        format!(r#""S{number}":{{"type":"string","format":"date-tme","description":"{}"}}"#, "x".repeat(500))
    };
    let schemas: Vec<String> = (0..schemas).map(schema).collect();
    format!(
        r#"{{"openapi":"3.0.3","info":{{"title":"T","version":"1"}},"paths":{{}},"components":{{"schemas":{{{}}}}}}}"#,
        schemas.join(",")
    )
}

#[test]
fn in_a_file_of_one_line_each_finding_has_its_own_column_and_pointer() {
    let document = minified(3);
    let report = support::validate(&document, Profile::OpenApi);
    let text = written(&report, ReportFormat::Human);
    let column = |number: usize| {
        let schema = document.find(&format!(r#""S{number}":"#)).unwrap();
        schema + document[schema..].find(r#""date-tme""#).unwrap() + 1
    };
    for number in 0..3 {
        let place = format!("openapi.yaml:1:{} (/components/schemas/S{number}/format)", column(number));
        assert!(text.contains(&place), "{place}\n{text}");
    }
    let sarif: serde_json::Value = serde_json::from_str(&written(&report, ReportFormat::Sarif)).unwrap();
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    let result = results.iter().find(|result| result["ruleId"] == "format-unknown").unwrap();
    let logical = &result["locations"][0]["logicalLocations"][0]["fullyQualifiedName"];
    assert_eq!(logical, "/components/schemas/S0/format");
}

/// A column counts characters, and a line end in a string is none of the file.
#[test]
fn in_one_line_of_any_syntax_a_finding_is_where_an_editor_counts_it() {
    let filler = "ü😀é".repeat(200);
    let yaml = format!(
        "{{openapi: 3.0.3, info: {{title: '{filler}', version: '1'}}, paths: {{}}, components: {{schemas: {{A: {{type: strng}}}}}}}}"
    );
    let json = format!(
        r#"{{"openapi":"3.0.3","info":{{"title":"{filler}\n","version":"1"}},"paths":{{}},"components":{{"schemas":{{"A":{{"type":"strng"}}}}}}}}"#
    );
    let spaced = format!("{json}\r\n").replace("\"components\":", "\t\t\"components\" :  ");
    for (document, word) in [(&yaml, "strng"), (&json, "\"strng\""), (&spaced, "\"strng\"")] {
        let text = written(&support::validate(document, Profile::OpenApi), ReportFormat::Human);
        let column = document[..document.find(word).unwrap()].chars().count() + 1;
        let place = format!("openapi.yaml:1:{column} (/components/schemas/A/type)");
        assert!(text.contains(&place), "{place}\n{text}");
        assert!(text.lines().all(|line| line.chars().count() < 250), "{text}");
    }
}

#[test]
fn a_cause_that_is_repeated_is_one_finding_in_text_and_all_of_them_elsewhere() {
    let report = support::validate(&minified(50), Profile::OpenApi);
    let text = written(&report, ReportFormat::Human);
    assert_eq!(text.matches("warning[format-unknown]").count(), 1, "{text}");
    assert!(text.contains("49 more like it") && text.contains("50 warnings"), "{text}");
    assert!(text.lines().count() < 40, "{text}");
    let json: serde_json::Value = serde_json::from_str(&written(&report, ReportFormat::Json)).unwrap();
    let rows = json["findings"].as_array().unwrap();
    assert_eq!(rows.iter().filter(|row| row["rule"] == "format-unknown").count(), 50);
    assert_eq!(written(&report, ReportFormat::Sarif).matches(r#""ruleId": "format-unknown""#).count(), 50);
}

#[test]
fn annotations_end_with_how_many_findings_there_are() {
    let report = support::validate(&minified(2), Profile::OpenApi);
    let text = written(&report, ReportFormat::Github);
    assert!(text.ends_with("\n0 errors, 2 warnings\n"), "{text}");
}

#[test]
fn many_causes_are_a_paragraph_for_each_rule() {
    let types = ["string", "integer", "boolean", "array", "object", "number"];
    let example = |wrong: &str| match wrong {
        "string" => "text",
        "integer" => "1",
        "boolean" => "true",
        "array" => "[1]",
        "object" => "{a: 1}",
        _ => "1.5",
    };
    let mut document =
        String::from("openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n");
    for kind in types {
        for wrong in types.iter().filter(|wrong| **wrong != kind) {
            let items = if kind == "array" { ", items: {}" } else { "" };
            let schema = format!("{{type: {kind}{items}, example: {}}}", example(wrong));
            document.push_str(&format!("    {kind}.{wrong}: {schema}\n"));
        }
    }
    let report = support::validate(&document, Profile::OpenApi);
    assert!(report.findings.len() > 25, "{}", report.findings.len());
    let text = written(&report, ReportFormat::Human);
    assert!(text.contains(&format!("error[example-mismatch], {} times\n", report.findings.len())), "{text}");
    assert!(text.lines().count() < 12, "{text}");
    let first =
        "(/components/schemas/string.integer/example): this example is a number; a string was expected";
    assert!(text.contains(first), "{text}");
}
