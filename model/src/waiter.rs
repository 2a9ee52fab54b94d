//! Methods of the client that poll an operation until the state in its response is final (`x-waiter`).

use partner_spec::Location;

use crate::pointer::{LocatedString, ResponsePointer};

/// A method of the client that polls an operation until the state in its response is final (one entry of `x-waiter`).
#[derive(Debug, Clone, PartialEq)]
pub struct Waiter {
    /// The name of the client's method.
    pub method_name: String,
    /// The description of the method: the states that it waits for.
    pub description: Option<String>,
    /// The pointer to the state in the response.
    pub state_pointer: ResponsePointer,
    /// The states that the method waits for.
    pub success_states: Vec<LocatedString>,
    /// The final states from which none of the `success_states` can be reached any more, so they mean failure.
    pub failure_states: Vec<LocatedString>,
    /// The final states that mean a late failure: one of the `success_states` was reached earlier, but a later step
    /// failed.
    pub late_failure_states: Vec<LocatedString>,
    /// The states in which the method continues to poll. It also continues in a state that is in none of the four
    /// lists.
    pub pending_states: Vec<LocatedString>,
    /// The location of `x-waiter`.
    pub location: Location,
}
