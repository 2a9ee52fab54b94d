//! The configuration of a client: its builder, its servers, and its connections.

mod address;
mod builder;
mod connections;
mod servers;

pub use servers::ServerVariable;
#[doc(hidden)]
pub use servers::{Server, Variable};

pub use builder::{ClientBuilder, DEFAULT_CONNECT_TIMEOUT, DEFAULT_MAX_RESPONSE_BYTES, DEFAULT_TIMEOUT};

use crate::api::Api;
use crate::transport::Transport;

/// The trait of all generated clients. Only generated code implements it.
///
/// A client is cheap to clone, and clones share connections, limits and retry budget. A program can have several
/// clients with different keys or servers.
pub trait ApiClient: Sized {
    /// The type of the vendor's environments, like production and sandbox.
    type Environment: ApiEnvironment;

    #[doc(hidden)]
    const API: &'static Api;

    #[doc(hidden)]
    fn from_transport(transport: Transport) -> Self;
}

/// The trait of a vendor's environments, like production and sandbox, which knows the URLs of their servers.
pub trait ApiEnvironment {
    /// Returns the base URL of the server, in which variables have their defaults.
    fn server_url(self) -> &'static str;

    /// Returns the servers to which operations are sent: first the server of the whole OpenAPI document, then those of
    /// single paths and operations. The list is empty if `server_url` is enough: there is only one server, and its URL
    /// has no variables.
    #[doc(hidden)]
    fn servers(&self) -> &'static [Server] {
        &[]
    }
}
