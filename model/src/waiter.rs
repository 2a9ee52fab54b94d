//! Methods of the client that poll an operation until the state in its response is final (`x-waiter`).

use partner_spec::Location;

use crate::pointer::{LocatedString, Pointer};

/// A method of the client that polls an operation until the state in its response is final (one entry of `x-waiter`).
#[derive(Debug, Clone, PartialEq)]
pub struct Waiter {
    /// The name of the client's method.
    pub method_name: String,
    /// The description of the states that the method waits for.
    pub description: Option<String>,
    /// A pointer into the response, to the state.
    pub state_pointer: Pointer,
    /// The states that the method waits for.
    pub success_states: Vec<LocatedString>,
    /// The final states that mean failure: none of the `success_states` can be reached any more.
    pub failure_states: Vec<LocatedString>,
    /// The final states that mean a late failure: one of the `success_states` was reached earlier, but a later step
    /// failed.
    pub reached_then_failed: Vec<LocatedString>,
    /// The states in which the method continues to poll. A state that is in none of the four lists also counts as
    /// pending.
    pub pending_states: Vec<LocatedString>,
    /// The location of `x-waiter`.
    pub location: Location,
}
