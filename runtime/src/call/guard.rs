//! The body guard, which records whether a connection has begun to read the body of a request. As long as no connection
//! has begun to read the body, no server can have executed the request. The guard uses atomics, because the connection
//! runs in another task.
//!
//! Either the connection takes the body first, or the call revokes it first. A call that has revoked its body knows
//! that no server got the request.
//!
//! The atomics are imported from the parent module, so that the crate in the folder `loom` can compile this file with
//! loom's atomics and check all interleavings.

use super::atomic::{AtomicBool, AtomicU8, Ordering};

/// Who holds the body of a request at the moment: the call, the connection of the HTTP client, or nobody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BodyHolder {
    /// The call still holds the body: no connection has read any of it, so a connection can still take it, and the call
    /// can still revoke it.
    Call,
    /// Only a connection can send the body: it has read some of the body, or is about to read it.
    Connection,
    /// Nobody can send the body. The call revoked the body before a connection read any of it, so no connection will
    /// read it.
    RevokedByCall,
}

/// Ensures that a connection and the call never both get the body of a request. Either a connection takes the body, or
/// the call revokes it, so that no connection can take it later.
#[derive(Default)]
pub(super) struct BodyGuard {
    /// Who holds the body now: a [`BodyHolder`], stored as a number.
    holder: AtomicU8,
    /// Whether the connection is waiting for data from the source of the body, like a file or a slow upload stream.
    is_waiting_for_body_source: AtomicBool,
}

impl BodyGuard {
    /// Marks the body as taken by a connection. Returns false if the call has already revoked the body.
    pub(super) fn try_take_body(&self) -> bool {
        self.try_give_body_to(BodyHolder::Connection)
    }

    /// Revokes the body, so that no connection can take it. Returns false if a connection has already taken it.
    pub(super) fn try_revoke_body(&self) -> bool {
        self.try_give_body_to(BodyHolder::RevokedByCall)
    }

    /// Returns the current holder of the body: the call, a connection, or nobody.
    pub(super) fn holder(&self) -> BodyHolder {
        match self.holder.load(Ordering::Acquire) {
            0 => BodyHolder::Call,
            1 => BodyHolder::Connection,
            _ => BodyHolder::RevokedByCall,
        }
    }

    /// Sets whether the connection is waiting for more data from the source of the request body.
    pub(super) fn set_waiting_for_body_source(&self, is_waiting: bool) {
        self.is_waiting_for_body_source.store(is_waiting, Ordering::Release);
    }

    /// Whether the connection is waiting for more data from the source of the request body.
    pub(super) fn is_waiting_for_body_source(&self) -> bool {
        self.is_waiting_for_body_source.load(Ordering::Acquire)
    }

    /// Gives the body to `holder` if the call still holds the body. Returns whether `holder` holds the body afterwards,
    /// which is also the case if it held the body before.
    fn try_give_body_to(&self, holder: BodyHolder) -> bool {
        let (call, holder) = (BodyHolder::Call as u8, holder as u8);
        match self.holder.compare_exchange(call, holder, Ordering::AcqRel, Ordering::Acquire) {
            Ok(_) => true,
            Err(found) => found == holder,
        }
    }
}
