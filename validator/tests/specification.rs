//! The profile `openapi` is the specification alone: nothing that its text allows is an error. Values are compared
//! exactly.

#![allow(clippy::unwrap_used, reason = "a helper that cannot go on fails the test that uses it")]

#[cfg(test)]
mod support;

use partner_spec::Severity;
use partner_validator::Profile;

const HEAD: &str = "openapi: 3.0.3\ninfo: {title: Pets, version: '1'}\n";

/// The findings in a document, as `line: rule: message`.
fn found(rest: &str) -> Vec<String> {
    let report = support::validate(&format!("{HEAD}{rest}"), Profile::OpenApi);
    let text = |finding: &partner_validator::FindingWithPointer| {
        let d = &finding.finding;
        format!("{}: {}: {}", d.location.start.line, d.rule.id, d.message)
    };
    report.findings.iter().map(text).filter(|text| !text.contains("component-unused")).collect()
}

/// The findings in the schemas of a document, which start in line 6.
fn found_in(schemas: &str) -> Vec<String> {
    found(&format!("paths: {{}}\ncomponents:\n  schemas:\n{schemas}"))
}

#[test]
fn alternatives_whose_parent_has_the_discriminator_are_not_ambiguous() {
    // The specification's own example of a hierarchy, beside a `oneOf` of its members.
    let found = found_in(
        "    Pet:
      type: object
      discriminator: {propertyName: petType}
      properties: {name: {type: string}, petType: {type: string}}
      required: [name, petType]
    Cat:
      allOf: [{$ref: '#/components/schemas/Pet'}, {type: object, properties: {huntingSkill: {type: string}}}]
    Dog:
      allOf: [{$ref: '#/components/schemas/Pet'}, {type: object, properties: {packSize: {type: integer}}}]
    Any: {oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]}
",
    );
    assert!(!found.iter().any(|text| text.contains("one-of-ambiguous")), "{found:?}");
}

#[test]
fn the_same_reference_twice_in_all_of_is_fine_and_in_one_of_fits_nothing() {
    let schemas = |key: &str| {
        format!(
            "    A: {{type: object}}\n    B: {{{key}: [{{$ref: '#/components/schemas/A'}}, {{$ref: '#/components/schemas/A'}}]}}\n"
        )
    };
    assert_eq!(found_in(&schemas("allOf")), Vec::<String>::new());
    assert_eq!(found_in(&schemas("oneOf")), ["7: one-of-duplicate: `A` is in `oneOf` twice"]);
}

#[test]
fn a_map_that_needs_an_entry_of_itself_has_no_value_that_ends() {
    let found = found_in(
        "    Endless: {type: object, minProperties: 1, additionalProperties: {$ref: '#/components/schemas/Endless'}}
    Fine: {type: object, additionalProperties: {$ref: '#/components/schemas/Fine'}}
    Named:
      type: object
      minProperties: 1
      properties: {name: {type: string}}
      additionalProperties: {$ref: '#/components/schemas/Named'}
",
    );
    assert_eq!(found, ["6: ref-circular-required: no value ends: `Endless` needs `Endless`"]);
}

#[test]
fn no_value_ends_that_needs_itself_through_maps_lists_parts_or_all_alternatives() {
    let found = found_in(
        "    One: {type: object, required: [two], properties: {two: {$ref: '#/components/schemas/Two'}}}
    Two:
      type: object
      required: [ones]
      properties: {ones: {type: object, minProperties: 2, additionalProperties: {$ref: '#/components/schemas/One'}}}
    Whole: {allOf: [{$ref: '#/components/schemas/Part'}, {type: object}]}
    Part: {type: object, required: [whole], properties: {whole: {$ref: '#/components/schemas/Whole'}}}
    Maps:
      type: object
      required: [deep]
      properties:
        deep:
          type: object
          minProperties: 1
          additionalProperties: {type: object, minProperties: 1, additionalProperties: {$ref: '#/components/schemas/Maps'}}
    Either: {oneOf: [{$ref: '#/components/schemas/Left'}, {$ref: '#/components/schemas/Right'}]}
    Left: {type: object, required: [left], properties: {left: {$ref: '#/components/schemas/Either'}}}
    Right:
      type: object
      required: [right]
      properties: {right: {type: array, minItems: 1, items: {$ref: '#/components/schemas/Either'}}}
",
    );
    let circles: Vec<&String> = found.iter().filter(|text| text.contains("ref-circular-required")).collect();
    let lines = [6, 12, 13, 21];
    assert_eq!(circles.len(), lines.len(), "{found:?}");
    assert!(
        circles.iter().zip(lines).all(|(text, line)| text.starts_with(&format!("{line}: "))),
        "{found:?}"
    );
}

#[test]
fn a_value_that_may_be_null_empty_or_another_alternative_ends() {
    let found = found_in(
        "    Map: {type: object, required: [maps], properties: {maps: {type: object, additionalProperties: {$ref: '#/components/schemas/Map'}}}}
    Inner:
      type: object
      required: [deep]
      properties:
        deep: {type: object, minProperties: 1, additionalProperties: {type: array, items: {$ref: '#/components/schemas/Inner'}}}
    Null: {type: object, nullable: true, required: [next], properties: {next: {$ref: '#/components/schemas/Null'}}}
    Either: {oneOf: [{$ref: '#/components/schemas/Again'}, {$ref: '#/components/schemas/Last'}]}
    Again: {type: object, required: [again], properties: {again: {$ref: '#/components/schemas/Either'}}}
    Last: {type: object, required: [last], properties: {last: {type: string}}}
",
    );
    assert!(!found.iter().any(|text| text.contains("ref-circular-required")), "{found:?}");
}

#[test]
fn limits_multiples_and_enums_are_compared_digit_by_digit() {
    let schema = |rest: &str| found_in(&format!("    A: {{{rest}}}\n"));
    for fine in [
        "type: integer, enum: [9007199254740992, 9007199254740993], example: 9007199254740993",
        "type: number, multipleOf: 0.01, example: 1234567890123456.78",
        "type: integer, minimum: 18446744073709551616, maximum: 18446744073709551617, example: 18446744073709551617",
        "type: number, maximum: 0.1, exclusiveMaximum: true, example: 0.09999999999999999999999",
    ] {
        assert_eq!(schema(fine), Vec::<String>::new(), "{fine}");
    }
    for (wrong, message) in [
        ("type: integer, enum: [9007199254740992], example: 9007199254740993", "none of the values"),
        ("type: number, enum: [1, 2, 1.0]", "is in the `enum` twice"),
        ("type: number, multipleOf: 0.01, example: 1234567890123456.785", "is no multiple of 0.01"),
        ("type: integer, maximum: 18446744073709551616, example: 18446744073709551617", "is more than"),
        ("type: integer, minimum: 9007199254740993, maximum: 9007199254740992", "is more than `maximum`"),
        ("type: array, uniqueItems: true, items: {type: number}, example: [1, 1.0]", "an item twice"),
    ] {
        let found = schema(wrong);
        assert!(found.len() == 1 && found[0].contains(message), "{wrong}: {found:?}");
    }
    let uneven = schema(
        "type: array, uniqueItems: true, items: {type: number}, example: [0.1, 0.10000000000000000001]",
    );
    assert_eq!(uneven, Vec::<String>::new());
}

#[test]
fn an_unquoted_address_is_a_number_and_what_follows_is_read() {
    let address = "0x52908400098527886E0F7030069857D2E4169EE7";
    let found = found_in(&format!(
        "    Wallet: {{type: object, properties: {{address: {{type: string, example: {address}}}}}}}
    Rate: {{type: number, maximum: .inf}}
    Other: {{type: strng}}\n"
    ));
    let expected = [
        "6: example-mismatch: this example is a number; a string was expected",
        "7: syntax: `.inf`: infinity and not-a-number do not exist in JSON",
        "7: wrong-type: `maximum` is a string here; a number was expected",
        "8: unknown-word: ",
    ];
    assert_eq!(found.len(), expected.len(), "{found:#?}");
    for (found, expected) in found.iter().zip(expected) {
        assert!(found.starts_with(expected), "{found}");
    }
}

#[test]
fn a_pattern_of_another_language_is_reported_and_no_value_is_held_against_it() {
    for pattern in
        [r"^[[:alpha:]]+$", r"^\p{IsGreek}$", r"^\x{41}$", "^a{,3}$", r"^[A-Z]{2}\Z", r"^\h+$", r"^(?>a)b$"]
    {
        let found = found_in(&format!("    A: {{type: string, pattern: '{pattern}', example: '123'}}\n"));
        assert!(found.len() == 1 && found[0].starts_with("6: pattern-invalid: "), "{pattern}: {found:?}");
    }
    // These patterns are legal without the flag `u` only, and mean what their authors want.
    for pattern in [r"^[\w-\.]+@[\w-]+$", r"^\+?[0-9\-\ ]+$", r"^\_x$"] {
        let found = found_in(&format!("    A: {{type: string, pattern: '{pattern}', example: 'a b'}}\n"));
        assert!(found.len() == 1 && found[0].contains("does not match the pattern"), "{pattern}: {found:?}");
    }
}

#[test]
fn a_status_without_quotes_is_reported_in_yaml_alone() {
    let yaml =
        "paths:\n  /a:\n    get: {responses: {200: {description: Fine.}, '404': {description: None.}}}\n";
    let found = found(yaml);
    assert_eq!(found, ["5: response-code-unquoted: `200` is an integer; the specification demands quotes"]);
    let json = r#"{"openapi": "3.0.3", "info": {"title": "Pets", "version": "1"},
        "paths": {"/a": {"get": {"responses": {"200": {"description": "Fine."}}}}}}"#;
    assert!(support::validate(json, Profile::OpenApi).findings.is_empty());
}

#[test]
fn a_mapping_may_lead_to_a_schema_of_another_file() {
    let document = |mapping: &str| {
        format!(
            "{HEAD}paths: {{}}
components:
  schemas:
    Pet:
      oneOf: [{{$ref: 'pets.yaml#/Cat'}}, {{$ref: 'pets.yaml#/Dog'}}]
      discriminator: {{propertyName: kind, mapping: {{cat: {mapping}, dog: 'pets.yaml#/Dog'}}}}
# file: pets.yaml
Cat: {{type: object, required: [kind], properties: {{kind: {{type: string}}}}}}
Dog: {{type: object, required: [kind], properties: {{kind: {{type: string}}}}}}
Bird: {{type: object, required: [kind], properties: {{kind: {{type: string}}}}}}
"
        )
    };
    let found = |mapping: &str| -> Vec<String> {
        let report = support::validate(&document(mapping), Profile::OpenApi);
        let mapped = report.findings.iter().filter(|f| f.finding.rule.id == "discriminator-mapping");
        mapped.map(|finding| finding.finding.message.clone()).collect()
    };
    assert_eq!(found("'pets.yaml#/Cat'"), Vec::<String>::new());
    assert_eq!(found("'./pets.yaml#/Cat'"), Vec::<String>::new());
    assert_eq!(found("'https://example.com/schemas/Cat/schema.json'"), Vec::<String>::new());
    assert_eq!(found("'pets.yaml#/Bird'"), ["`pets.yaml#/Bird` is none of the alternatives"]);
    assert_eq!(found("'pets.yaml#/Fish'"), ["there is nothing at `pets.yaml#/Fish`"]);
}

#[test]
fn formats_are_open_and_operation_ids_free() {
    let text = "paths:\n  /a:\n    get: {operationId: 'get a', responses: {'200': {description: Fine.}}}
components:\n  schemas:\n    A: {type: string, format: datetime}\n    B: {type: object, required: [a], properties: {b: {type: string}}}\n";
    let report = support::validate(&format!("{HEAD}{text}"), Profile::OpenApi);
    assert_eq!(report.count_findings_with_severity(Severity::Error), 0);
    assert!(report.count_findings_with_severity(Severity::Warning) >= 3);
}

#[test]
fn a_parameter_that_cannot_be_sent_has_one_finding_for_its_style() {
    let text = format!(
        "{HEAD}paths:
  /a:
    get:
      operationId: getA
      parameters: [{{name: a, in: query, style: deepObject, schema: {{type: array, items: {{type: string}}}}}}]
      responses: {{'204': {{description: Fine.}}}}\n"
    );
    let rules = |profile| -> Vec<&str> {
        support::validate(&text, profile).findings.iter().map(|found| found.finding.rule.id).collect()
    };
    assert_eq!(rules(Profile::OpenApi), ["parameter-style"]);
    assert_eq!(rules(Profile::Generator), ["parameter-unsupported"]);
}

#[test]
fn an_operation_id_that_is_too_long_for_a_name_is_refused() {
    let document = |length: usize| {
        let id = "n".repeat(length);
        let text = format!(
            "paths: {{/a: {{get: {{operationId: {id}, responses: {{'204': {{description: Fine.}}}}}}}}}}\n"
        );
        let report = support::validate(&format!("{HEAD}{text}"), Profile::Generator);
        report.findings.iter().map(|found| found.finding.rule.id).collect::<Vec<_>>()
    };
    assert_eq!(document(255), Vec::<&str>::new());
    assert_eq!(document(256), ["operation-id-name"]);
}

#[test]
fn encodings_outside_of_forms_and_tags_of_operations_that_stand_there_twice_are_allowed() {
    let text = "paths:
  /a:
    post:
      tags: [a, a]
      requestBody:
        required: true
        content: {application/json: {schema: {type: object, properties: {b: {type: string}}}, encoding: {b: {}}}}
      responses: {'204': {description: Fine.}}\n";
    let report = support::validate(&format!("{HEAD}{text}"), Profile::OpenApi);
    assert_eq!(report.count_findings_with_severity(Severity::Error), 0);
}

#[test]
fn a_document_of_another_version_is_not_to_be_renumbered() {
    for (version, advice) in [("3.1.0", "convert the document to 3.0"), ("3.0", "write `openapi: 3.0.3`")] {
        let text = format!("openapi: {version}\ninfo: {{title: Pets, version: '1'}}\npaths: {{}}\n");
        let report = support::validate(&text, Profile::OpenApi);
        let help = report.findings[0].finding.help.clone().unwrap_or_default();
        assert!(help.starts_with(advice), "{version}: {help}");
    }
}
