//! The reasons why a request is refused before any operation is executed.

/// The reason why a request is refused before any operation is executed: the API key, path or method of the request is
/// wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum RequestRefusal {
    NoKey,
    WrongKey,
    UnknownPath,
    WrongMethod,
}
