//! What a call makes of servers and networks that fail, over real sockets.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a helper that cannot go on fails the test that uses it"
)]

mod callers_client;
mod cancelled;
mod connections;
mod each_call;
mod hooks;
mod limits;
mod proxies;
mod raw;
mod redirects;
mod replays;
mod responses;
mod retries;
mod server;
mod shown;
mod spans;
mod statuses;
mod throttled;
mod timeouts;
mod tls;
mod tls_settings;
mod uploads;
