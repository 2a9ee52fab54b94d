//! Documents with values that are expensive to check: examples, enums and patterns.

use super::{Files, Group, repeat, with_paths, with_schemas};

pub(super) const KINDS: Group = &[
    ("heavy-patterns", |bytes| patterns(bytes, |n| format!(r"^(\w{{1,{}}}){{1,90}}$", 60 + n % 30), "abc")),
    ("unicode-patterns", |bytes| patterns(bytes, |n| format!(r"^\p{{L}}{{1,{}}}$", 100 + n % 100), "abc")),
    ("nested-repeats", |bytes| {
        patterns(
            bytes,
            |n| format!("^((((a{{1,9}}){{1,9}}){{1,9}}){{1,9}}b{n}){{1,9}}$"),
            "aaaaaaaaaaaaaaaaaaaaaaaaa",
        )
    }),
    ("backtracking", |bytes| {
        patterns(bytes, |n| format!("^(?=(a|a|aa)*c{n}$)"), "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")
    }),
    ("back-references", |bytes| {
        patterns(bytes, |n| format!(r"^(a*)*\1c{n}$"), "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")
    }),
    ("long-examples-of-a-lookahead", |bytes| {
        with_schemas(&format!(
            "    S0: {{type: array, items: {{type: string, pattern: '^(?!.*x.*y.*z)(.*,)*$'}}, example: [{}]}}\n",
            repeat(bytes, |n| format!("'{}{n}', ", "a,".repeat(500)))
        ))
    }),
    ("short-examples-of-a-lookahead", |bytes| {
        with_schemas(&format!(
            "    S0: {{type: array, items: {{type: string, pattern: '^(?=(a|a)*c)'}}, example: [{}]}}\n",
            repeat(bytes, |n| format!("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa{n}, "))
        ))
    }),
    ("long-example-of-a-pattern", |bytes| {
        with_schemas(&format!(
            "    S0: {{type: string, pattern: '^(a?){{1,400}}(b|a*)*$', example: '{}c'}}\n",
            "a".repeat(bytes)
        ))
    }),
    ("long-pattern", |bytes| {
        with_schemas(&format!(
            "    S0: {{type: string, pattern: '^({})$', example: abc}}\n",
            repeat(bytes, |n| format!("a{n}|"))
        ))
    }),
    ("deep-pattern", |bytes| {
        with_schemas(&format!(
            "    S0: {{type: string, pattern: '^{}a{}$', example: abc}}\n",
            "(".repeat(bytes / 2),
            ")".repeat(bytes / 2)
        ))
    }),
    ("examples-of-a-union", |bytes| examples_of(bytes, "oneOf")),
    ("examples-of-any-of", |bytes| examples_of(bytes, "anyOf")),
    ("good-examples-of-a-union", |bytes| {
        let members = repeat(bytes / 2, |n| {
            format!("{{type: object, required: [k], properties: {{k: {{type: string, enum: [v{n}]}}}}}}, ")
        });
        let last = members.matches("required").count() - 1;
        let examples = repeat(bytes / 2, |_| format!("{{k: v{last}}}, "));
        with_schemas(&format!(
            "    S0: {{type: array, items: {{oneOf: [{members}]}}, example: [{examples}]}}\n"
        ))
    }),
    ("examples-of-an-enum", |bytes| {
        let values = repeat(bytes / 2, |n| format!("value{n}, "));
        let examples = repeat(bytes / 2, |n| format!("valeu{n}, "));
        with_schemas(&format!(
            "    S0: {{type: array, items: {{type: string, enum: [{values}]}}, example: [{examples}]}}\n"
        ))
    }),
    ("examples-of-one-schema", |bytes| {
        let properties = repeat(bytes / 2, |n| format!("p{n}: {{type: string}}, "));
        let examples = repeat(bytes / 2, |n| format!("e{n}: {{value: {{p{n}: 5}}}}, "));
        with_paths(&format!(
            "  /a: {{get: {{operationId: get, responses: {{'200': {{description: Done., content: {{application/json: {{schema: {{type: object, properties: {{{properties}}}}}, examples: {{{examples}}}}}}}}}}}}}}}\n"
        ))
    }),
    ("enum-of-a-large-schema", |bytes| {
        let properties = repeat(bytes / 2, |n| format!("p{n}: {{type: string}}, "));
        with_schemas(&format!(
            "    S0: {{type: object, properties: {{{properties}}}, enum: [{}]}}\n",
            repeat(bytes / 2, |n| format!("{{p{n}: a}}, "))
        ))
    }),
    ("enum-of-objects", |bytes| {
        with_schemas(&format!(
            "    S0: {{enum: [{}]}}\n",
            repeat(bytes, |n| format!("{{a: [{n}, {{b: {n}}}]}}, "))
        ))
    }),
    ("enum", |bytes| {
        with_schemas(&format!(
            "    S0: {{type: string, enum: [{}]}}\n",
            repeat(bytes, |n| format!("value{n}, "))
        ))
    }),
    ("enum-with-descriptions", |bytes| {
        let values = repeat(bytes / 3, |n| format!("value{n}, "));
        let texts = repeat(bytes * 2 / 3, |n| format!("value{n}: A., "));
        with_schemas(&format!(
            "    S0: {{type: string, enum: [{values}], x-enum-descriptions: {{{texts}}}}}\n"
        ))
    }),
    ("enum-with-wrong-descriptions", |bytes| {
        let values = repeat(bytes / 3, |n| format!("value{n}, "));
        let texts = repeat(bytes * 2 / 3, |n| format!("valeu{n}: A., "));
        with_schemas(&format!(
            "    S0: {{type: string, enum: [{values}], x-enum-descriptions: {{{texts}}}}}\n"
        ))
    }),
    ("enum-twice", |bytes| {
        with_schemas(&format!(
            "    S0: {{type: string, enum: [{}]}}\n",
            repeat(bytes, |_| String::from("same, "))
        ))
    }),
    ("enum-of-the-wrong-type", |bytes| {
        with_schemas(&format!(
            "    S0: {{type: string, enum: [a, {}]}}\n",
            repeat(bytes, |n| format!("{n}, "))
        ))
    }),
    ("required-names", |bytes| {
        let names = repeat(bytes / 2, |n| format!("p{n}, "));
        let properties = repeat(bytes / 2, |n| format!("p{n}: {{type: string}}, "));
        with_schemas(&format!(
            "    S0: {{type: object, required: [{names}], properties: {{{properties}}}, example: {{}}}}\n"
        ))
    }),
    ("required-undeclared", |bytes| {
        let names = repeat(bytes / 2, |n| format!("property{n}, "));
        let properties = repeat(bytes / 2, |n| format!("proprety{n}: {{type: string}}, "));
        with_schemas(&format!(
            "    S0: {{type: object, required: [{names}], properties: {{{properties}}}}}\n"
        ))
    }),
    ("included-required-undeclared", |bytes| {
        let names = repeat(bytes / 2, |n| format!("    M{n}: {{type: object, required: [property{n}]}}\n"));
        let count = names.matches('\n').count();
        let all: String = (0..count).map(|n| format!("{}, ", super::reference(&format!("M{n}")))).collect();
        with_schemas(&format!("    S0: {{allOf: [{all}]}}\n{names}"))
    }),
    ("union-of-many", |bytes| {
        with_schemas(&format!(
            "    S0: {{oneOf: [{}]}}\n",
            repeat(bytes, |n| format!(
                "{{title: T{n}, type: object, required: [k], properties: {{k: {{type: string, x-closed-enum: true, enum: [v{n}]}}}}}}, "
            ))
        ))
    }),
    ("union-of-alike", |bytes| {
        with_schemas(&format!(
            "    S0: {{oneOf: [{}]}}\n",
            repeat(bytes, |n| format!(
                "{{title: T{n}, type: object, properties: {{k: {{type: string}}}}}}, "
            ))
        ))
    }),
    ("union-of-large-enums", |bytes| {
        let values = |from: usize| repeat(bytes / 4, move |n| format!("v{}, ", from + n));
        let member = |title: &str, from: usize| {
            format!(
                "{{title: {title}, type: object, required: [k], properties: {{k: {{type: string, enum: [{}]}}}}}}",
                values(from)
            )
        };
        with_schemas(&format!(
            "    S0: {{oneOf: [{}, {}, {}]}}\n",
            member("T1", 0),
            member("T2", 1_000_000),
            member("T3", 2_000_000)
        ))
    }),
    ("union-of-keys", |bytes| {
        let member = |title: &str| {
            format!(
                "{{title: {title}, type: object, required: [{}], properties: {{{}}}}}",
                repeat(bytes / 8, |n| format!("k{n}, ")),
                repeat(bytes / 8, |n| format!("k{n}: {{type: string}}, "))
            )
        };
        with_schemas(&format!("    S0: {{oneOf: [{}, {}, {}]}}\n", member("T1"), member("T2"), member("T3")))
    }),
    ("unions-of-the-same", |bytes| {
        let members: String = (0..20).map(|n| format!("    M{n}: {{type: object, required: [k], properties: {{k: {{type: string, enum: [v{n}]}}}}}}\n")).collect();
        let all: String = (0..20).map(|n| format!("{}, ", super::reference(&format!("M{n}")))).collect();
        let unions = repeat(bytes, |n| format!("    S{n}: {{oneOf: [{all}]}}\n"));
        with_schemas(&format!("{unions}{members}"))
    }),
    ("defaults", |bytes| {
        with_schemas(&format!(
            "    S0: {{type: object, properties: {{{}}}}}\n",
            repeat(bytes, |n| format!("p{n}: {{type: integer, default: x{n}}}, "))
        ))
    }),
    ("deep-example", |bytes| {
        let deep = format!("{}1{}", "[".repeat(110), "]".repeat(110));
        let schema = "{anyOf: [{type: array, items: {$ref: '#/components/schemas/S0'}}, {type: array, items: {oneOf: [{$ref: '#/components/schemas/S0'}, {type: string}]}}]";
        with_schemas(&format!("    S0: {schema}, example: [{}]}}\n", repeat(bytes, |_| format!("{deep}, "))))
    }),
    ("unique-items", |bytes| {
        with_schemas(&format!(
            "    S0: {{type: array, uniqueItems: true, items: {{}}, example: [{}]}}\n",
            repeat(bytes, |n| format!("{{a: {n}}}, "))
        ))
    }),
    ("read-only", |bytes| {
        let properties = repeat(bytes / 2, |n| format!("p{n}: {{type: string, readOnly: true}}, "));
        let members =
            repeat(bytes / 2, |_| String::from("{$ref: '#/components/schemas/B'}, {type: object}, "));
        with_schemas(&format!(
            "    S0: {{allOf: [{members}]}}\n    B: {{type: object, properties: {{{properties}}}}}\n"
        ))
    }),
];

/// Returns a document with many properties, each with its own pattern and an example.
fn patterns(bytes: usize, pattern: impl Fn(usize) -> String, example: &str) -> Files {
    let properties = repeat(bytes, |n| {
        format!("        p{n}: {{type: string, pattern: '{}', example: {example}}}\n", pattern(n))
    });
    with_schemas(&format!("    S0:\n      type: object\n      properties:\n{properties}"))
}

/// Returns a document with many examples, none of which conforms to any of many alternatives.
fn examples_of(bytes: usize, keyword: &str) -> Files {
    let members = repeat(bytes / 2, |n| {
        format!("{{type: object, required: [k{n}], properties: {{k{n}: {{type: string}}}}}}, ")
    });
    let examples = repeat(bytes / 2, |n| format!("{{j{n}: 5}}, "));
    with_schemas(&format!(
        "    S0: {{type: array, items: {{{keyword}: [{members}]}}, example: [{examples}]}}\n"
    ))
}
