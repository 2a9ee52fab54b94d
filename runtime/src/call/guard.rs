//! Whether a connection has taken any of a body: nothing but atomics, since the connection runs in a task of its own.
//!
//! The connection takes the body, or the call revokes it, and one of the two is the first. A call that has revoked its
//! body knows that no server got the request.
//!
//! The atomics are those of the parent module, so that the crate in the folder `loom` can compile this module with others,
//! and check all interleavings.

use super::atomic::{AtomicBool, AtomicU8, Ordering};

/// Who has the body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holder {
    /// The call: no connection has taken any of it.
    Call,
    /// A connection, which has taken some of it or is about to.
    Connection,
    /// Nobody: no connection will take any of it.
    Nobody,
}

/// Decides between the connection that takes a body and the call that revokes it.
#[derive(Default)]
pub(super) struct SendGuard {
    /// A [`Holder`] as its number.
    holder: AtomicU8,
    /// Whether the connection waits for the source of the body.
    waiting: AtomicBool,
}

impl SendGuard {
    /// Takes the body for a connection; false when it was revoked.
    pub(super) fn take(&self) -> bool {
        self.give_to(Holder::Connection)
    }

    /// Revokes it; false when a connection has taken some of it.
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

    /// Notes whether the connection waits for the source.
    pub(super) fn set_waiting(&self, waiting: bool) {
        self.waiting.store(waiting, Ordering::Release);
    }

    /// Whether the connection waits for the source.
    pub(super) fn is_waiting(&self) -> bool {
        self.waiting.load(Ordering::Acquire)
    }

    /// Gives the body to a holder, unless another one than the call has it. Whether that holder has it now.
    fn give_to(&self, holder: Holder) -> bool {
        let (call, holder) = (Holder::Call as u8, holder as u8);
        match self.holder.compare_exchange(call, holder, Ordering::AcqRel, Ordering::Acquire) {
            Ok(_) => true,
            Err(found) => found == holder,
        }
    }
}
