//! The configuration of a client: its builder, its servers, and its connections.

mod address;
mod builder;
mod connections;
mod servers;

pub use servers::ServerVariableValue;
#[doc(hidden)]
pub use servers::{Server, ServerVariableDefinition};

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

/// The trait of the generated types that list a vendor's environments, like production and sandbox. It provides the
/// URLs of the servers of an environment.
pub trait ApiEnvironment {
    /// Returns the base URL of the server of this environment. Variables in the URL have their default values.
    fn server_url(self) -> &'static str;

    /// Returns the servers of this environment: first the server of the whole OpenAPI document, then those of single
    /// paths and operations. The list is empty if there is only one server and its URL has no variables, because then
    /// `server_url` is enough.
    #[doc(hidden)]
    fn servers(&self) -> &'static [Server] {
        &[]
    }
}
