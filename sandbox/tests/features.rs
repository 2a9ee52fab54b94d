//! Tests of the features that are compiled if the sandbox is a dev-dependency.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::process::Command;

#[test]
fn the_sandbox_does_not_turn_on_the_generator_of_the_client() {
    let arguments =
        "tree --offline --locked --package partner-sandbox --edges normal,build,features --prefix none";
    let output = Command::new(env!("CARGO")).args(arguments.split(' ')).output().unwrap();
    let tree = String::from_utf8(output.stdout).unwrap();
    assert!(tree.contains("partner-client feature \"p100\""), "{tree}");
    assert!(
        !tree.contains("partner-client feature \"generate\"") && !tree.contains("partner-codegen"),
        "{tree}"
    );
}
