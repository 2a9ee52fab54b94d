//! Documents that are made to be expensive: each kind grows with a number of kilobytes, and is mostly valid.
//!
//! The tests count the steps of small ones; `examples/bounds.rs` measures time and memory of larger ones.

mod files;
mod graphs;
mod lists;
mod products;
mod values;

/// The files of a document by name, the root file first.
pub(crate) type Files = Vec<(String, String)>;

/// A kind of document.
pub(crate) struct Kind {
    /// Its name.
    pub(crate) name: &'static str,
    /// Writes a document of about this many bytes.
    pub(crate) write: fn(usize) -> Files,
}

/// All kinds.
pub(crate) fn kinds() -> Vec<Kind> {
    let groups = [graphs::KINDS, products::KINDS, values::KINDS, lists::KINDS, files::KINDS];
    groups.into_iter().flatten().map(|(name, write)| Kind { name, write: *write }).collect()
}

/// The kinds of one group.
type Group = &'static [(&'static str, fn(usize) -> Files)];

const HEAD: &str = "openapi: 3.0.3\ninfo: {title: Hostile, version: '1'}\n";

/// A document with one operation that sends and receives the schema `S0`.
fn with_schemas(schemas: &str) -> Files {
    with_operation("", &format!("components:\n  schemas:\n{schemas}"))
}

/// A document with one operation, additional keys of the operation, and text after `paths`.
fn with_operation(operation: &str, rest: &str) -> Files {
    let content = "content: {application/json: {schema: {$ref: '#/components/schemas/S0'}}}";
    with_paths(&format!(
        "  /things:\n    post:\n      operationId: makeThing\n      requestBody: {{required: true, {content}}}\n      responses: {{'200': {{description: The thing., {content}}}}}\n{operation}{rest}"
    ))
}

/// A document with these paths, and what follows them.
fn with_paths(paths: &str) -> Files {
    alone(&format!("{HEAD}paths:\n{paths}"))
}

/// One file.
fn alone(text: &str) -> Files {
    vec![(String::from("openapi.yaml"), text.to_owned())]
}

/// An operation that receives nothing, for the path with that number.
fn empty_operation(number: usize) -> String {
    format!(
        "  /p{number}: {{get: {{operationId: get{number}, responses: {{'204': {{description: Done.}}}}}}}}\n"
    )
}

/// Repeats a piece until it fills this many bytes, at least once.
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

/// A reference to a schema.
fn reference(name: &str) -> String {
    format!("{{$ref: '#/components/schemas/{name}'}}")
}
