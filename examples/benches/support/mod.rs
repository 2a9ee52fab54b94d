//! Code that the benchmarks share.
//!
//! A measured time depends on the machine. So each benchmark also measures another program that does the same in
//! another way, in the same run and in turns.

#![allow(dead_code, reason = "each benchmark uses a part")]

pub(crate) mod handwritten;
pub(crate) mod memory;
pub(crate) mod process;
pub(crate) mod rounds;
pub(crate) mod server;

/// The reason why a benchmark cannot continue.
pub(crate) type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// The API key of all clients.
pub(crate) const KEY: &str = "example-key";
