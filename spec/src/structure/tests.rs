//! Tests that one mistake gives one finding. Each of these documents has one mistake.

use crate::parse::parse_with_findings;
use crate::{Findings, ObjectKind, Source};

/// Returns the findings about the structure of a document.
fn findings_of(text: &str) -> Findings {
    let text = format!("openapi: 3.0.3\ninfo: {{title: t, version: '1'}}\n{text}");
    let parsed = parse_with_findings(&Source::new("t.yaml", text));
    let mut found = parsed.findings;
    if let Some(tree) = parsed.tree {
        super::check_structure(&tree, ObjectKind::OpenApi, &mut found);
    }
    found.into_sorted_and_deduplicated()
}

/// Returns the rule and the help of the only finding about a document.
fn only_finding(text: &str) -> (&'static str, String) {
    let found = findings_of(text);
    let list: Vec<_> = found.iter().collect();
    assert_eq!(list.len(), 1, "{text}\n{found}");
    (list[0].rule.id, list[0].help.clone().unwrap_or_default())
}

/// Returns the rule and the help of the only finding about a document with this schema.
fn only_finding_of_schema(schema: &str) -> (&'static str, String) {
    only_finding(&format!("paths: {{}}\ncomponents: {{schemas: {{A: {schema}}}}}\n"))
}

#[test]
fn what_only_3_1_has_is_said_with_what_3_0_has_instead() {
    for (schema, help) in [
        ("{const: a}", "`enum`"),
        ("{type: [string, 'null']}", "nullable: true"),
        ("{type: [string, integer]}", "oneOf"),
        ("{type: [string, 1]}", "oneOf"),
        ("{type: 'null'}", "nullable: true"),
        ("{type: string, examples: [a]}", "`example`"),
        ("{type: integer, exclusiveMinimum: 0}", "`minimum`"),
        ("{if: {}, then: {}, else: {}}", "oneOf"),
        ("{patternProperties: {'^a': {type: string}}}", "additionalProperties"),
        ("{prefixItems: [{type: string}]}", "`items`"),
        ("{$defs: {B: {type: string}}}", "components"),
        ("{properties: {a: true}}", "`{}`"),
        ("{$schema: 'https://json-schema.org/draft/2020-12/schema'}", "take it away"),
        ("{contentEncoding: base64}", "format: byte"),
        ("{unevaluatedProperties: false}", "additionalProperties"),
    ] {
        let (rule, said) = only_finding_of_schema(schema);
        assert_eq!(rule, "openapi-3-1-keyword", "{schema}");
        assert!(said.contains(help), "{schema}: {said}");
    }
    assert_eq!(only_finding("paths: {}\nwebhooks: {a: {post: {}}}\n").0, "openapi-3-1-keyword");
    assert_eq!(only_finding("paths: {}\ncomponents: {pathItems: {a: {}}}\n").0, "openapi-3-1-keyword");
}

#[test]
fn what_only_swagger_2_had_is_one_finding() {
    for text in [
        "paths: {}\nhost: example.com\nbasePath: /v1\nschemes: [https]\n",
        "paths: {}\ndefinitions: {A: {type: string}}\n",
        "paths: {}\nsecurityDefinitions: {A: {type: basic}}\n",
        "paths: {/a: {get: {produces: [application/json], responses: {'204': {description: d}}}}}\n",
        "paths: {/a: {get: {responses: {'200': {description: d, schema: {type: string}}}}}}\n",
        "paths: {/a: {parameters: [{name: a, in: query, type: array, items: {type: string}, maxItems: 3}]}}\n",
        "paths: {/a: {parameters: [{name: a, in: query, collectionFormat: csv, schema: {}}]}}\n",
        "paths: {}\ncomponents: {schemas: {A: {type: file}}}\n",
        "paths: {}\ncomponents: {schemas: {A: {discriminator: kind}}}\n",
        "paths: {}\ncomponents: {securitySchemes: {A: {type: basic}}}\n",
        "paths: {}\ncomponents: {securitySchemes: {A: {type: oauth2, flow: implicit, authorizationUrl: u, scopes: {}}}}\n",
    ] {
        assert_eq!(only_finding(text).0, "swagger-2-keyword", "{text}");
    }
}

#[test]
fn a_line_that_is_indented_wrongly_is_one_finding() {
    for text in [
        // Keys at the indentation of the key that they belong below.
        "paths:\n/a:\n  get: {responses: {'204': {description: d}}}\n",
        "paths:\n  /a:\n  get: {responses: {'204': {description: d}}}\n",
        "paths:\n  /a:\n    get:\n    operationId: a\n    responses: {'204': {description: d}}\n",
        "paths:\n  /a:\n    get:\n      responses:\n        '204':\n        description: d\n",
        "paths: {}\ncomponents:\n  schemas:\n    A:\n      properties:\n      a: {type: string}\n      b: {type: string}\n",
        "paths: {}\ncomponents:\n  schemas:\n  A: {type: string}\n  B: {type: string}\n",
        // Names of properties without `properties`.
        "paths: {}\ncomponents: {schemas: {A: {type: object, ab: {}, cd: {}, ef: {}}}}\n",
        // An operation in the place of a path.
        "paths:\n  get: {responses: {'204': {description: d}}}\n",
        "paths: {/a: {get: {responses: {'204': {description: d}, description: d}}}}\n",
    ] {
        only_finding(text);
    }
}

#[test]
fn a_misspelled_key_is_not_missing_too() {
    assert_eq!(
        only_finding("paths: {/a: {get: {response: {'204': {description: d}}}}}\n").1,
        "did you mean `responses`?"
    );
    assert_eq!(only_finding("path: {}\n").1, "did you mean `paths`?");
    assert_eq!(
        only_finding("paths: {/a: {parameters: [{ref: '#/components/parameters/A'}]}}\n").1,
        "did you mean `$ref`?"
    );
}

#[test]
fn two_slips_in_one_object_are_two_findings() {
    let found =
        findings_of("paths: {}\ncomponents: {schemas: {A: {tpye: string, descripton: d, maxLength: -1}}}\n");
    assert_eq!(found.iter().count(), 3, "{found}");
}

#[test]
fn a_value_of_the_wrong_type_is_said_with_what_to_do() {
    for (schema, help) in [
        ("{nullable: yes}", "write `true`"),
        ("{nullable: 'false'}", "take the quotes away"),
        ("{maxLength: '5'}", "take the quotes away"),
        ("{description: 5}", "put the value in quotes"),
        ("{properties: [{a: {}}]}", "take the `- ` away"),
        ("{required: a}", "write it as a list"),
        ("{required: [a, 5]}", "put the value in quotes"),
        ("{properties: }", "nothing is indented below it"),
    ] {
        let (rule, said) = only_finding_of_schema(schema);
        assert_eq!(rule, "wrong-type", "{schema}");
        assert!(said.contains(help), "{schema}: {said}");
    }
    assert_eq!(
        only_finding_of_schema("{type: int}").1,
        "write `type: integer`, with `format: int32` or `int64`"
    );
    assert_eq!(only_finding_of_schema("{type: object, required: true}").0, "required-in-property");
}

#[test]
fn what_is_meant_by_a_status_code_is_said() {
    for (code, help) in [
        ("2xx", "did you mean '2XX'?"),
        ("20O", "did you mean '200'?"),
        ("'200 '", "did you mean '200'?"),
        ("Default", "did you mean `default`?"),
        ("ok", "use a code in quotes"),
        ("600", "use a code in quotes"),
    ] {
        let text = format!("paths: {{/a: {{get: {{responses: {{{code}: {{description: d}}}}}}}}}}\n");
        let (rule, said) = only_finding(&text);
        assert_eq!(rule, "response-code", "{code}");
        assert!(said.contains(help), "{code}: {said}");
    }
    assert!(
        findings_of("paths: {/a: {get: {responses: {'200': {description: d}, 4XX: {description: d}}}}}\n")
            .is_empty()
    );
    let (rule, said) = only_finding("paths: {/a: {get: {responses: {200: {description: d}}}}}\n");
    assert_eq!((rule, said.as_str()), ("response-code-unquoted", "write '200'"));
}

#[test]
fn what_is_left_of_a_broken_document_has_nothing_wrong_in_it() {
    let text = "openapi: 3.0.3
info: {title: t, version: 1, extra: x}
paths:
  users: {get: {responses: {}}}
  /users:
    parameters: [7, {name: a, in: query, schema: {$ref: '#/nowhere'}}]
    get: {deprecated: maybe, responses: {20O: {description: d}, '200': {description: d}}}
components:
  schemas:
    A: {type: [string, 'null'], properties: {b: text, c: {type: strng}}, allOf: [1]}
    B: {required: true, items: []}
";
    let root = parse_with_findings(&Source::new("t.yaml", text)).tree.unwrap();
    let mut before = Findings::new();
    super::check_structure(&root, ObjectKind::OpenApi, &mut before);
    assert!(before.iter().count() > 8, "{before}");
    let left = super::remove_invalid_parts(&root, ObjectKind::OpenApi, &root).unwrap();
    let mut after = Findings::new();
    super::check_structure(&left, ObjectKind::OpenApi, &mut after);
    // A removed value may be required, and `true` stands for a removed schema.
    let rules = after.iter().map(|d| d.rule.id);
    let others: Vec<&str> = rules.filter(|id| !["missing-key", "openapi-3-1-keyword"].contains(id)).collect();
    assert!(others.is_empty(), "{after}");
    let properties = left.pointer("/components/schemas/A/properties").unwrap();
    assert!(properties.get("b").is_some(), "where a broken schema was, anything may be");
    assert!(left.pointer("/paths/~1users/parameters/0/schema").is_some());
}

#[test]
fn parts_without_mistakes_are_shared_with_the_document_as_it_was_written() {
    let text = "\
openapi: 3.0.3
info: {title: t, version: '1'}
paths:
  /users: {get: {operationId: users, responses: {'204': {description: d}}}}
  /wallets: {get: {opreationId: wallets, deprecated: maybe, responses: {'204': {description: d}}}}
";
    let root = parse_with_findings(&Source::new("t.yaml", text)).tree.unwrap();
    let repaired = super::repair_keys(&root, ObjectKind::OpenApi).unwrap();
    let sound = super::remove_invalid_parts(&repaired, ObjectKind::OpenApi, &repaired).unwrap();
    assert!(repaired.pointer("/paths/~1wallets/get/operationId").is_some());
    assert!(sound.pointer("/paths/~1wallets/get/deprecated").is_none());
    let is_shared = |pointer: &str| {
        let nodes = [&root, &repaired, &*sound].map(|tree| tree.pointer(pointer).unwrap());
        std::ptr::eq(nodes[0], nodes[1]) && std::ptr::eq(nodes[1], nodes[2])
    };
    assert!(is_shared("/paths/~1users/get"));
    assert!(is_shared("/paths/~1wallets/get/responses/204"));
    assert!(!is_shared("/paths/~1wallets/get"));
    assert!(super::repair_keys(&repaired, ObjectKind::OpenApi).is_none(), "nothing is left to repair");
}
