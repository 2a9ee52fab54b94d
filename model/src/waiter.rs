//! Which states an operation's answer goes through until it is final (`x-waiter`).

use partner_spec::Location;

use crate::pointer::{Pointer, Word};

/// One `x-waiter` of an operation.
#[derive(Debug, Clone, PartialEq)]
pub struct Waiter {
    /// The name of the client's method.
    pub name: String,
    /// What is waited for.
    pub description: Option<String>,
    /// Where the state is.
    pub field: Pointer,
    /// The states that were waited for.
    pub success: Vec<Word>,
    /// The states that can become none of those any more.
    pub failure: Vec<Word>,
    /// The states in which a later step failed, after a success.
    pub reached_then_failed: Vec<Word>,
    /// The states that are named as not final. Every state that is in no list counts as one of these.
    pub pending: Vec<Word>,
    /// Where it is written.
    pub location: Location,
}
