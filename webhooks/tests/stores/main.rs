//! Tests every store against its real server, with the same suite of tests.
//!
//! Postgres and Redis are started on free ports, in temporary folders. If one of their programs is not installed, the
//! tests of the store are ignored, and a message is printed.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::print_stdout,
    missing_docs,
    reason = "a test that cannot go on fails, and says what was skipped and how fast it was; a child process says how far it is"
)]

mod backend;
mod deliveries;
mod inboxes;
mod killed;
mod memory;
mod postgres;
mod process;
mod redis;
mod sqlite;
mod suite;

use libtest_mimic::{Arguments, Trial};

/// A test, as a pair of name and function.
type Test = (&'static str, fn());

fn main() {
    if killed::run_child() {
        return;
    }
    let postgres = process::find_missing(&["initdb", "postgres", "pg_ctl"]);
    let redis = process::find_missing(&["redis-server"]);
    let trials = [
        make_trials("memory", None, suite::tests::<memory::Memory>()),
        make_trials("sqlite", None, suite::tests::<sqlite::Sqlite>()),
        make_trials("sqlite", None, inboxes::tests::<sqlite::Sqlite>()),
        make_trials("sqlite", None, killed::tests::<sqlite::Sqlite>()),
        make_trials("postgres", postgres, suite::tests::<postgres::Postgres>()),
        make_trials("postgres", postgres, inboxes::tests::<postgres::Postgres>()),
        make_trials("postgres", postgres, killed::tests::<postgres::Postgres>()),
        make_trials("redis", redis, suite::tests::<redis::Redis>()),
    ];
    libtest_mimic::run(&Arguments::from_args(), trials.into_iter().flatten().collect()).exit();
}

/// Makes the trials for the tests of a store. The trials are ignored if a program is missing.
fn make_trials(store: &str, missing: Option<&str>, tests: Vec<Test>) -> Vec<Trial> {
    if let Some(program) = missing {
        eprintln!("skipped: {} tests of {store}, because {program} is not on this machine", tests.len());
    }
    let trial = |(name, test): Test| {
        let test = move || {
            test();
            Ok(())
        };
        Trial::test(format!("{store}::{name}"), test).with_ignored_flag(missing.is_some())
    };
    tests.into_iter().map(trial).collect()
}
