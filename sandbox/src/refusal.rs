//! The reasons why a request is refused before it reaches an operation.

/// The reason why a request is refused before it reaches an operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Refusal {
    NoKey,
    WrongKey,
    UnknownPath,
    WrongMethod,
}
