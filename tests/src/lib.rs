//! Helpers of the integration tests: servers that record requests, the documents as lists of examples, and tests that
//! call all operations of a document.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a helper that cannot go on fails the test that uses it"
)]

pub mod absent;
pub mod capture;
pub mod case;
pub mod contract;
mod exchange;
mod ids;
pub mod marks;
pub mod multipart;
pub mod nulls;
pub mod payloads;
pub mod requests;
pub mod responses;
pub mod schema;
pub mod script;
pub mod secrets;
pub mod suite;
pub mod types;
pub mod url_path;
pub mod watch;

/// The calls of all methods and the list of all types of each API, which the build script derives from the documents.
pub mod derived {
    include!(concat!(env!("OUT_DIR"), "/apis.rs"));
}

macro_rules! declare_module {
    ($api:ident) => {
        pub mod $api;
    };
}
for_each_api!(declare_module);
