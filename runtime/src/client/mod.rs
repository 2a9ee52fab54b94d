//! Configuring a client.

mod address;
mod builder;
mod connections;

pub use builder::{ClientBuilder, DEFAULT_CONNECT_TIMEOUT, DEFAULT_MAX_BODY, DEFAULT_TIMEOUT};

use crate::api::Api;
use crate::transport::Transport;

/// What the generated clients have in common. Not to be implemented elsewhere.
///
/// A client is cheap to clone, and to be shared: clones use the same connections, limits and retry budget. Several
/// clients with different keys or servers live side by side.
pub trait ApiClient: Sized {
    /// The servers that the vendor runs.
    type Environment: ServerUrl;

    #[doc(hidden)]
    const API: &'static Api;

    #[doc(hidden)]
    fn from_transport(transport: Transport) -> Self;
}

/// A server that is known by name.
pub trait ServerUrl {
    /// Its base URL.
    fn server_url(self) -> &'static str;
}
