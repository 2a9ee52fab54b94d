//! Reads the path of a request as a server does, by RFC 3986 and independently of the client.

/// Values of a path parameter that would have another meaning in a URL if they were not escaped.
pub const AWKWARD_TEXTS: &[&str] = &[
    "a b/c",
    "/",
    "a//b/",
    "zażółć-€-😀",
    "100%",
    "%2F",
    "%2e%2e",
    "..%2f..",
    "what?now=1&then=2",
    "a#b",
    "a\\b",
    "..\\..\\admin",
    ". .",
    "...",
    " a ",
    "a;b=c,d",
    "+&=:@!$'()*",
    "[x]|^{y}~`\"<>",
    "line\r\nend\tand\u{7f}",
];

/// Returns the values in a path for the parameters of a path template. Panics if the path does not match the template.
pub fn read_parameters<'t>(template: &'t str, path: &str) -> Vec<(&'t str, String)> {
    let expected: Vec<&str> = template.split('/').collect();
    let found: Vec<&str> = path.split('/').collect();
    assert_eq!(found.len(), expected.len(), "{path} has the segments of {template}");
    let mut parameters = Vec::new();
    for (expected, found) in expected.iter().zip(found) {
        match expected.strip_prefix('{').and_then(|name| name.strip_suffix('}')) {
            Some(name) => parameters.push((name, percent_decode(found))),
            None => assert_eq!(found, *expected, "{path} is {template}"),
        }
    }
    parameters
}

/// Decodes the percent-encoding of a path segment. Panics if the segment has a character that must be percent-encoded.
pub fn percent_decode(segment: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = segment.as_bytes();
    while let [first, tail @ ..] = rest {
        match (first, tail) {
            (b'%', [high, low, tail @ ..]) => {
                let digits = [*high, *low];
                let digits = std::str::from_utf8(&digits).expect("two digits");
                bytes.push(u8::from_str_radix(digits, 16).expect("two hexadecimal digits"));
                rest = tail;
            }
            _ => {
                assert!(is_path_character(*first), "{segment} has a character that a path cannot have");
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).expect("a path is UTF-8")
}

fn is_path_character(byte: u8) -> bool {
    // The last four characters are not escaped by browsers either, and no server gives them a meaning.
    byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@[]|^".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_escaped_value_is_read_back() {
        let found = read_parameters("/v1/{a}/x/{b}", "/v1/a%20b%2F%C3%BC%25/x/..;");
        assert_eq!(found, [("a", String::from("a b/ü%")), ("b", String::from("..;"))]);
    }

    #[test]
    #[should_panic(expected = "has the segments of")]
    fn a_value_that_became_two_segments_is_found() {
        read_parameters("/v1/{a}", "/v1/a/b");
    }

    #[test]
    #[should_panic(expected = "a character that a path cannot have")]
    fn a_value_that_was_not_escaped_is_found() {
        read_parameters("/v1/{a}", "/v1/a?b");
    }
}
