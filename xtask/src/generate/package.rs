//! The option `--crate` of `cargo xtask generate`: writes a package with the client of one document.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;

use partner_codegen::GeneratedSource;

use crate::workspace;

/// The source from which a generated package gets its dependency `partner-runtime`.
#[derive(Clone)]
pub(crate) enum RuntimeSource {
    /// The path of a folder with the runtime. It is written as the key `path` of the dependency in `Cargo.toml`.
    Path(String),
    /// The address of a git repository with the runtime. It is written as the key `git` of the dependency in
    /// `Cargo.toml`.
    GitAddress(String),
    /// A version of the runtime in the package registry.
    RegistryVersion(String),
}

impl std::str::FromStr for RuntimeSource {
    type Err = String;

    /// Parses the source of the dependency `partner-runtime`:
    ///
    /// - Text that begins with a digit is a version, unless a file or folder has this path.
    /// - Text with a scheme (like `https://`) or with `git@` at its beginning is the address of a git repository.
    /// - Any other text is the path of the folder with the runtime.
    fn from_str(text: &str) -> Result<RuntimeSource, String> {
        if text.starts_with(|c: char| c.is_ascii_digit()) && !Path::new(text).exists() {
            return Ok(RuntimeSource::RegistryVersion(text.to_owned()));
        }
        if text.contains("://") || text.starts_with("git@") {
            return Ok(RuntimeSource::GitAddress(text.to_owned()));
        }
        RuntimeSource::in_folder(Path::new(text))
    }
}

impl RuntimeSource {
    fn in_folder(folder: &Path) -> Result<RuntimeSource, String> {
        let expected = "expected a folder with the package `partner-runtime`, the address of a git repository, or a version";
        let failed = |why: &dyn std::fmt::Display| format!("{}: {why}; {expected}", folder.display());
        let folder = folder.canonicalize().map_err(|error| failed(&error))?;
        match folder.join("Cargo.toml").is_file() {
            true => Ok(RuntimeSource::Path(folder.to_string_lossy().into_owned())),
            false => Err(failed(&"there is no `Cargo.toml`")),
        }
    }

    /// Returns the folder `runtime` of the workspace in which the command is run.
    fn find_runtime_in_workspace() -> io::Result<RuntimeSource> {
        let folder = workspace::require_workspace_root()?.join("runtime");
        RuntimeSource::in_folder(&folder).map_err(|message| io::Error::new(io::ErrorKind::NotFound, message))
    }

    /// Returns the value of the key `partner-runtime` in the section `[dependencies]` of a `Cargo.toml`.
    fn to_toml_dependency(&self) -> String {
        match self {
            RuntimeSource::Path(path) => format!("{{ path = {} }}", quote_toml_string(path)),
            RuntimeSource::GitAddress(address) => format!("{{ git = {} }}", quote_toml_string(address)),
            RuntimeSource::RegistryVersion(version) => quote_toml_string(version),
        }
    }
}

/// Returns a string as a TOML string in quotes. TOML has the same escapes as JSON.
fn quote_toml_string(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// Writes a package with the generated source into a folder. An existing `Cargo.toml` or `src/lib.rs` is not
/// overwritten.
pub(super) fn write_package(
    folder: &Path,
    module: &str,
    generated: &GeneratedSource,
    runtime: Option<&RuntimeSource>,
) -> io::Result<()> {
    let source = folder.join("src").join("api");
    fs::create_dir_all(&source).map_err(|error| add_path_to_error(&source, &error))?;
    for file in &generated.files {
        let path = source.join(file.file_name());
        fs::write(&path, &file.source).map_err(|error| add_path_to_error(&path, &error))?;
    }
    let runtime = match runtime {
        Some(runtime) => runtime.clone(),
        None => RuntimeSource::find_runtime_in_workspace()?,
    };
    write_file_if_missing(&folder.join("src/lib.rs"), &make_root_module(module))?;
    write_file_if_missing(&folder.join("Cargo.toml"), &make_manifest(module, &runtime))
}

fn add_path_to_error(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}

/// Writes a file if it does not exist. An existing file is kept, because the user may have changed it.
fn write_file_if_missing(path: &Path, text: &str) -> io::Result<()> {
    match fs::File::create_new(path) {
        Ok(mut file) => {
            io::Write::write_all(&mut file, text.as_bytes()).map_err(|error| add_path_to_error(path, &error))
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(add_path_to_error(path, &error)),
    }
}

fn make_root_module(module: &str) -> String {
    format!(
        "//! A client that is generated from the OpenAPI document `{module}`.\n\n\
         #[allow(clippy::all, unused, reason = \"it is generated\")]\n\
         mod api;\n\n\
         pub use api::*;\n\
         pub use partner_runtime;\n\n\
         partner_runtime::plumbing::call_type!();\n"
    )
}

fn make_manifest(module: &str, runtime: &RuntimeSource) -> String {
    let mut text = String::new();
    let name = format!("{}-client", module.replace('_', "-"));
    // Writing to a `String` cannot fail, so the result is ignored.
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
        quote_toml_string(&name),
        quote_toml_string(env!("CARGO_PKG_RUST_VERSION")),
        runtime.to_toml_dependency(),
    );
    text
}
