use partner_spec::{Node, Source, parse_source};

use super::{Direction, ValueChecker};

fn node(text: &str) -> Node {
    parse_source(&Source::new("t.yaml", text)).unwrap()
}

/// Describes the mismatches of `value` with `schema`, which are both keys of the text.
fn found(text: &str, direction: Direction) -> Vec<String> {
    let root = node(text);
    let checker = ValueChecker::new(&root, text.len());
    let (schema, value) = (root.get("schema").unwrap(), root.get("value").unwrap());
    let list = checker.find_mismatches(&checker.get_or_compile_schema(schema, direction), value);
    list.iter()
        .map(|m| format!("{}: {} {}", m.location.start.line, m.pointer, m.message_without_subject))
        .collect()
}

fn either(text: &str) -> Vec<String> {
    found(text, Direction::RequestOrResponse)
}

#[test]
fn a_mismatch_has_its_own_line_through_references() {
    let text = "\
components:
  schemas:
    Wallet:
      type: object
      required: [id]
      properties:
        id: {type: string}
        owner: {$ref: '#/components/schemas/Owner'}
    Owner:
      type: object
      properties:
        age: {type: integer, format: int32}
        wallets: {type: array, items: {$ref: '#/components/schemas/Wallet'}}
schema:
  type: array
  items: {$ref: '#/components/schemas/Wallet'}
value:
- id: a
  owner:
    age: 3000000000
    wallets:
    - {id: b}
    - {}
- id: 5
";
    assert_eq!(
        either(text),
        [
            "20: /0/owner/age is outside of what its format holds, -2147483648 to 2147483647",
            "23: /0/owner/wallets/1 has no `id`, which is required",
            "24: /1/id is a number; a string was expected",
        ]
    );
}

#[test]
fn null_is_a_value_where_the_schema_says_so() {
    assert!(either("{schema: {type: string, nullable: true, enum: [a]}, value: null}").is_empty());
    assert!(either("{schema: {allOf: [{type: object}], nullable: true}, value: null}").is_empty());
    let found = either("{schema: {type: string}, value: null}");
    assert_eq!(found, ["1:  is null; a string was expected"]);
    let found = either("{schema: {allOf: [{enum: [a]}], nullable: true}, value: b}");
    assert_eq!(found, ["1:  is `b`, which is none of the values of the `enum`"]);
}

#[test]
fn what_only_one_direction_has_is_not_demanded_of_the_other() {
    let text = "\
schema:
  type: object
  required: [id, pin]
  properties:
    id: {type: string, readOnly: true}
    pin: {type: string, writeOnly: true}
value: {}
";
    assert_eq!(found(text, Direction::Request), ["7:  has no `pin`, which is required"]);
    assert_eq!(found(text, Direction::Response), ["7:  has no `id`, which is required"]);
    assert!(either(text).is_empty());
}

#[test]
fn an_amount_of_a_request_is_more_than_zero_where_the_schema_says_so() {
    let text = |schema: &str, value: &str| {
        format!("{{schema: {{type: {schema}, format: decimal, x-above-zero: true}}, value: {value}}}")
    };
    for (schema, refused, accepted) in [
        ("string", ["'0'", "'0.00'", "'-5'"], ["'0.000001'", "'12'", "'ten'"]),
        ("number", ["0", "-0.0", "-5"], ["0.000000001", "0.5", "12"]),
    ] {
        for value in refused {
            let text = text(schema, value);
            assert_eq!(found(&text, Direction::Request), ["1:  is not more than 0"], "{value}");
            assert!(found(&text, Direction::Response).is_empty() && either(&text).is_empty(), "{value}");
        }
        for value in accepted {
            let found = found(&text(schema, value), Direction::Request);
            assert!(!found.iter().any(|found| found.contains("more than")), "{value}: {found:?}");
        }
    }
    let list = "{c: {Amount: {type: string, format: decimal}}, \
                schema: {type: array, items: {allOf: [{$ref: '#/c/Amount'}], x-above-zero: true}}, value: ['1', '0']}";
    assert_eq!(found(list, Direction::Request), ["1: /1 is not more than 0"]);
}

#[test]
fn numbers_are_compared_digit_for_digit() {
    let text = |value: &str| format!("{{schema: {{type: integer, format: int64}}, value: {value}}}");
    assert!(either(&text("9223372036854775807")).is_empty());
    assert_eq!(either(&text("9223372036854775808")).len(), 1);
    assert_eq!(either(&text("1.0")).len(), 1);
    assert!(either("{schema: {type: number, multipleOf: 0.01}, value: 0.07}").is_empty());
    assert!(either("{schema: {type: number, enum: [1.0]}, value: 1}").is_empty());
    assert_eq!(either("{schema: {type: array, uniqueItems: true}, value: [1, 1.0]}").len(), 1);
    assert!(either("{schema: {type: number}, value: 1e999}").is_empty());
}

#[test]
fn the_alternative_that_was_meant_is_explained() {
    let schema = "{oneOf: [{type: string}, {type: object, required: [kind], properties: {kind: {enum: [a]}, n: {type: integer}}}, {type: object, required: [kind], properties: {kind: {enum: [b]}}}]}";
    let found = |value: &str| either(&format!("{{schema: {schema}, value: {value}}}"));
    assert_eq!(found("{kind: a, n: x}"), ["1: /n is a string; an integer was expected"]);
    assert_eq!(found("5"), ["1:  fits none of the 3 alternatives"]);
}

#[test]
fn schemas_that_refer_to_each_other_in_circles_come_to_an_end() {
    let branches = "[{type: array, items: {$ref: '#/s/A'}}, {type: array, items: {$ref: '#/s/B'}}]";
    let value = format!("{}x{}", "[".repeat(100), "]".repeat(100));
    let text = format!(
        "{{s: {{A: {{anyOf: {branches}}}, B: {{oneOf: {branches}}}, C: {{allOf: [{{$ref: '#/s/C'}}]}}}}, schema: {{$ref: '#/s/A'}}, value: {value}}}"
    );
    assert!(!either(&text).is_empty());
    assert!(either(&text.replace("schema: {$ref: '#/s/A'}", "schema: {$ref: '#/s/C'}")).is_empty());
}

#[test]
fn a_long_chain_of_references_does_not_need_a_long_stack() {
    let chain: String =
        (0..5_000).map(|i| format!("  S{i}: {{allOf: [{{$ref: '#/s/S{}'}}]}}\n", i + 1)).collect();
    let text = format!("s:\n{chain}  S5000: {{type: string}}\nschema: {{$ref: '#/s/S0'}}\nvalue: 5\n");
    assert!(either(&text).is_empty());
}

#[test]
fn a_pattern_that_cannot_be_compiled_leaves_the_rest_of_the_schema() {
    let found = either("{schema: {type: string, pattern: '(', maxLength: 1}, value: ab}");
    assert_eq!(found, ["1:  is longer than 1 characters"]);
}
