//! Which came first: that a connection took a request, or that the call revoked it.
//!
//! This module is made of atomics alone, those of its parent module, so that the crate in the folder `loom` can compile it
//! with others and check all interleavings of the two.

use super::atomic::{AtomicU8, Ordering};

/// No connection has taken the request.
const UNTOUCHED: u8 = 0;
/// A connection has taken the request: a server may carry it out.
const TAKEN: u8 = 1;
/// The call has revoked the request: no connection will take it.
const REVOKED: u8 = 2;

/// The state of a request that was handed to the HTTP client. A connection runs in a task of its own, which may be about to
/// take the request while the call revokes it, so exactly one of the two succeeds.
#[derive(Debug)]
pub(super) struct SendGuard(AtomicU8);

impl Default for SendGuard {
    fn default() -> SendGuard {
        SendGuard(AtomicU8::new(UNTOUCHED))
    }
}

impl SendGuard {
    /// Takes the request for a connection; false when the call has revoked it, and nothing of it may be sent.
    pub(super) fn take(&self) -> bool {
        self.set(TAKEN)
    }

    /// Revokes the request; false when a connection has taken it, and a server may carry it out.
    pub(super) fn revoke(&self) -> bool {
        self.set(REVOKED)
    }

    /// Whether a connection has taken the request; nothing when neither that has happened nor that it was revoked.
    pub(super) fn is_taken(&self) -> Option<bool> {
        match self.0.load(Ordering::Acquire) {
            UNTOUCHED => None,
            state => Some(state == TAKEN),
        }
    }

    /// Sets the state if the request is untouched. Whether it is in that state.
    fn set(&self, state: u8) -> bool {
        match self.0.compare_exchange(UNTOUCHED, state, Ordering::AcqRel, Ordering::Acquire) {
            Ok(_) => true,
            Err(found) => found == state,
        }
    }
}
