//! The reasons why a request is refused before any operation is executed.

/// The reason why a request is refused before any operation is executed: its key, path or method is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Refusal {
    NoKey,
    WrongKey,
    UnknownPath,
    WrongMethod,
}
