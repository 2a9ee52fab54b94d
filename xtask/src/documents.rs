//! Which documents a command is about: those of this workspace by name, any other by its path.

use std::io;
use std::path::{Path, PathBuf};

use partner_codegen::Generated;
use partner_spec::{Api, Diagnostics, Document};

/// A document that a command is about.
pub(crate) struct Named {
    /// The name of its module.
    pub(crate) name: String,
    root: PathBuf,
    base: PathBuf,
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
    let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or("document");
    Ok(Named { name: partner_codegen::names::snake_name(stem), root: path.to_owned(), base: PathBuf::new() })
}

fn ours(api: Api) -> Named {
    Named { name: api.name().to_owned(), root: api.root(), base: partner_spec::base().to_owned() }
}

impl Named {
    /// Reads it.
    pub(crate) fn load(&self) -> Result<Document, Diagnostics> {
        partner_spec::load(&self.root, &self.base)
    }

    /// Reads it and generates its client.
    pub(crate) fn generate(&self) -> Result<Generated, Diagnostics> {
        partner_codegen::generate(&self.load()?, &self.name)
    }
}
