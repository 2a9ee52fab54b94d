//! Methods of the client that poll an operation until the state in its response is final (`x-waiter`).

use partner_spec::Location;

use crate::pointer::{LocatedString, ResponsePointer};

/// A method of the client that polls an operation until the state in its response is final (one entry of `x-waiter`).
#[derive(Debug, Clone, PartialEq)]
pub struct Waiter {
    /// The name of the client's method that polls the operation.
    pub client_method_name: String,
    /// The `description` in `x-waiter`, which becomes the documentation of the client's method.
    pub description: Option<String>,
    /// The JSON pointer to the field of the response that contains the state.
    pub state_pointer: ResponsePointer,
    /// The states that the method waits for: they mean success.
    pub success_states: Vec<LocatedString>,
    /// The final states that mean failure: after them, no state in `success_states` can follow.
    pub failure_states: Vec<LocatedString>,
    /// The final states that mean a late failure: a state in `success_states` was reached before, but a later step
    /// failed.
    pub late_failure_states: Vec<LocatedString>,
    /// The states that are not final: after them, the method continues to poll. A state that is in none of the four
    /// lists (from `success_states` to this one) counts as not final, too.
    pub pending_states: Vec<LocatedString>,
    /// The location of `x-waiter` in the OpenAPI document.
    pub location: Location,
}
