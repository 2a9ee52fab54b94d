//! An exact reader for multipart bodies: what RFC 7578 does not allow fails the test.

use crate::capture::Received;

/// One part of a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its name.
    pub name: String,
    /// The name of its file, when it is one.
    pub file_name: Option<String>,
    /// Its content type, when it says one.
    pub content_type: Option<String>,
    /// What it holds.
    pub contents: Vec<u8>,
}

impl Part {
    /// A part that is a plain value.
    pub fn text(name: &str, value: &str) -> Part {
        Part {
            name: name.to_owned(),
            file_name: None,
            content_type: None,
            contents: value.as_bytes().to_vec(),
        }
    }

    /// A part that is a file.
    pub fn file(name: &str, file_name: &str, content_type: &str, contents: &[u8]) -> Part {
        Part {
            name: name.to_owned(),
            file_name: Some(file_name.to_owned()),
            content_type: Some(content_type.to_owned()),
            contents: contents.to_vec(),
        }
    }
}

/// The parts of a request's body, in order.
pub fn parts(request: &Received) -> Vec<Part> {
    let content_type = request.header("content-type").expect("a content type");
    let boundary =
        content_type.strip_prefix("multipart/form-data; boundary=").expect("multipart with a boundary");
    assert!(!boundary.is_empty() && boundary.len() <= 70 && boundary.bytes().all(is_token), "{boundary}");
    let delimiter = format!("--{boundary}");
    let mut rest = after(&request.body, delimiter.as_bytes()).expect("the body begins with the boundary");
    let delimiter = format!("\r\n{delimiter}");
    let mut parts = Vec::new();
    loop {
        if let Some(end) = after(rest, b"--") {
            assert!(end.is_empty() || end == b"\r\n", "nothing follows the last boundary");
            return parts;
        }
        rest = after(rest, b"\r\n").expect("a line end follows a boundary");
        let end = find(rest, delimiter.as_bytes()).expect("every part ends with the boundary");
        parts.push(part(&rest[..end]));
        rest = &rest[end + delimiter.len()..];
    }
}

fn part(bytes: &[u8]) -> Part {
    let head = find(bytes, b"\r\n\r\n").expect("headers of a part end with an empty line");
    let contents = bytes[head + 4..].to_vec();
    let text = std::str::from_utf8(&bytes[..head]).expect("headers are UTF-8");
    let (mut name, mut file_name, mut content_type) = (None, None, None);
    for line in text.split("\r\n") {
        assert!(!line.contains(['\r', '\n']), "a header has a line end in it: {line:?}");
        let (header, value) = line.split_once(": ").expect("a header has a name and a value");
        match header.to_ascii_lowercase().as_str() {
            "content-disposition" => {
                let parameters = value.strip_prefix("form-data").expect("a part of a form");
                for (key, value) in quoted_parameters(parameters) {
                    let slot = match key.as_str() {
                        "name" => &mut name,
                        "filename" => &mut file_name,
                        other => panic!("a part has the parameter {other}"),
                    };
                    assert_eq!(slot.replace(value), None, "{key} is there twice");
                }
            }
            "content-type" => content_type = Some(value.to_owned()),
            other => panic!("a part has the header {other}"),
        }
    }
    Part { name: name.expect("a part has a name"), file_name, content_type, contents }
}

/// `; key="value"`, where the value may have escaped characters.
fn quoted_parameters(text: &str) -> Vec<(String, String)> {
    let mut parameters = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (key, value) =
            rest.strip_prefix("; ").and_then(|rest| rest.split_once("=\"")).expect("a parameter");
        let mut unescaped = String::new();
        let mut characters = value.char_indices();
        let end = loop {
            match characters.next().expect("a quoted value ends") {
                (end, '"') => break end,
                (_, '\\') => unescaped.extend(characters.next().map(|(_, escaped)| escaped)),
                (_, other) => unescaped.push(other),
            }
        };
        parameters.push((key.to_owned(), unescaped));
        rest = &value[end + 1..];
    }
    parameters
}

fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'-'
}

fn after<'a>(bytes: &'a [u8], prefix: &[u8]) -> Option<&'a [u8]> {
    bytes.strip_prefix(prefix)
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(body: &str) -> Received {
        Received {
            method: String::from("POST"),
            target: String::from("/"),
            headers: vec![(String::from("content-type"), String::from("multipart/form-data; boundary=b"))],
            body: body.as_bytes().to_vec(),
        }
    }

    #[test]
    fn parts_are_read_exactly() {
        let text = "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\r\n--\r\n--b\r\n\
                    Content-Disposition: form-data; name=\"f\"; filename=\"x\\\"y\"\r\n\
                    Content-Type: image/png\r\n\r\n1\r\n--b--\r\n";
        assert_eq!(
            parts(&body(text)),
            [Part::text("a", "\r\n--"), Part::file("f", "x\"y", "image/png", b"1")]
        );
    }

    #[test]
    #[should_panic(expected = "every part ends with the boundary")]
    fn a_body_without_its_end_is_found() {
        parts(&body("--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx"));
    }
}
