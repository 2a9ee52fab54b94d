//! Tests of the send guard without concurrency. The crate in the folder `loom` tests its races.

use super::guard::{BodyHolder, SendGuard};

#[test]
fn a_body_that_a_connection_has_taken_cannot_be_revoked() {
    let guard = SendGuard::default();
    assert_eq!(guard.holder(), BodyHolder::Call);
    assert!(guard.take() && guard.take(), "a connection takes a body in pieces");
    assert!(!guard.revoke() && !guard.revoke());
    assert_eq!(guard.holder(), BodyHolder::Connection);
}

#[test]
fn a_body_that_was_revoked_is_not_taken() {
    let guard = SendGuard::default();
    assert!(guard.revoke() && guard.revoke());
    assert!(!guard.take() && !guard.take());
    assert_eq!(guard.holder(), BodyHolder::Nobody);
}
