//! Tests of the body guard without concurrency. The crate in the folder `loom` tests its races.

use super::guard::{BodyGuard, BodyHolder};

#[test]
fn a_body_that_a_connection_has_taken_cannot_be_revoked() {
    let guard = BodyGuard::default();
    assert_eq!(guard.holder(), BodyHolder::Call);
    assert!(guard.try_take_body() && guard.try_take_body(), "a connection takes a body in pieces");
    assert!(!guard.try_revoke_body() && !guard.try_revoke_body());
    assert_eq!(guard.holder(), BodyHolder::Connection);
}

#[test]
fn a_body_that_was_revoked_is_not_taken() {
    let guard = BodyGuard::default();
    assert!(guard.try_revoke_body() && guard.try_revoke_body());
    assert!(!guard.try_take_body() && !guard.try_take_body());
    assert_eq!(guard.holder(), BodyHolder::RevokedByCall);
}
