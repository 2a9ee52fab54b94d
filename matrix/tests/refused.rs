//! What no client can send is refused, with the rule and at the line of the document that a person wrote down.

#[cfg(test)]
use {
    partner_model::rules::parameter_unsupported::UNSETTABLE_HEADER_NAMES,
    partner_runtime::plumbing::RESERVED_HEADER_NAMES, std::fmt::Write as _,
};

#[cfg(test)]
const HEAD: &str = "openapi: 3.0.3
info: {title: Refused, version: '1'}
servers: [{url: 'https://api.example.test/v1', x-environment: production}]
components:
  schemas:
    Point: {type: object, required: [x], properties: {x: {type: integer}}}
paths:
";

/// The blocking findings about a document with these paths: the rule, and the line at which it was found.
#[cfg(test)]
fn blocking_findings(paths: &str) -> Vec<(&'static str, String)> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("openapi.yaml");
    std::fs::write(&path, format!("{HEAD}{paths}")).unwrap();
    let found = partner_codegen::check_client_generation(
        &partner_spec::read_document(&path, folder.path()),
        "sample",
    );
    let blocking = found.iter().filter(|found| found.rule.blocks_generation);
    blocking
        .map(|found| {
            let line = found.location.source.line_text(found.location.start.line).unwrap();
            (found.rule.id, line.trim().to_owned())
        })
        .collect()
}

/// The path of an operation with one parameter.
#[cfg(test)]
fn parameter(parameter: &str) -> String {
    let path = if parameter.contains("in: path") { "/things/{value}" } else { "/things" };
    format!(
        "  '{path}':
    get:
      operationId: getThings
      parameters:
        - {{{parameter}}}
      responses: {{'204': {{description: Fine.}}}}
"
    )
}

/// The path of an operation with a form that has the part `value`.
#[cfg(test)]
fn part(schema: &str, encoding: Option<&str>) -> String {
    let encoding =
        encoding.map(|encoding| format!("            encoding:\n              value: {encoding}\n"));
    format!(
        "  /forms:
    post:
      operationId: sendForm
      requestBody:
        required: true
        content:
          multipart/form-data:
            schema:
              type: object
              title: Form
              properties:
                value: {schema}
{}      responses: {{'204': {{description: Fine.}}}}
",
        encoding.unwrap_or_default()
    )
}

#[test]
fn the_document_and_the_caller_are_refused_the_same_headers() {
    assert_eq!(UNSETTABLE_HEADER_NAMES, RESERVED_HEADER_NAMES);
    let mut parameters = String::from("parameters:\n");
    for name in RESERVED_HEADER_NAMES {
        for name in [name.to_owned(), name.to_ascii_uppercase(), name.replace('-', "_")] {
            let found =
                blocking_findings(&parameter(&format!("name: {name}, in: header, schema: {{type: string}}")));
            assert!(
                matches!(found.as_slice(), [("parameter-unsupported", line)] if line.contains(&name)),
                "{name}: {found:?}"
            );
        }
        writeln!(parameters, "        - {{name: 'x-{name}', in: header, schema: {{type: string}}}}").unwrap();
    }
    // Every header that is not in the list may be a parameter.
    let others = format!(
        "  /things:\n    get:\n      operationId: getThings\n      {parameters}      responses: {{'204': {{description: Fine.}}}}\n"
    );
    let found = blocking_findings(&others);
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn parameters_that_no_style_can_write_are_refused_at_their_line() {
    for refused in [
        "name: value, in: path, required: true, schema: {type: array, items: {$ref: '#/components/schemas/Point'}}",
        "name: value, in: path, required: true, schema: {type: array, items: {type: string, nullable: true}}",
        "name: value, in: header, schema: {type: array, items: {$ref: '#/components/schemas/Point'}}",
        "name: value, in: header, schema: {type: array, items: {type: array, items: {type: string}}}",
        "name: value, in: header, schema: {type: array, items: {}}",
        "name: value, in: header, style: form, schema: {type: array, items: {type: string}}",
        "name: value, in: cookie, schema: {type: string, format: date-time}",
        "name: value, in: query, style: deepObject, explode: true, schema: {type: object, properties: {at: {type: array, items: {type: string, format: date-time}}}}",
    ] {
        let found = blocking_findings(&parameter(refused));
        assert_eq!(found, [("parameter-unsupported", format!("- {{{refused}}}"))]);
    }
}

#[test]
fn objects_that_cannot_be_a_part_are_refused_at_their_line() {
    const POINT: &str = "{$ref: '#/components/schemas/Point'}";
    for (schema, encoding, line) in [
        (POINT, Some("{contentType: text/plain}"), "value: {contentType: text/plain}"),
        (POINT, Some("{contentType: application/xml}"), "value: {contentType: application/xml}"),
        (
            POINT,
            Some("{headers: {X-Number: {schema: {type: string}}}}"),
            "value: {headers: {X-Number: {schema: {type: string}}}}",
        ),
        (
            "{type: array, items: {type: array, items: {$ref: '#/components/schemas/Point'}}}",
            None,
            "value: {type: array, items: {type: array, items: {$ref: '#/components/schemas/Point'}}}",
        ),
    ] {
        assert_eq!(blocking_findings(&part(schema, encoding)), [("key-unsupported", line.to_owned())]);
    }
}
