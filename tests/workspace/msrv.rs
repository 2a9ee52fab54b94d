//! The Rust version that the workspace states is the one that its dependencies ask for.

use std::collections::BTreeMap;
use std::process::Command;

use serde_json::Value;

use crate::workspace;

/// The features with which the client is built somewhere.
const FEATURE_SETS: [&[&str]; 6] = [
    &[],
    &["--no-default-features", "--features", "unigox,rustls"],
    &["--no-default-features", "--features", "p100,rustls"],
    &["--no-default-features", "--features", "unigox,p100,rustls-aws-lc"],
    &["--no-default-features", "--features", "unigox,p100,native-tls"],
    &["--all-features"],
];

/// What cargo prints. It downloads packages of the lock file that this machine does not have yet.
fn cargo(arguments: &[&str]) -> String {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo).args(arguments).current_dir(workspace()).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// A version as numbers, so that 1.9 comes before 1.88.
fn numbers(version: &str) -> Vec<u32> {
    let mut numbers: Vec<u32> = version.split('.').map(|part| part.parse().unwrap()).collect();
    numbers.resize(3, 0);
    numbers
}

/// The Rust version that each package of the workspace's tree asks for, by name and version.
fn asked_for() -> BTreeMap<(String, String), String> {
    let metadata: Value =
        serde_json::from_str(&cargo(&["metadata", "--locked", "--format-version", "1"])).unwrap();
    let text = |package: &Value, key: &str| package[key].as_str().map(str::to_owned);
    let packages = metadata["packages"].as_array().unwrap().iter();
    packages
        .filter_map(|package| {
            let asked = text(package, "rust_version")?;
            Some(((text(package, "name")?, text(package, "version")?), asked))
        })
        .collect()
}

/// The packages that the client is compiled with on any platform: name and version.
fn compiled_with(features: &[&str]) -> Vec<(String, String)> {
    let tree = [
        "tree",
        "--locked",
        "--package",
        "partner-client",
        "--edges",
        "normal,build",
        "--target",
        "all",
        "--prefix",
        "none",
        "--format",
        "{p}",
    ];
    let lines = cargo(&[&tree, features].concat());
    let package = |line: &str| {
        let (name, rest) = line.split_once(" v")?;
        let version = rest.split_whitespace().next()?;
        Some((name.to_owned(), version.to_owned()))
    };
    lines.lines().filter_map(package).collect()
}

#[test]
fn the_stated_rust_version_is_the_highest_that_a_dependency_of_the_client_asks_for() {
    let asked_for = asked_for();
    let client = asked_for.iter().find(|((name, _), _)| name == "partner-client");
    let stated = client.expect("the client states a Rust version").1.clone();
    for features in FEATURE_SETS {
        let packages = compiled_with(features);
        assert!(packages.iter().any(|(name, _)| name == "reqwest"), "{features:?}: {packages:?}");
        let asked = packages.iter().filter_map(|package| Some((asked_for.get(package)?, package)));
        let (highest, package) = asked.max_by_key(|(asked, _)| numbers(asked)).unwrap();
        assert_eq!(
            numbers(highest),
            numbers(&stated),
            "{features:?}: {package:?} asks for Rust {highest}, and the workspace states {stated}"
        );
    }
}

#[test]
fn a_feature_that_is_off_compiles_nothing() {
    let features: [(&str, &[&str]); 5] = [
        ("signing", &["alloy-primitives", "alloy-signer", "alloy-sol-types", "k256"]),
        ("webhooks", &["partner-webhooks", "hmac", "sha2"]),
        ("axum", &["axum-core"]),
        ("sqlite,postgres", &["sqlx", "libsqlite3-sys", "sqlx-postgres"]),
        ("redis", &["redis"]),
    ];
    let has = |packages: &[(String, String)], name: &str| packages.iter().any(|(package, _)| package == name);
    let off = compiled_with(&[]);
    for (feature, packages) in features {
        let on = compiled_with(&["--features", feature]);
        for package in packages {
            assert!(has(&on, package), "{feature} needs {package}");
            assert!(!has(&off, package), "{package} is compiled without {feature}");
        }
    }
}

#[test]
fn the_readme_states_the_rust_version_of_the_workspace() {
    let manifest = std::fs::read_to_string(workspace().join("Cargo.toml")).unwrap();
    let stated = manifest.lines().find_map(|line| line.strip_prefix("rust-version = ")).unwrap();
    let readme = std::fs::read_to_string(workspace().join("README.md")).unwrap();
    assert!(readme.contains(&format!("Rust {} or later", stated.trim_matches('"'))));
}
