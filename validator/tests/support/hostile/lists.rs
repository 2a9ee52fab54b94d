//! Documents with long lists whose items are compared with each other, and documents with many faults.

use super::{Group, HEAD, alone, empty_operation, repeat, with_operation, with_paths, with_schemas};

const S0: &str = "components: {schemas: {S0: {type: string}}}\n";

pub(super) const KINDS: Group = &[
    ("paths-ambiguous", |bytes| {
        with_paths(&repeat(bytes, |n| {
            let name = n / 2;
            let path = if n % 2 == 0 { format!("/{{a}}/s{name}") } else { format!("/s{name}/{{b}}") };
            format!(
                "  {path}: {{get: {{operationId: get{n}, responses: {{'204': {{description: Done.}}}}}}}}\n"
            )
        }))
    }),
    ("paths-of-placeholders", |bytes| {
        with_paths(&repeat(bytes, |n| {
            let path: String = (0..14)
                .map(|bit| if n >> bit & 1 == 0 { format!("/{{a{bit}}}") } else { format!("/s{bit}") })
                .collect();
            format!("  {path}: {{}}\n")
        }))
    }),
    ("paths-mixed", |bytes| {
        with_paths(&repeat(bytes, |n| {
            if n % 2 == 0 { format!("  /a{n}-{{x}}z: {{}}\n") } else { format!("  /a{{x}}-{n}z: {{}}\n") }
        }))
    }),
    ("paths-mixed-and-fixed", |bytes| {
        with_paths(&repeat(bytes, |n| {
            if n % 2 == 0 { format!("  /a{n}/{{x}}: {{}}\n") } else { format!("  /{n}a{{x}}/b: {{}}\n") }
        }))
    }),
    ("long-path", |bytes| with_paths(&format!("  '{}': {{}}\n", repeat(bytes, |n| format!("/{{p{n}}}"))))),
    ("paths-trailing", |bytes| with_paths(&repeat(bytes, |n| format!("  /a{n}/: {{}}\n  /a{n}: {{}}\n")))),
    ("parameters", |bytes| {
        with_operation(
            &format!(
                "      parameters:\n{}",
                repeat(bytes, |n| format!("      - {{name: p{n}, in: query, schema: {{type: string}}}}\n"))
            ),
            S0,
        )
    }),
    ("path-parameters", |bytes| {
        let path = repeat(bytes / 3, |n| format!("/{{p{n}}}"));
        let parameters = repeat(bytes * 2 / 3, |n| {
            format!("{{name: q{n}, in: path, required: true, schema: {{type: string}}}}, ")
        });
        with_paths(&format!(
            "  '{path}': {{get: {{operationId: get, parameters: [{parameters}], responses: {{'204': {{description: Done.}}}}}}}}\n"
        ))
    }),
    ("operations-of-one-path", |bytes| {
        let parameters = repeat(bytes, |n| format!("{{name: p{n}, in: query, schema: {{type: string}}}}, "));
        let operations: String = ["get", "put", "post", "delete", "options", "head", "patch", "trace"]
            .iter()
            .map(|method| format!("    {method}: {{operationId: {method}It, responses: {{'204': {{description: Done.}}}}}}\n"))
            .collect();
        with_paths(&format!("  /a:\n    parameters: [{parameters}]\n{operations}"))
    }),
    ("links", |bytes| {
        with_paths(&repeat(bytes, |n| {
            format!(
                "  /p{n}: {{get: {{operationId: getIt{n}, responses: {{'204': {{description: Done., links: {{l: {{operationId: getTi{n}}}}}}}}}}}}}\n"
            )
        }))
    }),
    ("good-links", |bytes| {
        with_paths(&repeat(bytes, |n| {
            format!(
                "  /p{n}: {{get: {{operationId: getIt{n}, responses: {{'204': {{description: Done., links: {{l: {{operationId: getIt{n}, parameters: {{a: 1}}}}}}}}}}}}}}\n"
            )
        }))
    }),
    ("tags", |bytes| {
        let declared = repeat(bytes / 2, |n| format!("- {{name: tag{n}}}\n"));
        let operations = repeat(bytes / 2, |n| {
            format!(
                "  /p{n}: {{get: {{operationId: get{n}, tags: [tga{n}], responses: {{'204': {{description: Done.}}}}}}}}\n"
            )
        });
        alone(&format!("{HEAD}tags:\n{declared}paths:\n{operations}"))
    }),
    ("security", |bytes| {
        let schemes =
            repeat(bytes / 2, |n| format!("    scheme{n}: {{type: apiKey, in: header, name: X-{n}}}\n"));
        let operations = repeat(bytes / 2, |n| {
            format!(
                "  /p{n}: {{get: {{operationId: get{n}, security: [{{shceme{n}: []}}], responses: {{'204': {{description: Done.}}}}}}}}\n"
            )
        });
        with_paths(&format!("{operations}components:\n  securitySchemes:\n{schemes}"))
    }),
    ("security-of-one-operation", |bytes| {
        let schemes = repeat(bytes / 3, |n| format!("    s{n}: {{type: apiKey, in: header, name: X-{n}}}\n"));
        let security = repeat(bytes / 3, |n| format!("{{s{n}: []}}, "));
        let parameters =
            repeat(bytes / 3, |n| format!("{{name: p{n}, in: query, schema: {{type: string}}}}, "));
        with_paths(&format!(
            "  /a: {{get: {{operationId: get, security: [{security}], parameters: [{parameters}], responses: {{'204': {{description: Done.}}}}}}}}\ncomponents:\n  securitySchemes:\n{schemes}"
        ))
    }),
    ("servers", |bytes| {
        alone(&format!(
            "{HEAD}paths: {{}}\nservers:\n{}",
            repeat(bytes, |n| format!(
                "- {{url: 'https://e{{v{n}}}.example.test', variables: {{v{n}: {{default: a}}}}}}\n"
            ))
        ))
    }),
    ("the-same-servers", |bytes| {
        alone(&format!(
            "{HEAD}paths: {{}}\nservers:\n{}",
            repeat(bytes, |n| format!(
                "- {{url: 'https://e.example.test', variables: {{v: {{default: '{n}'}}}}}}\n"
            ))
        ))
    }),
    ("discriminator-mapping", |bytes| {
        let schemas = repeat(bytes / 3, |n| {
            format!("    Schema{n}: {{type: object, required: [k], properties: {{k: {{type: string}}}}}}\n")
        });
        let count = schemas.matches('\n').count();
        let members: String =
            (0..count).map(|n| format!("{}, ", super::reference(&format!("Schema{n}")))).collect();
        let mapping: String = (0..count).map(|n| format!("v{n}: Scheam{n}, ")).collect();
        with_schemas(&format!(
            "    S0: {{oneOf: [{members}], discriminator: {{propertyName: k, mapping: {{{mapping}}}}}}}\n{schemas}"
        ))
    }),
    ("discriminators-of-a-large-base", |bytes| {
        let properties = repeat(bytes / 2, |n| format!("p{n}: {{type: string}}, "));
        let mapping = repeat(bytes / 2, |n| format!("v{n}: Base, "));
        with_schemas(&format!(
            "    S0: {{oneOf: [{}], discriminator: {{propertyName: p0, mapping: {{{mapping}}}}}}}\n    Base: {{type: object, properties: {{{properties}}}}}\n",
            super::reference("Base")
        ))
    }),
    ("encoding", |bytes| {
        let properties = repeat(bytes / 2, |n| format!("property{n}: {{type: string}}, "));
        let encoding = repeat(bytes / 2, |n| format!("proprety{n}: {{contentType: text/plain}}, "));
        with_paths(&format!(
            "  /a: {{post: {{operationId: make, requestBody: {{required: true, content: {{multipart/form-data: {{schema: {{type: object, properties: {{{properties}}}}}, encoding: {{{encoding}}}}}}}}}, responses: {{'204': {{description: Done.}}}}}}}}\n"
        ))
    }),
    ("multipart", |bytes| {
        let properties = repeat(bytes, |n| format!("property{n}: {{type: string}}, "));
        with_paths(&format!(
            "  /a: {{post: {{operationId: make, requestBody: {{required: true, content: {{multipart/form-data: {{schema: {{type: object, properties: {{{properties}}}}}}}}}}}, responses: {{'204': {{description: Done.}}}}}}}}\n"
        ))
    }),
    ("components-unused", |bytes| {
        let schemas = repeat(bytes / 2, |n| format!("    Schema{n}: {{type: string}}\n"));
        let uses = repeat(bytes / 2, |n| format!("p{n}: {{$ref: '#/components/schemas/Scheam{n}'}}, "));
        with_schemas(&format!("    S0: {{type: object, properties: {{{uses}}}}}\n{schemas}"))
    }),
    ("pagination", |bytes| {
        with_operation(
            &format!(
                "      x-pagination: {{style: page, items: /k, {}}}\n",
                repeat(bytes, |n| format!("k{n}: 1, "))
            ),
            S0,
        )
    }),
    ("waiter", |bytes| {
        let states = repeat(bytes / 2, |n| format!("s{n}, "));
        let words = repeat(bytes / 2, |n| format!("s{n}, "));
        with_paths(&format!(
            "  /a: {{get: {{operationId: get, x-waiter: {{name: waitForIt, field: /k, success: [{words}]}}, responses: {{'200': {{description: Done., content: {{application/json: {{schema: {{type: object, properties: {{k: {{type: string, enum: [{states}]}}}}}}}}}}}}}}}}}}\n"
        ))
    }),
    ("waiters", |bytes| {
        let waiters = repeat(bytes, |n| format!("{{name: waitFor{n}, field: /k, success: [a]}}, "));
        with_paths(&format!(
            "  /a: {{get: {{operationId: get, x-waiter: [{waiters}], responses: {{'200': {{description: Done., content: {{application/json: {{schema: {{type: object, properties: {{k: {{type: string, enum: [a, b]}}}}}}}}}}}}}}}}}}\n"
        ))
    }),
    ("wrong-types", |bytes| {
        with_schemas(&format!(
            "    S0: {{type: object, required: [{}]}}\n",
            repeat(bytes, |_| String::from("1,"))
        ))
    }),
    ("unknown-keys", |bytes| {
        with_schemas(&format!("    S0: {{type: object, {}}}\n", repeat(bytes, |n| format!("q{n}: 1, "))))
    }),
    ("unknown-extensions", |bytes| {
        with_schemas(&format!("    S0: {{type: object, {}}}\n", repeat(bytes, |n| format!("x-q{n}: 1, "))))
    }),
    ("many-types-missing", |bytes| {
        with_schemas(&format!(
            "    S0: {{properties: {{{}}}}}\n",
            repeat(bytes, |n| format!("p{n}: {{type: strnig}}, "))
        ))
    }),
    ("paths-without-operations", |bytes| with_paths(&repeat(bytes, |n| format!("  /a{n}: {{}}\n")))),
    ("paths-without-slash", |bytes| with_paths(&repeat(bytes, |n| format!("  a{n}: {{}}\n")))),
    ("duplicate-keys", |bytes| {
        with_schemas(&format!("    S0: {{{}}}\n", repeat(bytes, |_| String::from("a: 1, "))))
    }),
    ("ambiguous-scalars", |bytes| {
        with_schemas(&format!(
            "    S0: {{type: string, enum: [{}]}}\n",
            repeat(bytes, |_| String::from("y,"))
        ))
    }),
    ("broken-references", |bytes| {
        let schemas = repeat(bytes / 4, |n| format!("    Schema{n}: {{type: string}}\n"));
        let uses = repeat(bytes * 3 / 4, |n| format!("p{n}: {{$ref: '#/components/schemas/Scheam{n}'}}, "));
        with_schemas(&format!("    S0: {{type: object, properties: {{{uses}}}}}\n{schemas}"))
    }),
    ("missing-files", |bytes| {
        with_schemas(&format!(
            "    S0: {{type: object, properties: {{{}}}}}\n",
            repeat(bytes, |n| format!("p{n}: {{$ref: 'f{n}.yaml'}}, "))
        ))
    }),
    ("allowances", |bytes| {
        with_schemas(&format!(
            "    S0: {{x-lint-allow: {{type-missing: a}}, properties: {{{}}}}}\n",
            repeat(bytes, |n| format!("p{n}: {{x-lint-allow: {{type-missing: a}}, properties: {{}}}}, "))
        ))
    }),
    ("unknown-allowances", |bytes| {
        with_schemas(&format!(
            "    S0: {{x-lint-allow: {{{}}}}}\n",
            repeat(bytes, |n| format!("type-misisng{n}: a, "))
        ))
    }),
    ("operation-ids", |bytes| {
        with_paths(&format!(
            "{}{}",
            repeat(bytes / 2, empty_operation),
            repeat(bytes / 2, |n| empty_operation(n).replace("/p", "/q"))
        ))
    }),
    ("media-types", |bytes| {
        let media = repeat(bytes, |n| format!("application/x{n}: {{schema: {{type: string}}}}, "));
        with_paths(&format!(
            "  /a: {{get: {{operationId: get, responses: {{'200': {{description: Done., content: {{{media}}}}}}}}}}}\n"
        ))
    }),
    ("responses", |bytes| {
        with_paths(&repeat(bytes, |n| {
            let codes: String = (200..300).map(|code| format!("'{code}': {{description: A.}}, ")).collect();
            format!("  /p{n}: {{get: {{operationId: get{n}, responses: {{{codes}}}}}}}\n")
        }))
    }),
    ("descriptions", |bytes| {
        with_schemas(&format!(
            "    S0: {{type: string, description: '{}'}}\n",
            "`a` <b> &amp; word. ".repeat(bytes / 20)
        ))
    }),
    ("secrets", |bytes| {
        with_schemas(&format!(
            "    S0: {{type: string, example: '{}'}}\n",
            "4111 1111 1111 1111 a@b.com DE89370400440532013000 ".repeat(bytes / 50)
        ))
    }),
];
