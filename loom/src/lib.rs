//! Tests of the runtime's body guard. A connection takes the body of a request to send it. The call may revoke the body
//! before that, and then the body is never sent. The guard decides which of the two comes first. The tests compile the
//! guard with the atomics of loom, which tries all interleavings of threads and all values that a load may see.
//!
//! The tests are run with `cargo test --manifest-path loom/Cargo.toml`.

#![cfg(test)]

use loom::sync::atomic;

#[path = "../../runtime/src/call/guard.rs"]
mod guard;

use loom::sync::Arc;
use loom::sync::atomic::{AtomicBool, Ordering};
use loom::thread;

use guard::{BodyGuard, BodyHolder};

#[test]
fn either_the_connection_takes_a_request_or_the_call_revokes_it() {
    loom::model(|| {
        let guard = Arc::new(BodyGuard::default());
        assert_eq!(guard.holder(), BodyHolder::Call);
        let connection = Arc::clone(&guard);
        let taking = thread::spawn(move || {
            let taken = connection.try_take_body();
            let holder = if taken { BodyHolder::Connection } else { BodyHolder::RevokedByCall };
            assert_eq!(connection.holder(), holder, "the connection sees what it did");
            taken
        });
        let revoked = guard.try_revoke_body();
        let holder = if revoked { BodyHolder::RevokedByCall } else { BodyHolder::Connection };
        assert_eq!(guard.holder(), holder, "the call sees what it did");
        let taken = taking.join().unwrap();
        assert!(taken != revoked, "taken: {taken}, revoked: {revoked}");
        assert_eq!((guard.try_take_body(), guard.try_revoke_body()), (taken, revoked), "it stays that way");
    });
}

#[test]
fn two_connections_and_a_call_agree_on_what_happened() {
    loom::model(|| {
        let guard = Arc::new(BodyGuard::default());
        let takings = [(); 2].map(|()| {
            let connection = Arc::clone(&guard);
            thread::spawn(move || connection.try_take_body())
        });
        let revoked = guard.try_revoke_body();
        for taking in takings {
            assert_eq!(taking.join().unwrap(), !revoked);
        }
    });
}

#[test]
fn a_call_sees_that_the_connection_waits_for_a_source() {
    loom::model(|| {
        let guard = Arc::new(BodyGuard::default());
        let connection = Arc::clone(&guard);
        let polling = thread::spawn(move || {
            connection.try_take_body();
            connection.set_waiting_for_body_source(true);
        });
        let is_waiting = guard.is_waiting_for_body_source();
        assert!(!is_waiting || guard.holder() == BodyHolder::Connection, "who waits has taken the body");
        polling.join().unwrap();
        assert!(guard.is_waiting_for_body_source());
    });
}

#[test]
fn nothing_is_written_of_a_request_that_was_revoked() {
    loom::model(|| {
        let guard = Arc::new(BodyGuard::default());
        let written = Arc::new(AtomicBool::new(false));
        let (connection, socket) = (Arc::clone(&guard), Arc::clone(&written));
        let sending = thread::spawn(move || {
            if connection.try_take_body() {
                socket.store(true, Ordering::Relaxed);
            }
        });
        let revoked = guard.try_revoke_body();
        assert!(!revoked || !written.load(Ordering::Relaxed));
        sending.join().unwrap();
        assert_eq!(written.load(Ordering::Relaxed), !revoked);
    });
}
