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
use std::process::Command;

use partner_tests::case::DROPS_RESPONSES;
use peakmem_alloc::{INSTRUMENTED_SYSTEM, PeakMemAlloc, PeakMemAllocTrait};

#[global_allocator]
static ALLOCATOR: &PeakMemAlloc<System> = &INSTRUMENTED_SYSTEM;

/// How much memory a call may allocate, as a multiple of the limit of its response.
const MOST: usize = 8;

/// How much memory is allocated besides: buffers of the connection, and those of the server.
const BESIDE: usize = 1024 * 1024;

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

/// The environment variable of a process that runs a single test.
const SINGLE_TEST: &str = "PARTNER_TESTS_MEMORY_SINGLE_TEST";

/// Runs a test in a process of its own, because the allocator counts the memory of the whole process. In that process,
/// the test is alone on its thread.
fn run<Test: Future<Output = ()>>(test: Test) {
    if std::env::var_os(SINGLE_TEST).is_none() {
        return run_in_own_process(name_of_test::<Test>());
    }
    DROPS_RESPONSES.set(true);
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(test);
}

/// The name of the test that has this async block: `bodies::a_test` for the type `memory::bodies::a_test::{{closure}}`.
fn name_of_test<Block>() -> &'static str {
    let block = std::any::type_name::<Block>();
    let path = block.strip_suffix("::{{closure}}").unwrap_or(block);
    path.split_once("::").map_or(path, |(_, name)| name)
}

fn run_in_own_process(test: &str) {
    let mut process = Command::new(std::env::current_exe().unwrap());
    let output = process.args([test, "--exact"]).env(SINGLE_TEST, "1").output().unwrap();
    let printed =
        [output.stdout, output.stderr].map(|text| String::from_utf8_lossy(&text).into_owned()).concat();
    assert!(output.status.success() && printed.contains("1 passed"), "{test}: {printed}");
}
