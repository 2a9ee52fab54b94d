//! The servers of an API, and the variables in their addresses.

use partner_spec::Location;

use crate::types::EnumValue;

/// A server of the document that clients can choose by name.
#[derive(Debug, Clone)]
pub struct Environment {
    /// The name of the variant in Rust, made of `x-environment`, or else of the server's address.
    pub variant: String,
    /// The address of the document's server, in which each variable has its default.
    pub url: String,
    /// `description`.
    pub description: Option<String>,
    /// The servers of the operations in this environment. The first is that of the document; the others are those of
    /// paths and operations. An operation has the position of its server in this list.
    pub servers: Vec<Server>,
    /// The location of the document's server.
    pub location: Location,
}

/// A server.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Server {
    /// `url` without a slash at its end, with the names of its variables in braces.
    pub url: String,
    /// The variables in `url`, in the order in which `url` has them.
    pub variables: Vec<ServerVariable>,
}

/// A variable in the address of one server.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ServerVariable {
    /// Its key in `variables`.
    pub name: String,
    /// `default`.
    pub default: String,
    /// `enum`: the values that the variable can have; any, if there is none.
    pub values: Vec<String>,
}

/// A variable that clients can set. It has an effect on all servers with a variable of its name.
#[derive(Debug, Clone)]
pub struct Variable {
    /// Its key in `variables`.
    pub name: String,
    /// The `description` of the first server with the variable.
    pub description: Option<String>,
    /// The values that the variable can have in any of the servers; `None` if it can have any text in one of them.
    pub values: Option<Vec<EnumValue>>,
    /// The location of its key in the first server with the variable.
    pub location: Location,
}
