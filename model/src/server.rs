//! The servers of an API, and the variables in their addresses.

use partner_spec::Location;

use crate::types::EnumValue;

/// An environment that clients can choose by name, like `production`. It belongs to one server of the whole document
/// (not of a path or operation).
#[derive(Debug, Clone)]
pub struct Environment {
    /// The name of the environment's variant in Rust: made of the server's `x-environment` if there is one, and
    /// otherwise of the server's address.
    pub variant_name: String,
    /// The address of the environment's server, with each variable replaced by its default.
    pub url: String,
    /// The `description` of the environment's server.
    pub description: Option<String>,
    /// The servers that operations use in this environment: first the environment's own server, then the servers that
    /// single paths and operations define for themselves. [`Operation::server_position`](crate::Operation) is a
    /// position in this list.
    pub servers: Vec<Server>,
    /// The location of the environment's server.
    pub location: Location,
}

/// A server.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Server {
    /// The server's `url` without a slash at its end, with the names of its variables in braces.
    pub url: String,
    /// The variables of the server, in the order in which its `url` has them.
    pub variables: Vec<ServerVariable>,
}

/// A variable in the address of one server.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ServerVariable {
    /// The variable's name: its key in the document's `variables`.
    pub name: String,
    /// `default`.
    pub default: String,
    /// The values that the variable can have (`enum`). If the list is empty, the variable can have any value.
    pub allowed_values: Vec<String>,
}

/// A variable that clients can set. The value that a client sets applies to all servers that have a variable of this
/// name.
#[derive(Debug, Clone)]
pub struct SettableVariable {
    /// The variable's name: its key in the document's `variables`.
    pub name: String,
    /// The variable's `description` in the first server that has the variable.
    pub description: Option<String>,
    /// The values that at least one server allows for the variable; `None` if some server allows any text.
    pub allowed_values: Option<Vec<EnumValue>>,
    /// The location of the variable's key in the first server that has the variable.
    pub location: Location,
}
