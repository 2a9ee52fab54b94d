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

/// How much memory a call may allocate, as a multiple of the limit of its response.
const MOST: usize = 8;

/// How much memory is allocated besides: buffers of the connection, and those of the server.
const BESIDE: usize = 1024 * 1024;

/// Keeps other tests of this program from running at the same time.
fn lock_allocator() -> MutexGuard<'static, ()> {
    static ALONE: Mutex<()> = Mutex::new(());
    DROPS_RESPONSES.set(true);
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The output of a future, and the largest number of bytes that was allocated while it ran.
async fn measured<T>(future: impl Future<Output = T>) -> (T, usize) {
    ALLOCATOR.reset_peak_memory();
    let result = future.await;
    (result, ALLOCATOR.get_peak_memory())
}

/// Fails when a call has allocated too much.
#[track_caller]
fn assert_bounded(peak: usize, limit: usize, what: &str) {
    assert!(peak <= MOST * limit + BESIDE, "{what}: {} % of the limit", peak * 100 / limit);
}

/// Runs a test alone, with nothing else on its thread.
fn run(test: impl Future<Output = ()>) {
    let _lock = lock_allocator();
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(test);
}
