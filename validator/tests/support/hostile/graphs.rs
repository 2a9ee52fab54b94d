//! Documents whose schemas form a graph with few nodes and many paths.

use super::{Files, Group, reference, repeat, with_paths, with_schemas};

pub(super) const KINDS: Group = &[
    ("all-of-diamond", |bytes| diamond(bytes, "{allOf: [A, B]}")),
    ("all-of-diamond-own", |bytes| diamond(bytes, "{allOf: [A, B], properties: {nNN: {type: string}}}")),
    ("one-of-diamond", |bytes| diamond(bytes, "{oneOf: [A, B]}")),
    ("any-of-diamond", |bytes| diamond(bytes, "{anyOf: [A, B]}")),
    ("any-of-diamond-example", |bytes| diamond(bytes, "{anyOf: [A, B], example: {k: 5}}")),
    ("one-of-diamond-example", |bytes| diamond(bytes, "{oneOf: [A, B], example: {k: 5}}")),
    ("not-diamond", |bytes| diamond(bytes, "{not: {allOf: [A, B]}, example: {k: a}}")),
    ("properties-diamond", |bytes| diamond(bytes, "{type: object, properties: {a: A, b: B}}")),
    ("required-diamond", |bytes| {
        diamond(bytes, "{type: object, required: [a, b], properties: {a: A, b: B}}")
    }),
    ("items-diamond", |bytes| diamond(bytes, "{type: array, items: {oneOf: [A, B]}}")),
    ("open-diamond", |bytes| diamond(bytes, "{items: A, additionalProperties: B}")),
    ("map-diamond", |bytes| diamond(bytes, "{type: object, additionalProperties: {oneOf: [A, B]}}")),
    ("mixed-diamond", |bytes| {
        diamond(bytes, "{allOf: [{oneOf: [A, B]}, {properties: {nNN: {anyOf: [A, B]}}}]}")
    }),
    ("tagged-diamond", |bytes| {
        diamond(
            bytes,
            "{oneOf: [A, B], discriminator: {propertyName: k, mapping: {a: '#/components/schemas/ANN', b: '#/components/schemas/BNN'}}}",
        )
    }),
    ("base-diamond", |bytes| {
        diamond(
            bytes,
            "{allOf: [A, B], required: [k], properties: {k: {type: string}}, discriminator: {propertyName: k}}",
        )
    }),
    ("list-chain", |bytes| chain(bytes, "{type: array, items: N}")),
    ("map-chain", |bytes| chain(bytes, "{type: object, additionalProperties: N}")),
    ("all-of-chain", |bytes| chain(bytes, "{allOf: [N]}")),
    ("all-of-chain-own", |bytes| chain(bytes, "{allOf: [N], properties: {pNN: {type: string}}}")),
    ("all-of-chain-required", |bytes| {
        chain(bytes, "{allOf: [N], required: [pNN], properties: {pNN: {type: string}}, example: {pNN: a}}")
    }),
    ("one-of-chain", |bytes| {
        chain(bytes, "{oneOf: [N, {type: object, required: [pNN], properties: {pNN: {type: string}}}]}")
    }),
    ("property-chain", |bytes| chain(bytes, "{type: object, required: [p], properties: {p: N}}")),
    ("nullable-chain", |bytes| chain(bytes, "{nullable: true, allOf: [N]}")),
    ("reference-chain", |bytes| chain(bytes, "N")),
    ("not-chain", |bytes| chain(bytes, "{not: N, example: 5}")),
    ("circle", |bytes| with_schemas(&circle(bytes))),
    ("circle-in-parameter", |bytes| {
        with_paths(&format!(
            "  /a: {{get: {{operationId: get, parameters: [{{name: p, in: query, style: deepObject, explode: true, schema: {}}}], responses: {{'204': {{description: Done.}}}}}}}}\ncomponents:\n  schemas:\n{}",
            reference("S0"),
            circle(bytes)
        ))
    }),
    ("cliques", cliques),
];

/// Returns a document with levels of two schemas. Both schemas of a level refer to both schemas of the next level.
fn diamond(bytes: usize, schema: &str) -> Files {
    let level = |number: usize| {
        let next = number + 1;
        let schema = schema
            .replace("ANN", &format!("A{next}"))
            .replace("BNN", &format!("B{next}"))
            .replace("A,", &format!("{},", reference(&format!("A{next}"))))
            .replace("B}", &format!("{}}}", reference(&format!("B{next}"))))
            .replace("B]", &format!("{}]", reference(&format!("B{next}"))));
        let line = |name: &str| {
            format!("    {name}{number}: {}\n", schema.replace("NN", &format!("{name}{number}")))
        };
        format!("{}{}", line("A"), line("B"))
    };
    let text = repeat(bytes, level);
    let last = text.matches('\n').count() / 2;
    let end = |name: &str| {
        format!(
            "    {name}{last}: {{type: object, required: [k], properties: {{k: {{type: string, enum: [{name}]}}}}}}\n"
        )
    };
    with_schemas(&format!(
        "    S0: {}\n{text}{}{}",
        reference("A0").replace("$ref", "allOf: [{$ref").replace("'}", "'}]}"),
        end("A"),
        end("B")
    ))
}

/// Returns a document in which each schema refers to the next schema.
fn chain(bytes: usize, schema: &str) -> Files {
    let link = |number: usize| {
        let line = schema.replace("NN", &number.to_string());
        format!("    S{number}: {}\n", line.replace('N', &reference(&format!("S{}", number + 1))))
    };
    let text = repeat(bytes, link);
    let last = text.matches('\n').count();
    with_schemas(&format!("{text}    S{last}: {{type: object, properties: {{k: {{type: string}}}}}}\n"))
}

/// Returns schemas that form one large cycle through optional properties.
fn circle(bytes: usize) -> String {
    let link = |number: usize| {
        format!(
            "    S{number}: {{type: object, properties: {{p: {}}}}}\n",
            reference(&format!("S{}", number + 1))
        )
    };
    let text = repeat(bytes, link);
    let last = text.matches('\n').count();
    format!("{text}    S{last}: {{type: object, properties: {{p: {}}}}}\n", reference("S0"))
}

/// Returns a document with groups of schemas. Each schema is a union of all schemas of its group.
fn cliques(bytes: usize) -> Files {
    let group = |number: usize| {
        let first = number * 12;
        let members: Vec<String> = (first..first + 12).map(|n| reference(&format!("S{n}"))).collect();
        let all = members.join(", ");
        (first..first + 12)
            .map(|n| format!("    S{n}: {{anyOf: [{all}, {{type: string}}], example: 5}}\n"))
            .collect()
    };
    with_schemas(&repeat(bytes, group))
}
