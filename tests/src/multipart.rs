//! Reads the parts of a multipart body, as a server does.

use multer::Multipart;

use crate::capture::Received;

/// A part of a multipart body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The name of the part.
    pub name: String,
    /// The file name; `None` if the part is not a file.
    pub file_name: Option<String>,
    /// The content type of the part; `None` if the part has none.
    pub content_type: Option<String>,
    /// The contents of the part.
    pub contents: Vec<u8>,
}

impl Part {
    /// Creates a part that is a plain value.
    pub fn text(name: &str, value: &str) -> Part {
        Part {
            name: name.to_owned(),
            file_name: None,
            content_type: None,
            contents: value.as_bytes().to_vec(),
        }
    }

    /// Creates a part that is a file.
    pub fn file(name: &str, file_name: &str, content_type: &str, contents: &[u8]) -> Part {
        Part {
            name: name.to_owned(),
            file_name: Some(file_name.to_owned()),
            content_type: Some(content_type.to_owned()),
            contents: contents.to_vec(),
        }
    }
}

/// Reads the parts of a request's body, in their order. Panics if the body is not well-formed, or a part has a header
/// that no part of a form needs.
pub async fn parts(request: &Received) -> Vec<Part> {
    let content_type = request.header("content-type").expect("a content type");
    let boundary = multer::parse_boundary(content_type).expect("multipart with a boundary");
    let mut body = Multipart::with_reader(request.body.as_slice(), boundary);
    let mut parts = Vec::new();
    while let Some(field) = body.next_field().await.expect("a well-formed body") {
        for name in field.headers().keys() {
            assert!(matches!(name.as_str(), "content-disposition" | "content-type"), "a part has {name}");
        }
        parts.push(Part {
            name: field.name().expect("a part has a name").to_owned(),
            // multer does not unescape backslashes in file names.
            file_name: field.file_name().map(|name| name.replace(r"\\", r"\")),
            content_type: field.content_type().map(ToString::to_string),
            contents: field.bytes().await.expect("every part ends with the boundary").to_vec(),
        });
    }
    parts
}
