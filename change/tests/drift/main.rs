//! How our documents are compared with those of a vendor.

#![allow(clippy::unwrap_used, reason = "a test that fails panics")]

mod differences;
mod hostile;
mod lists;
mod pages;
mod same;
mod support;
mod variants;
mod webhooks;
