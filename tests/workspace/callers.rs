//! What the compiler says to callers who leave out or swap something: the code of the error, and the names in its text.

use std::path::{Path, PathBuf};
use std::process::Command;

/// A correct program, in which each test makes one mistake. The program is also compiled as a module of these tests. So
/// it fits the client of the sources, even if an older client is left among the libraries.
const PROGRAM: &str = include_str!("callers/program.rs");

#[allow(dead_code, unreachable_pub, reason = "the tests need the text of the program, and that it compiles")]
mod program;

/// The libraries of the client that lie beside this test, the newest first: builds with other features leave theirs in
/// the same folder.
fn clients(libraries: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(libraries).unwrap().map(|entry| entry.unwrap().path());
    let is_client = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with("libpartner_client-") && name.ends_with(".rlib")
    };
    let mut found: Vec<PathBuf> = entries.filter(is_client).collect();
    found.sort_by_key(|path| std::cmp::Reverse(path.metadata().and_then(|found| found.modified()).unwrap()));
    found
}

/// Compiles a program against a client. Returns what the compiler says of errors.
fn compile(program: &str, client: &Path) -> Result<(), String> {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("caller.rs");
    std::fs::write(&root, program).unwrap();
    let output = Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()))
        .args([
            "--edition",
            "2024",
            "--crate-type",
            "lib",
            "--emit",
            "metadata",
            "--cap-lints",
            "allow",
            "-o",
        ])
        .arg(folder.path().join("caller.rmeta"))
        .arg("-L")
        .arg(format!("dependency={}", client.parent().unwrap().display()))
        .arg("--extern")
        .arg(format!("partner_client={}", client.display()))
        .arg(&root)
        .output()
        .unwrap();
    match output.status.success() {
        true => Ok(()),
        false => Err(String::from_utf8_lossy(&output.stderr).into_owned()),
    }
}

/// What the compiler says of the program when a part of it is replaced.
fn errors_with(part: &str, replacement: &str) -> String {
    let test = std::env::current_exe().unwrap();
    let clients = clients(test.parent().unwrap());
    let client = clients.iter().find(|client| compile(PROGRAM, client).is_ok());
    let client = client.unwrap_or_else(|| panic!("the program compiles with none of {clients:?}"));
    assert_eq!(PROGRAM.matches(part).count(), 1, "{part}");
    let said = compile(&PROGRAM.replace(part, replacement), client).err();
    said.unwrap_or_else(|| panic!("the compiler accepts `{replacement}`"))
}

#[track_caller]
fn expect_first_line(said: &str, line: &str) {
    assert_eq!(said.lines().next(), Some(line), "{said}");
}

#[test]
fn a_forgotten_field_is_named() {
    let said = errors_with("        last_name,\n", "");
    expect_first_line(
        &said,
        "error[E0063]: missing field `last_name` in initializer of `NewUserAccountRequired`",
    );
}

#[test]
fn two_ids_cannot_be_swapped() {
    let said = errors_with("(user_uuid, withdrawal_id)", "(withdrawal_id, user_uuid)");
    expect_first_line(&said, "error[E0308]: arguments to this method are incorrect");
    for expected in ["expected `UserUuid`", "found `UserUuid`", "help: swap these arguments"] {
        assert!(said.contains(expected), "{said}");
    }
}

#[test]
fn an_id_is_not_made_of_a_text_on_the_way() {
    let said = errors_with("(user_uuid, withdrawal_id)", r#"(user_uuid, "5f0c")"#);
    expect_first_line(&said, "error[E0308]: mismatched types");
    assert!(said.contains("expected `WithdrawalId`, found `&str`"), "{said}");
}

#[test]
fn a_forgotten_expected_amount_is_named() {
    let said = errors_with("(order_id, amount, wallet)", "(order_id, wallet)");
    expect_first_line(&said, "error[E0061]: this method takes 3 arguments but 2 arguments were supplied");
    assert!(said.contains("argument #2 of type `ExpectedAmount` is missing"), "{said}");
}

#[test]
fn texts_without_names_are_not_taken() {
    let start = PROGRAM.find("NewUserAccount::new(").unwrap();
    let end = start + PROGRAM[start..].find("\n}").unwrap();
    let said = errors_with(&PROGRAM[start..end], "NewUserAccount::new(last_name, first_name)");
    expect_first_line(&said, "error[E0061]: this function takes 1 argument but 2 arguments were supplied");
    assert!(said.contains("expected `NewUserAccountRequired`, found `String`"), "{said}");
}

#[test]
fn a_text_with_the_name_of_no_field_is_not_taken() {
    let said = errors_with("        last_name,\n", "        surname: last_name,\n");
    expect_first_line(&said, "error[E0560]: struct `NewUserAccountRequired` has no field named `surname`");
}
