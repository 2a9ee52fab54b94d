//! The servers of an API, and the variables in their URLs.

use partner_spec::Location;

use crate::types::EnumValue;

/// An environment of the API, like `production`. Each environment comes from an entry in the top-level `servers` of the
/// document, not from the `servers` of a path or operation. Programs choose an environment when they create a client.
#[derive(Debug, Clone)]
pub struct Environment {
    /// The name of the environment's variant in Rust. It is made of the server's `x-environment`, or of the server's
    /// URL if there is no `x-environment`.
    pub variant_name: String,
    /// The URL of the environment's server, with each variable replaced by its default.
    pub default_url: String,
    /// The `description` of the environment's server.
    pub description: Option<String>,
    /// The servers that operations use in this environment: first the environment's own server, then the servers that
    /// the document sets for single paths and operations. [`Operation::server_index`](crate::Operation) is an index
    /// into this list.
    pub servers: Vec<Server>,
    /// The location of the environment's server.
    pub location: Location,
}

/// A server.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Server {
    /// The server's `url` without a slash at the end. The names of variables are in braces, like `{region}`.
    pub url_template: String,
    /// The variables of the server, in the order in which they occur in the `url`.
    pub variables: Vec<ServerVariable>,
}

/// A variable in the URL of a server.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ServerVariable {
    /// The variable's name: its key in the document's `variables`.
    pub name: String,
    /// `default`.
    pub default: String,
    /// The values that the variable can have (`enum`). If the list is empty, the variable can have any value.
    pub allowed_values: Vec<String>,
}

/// A server variable that a client can set. The client's value applies to all servers that have a variable with this
/// name.
#[derive(Debug, Clone)]
pub struct SettableServerVariable {
    /// The variable's name: its key in the document's `variables`.
    pub name: String,
    /// The variable's `description` in the first server that has the variable.
    pub description: Option<String>,
    /// The values that at least one server allows for the variable; `None` if one of the servers allows any value.
    pub allowed_values: Option<Vec<EnumValue>>,
    /// The location of the variable's key in the first server that has the variable.
    pub key_location: Location,
}
