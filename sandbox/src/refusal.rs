//! Why a request does not get to its operation.

/// Why a request does not get to its operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Refusal {
    NoKey,
    WrongKey,
    UnknownPath,
    WrongMethod,
}
