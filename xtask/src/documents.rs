//! Which documents a command is about: those of this workspace by name, any other by its path.

use std::io;
use std::path::Path;

use partner_codegen::Generated;
use partner_spec::{Api, Diagnostics, Document};
use partner_validator::Target;

/// A document that a command is about.
pub(crate) struct Named {
    pub(crate) target: Target,
}

/// The documents of these names or paths; all of this workspace's when there are none.
pub(crate) fn find(names: &[String]) -> io::Result<Vec<Named>> {
    if names.is_empty() {
        return Ok(Api::ALL.into_iter().map(ours).collect());
    }
    names.iter().map(|name| find_one(name)).collect()
}

/// The document of this name or path.
pub(crate) fn find_one(name: &str) -> io::Result<Named> {
    if let Some(api) = Api::from_name(name) {
        return Ok(ours(api));
    }
    let path = Path::new(name);
    if !path.exists() {
        let known: Vec<&str> = Api::ALL.iter().map(|api| api.name()).collect();
        let message = format!("`{name}` is neither an API ({}) nor a file", known.join(", "));
        return Err(io::Error::new(io::ErrorKind::NotFound, message));
    }
    Ok(Named { target: Target::file(path) })
}

fn ours(api: Api) -> Named {
    Named { target: Target::api(api) }
}

impl Named {
    /// The name of its module.
    pub(crate) fn name(&self) -> &str {
        &self.target.module
    }

    /// Reads it.
    pub(crate) fn load(&self) -> Result<Document, Diagnostics> {
        partner_spec::load(&self.target.root, &self.target.base)
    }

    /// Reads it and generates its client.
    pub(crate) fn generate(&self) -> Result<Generated, Diagnostics> {
        partner_codegen::generate(&self.load()?, self.name())
    }
}
