//! Documents that are expensive to check. Each kind of document can have any size, and most are valid.
//!
//! The tests count the steps for small documents; `examples/bounds.rs` measures time and memory for larger documents.

mod files;
mod graphs;
mod lists;
mod products;
mod values;

/// The files of a document by name, the root file first.
pub(crate) type Files = Vec<(String, String)>;

/// A kind of expensive document.
pub(crate) struct Kind {
    /// The name of the kind.
    pub(crate) name: &'static str,
    /// The function that writes a document of about this many bytes.
    pub(crate) write: fn(usize) -> Files,
}

/// Returns all kinds.
pub(crate) fn kinds() -> Vec<Kind> {
    let groups = [graphs::KINDS, products::KINDS, values::KINDS, lists::KINDS, files::KINDS];
    groups.into_iter().flatten().map(|(name, write)| Kind { name, write: *write }).collect()
}

/// The kinds of one group, as pairs of name and function.
type Group = &'static [(&'static str, fn(usize) -> Files)];

const HEAD: &str = "openapi: 3.0.3\ninfo: {title: Hostile, version: '1'}\n";

/// Returns a document with these schemas, and one operation that sends and receives the schema `S0`.
fn with_schemas(schemas: &str) -> Files {
    with_operation("", &format!("components:\n  schemas:\n{schemas}"))
}

/// Returns a document with one operation. `operation` has additional keys of the operation, and `rest` is the text
/// after `paths`.
fn with_operation(operation: &str, rest: &str) -> Files {
    let content = "content: {application/json: {schema: {$ref: '#/components/schemas/S0'}}}";
    with_paths(&format!(
        "  /things:\n    post:\n      operationId: makeThing\n      requestBody: {{required: true, {content}}}\n      responses: {{'200': {{description: The thing., {content}}}}}\n{operation}{rest}"
    ))
}

/// Returns a document with these paths, and any text after the paths.
fn with_paths(paths: &str) -> Files {
    alone(&format!("{HEAD}paths:\n{paths}"))
}

/// Returns a document that has one file.
fn alone(text: &str) -> Files {
    vec![(String::from("openapi.yaml"), text.to_owned())]
}

/// Returns an operation without a response body, for the path with this number.
fn empty_operation(number: usize) -> String {
    format!(
        "  /p{number}: {{get: {{operationId: get{number}, responses: {{'204': {{description: Done.}}}}}}}}\n"
    )
}

/// Concatenates pieces until the text has at least this many bytes. `piece` returns the piece with a number.
fn repeat(bytes: usize, piece: impl Fn(usize) -> String) -> String {
    let mut text = String::new();
    for number in 0.. {
        text.push_str(&piece(number));
        if text.len() >= bytes {
            break;
        }
    }
    text
}

/// Returns a reference to the schema with this name.
fn reference(name: &str) -> String {
    format!("{{$ref: '#/components/schemas/{name}'}}")
}
