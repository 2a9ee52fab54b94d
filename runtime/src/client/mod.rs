//! The configuration of a client.

mod address;
mod builder;
mod connections;

pub use builder::{ClientBuilder, DEFAULT_CONNECT_TIMEOUT, DEFAULT_MAX_BODY, DEFAULT_TIMEOUT};

use crate::api::Api;
use crate::transport::Transport;

/// The trait of all generated clients. Only generated code implements it.
///
/// A client is cheap to clone, and clones share connections, limits and retry budget. A program can have several clients with
/// different keys or servers.
pub trait ApiClient: Sized {
    /// The servers that the vendor runs.
    type Environment: ServerUrl;

    #[doc(hidden)]
    const API: &'static Api;

    #[doc(hidden)]
    fn from_transport(transport: Transport) -> Self;
}

/// A server of the vendor, known by name.
pub trait ServerUrl {
    /// Its base URL.
    fn server_url(self) -> &'static str;
}
