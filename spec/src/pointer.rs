//! The tokens of JSON pointers (RFC 6901).

/// Escapes a name for use as a token of a JSON pointer.
///
/// ```
/// use partner_spec::pointer::{escape, unescape};
///
/// assert_eq!(escape("/users/{id}~"), "~1users~1{id}~0");
/// assert_eq!(unescape("~1users~1{id}~0"), "/users/{id}~");
/// assert_eq!(unescape("~01"), "~1");
/// ```
pub fn escape(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// Returns the name that a token of a JSON pointer stands for.
pub fn unescape(token: &str) -> String {
    token.replace("~1", "/").replace("~0", "~")
}
