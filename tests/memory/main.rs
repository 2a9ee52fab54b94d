//! How much memory a call takes at most, whatever the server responds with: 8 times the limit of a response.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a helper that cannot go on fails the test that uses it"
)]

mod bodies;
mod operations;
mod server;
mod webhooks;

use std::alloc::System;
use std::sync::{Mutex, MutexGuard, PoisonError};

use partner_tests::case::DROPS_RESPONSES;
use peakmem_alloc::{INSTRUMENTED_SYSTEM, PeakMemAlloc, PeakMemAllocTrait};

#[global_allocator]
static ALLOCATOR: &PeakMemAlloc<System> = &INSTRUMENTED_SYSTEM;

/// The most that a call may take, in limits of its response.
const MOST: usize = 8;

/// What a call takes beside its response: buffers of connections, and the server's.
const BESIDE: usize = 1024 * 1024;

/// Keeps other tests from allocating meanwhile.
fn alone() -> MutexGuard<'static, ()> {
    static ALONE: Mutex<()> = Mutex::new(());
    DROPS_RESPONSES.set(true);
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What a future comes to, and how many bytes were allocated at a time while it ran.
async fn measured<T>(future: impl Future<Output = T>) -> (T, usize) {
    ALLOCATOR.reset_peak_memory();
    let result = future.await;
    (result, ALLOCATOR.get_peak_memory())
}

/// Fails when a call has taken too much.
#[track_caller]
fn assert_bounded(peak: usize, limit: usize, what: &str) {
    assert!(peak <= MOST * limit + BESIDE, "{what}: {} % of the limit", peak * 100 / limit);
}

/// Runs a test alone, with nothing else on its thread.
fn run(test: impl Future<Output = ()>) {
    let _alone = alone();
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(test);
}
