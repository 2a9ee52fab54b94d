//! Documents that use one large component many times, so that the size multiplies if each use is expanded.

use super::{
    Files, Group, HEAD, alone, empty_operation, reference, repeat, with_operation, with_paths, with_schemas,
};

pub(super) const KINDS: Group = &[
    ("includers-of-a-large-base", includers),
    ("uses-of-a-long-description", |bytes| {
        uses(bytes, &format!("{{type: integer, description: '{}'}}", "x".repeat(bytes / 2)))
    }),
    ("uses-of-a-large-enum", |bytes| {
        uses(bytes, &format!("{{type: integer, enum: [{}]}}", repeat(bytes / 2, |n| format!("{n}, "))))
    }),
    ("uses-of-a-large-example", |bytes| {
        uses(
            bytes,
            &format!(
                "{{type: array, items: {{type: integer}}, example: [{}]}}",
                repeat(bytes / 2, |n| format!("{n}, "))
            ),
        )
    }),
    ("uses-of-a-large-object", |bytes| {
        uses(
            bytes,
            &format!(
                "{{type: object, properties: {{{}}}}}",
                repeat(bytes / 2, |n| format!("p{n}: {{type: string}}, "))
            ),
        )
    }),
    ("uses-of-a-large-parameter", |bytes| {
        shared(
            bytes,
            "parameters",
            "parameters: [{$ref: '#/components/parameters/Large'}], responses: {'204': {description: Done.}}",
        )
    }),
    ("uses-of-a-large-response", |bytes| {
        shared(bytes, "responses", "responses: {'200': {$ref: '#/components/responses/Large'}}")
    }),
    ("uses-of-a-large-body", |bytes| {
        shared(
            bytes,
            "requestBodies",
            "requestBody: {$ref: '#/components/requestBodies/Large'}, responses: {'204': {description: Done.}}",
        )
    }),
    ("responses-with-one-circle", |bytes| {
        let content = format!("content: {{application/json: {{schema: {}}}}}", reference("S0"));
        let operations = repeat(bytes / 2, |n| {
            format!(
                "  /p{n}: {{get: {{operationId: get{n}, responses: {{'200': {{description: Done., {content}}}}}}}}}\n"
            )
        });
        let schema = |n, next| {
            format!("    S{n}: {{type: object, properties: {{a: {}}}}}\n", reference(&format!("S{next}")))
        };
        let schemas = repeat(bytes / 2, |n| schema(n, n + 1));
        let last = schemas.matches('\n').count();
        with_paths(&format!("{operations}components:\n  schemas:\n{schemas}{}", schema(last, 0)))
    }),
    ("security-of-all-operations", |bytes| {
        let operations = repeat(bytes / 2, empty_operation);
        let schemes = repeat(bytes / 2, |n| format!("    s{n}: {{type: apiKey, in: header, name: X-{n}}}\n"));
        let count = schemes.matches('\n').count();
        let security: String = (0..count).map(|n| format!("{{s{n}: []}}, ")).collect();
        alone(&format!(
            "{HEAD}security: [{security}]\npaths:\n{operations}components:\n  securitySchemes:\n{schemes}"
        ))
    }),
    ("long-name-of-many", |bytes| {
        let name = "n".repeat(bytes / 2);
        let properties = repeat(bytes / 2, |n| format!("p{n}: {{type: string, enum: [a, b]}}, "));
        with_schemas(&format!(
            "    S0: {{type: object, properties: {{{name}: {{type: object, properties: {{{properties}}}}}}}}}\n"
        ))
    }),
    ("long-name-of-many-faults", |bytes| {
        let name = "n".repeat(bytes / 2);
        let parameters = repeat(bytes / 2, |n| {
            format!("{{name: p{n}, in: path, required: true, schema: {{type: string}}}}, ")
        });
        with_paths(&format!(
            "  '/{name}': {{get: {{operationId: get, parameters: [{parameters}], responses: {{'204': {{description: Done.}}}}}}}}\n"
        ))
    }),
    ("long-operation-id", |bytes| {
        let id = "n".repeat(bytes / 2);
        let parameters = repeat(bytes / 2, |n| {
            format!("{{name: p{n}, in: query, schema: {{type: string, enum: [a]}}}}, ")
        });
        with_paths(&format!(
            "  /a: {{get: {{operationId: {id}, parameters: [{parameters}], responses: {{'204': {{description: Done.}}}}}}}}\n"
        ))
    }),
    ("the-same-inline-schema", |bytes| {
        with_paths(&repeat(bytes, |n| {
            format!(
                "  /p{n}: {{get: {{operationId: get{n}, responses: {{'200': {{description: Done., content: {{application/json: {{schema: {{title: Same, type: object, properties: {{a: {{type: string}}}}}}}}}}}}}}}}}}\n"
            )
        }))
    }),
    ("inline-schemas", |bytes| {
        with_paths(&repeat(bytes, |n| {
            format!(
                "  /p{n}: {{post: {{operationId: get{n}, requestBody: {{required: true, content: {{application/json: {{schema: {{type: object, properties: {{a: {{type: string, enum: [x, y]}}}}}}}}}}}}, responses: {{'204': {{description: Done.}}}}}}}}\n"
            )
        }))
    }),
    ("plain-objects", |bytes| {
        let fields =
            "a: {type: string}, b: {type: integer}, c: {type: string, format: date}, d: {type: boolean}";
        let schemas = repeat(bytes, |n| {
            format!("    S{n}: {{type: object, required: [a], properties: {{{fields}}}}}\n")
        });
        let count = schemas.matches('\n').count();
        let all: String = (0..count).map(|n| format!("p{n}: {}, ", reference(&format!("S{n}")))).collect();
        let root = format!(
            "  /a: {{get: {{operationId: get, responses: {{'200': {{description: Done., content: {{application/json: {{schema: {{type: object, properties: {{{all}}}}}}}}}}}}}}}}}\n"
        );
        with_paths(&format!("{root}components:\n  schemas:\n{schemas}"))
    }),
    ("plain-operations", |bytes| with_paths(&repeat(bytes, empty_operation))),
    ("callbacks", |bytes| {
        with_operation(
            &format!(
                "      callbacks:\n{}",
                repeat(bytes, |n| format!(
                    "        c{n}: {{'{{$request.body#/k}}': {{post: {{responses: {{'200': {{description: Done.}}}}}}}}}}\n"
                ))
            ),
            "components: {schemas: {S0: {type: object, properties: {k: {type: string}}}}}\n",
        )
    }),
];

/// Returns a document with many schemas that include a large schema with `allOf`.
fn includers(bytes: usize) -> Files {
    let properties = repeat(bytes / 2, |n| format!("p{n}: {{type: string}}, "));
    let base = reference("Base");
    let includers = repeat(bytes / 2, |n| {
        format!("    I{n}: {{allOf: [{base}, {{properties: {{own: {{type: string}}}}}}]}}\n")
    });
    let count = includers.matches('\n').count();
    let all: String = (0..count).map(|n| format!("p{n}: {}, ", reference(&format!("I{n}")))).collect();
    with_schemas(&format!(
        "    S0: {{type: object, properties: {{{all}}}}}\n    Base: {{type: object, properties: {{{properties}}}}}\n{includers}"
    ))
}

/// Returns a document with many properties that have the same schema.
fn uses(bytes: usize, schema: &str) -> Files {
    let large = reference("Large");
    let properties = repeat(bytes / 2, |n| format!("p{n}: {large}, "));
    with_schemas(&format!("    S0: {{type: object, properties: {{{properties}}}}}\n    Large: {schema}\n"))
}

/// Returns a document with many operations that use the same large component.
fn shared(bytes: usize, section: &str, operation: &str) -> Files {
    let operations =
        repeat(bytes / 2, |n| format!("  /p{n}: {{post: {{operationId: make{n}, {operation}}}}}\n"));
    let schema = format!(
        "{{type: object, properties: {{{}}}}}",
        repeat(bytes / 2, |n| format!("p{n}: {{type: string}}, "))
    );
    let component = match section {
        "parameters" => format!("{{name: large, in: query, schema: {{type: array, items: {schema}}}}}"),
        "responses" => format!("{{description: Done., content: {{application/json: {{schema: {schema}}}}}}}"),
        _ => format!("{{required: true, content: {{application/json: {{schema: {schema}}}}}}}"),
    };
    alone(&format!("{HEAD}paths:\n{operations}components:\n  {section}:\n    Large: {component}\n"))
}
