//! The send guard: whether a connection has taken any of a body. It uses only atomics, because the connection runs in a task of
//! its own.
//!
//! Either the connection takes the body first, or the call revokes it first. A call that has revoked its body knows that no
//! server got the request.
//!
//! The atomics are imported from the parent module, so that the crate in the folder `loom` can compile this file with loom's
//! atomics and check all interleavings.

use super::atomic::{AtomicBool, AtomicU8, Ordering};

/// The current holder of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holder {
    /// The call: no connection has taken any of the body.
    Call,
    /// A connection, which has taken some of the body or is about to take it.
    Connection,
    /// Nobody: the body was revoked, and no connection will take any of the body.
    Nobody,
}

/// Decides whether the connection takes a body or the call revokes it.
#[derive(Default)]
pub(super) struct SendGuard {
    /// A [`Holder`] as a number.
    holder: AtomicU8,
    /// Whether the connection waits for the source of the body.
    waiting: AtomicBool,
}

impl SendGuard {
    /// Takes the body for a connection. Returns false when it was revoked.
    pub(super) fn take(&self) -> bool {
        self.give_to(Holder::Connection)
    }

    /// Revokes the body. Returns false when a connection has taken some of it.
    pub(super) fn revoke(&self) -> bool {
        self.give_to(Holder::Nobody)
    }

    /// Who has the body.
    pub(super) fn holder(&self) -> Holder {
        match self.holder.load(Ordering::Acquire) {
            0 => Holder::Call,
            1 => Holder::Connection,
            _ => Holder::Nobody,
        }
    }

    /// Sets whether the connection waits for the source of the body.
    pub(super) fn set_waiting(&self, waiting: bool) {
        self.waiting.store(waiting, Ordering::Release);
    }

    /// Whether the connection waits for the source.
    pub(super) fn is_waiting(&self) -> bool {
        self.waiting.load(Ordering::Acquire)
    }

    /// Gives the body from the call to a holder. Returns whether that holder has it now.
    fn give_to(&self, holder: Holder) -> bool {
        let (call, holder) = (Holder::Call as u8, holder as u8);
        match self.holder.compare_exchange(call, holder, Ordering::AcqRel, Ordering::Acquire) {
            Ok(_) => true,
            Err(found) => found == holder,
        }
    }
}
