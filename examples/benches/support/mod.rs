//! What the benchmarks share.
//!
//! A figure alone says little about another machine, so each one stands beside that of a program that does the same in
//! another way, measured in the same run and in turns.

#![allow(dead_code, reason = "each benchmark uses a part")]

pub(crate) mod handwritten;
pub(crate) mod memory;
pub(crate) mod process;
pub(crate) mod rounds;
pub(crate) mod server;

/// Why a benchmark cannot go on.
pub(crate) type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// The key of all clients.
pub(crate) const KEY: &str = "example-key";
