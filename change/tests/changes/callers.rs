//! What the changes mean for Rust callers, as the compiler says: programs that were written against one client are
//! compiled against the other one.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::support::{BASE, CALLER, Fixture, fixtures, reading};

/// Of how many changes one is compiled; `CALLERS=all` compiles every one.
const SAMPLED: usize = 8;

/// A compiler with the libraries that generated code stands on, which were built for this test.
struct Compiler {
    folder: tempfile::TempDir,
    libraries: PathBuf,
    runtime: PathBuf,
    serde: PathBuf,
}

impl Compiler {
    /// The compiler, with the first libraries of those that lie beside this test that the client of `base.yaml`
    /// compiles with: builds with other features leave theirs in the same folder.
    fn new() -> Compiler {
        let test = std::env::current_exe().unwrap();
        let libraries = test.parent().unwrap().to_owned();
        let named = |name: &str| {
            let entries = fs::read_dir(&libraries).unwrap().map(|entry| entry.unwrap().path());
            let is_named = |path: &PathBuf| {
                let file = path.file_name().unwrap_or_default().to_string_lossy();
                file.starts_with(&format!("lib{name}-")) && file.ends_with(".rlib")
            };
            let mut found: Vec<PathBuf> = entries.filter(is_named).collect();
            found.sort_by_key(|path| {
                std::cmp::Reverse(fs::metadata(path).and_then(|m| m.modified()).unwrap())
            });
            found
        };
        for runtime in named("partner_runtime") {
            for serde in named("serde") {
                let folder = tempfile::tempdir().unwrap();
                let compiler =
                    Compiler { folder, libraries: libraries.clone(), runtime: runtime.clone(), serde };
                if compiler.client("base", BASE).is_ok() {
                    return compiler;
                }
            }
        }
        panic!("no libraries in {} fit each other", libraries.display());
    }

    /// Compiles the client of a document. The error is what the compiler says.
    fn client(&self, name: &str, document: &str) -> Result<PathBuf, String> {
        let folder = self.folder.path().join(name);
        let api = folder.join("api");
        fs::create_dir_all(&api).unwrap();
        for file in partner_codegen::generate_client(&reading(document), "shop").unwrap().files {
            fs::write(api.join(file.file_name()), file.source).unwrap();
        }
        let root = "#[allow(unused)] mod api; pub use api::*; partner_runtime::plumbing::call_type!();";
        let path = folder.join("lib.rs");
        fs::write(&path, root).unwrap();
        let library = folder.join("libclient.rmeta");
        self.compile(&path, "client", &library, &["--extern", &format!("serde={}", self.serde.display())])?;
        Ok(library)
    }

    /// Compiles a program against a client. The error is what the compiler says.
    fn caller(&self, name: &str, program: &str, client: &Path) -> Result<(), String> {
        let path = self.folder.path().join(format!("{name}.rs"));
        fs::write(&path, program).unwrap();
        let client = format!("client={}", client.display());
        self.compile(&path, "caller", &path.with_extension("rmeta"), &["--extern", &client])
    }

    fn compile(&self, root: &Path, name: &str, out: &Path, options: &[&str]) -> Result<(), String> {
        let output = Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()))
            .args(["--edition", "2024", "--crate-type", "lib", "--emit", "metadata", "--cap-lints", "allow"])
            .args(["--crate-name", name, "-o"])
            .arg(out)
            .arg("-L")
            .arg(format!("dependency={}", self.libraries.display()))
            .arg("--extern")
            .arg(format!("partner_runtime={}", self.runtime.display()))
            .args(options)
            .arg(root)
            .output()
            .unwrap();
        match output.status.success() {
            true => Ok(()),
            false => Err(String::from_utf8_lossy(&output.stderr).into_owned()),
        }
    }
}

/// Whether a person wrote down that the change breaks Rust callers, and that the compiler says so: what changes places
/// with its like does not.
fn is_expected_to_fail(lines: &[String]) -> bool {
    lines.iter().any(|line| line.ends_with(" breaking"))
}

fn is_silent(lines: &[String]) -> bool {
    lines.iter().any(|line| line.ends_with(" silent"))
}

fn check(compiler: &Compiler, index: usize, fixture: &Fixture, base: &Path) -> Vec<String> {
    let name = |part: &str| format!("{part}{index}");
    let changed = match compiler.client(&name("client"), &fixture.document) {
        Ok(changed) => changed,
        Err(said) => return vec![format!("{}: the client does not compile\n{said}", fixture.name)],
    };
    let mut failed = Vec::new();
    if let Err(said) = compiler.caller(&name("own"), &fixture.caller, &changed) {
        failed.push(format!("{}: its own caller does not compile\n{said}", fixture.name));
    }
    for (way, lines, program, client) in [
        ("there", &fixture.there, CALLER, changed.as_path()),
        ("back", &fixture.back, fixture.caller.as_str(), base),
    ] {
        let compiled = compiler.caller(&name(way), program, client);
        let expected = is_expected_to_fail(lines) && !is_silent(lines);
        if compiled.is_err() != expected {
            failed.push(format!("{} ({way}): is it breaking? {expected}\n{compiled:?}", fixture.name));
        }
    }
    failed
}

#[test]
fn a_caller_of_the_old_client_compiles_with_the_new_one_unless_the_change_breaks_it() {
    let every = if std::env::var_os("CALLERS").is_some_and(|all| all == "all") { 1 } else { SAMPLED };
    let compiler = Compiler::new();
    let base = compiler.folder.path().join("base/libclient.rmeta");
    compiler.caller("base_caller", CALLER, &base).unwrap_or_else(|said| panic!("{said}"));
    let fixtures: Vec<Fixture> = fixtures().into_iter().step_by(every).collect();
    let (next, failed) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some((index, fixture)) = Some(next.fetch_add(1, Ordering::Relaxed))
                    .and_then(|index| Some((index, fixtures.get(index)?)))
                {
                    let found = check(&compiler, index, fixture, &base);
                    failed.lock().unwrap().extend(found);
                }
            });
        }
    });
    let failed = failed.into_inner().unwrap();
    assert!(failed.is_empty(), "{} failed\n{}", failed.len(), failed.join("\n"));
}
