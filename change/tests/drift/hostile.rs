//! Damaged and hostile files of a vendor: whatever they hold, the comparison ends, and nothing panics.

use partner_spec::Api;

use super::support::{Folder, OURS, drift};

/// Documents that are expensive to compare, or wrong in odd places.
fn hostile() -> Vec<String> {
    let head = "openapi: 3.0.1\ninfo: {title: t, version: '1'}\npaths:\n  /orders:\n    post:\n      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}\n      responses:\n        '400': {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}\n        '201': {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}\ncomponents:\n  schemas:\n";
    let many = |count: usize, line: &dyn Fn(usize) -> String| (0..count).map(line).collect::<String>();
    let bodies = [
        // Schemas that contain themselves.
        String::from("    A: {$ref: '#/components/schemas/A'}\n"),
        String::from("    A: {$ref: '#/components/schemas/B'}\n    B: {$ref: '#/components/schemas/A'}\n"),
        String::from("    A: {allOf: [{$ref: '#/components/schemas/A'}]}\n"),
        String::from("    A: {not: {$ref: '#/components/schemas/A'}, enum: [a]}\n"),
        String::from(
            "    A: {type: object, properties: {a: {$ref: '#/components/schemas/A'}}, oneOf: [{$ref: '#/components/schemas/A'}]}\n",
        ),
        String::from(
            "    A: {type: string, enum: [a], default: {$ref: '#/components/schemas/A'}, allOf: [{$ref: '#/components/schemas/A'}]}\n",
        ),
        // Alternatives that multiply.
        format!("    A: {{oneOf: [{}]}}\n", vec!["{$ref: '#/components/schemas/A'}"; 50].join(", ")),
        format!(
            "    A: {{type: object, properties: {{a: {{oneOf: [{}]}}}}}}\n",
            vec!["{$ref: '#/components/schemas/A'}"; 50].join(", ")
        ),
        // Many fields, values and names.
        format!(
            "    A:\n      type: object\n      properties:\n{}",
            many(20_000, &|n| format!("        f{n}: {{type: string}}\n"))
        ),
        format!("    A:\n      type: string\n      enum:\n{}", many(20_000, &|n| format!("      - v{n}\n"))),
        format!(
            "    A:\n      type: string\n      enum:\n{}",
            many(2_000, &|n| format!("      - '{}'\n", "_".repeat(n)))
        ),
        many(5_000, &|n| format!("    {}A: {{type: object}}\n", "_".repeat(n % 50))),
        // Wrong types.
        String::from("    A: [1, 2]\n"),
        String::from(
            "    A: {type: 7, properties: [], required: {}, enum: {}, oneOf: 1, allOf: x, not: [], default: {}}\n",
        ),
        String::from(
            "    A: {type: object, properties: {a: 1, b: [], c: true, d: null}, additionalProperties: 7}\n",
        ),
    ];
    bodies.iter().map(|body| format!("{head}{body}")).collect()
}

#[test]
fn hostile_documents_are_compared_or_reported() {
    let folder = Folder::new();
    for (index, text) in hostile().iter().enumerate() {
        folder.write("docs.yaml", text);
        folder.write("page.md", &format!("# Page\n\n```yaml\n{text}```\n"));
        for file in ["docs.yaml", "page.md"] {
            let report = folder.drift(file, &[]);
            assert!(!report.is_clean() || !report.vendor_findings.is_empty(), "{index} {file}");
        }
    }
}

#[test]
fn a_document_with_many_operations_is_compared() {
    let folder = Folder::new();
    let paths: String =
        (0..5_000).map(|n| format!("  /p{n}: {{get: {{operationId: clone, responses: {{}}}}}}\n")).collect();
    folder.write("docs.yaml", &format!("openapi: 3.0.1\ninfo: {{title: t, version: '1'}}\npaths:\n{paths}"));
    let report = folder.drift("docs.yaml", &[]);
    let count = |id: &str| report.differences.iter().filter(|d| d.change.rule.id == id).count();
    assert_eq!((count("operation-added"), count("operation-removed")), (5_000, 3));
}

#[test]
fn a_document_that_is_cut_off_anywhere_is_compared_or_reported() {
    let folder = Folder::new();
    for end in 0..OURS.len() {
        folder.write("docs.yaml", &OURS[..end]);
        let report = folder.drift("docs.yaml", &[]);
        let is_whole = OURS[end..].trim().is_empty() || OURS[end..].lines().count() < 2;
        assert!(is_whole || !report.is_clean() || !report.vendor_findings.is_empty(), "{end}");
    }
}

#[test]
fn our_documents_cut_off_or_damaged_at_many_places_are_compared_or_reported() {
    for api in Api::ALL {
        let ours = partner_spec::read_document(&api.root_file_path(), partner_spec::base_folder());
        let json = ours.document.as_ref().unwrap().to_json();
        let folder = Folder::new();
        for step in 1..12 {
            let end = json.len() * step / 12;
            let end = (end..).find(|end| json.is_char_boundary(*end)).unwrap();
            let damaged =
                json.replacen("\"string\"", "7", step * 20).replacen("\"properties\"", "\"proprties\"", step);
            for text in [&json[..end], &damaged] {
                folder.write("docs.json", text);
                let report = drift(&ours, &folder.path("docs.json"), &[]);
                assert!(!report.vendor_findings.is_empty(), "{} {step}", api.name());
            }
        }
    }
}
