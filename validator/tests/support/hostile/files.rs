//! Documents that are expensive to read: they have aliases, deep nesting, long lines, or references from file to file.

use super::{Files, Group, HEAD, alone, repeat, with_operation, with_schemas};

pub(super) const KINDS: Group = &[
    ("numbers", |bytes| with_schemas(&format!("    S0: {{example: [{}]}}\n", "0,".repeat(bytes / 2)))),
    ("numbers-in-json", |bytes| {
        let text = format!(
            "{{\"openapi\": \"3.0.3\", \"info\": {{\"title\": \"a\", \"version\": \"1\"}}, \"paths\": {{}}, \"x-a\": [{}0]}}",
            "0,".repeat(bytes / 2)
        );
        vec![(String::from("openapi.json"), text)]
    }),
    ("empty-objects-in-json", |bytes| {
        let text = format!(
            "{{\"openapi\": \"3.0.3\", \"info\": {{\"title\": \"a\", \"version\": \"1\"}}, \"paths\": {{}}, \"x-a\": [{}0]}}",
            "{},".repeat(bytes / 3)
        );
        vec![(String::from("openapi.json"), text)]
    }),
    ("schemas-in-json", |bytes| {
        let text = format!(
            "{{\"openapi\": \"3.0.3\", \"info\": {{\"title\": \"a\", \"version\": \"1\"}}, \"paths\": {{}}, \"components\": {{\"schemas\": {{\"S0\": {{\"allOf\": [{}{{}}]}}}}}}}}",
            "{},".repeat(bytes / 3)
        );
        vec![(String::from("openapi.json"), text)]
    }),
    ("long-line", |bytes| {
        with_schemas(&format!("    S0: {{type: string, description: '{}'}}\n", "word ".repeat(bytes / 5)))
    }),
    ("escapes", |bytes| {
        with_schemas(&format!(
            "    S0: {{type: string, description: \"{}\"}}\n",
            "\\u00e9\\n".repeat(bytes / 8)
        ))
    }),
    ("comments", |bytes| alone(&format!("{HEAD}paths: {{}}\n{}", "# a\n".repeat(bytes / 4)))),
    ("tabs", |bytes| alone(&format!("{HEAD}paths: {{}}\nx-a: [\n{}]\n", "\t1,\n".repeat(bytes / 4)))),
    ("nested-lists", |bytes| {
        with_schemas(&format!(
            "    S0: {{example: [{}]}}\n",
            repeat(bytes, |_| format!("{}{}, ", "[".repeat(100), "]".repeat(100)))
        ))
    }),
    ("nested-schemas", |bytes| {
        let deep =
            format!("{}{{type: string}}{}", "{type: object, properties: {a: ".repeat(50), "}}".repeat(50));
        with_schemas(&format!(
            "    S0: {{type: object, properties: {{{}}}}}\n",
            repeat(bytes, |n| format!("p{n}: {deep}, "))
        ))
    }),
    ("aliases", |bytes| {
        let anchor = format!("x-a: &a [{}]\n", "1, ".repeat(100));
        alone(&format!("{HEAD}paths: {{}}\n{anchor}x-b: [{}]\n", repeat(bytes, |_| String::from("*a, "))))
    }),
    ("aliases-of-aliases", |bytes| {
        let bomb = repeat(bytes, |n| match n {
            0 => String::from("x-0: &l0 [x, x, x]\n"),
            _ => format!("x-{n}: &l{n} [*l{before}, *l{before}]\n", before = n - 1),
        });
        alone(&format!("{HEAD}paths: {{}}\n{bomb}"))
    }),
    ("anchors", |bytes| {
        alone(&format!("{HEAD}paths: {{}}\nx-a: [{}]\n", repeat(bytes, |n| format!("&a{n} [1, 1, 1], "))))
    }),
    ("anchors-in-anchors", |bytes| {
        let open: String = (0..90).map(|n| format!("&a{n} [")).collect();
        alone(&format!("{HEAD}paths: {{}}\nx-a: {open}{}{}\n", "1, ".repeat(bytes / 3), "]".repeat(90)))
    }),
    ("objects-in-lists", |bytes| {
        alone(&format!(
            "{HEAD}paths: {{}}\nx-a: [[{}]]\n",
            repeat(bytes, |n| format!("{{a: {n}, b: [], c: ''}},"))
        ))
    }),
    ("aliased-schemas", |bytes| {
        let schema = "x-a: &a {type: object, properties: {a: {type: string}, b: {type: string}, c: {type: string}, d: {type: string}}}\n";
        let uses = repeat(bytes, |n| format!("    A{n}: *a\n"));
        alone(&format!("{HEAD}{schema}paths: {{}}\ncomponents:\n  schemas:\n{uses}"))
    }),
    ("aliased-unions", |bytes| {
        let members = "{type: object, required: [k], properties: {k: {type: string}}}, ".repeat(20);
        let uses = repeat(bytes, |n| format!("    A{n}: *a\n"));
        alone(&format!(
            "{HEAD}x-a: &a {{oneOf: [{members}], example: {{j: 1}}}}\npaths: {{}}\ncomponents:\n  schemas:\n{uses}"
        ))
    }),
    ("merge-keys", |bytes| {
        let anchor = format!("x-a: &a {{{}}}\n", repeat(1000, |n| format!("k{n}: 1, ")));
        alone(&format!(
            "{HEAD}paths: {{}}\n{anchor}x-b: [{}]\n",
            repeat(bytes, |_| String::from("{<<: *a}, "))
        ))
    }),
    ("files-in-a-chain", |bytes| {
        let mut files = with_operation("", "components: {schemas: {S0: {$ref: 'f0.yaml#/A'}}}\n");
        let count = (bytes / 80).max(1);
        files.extend((0..count).map(|n| {
            let next = if n + 1 < count {
                format!("{{$ref: 'f{}.yaml#/A'}}", n + 1)
            } else {
                String::from("{type: string}")
            };
            (format!("f{n}.yaml"), format!("A: {{title: A{n}, type: object, properties: {{a: {next}}}}}\n"))
        }));
        files
    }),
    ("references-to-references", |bytes| {
        let links: String = (0..29).map(|n| format!("A{n}: {{$ref: '#/A{}'}}\n", n + 1)).collect();
        let uses = repeat(bytes, |n| {
            format!("    S{n}: {{type: object, properties: {{a: {{$ref: 'f.yaml#/A0'}}}}}}\n")
        });
        let mut files = with_schemas(&uses);
        files.push((String::from("f.yaml"), format!("{links}A29: {{type: string}}\n")));
        files
    }),
    ("responses-of-another-file", |bytes| {
        let uses = repeat(bytes / 2, |n| {
            format!(
                "  /p{n}: {{get: {{operationId: get{n}, responses: {{'200': {{$ref: 'f.yaml#/Large'}}}}}}}}\n"
            )
        });
        let headers = repeat(bytes / 2, |n| format!("X-{n}: {{schema: {{type: string}}}}, "));
        let mut files = alone(&format!("{HEAD}paths:\n{uses}"));
        files.push((String::from("f.yaml"), format!("Large: {{description: A., headers: {{{headers}}}}}\n")));
        files
    }),
    ("parameters-of-another-file", |bytes| {
        let uses = repeat(bytes / 2, |n| {
            format!(
                "  /p{n}: {{get: {{operationId: get{n}, parameters: [{{$ref: 'f.yaml#/Large'}}], responses: {{'204': {{description: Done.}}}}}}}}\n"
            )
        });
        let values = repeat(bytes / 2, |n| format!("v{n}, "));
        let mut files = alone(&format!("{HEAD}paths:\n{uses}"));
        files.push((
            String::from("f.yaml"),
            format!("Large: {{name: large, in: query, schema: {{type: string, enum: [{values}]}}}}\n"),
        ));
        files
    }),
    ("callbacks-in-callbacks", callbacks),
];

/// Returns a document with nested callbacks in another file: each callback has two callbacks.
fn callbacks(bytes: usize) -> Files {
    let levels = repeat(bytes, |n| {
        let next = format!("{{$ref: '#/C{}'}}", n + 1);
        format!(
            "C{n}: {{'{{$url}}': {{post: {{callbacks: {{a: {next}, b: {next}}}, responses: {{'200': {{description: A.}}}}}}}}}}\n"
        )
    });
    let last = levels.matches('\n').count();
    let mut files = with_operation(
        "      callbacks: {a: {$ref: 'f.yaml#/C0'}}\n",
        "components: {schemas: {S0: {type: string}}}\n",
    );
    files.push((String::from("f.yaml"), format!("{levels}C{last}: {{}}\n")));
    files
}
