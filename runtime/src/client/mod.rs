//! The configuration of a client.

mod address;
mod builder;
mod connections;
mod servers;

pub use servers::ServerVariable;
#[doc(hidden)]
pub use servers::{Server, Variable};

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
    /// Its base URL, in which variables have their defaults.
    fn server_url(self) -> &'static str;

    /// The servers of the operations, where the document has variables or several servers: that of the document, then those
    /// of paths and operations.
    #[doc(hidden)]
    fn servers(&self) -> &'static [Server] {
        &[]
    }
}
