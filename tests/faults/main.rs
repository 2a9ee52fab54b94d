//! What a call makes of servers and networks that fail, over real sockets.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a helper that cannot go on fails the test that uses it"
)]

mod answers;
mod cancelled;
mod connections;
mod handed_in;
mod hooks;
mod limits;
mod proxies;
mod raw;
mod redirects;
mod replays;
mod retries;
mod server;
mod shown;
mod spans;
mod statuses;
mod three;
mod throttled;
mod timeouts;
mod tls;
mod tls_settings;
mod uploads;
