//! Runs the steps of this repository's action on a checkout that attacks it, as a runner of GitHub does. The package
//! that the action builds here is a small one, which calls the `xtask` of this test.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that fails panics")]
#![cfg(unix)]

use std::collections::BTreeMap;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use partner_spec::{Node, Source, parse_source};

const BROKEN: &str = "openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths: {}\nextra: 1\n";

fn github() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../.github")
}

/// A machine that runs the action in a checkout.
struct Runner {
    folder: tempfile::TempDir,
}

impl Runner {
    fn new() -> Runner {
        let runner = Runner { folder: tempfile::tempdir().unwrap() };
        let action = runner.action();
        for file in ["action.yml", "validate.sh"] {
            let path = github().join("actions/validate").join(file);
            runner.write(&action.join(file), &std::fs::read_to_string(path).unwrap());
        }
        let root = runner.action_root();
        runner.write(&root.join("Cargo.toml"), "[workspace]\nmembers = [\"xtask\"]\nresolver = \"3\"\n");
        runner.write(
            &root.join("Cargo.lock"),
            "version = 4\n\n[[package]]\nname = \"xtask\"\nversion = \"0.1.0\"\n",
        );
        let manifest = "[package]\nname = \"xtask\"\nversion = \"0.1.0\"\nedition = \"2024\"\n";
        runner.write(&root.join("xtask/Cargo.toml"), manifest);
        let main = format!(
            "fn main() {{\n    let arguments = std::env::args_os().skip(1);\n    \
             let status = std::process::Command::new({:?}).args(arguments).status();\n    \
             std::process::exit(status.unwrap().code().unwrap());\n}}\n",
            env!("CARGO_BIN_EXE_xtask")
        );
        runner.write(&root.join("xtask/src/main.rs"), &main);
        let toolchain = github().join("../rust-toolchain.toml");
        runner.write(&root.join("rust-toolchain.toml"), &std::fs::read_to_string(toolchain).unwrap());
        std::fs::create_dir_all(runner.checkout().join(".git")).unwrap();
        runner
    }

    fn action_root(&self) -> PathBuf {
        self.folder.path().join("the actions/partner-apis/main")
    }

    fn action(&self) -> PathBuf {
        self.action_root().join(".github/actions/validate")
    }

    fn checkout(&self) -> PathBuf {
        self.folder.path().join("check out")
    }

    /// The file that hostile code writes when it runs.
    fn mark(&self) -> PathBuf {
        self.folder.path().join("hostile-code-ran")
    }

    fn write(&self, path: &Path, text: &str) {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    /// A program that cargo would run in the place of the compiler.
    fn wrapper(&self) -> PathBuf {
        let wrapper = self.checkout().join("wrapper.sh");
        self.write(&wrapper, &format!("#!/bin/sh\ntouch '{}'\nexec \"$@\"\n", self.mark().display()));
        std::fs::set_permissions(&wrapper, std::fs::Permissions::from_mode(0o755)).unwrap();
        wrapper
    }

    fn bash(&self, script: &str, variables: &BTreeMap<String, String>) -> Output {
        Command::new("bash")
            .args(["--noprofile", "--norc", "-eo", "pipefail", "-c", script])
            .current_dir(self.checkout())
            .env("GITHUB_ACTION_PATH", self.action())
            .envs(variables)
            .output()
            .unwrap()
    }

    /// Runs the steps of the action up to the first that fails. Returns what they printed, and the last exit code.
    fn run(&self, inputs: &[(&str, &str)], variables: &BTreeMap<String, String>) -> (String, Option<i32>) {
        let text = std::fs::read_to_string(self.action().join("action.yml")).unwrap();
        let action = parse_source(&Source::new("action.yml", text)).unwrap();
        let mut printed = String::new();
        for step in action.pointer("/runs/steps").unwrap().as_array().unwrap() {
            assert_eq!(step.get_str("shell"), Some("bash"));
            let script = step.get_str("run").unwrap();
            assert!(!script.contains("${{"), "an expression in a script is code: {script}");
            let mut variables = variables.clone();
            for entry in step.get_entries("env") {
                let value = input(&action, inputs, entry.node.as_str().unwrap());
                variables.insert(entry.key.clone(), value);
            }
            let output = self.bash(script, &variables);
            printed.push_str(&String::from_utf8(output.stdout).unwrap());
            printed.push_str(&String::from_utf8(output.stderr).unwrap());
            if !output.status.success() {
                return (printed, output.status.code());
            }
        }
        (printed, Some(0))
    }
}

/// The value of `${{ inputs.name }}`.
fn input(action: &Node, inputs: &[(&str, &str)], expression: &str) -> String {
    let name = expression.strip_prefix("${{ inputs.").and_then(|rest| rest.strip_suffix(" }}")).unwrap();
    let given = inputs.iter().find(|(known, _)| *known == name).map(|(_, value)| *value);
    let default = || action.pointer(&format!("/inputs/{name}/default")).and_then(Node::as_str);
    given.or_else(default).unwrap_or_else(|| panic!("no input `{name}`")).to_owned()
}

#[test]
fn a_hostile_checkout_runs_no_code_and_cannot_turn_the_check_off() {
    let runner = Runner::new();
    let checkout = runner.checkout();
    let wrapper = runner.wrapper();
    let config = format!("[build]\nrustc-wrapper = {wrapper:?}\nrustflags = [\"--cfg\", \"hostile\"]\n");
    runner.write(&checkout.join(".cargo/config.toml"), &config);

    // The checkout is indeed hostile: a build in it runs its code.
    let manifest = runner.action_root().join("Cargo.toml");
    let build = format!("cargo build --quiet --manifest-path '{}'", manifest.display());
    assert!(runner.bash(&build, &BTreeMap::new()).status.success());
    assert!(runner.mark().exists());
    std::fs::remove_file(runner.mark()).unwrap();

    runner.write(&checkout.join("rust-toolchain.toml"), "[toolchain]\nchannel = \"hostile\"\n");
    runner.write(&checkout.join("target/release/xtask"), "#!/bin/sh\nexit 0\n");
    for name in ["-h.yaml", "--help.yaml", "a b.yaml", "line\n::error::end.yaml", "p100", "$(touch x).yaml"] {
        runner.write(&checkout.join(name), BROKEN);
    }
    runner.write(&runner.folder.path().join("secret"), "hunter2: [\n");
    symlink("../secret", checkout.join("secret.yaml")).unwrap();
    symlink("../secret", checkout.join("found.sarif")).unwrap();
    let variables = [
        ("RUSTC_WRAPPER", wrapper.to_str().unwrap()),
        ("CARGO_BUILD_RUSTC_WRAPPER", wrapper.to_str().unwrap()),
        ("RUSTFLAGS", "--hostile"),
        ("CARGO_TARGET_DIR", "target"),
        ("RUSTUP_TOOLCHAIN", "hostile"),
    ];
    let variables = variables.map(|(name, value)| (name.to_owned(), value.to_owned())).into_iter().collect();
    let inputs = [("documents", "*.yaml\np100\n"), ("sarif", "found.sarif")];
    let (printed, code) = runner.run(&inputs, &variables);
    assert_eq!(code, Some(1), "{printed}");
    let commands = printed.lines().filter(|line| line.starts_with("::"));
    let annotations = commands.filter(|line| !line.starts_with("::notice::no other rule was run")).count();
    let expected = printed.lines().filter(|line| line.starts_with("::error file=")).count();
    assert_eq!((annotations, expected), (7, 7), "{printed}");
    assert!(printed.contains("the file is not read: it is a link"), "{printed}");
    assert!(!printed.contains("hunter2") && !printed.contains("Usage:"), "{printed}");
    assert!(!runner.mark().exists() && !checkout.join("x").exists());

    // The findings replaced the link, and were not written to the file that it led to.
    assert_eq!(std::fs::read_to_string(runner.folder.path().join("secret")).unwrap(), "hunter2: [\n");
    assert!(!checkout.join("found.sarif").is_symlink());
    let sarif = std::fs::read_to_string(checkout.join("found.sarif")).unwrap();
    let sarif: serde_json::Value = serde_json::from_str(&sarif).unwrap();
    assert_eq!(sarif["runs"][0]["results"].as_array().unwrap().len(), 7);

    let one = |documents: &str| runner.run(&[("documents", documents)], &variables);
    let (printed, code) = one("-h.yaml");
    assert!(code == Some(1) && printed.contains("file=-h.yaml"), "{printed}");
    for (documents, complaint) in
        [("", "names no file"), (" \n\n", "names no file"), ("none/*.yaml", "no file is called or matches")]
    {
        let (printed, code) = one(documents);
        assert!(code == Some(2) && printed.contains(complaint), "{printed}");
    }
    let (printed, code) = runner.run(&[("documents", "-h.yaml"), ("sarif", "../out.sarif")], &variables);
    assert!(code == Some(2) && printed.contains("outside of the working folder"), "{printed}");
}

#[test]
fn workflows_use_pinned_actions_and_may_only_read() {
    let mut files = vec![github().join("actions/validate/action.yml")];
    let workflows = std::fs::read_dir(github().join("workflows")).unwrap();
    files.extend(workflows.map(|entry| entry.unwrap().path()));
    assert!(files.len() >= 3);
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let used =
            text.lines().filter_map(|line| line.trim().trim_start_matches("- ").strip_prefix("uses: "));
        for action in used.filter(|action| !action.starts_with("./")) {
            let commit = action.split_once('@').unwrap().1.split(' ').next().unwrap();
            let pinned = commit.len() == 40 && commit.bytes().all(|b| b.is_ascii_hexdigit());
            assert!(pinned, "{}: {action}", file.display());
        }
        assert_eq!(
            text.matches("actions/checkout@").count(),
            text.matches("persist-credentials: false").count(),
            "{}",
            file.display()
        );
        let workflow = parse_source(&Source::new("workflow.yml", text)).unwrap();
        if workflow.get("jobs").is_some() {
            let permissions: Vec<_> = workflow
                .get_entries("permissions")
                .map(|entry| (entry.key.as_str(), entry.node.as_str()))
                .collect();
            assert_eq!(permissions, [("contents", Some("read"))], "{}", file.display());
            assert!(workflow.pointer("/on/pull_request_target").is_none());
        }
    }
}
