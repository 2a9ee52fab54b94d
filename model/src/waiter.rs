//! Methods that wait until the state in an operation's response is final (`x-waiter`).

use partner_spec::Location;

use crate::pointer::{Pointer, Word};

/// One `x-waiter` of an operation.
#[derive(Debug, Clone, PartialEq)]
pub struct Waiter {
    /// The name of the client's method.
    pub name: String,
    /// The description of the states that the method waits for.
    pub description: Option<String>,
    /// The pointer to the state, in the response.
    pub field: Pointer,
    /// The states that the method waits for.
    pub success: Vec<Word>,
    /// The final states from which no success state can be reached.
    pub failure: Vec<Word>,
    /// The states in which a later step failed, after a success state was reached.
    pub reached_then_failed: Vec<Word>,
    /// The listed states that are not final. A state in none of the lists counts as one of these.
    pub pending: Vec<Word>,
    /// The location of `x-waiter`.
    pub location: Location,
}
