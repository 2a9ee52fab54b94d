//! Testing a service with the sandbox.
//!
#![doc = include_str!("testing.md")]
