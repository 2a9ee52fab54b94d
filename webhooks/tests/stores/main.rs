//! Every store of events against the server that it is for, with one suite of tests.
//!
//! Postgres and Redis are started on free ports, in temporary folders, by the programs that are on this machine. Where a
//! program is missing, its tests are shown as ignored, and a line says so.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    missing_docs,
    reason = "a test that cannot go on fails, and says what was skipped and how fast it was"
)]

mod backend;
mod deliveries;
mod memory;
mod postgres;
mod process;
mod redis;
mod sqlite;
mod suite;

use libtest_mimic::{Arguments, Trial};

use crate::backend::Backend;

fn main() {
    let mut trials = trials::<memory::Memory>(None);
    trials.extend(self::trials::<sqlite::Sqlite>(None));
    trials.extend(self::trials::<postgres::Postgres>(process::missing(&["initdb", "postgres", "pg_ctl"])));
    trials.extend(self::trials::<redis::Redis>(process::missing(&["redis-server"])));
    libtest_mimic::run(&Arguments::from_args(), trials).exit();
}

/// The tests of a store. They are ignored when a program is missing.
fn trials<B: Backend>(missing: Option<&str>) -> Vec<Trial> {
    if let Some(program) = missing {
        eprintln!("skipped: the tests of {}, because {program} is not on this machine", B::NAME);
    }
    let trial = |name: &str, test: fn()| {
        let test = move || {
            test();
            Ok(())
        };
        Trial::test(format!("{}::{name}", B::NAME), test).with_ignored_flag(missing.is_some())
    };
    suite::tests::<B>().into_iter().map(|(name, test)| trial(name, test)).collect()
}
