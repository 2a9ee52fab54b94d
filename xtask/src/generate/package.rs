//! `--crate`: writes a package for the client of one document.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;

use partner_codegen::Generated;

use crate::workspace;

/// Where the runtime of a generated package comes from.
#[derive(Clone)]
pub(crate) enum Runtime {
    /// The path of a folder, written as the key `path` of the dependency.
    Path(String),
    /// The address of a git repository, written as the key `git` of the dependency.
    Git(String),
    /// A version in the registry.
    Version(String),
}

impl std::str::FromStr for Runtime {
    type Err = String;

    /// Text that begins with a digit is a version, and text with a scheme or `git@` is the address of a repository.
    /// Anything else is the path of the package's folder.
    fn from_str(text: &str) -> Result<Runtime, String> {
        if text.starts_with(|c: char| c.is_ascii_digit()) && !Path::new(text).exists() {
            return Ok(Runtime::Version(text.to_owned()));
        }
        if text.contains("://") || text.starts_with("git@") {
            return Ok(Runtime::Git(text.to_owned()));
        }
        Runtime::in_folder(Path::new(text))
    }
}

impl Runtime {
    fn in_folder(folder: &Path) -> Result<Runtime, String> {
        let expected = "expected a folder with the package `partner-runtime`, the address of a git repository, or a version";
        let failed = |why: &dyn std::fmt::Display| format!("{}: {why}; {expected}", folder.display());
        let folder = folder.canonicalize().map_err(|error| failed(&error))?;
        match folder.join("Cargo.toml").is_file() {
            true => Ok(Runtime::Path(folder.to_string_lossy().into_owned())),
            false => Err(failed(&"there is no `Cargo.toml`")),
        }
    }

    /// The runtime of the workspace that the command is run in.
    fn in_workspace() -> io::Result<Runtime> {
        let folder = workspace::required()?.join("runtime");
        Runtime::in_folder(&folder).map_err(|message| io::Error::new(io::ErrorKind::NotFound, message))
    }

    /// The dependency in the syntax of TOML.
    fn dependency(&self) -> String {
        match self {
            Runtime::Path(path) => format!("{{ path = {} }}", quoted(path)),
            Runtime::Git(address) => format!("{{ git = {} }}", quoted(address)),
            Runtime::Version(version) => quoted(version),
        }
    }
}

/// Writes a string for TOML, which has the same escapes as JSON.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// Writes the package. The generated source is always written, the manifest and the root module only if they do not
/// exist yet.
pub(super) fn write(
    folder: &Path,
    module: &str,
    generated: &Generated,
    runtime: Option<&Runtime>,
) -> io::Result<()> {
    let source = folder.join("src").join("api");
    fs::create_dir_all(&source).map_err(|error| with_path(&source, &error))?;
    for file in &generated.files {
        let path = source.join(file.name());
        fs::write(&path, &file.source).map_err(|error| with_path(&path, &error))?;
    }
    let runtime = match runtime {
        Some(runtime) => runtime.clone(),
        None => Runtime::in_workspace()?,
    };
    write_new(&folder.join("src/lib.rs"), &root(module))?;
    write_new(&folder.join("Cargo.toml"), &manifest(module, &runtime))
}

fn with_path(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}

/// Writes a file that its owner may change later, unless it exists.
fn write_new(path: &Path, text: &str) -> io::Result<()> {
    match fs::File::create_new(path) {
        Ok(mut file) => {
            io::Write::write_all(&mut file, text.as_bytes()).map_err(|error| with_path(path, &error))
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(with_path(path, &error)),
    }
}

fn root(module: &str) -> String {
    format!(
        "//! A client that is generated from the OpenAPI document `{module}`.\n\n\
         #[allow(clippy::all, unused, reason = \"it is generated\")]\n\
         mod api;\n\n\
         pub use api::*;\n\
         pub use partner_runtime;\n\n\
         partner_runtime::plumbing::call_type!();\n"
    )
}

fn manifest(module: &str, runtime: &Runtime) -> String {
    let mut text = String::new();
    let name = format!("{}-client", module.replace('_', "-"));
    // Writing to a string cannot fail.
    let _ = write!(
        text,
        "[package]\n\
         name = {}\n\
         version = \"0.1.0\"\n\
         edition = \"2024\"\n\
         rust-version = {}\n\
         publish = false\n\n\
         [features]\n\
         # The generated types implement `JsonSchema`.\n\
         schemars = [\"partner-runtime/schemars\"]\n\n\
         [dependencies]\n\
         partner-runtime = {}\n\
         serde = {{ version = \"1\", features = [\"derive\"] }}\n\n\
         # This package is a workspace of its own. Remove this line to add it to another one.\n\
         [workspace]\n",
        quoted(&name),
        quoted(env!("CARGO_PKG_RUST_VERSION")),
        runtime.dependency(),
    );
    text
}
