//! Escapes and unescapes the tokens of JSON pointers (RFC 6901).

/// Escapes a name for use as a token of a JSON pointer.
///
/// ```
/// use partner_spec::pointer::{escape_token, unescape_token};
///
/// assert_eq!(escape_token("/users/{id}~"), "~1users~1{id}~0");
/// assert_eq!(unescape_token("~1users~1{id}~0"), "/users/{id}~");
/// assert_eq!(unescape_token("~01"), "~1");
/// ```
pub fn escape_token(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// Converts a token of a JSON pointer back to the name that was escaped: `~1` becomes `/`, and `~0` becomes `~`.
pub fn unescape_token(token: &str) -> String {
    token.replace("~1", "/").replace("~0", "~")
}
