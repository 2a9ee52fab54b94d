//! What a call makes of servers and networks that fail, over real sockets.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a helper that cannot go on fails the test that uses it"
)]

mod connections;
mod limits;
mod proxies;
mod redirects;
mod server;
mod timeouts;
mod uploads;
