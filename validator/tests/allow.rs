//! Which findings `x-lint-allow` suppresses, and which it does not.

mod support;

use partner_validator::{Profile, ValidationOptions, ValidationTarget};

/// The findings in a document: their rules and lines.
fn found(document: &str) -> Vec<String> {
    let report = support::validate(document, Profile::OpenApi);
    let one = |d: &partner_spec::Finding| {
        format!("{}:{} {}", d.location.display_path(), d.location.start.line, d.rule.id)
    };
    report.findings.iter().map(|f| one(&f.finding)).collect()
}

const UNDECLARED: &str = "server-variable-undeclared";

/// A document with these lines under `servers`.
fn with_servers(servers: &str) -> String {
    format!("openapi: 3.0.3\ninfo: {{title: Wallets, version: '1'}}\nservers:\n{servers}paths: {{}}\n")
}

#[test]
fn a_suppression_holds_for_its_object_and_not_for_the_next() {
    let document = with_servers(
        "  - url: https://{region}.example.com
    x-lint-allow: {server-variable-undeclared: The vendor puts the region in.}
  - url: https://{zone}.example.com
",
    );
    assert_eq!(found(&document), [format!("openapi.yaml:6 {UNDECLARED}")]);
}

#[test]
fn a_suppression_ends_before_a_sibling_that_follows_a_long_text() {
    let document = with_servers(
        "  - x-lint-allow: {server-variable-undeclared: The vendor puts the region in.}
    url: https://{region}.example.com
    description: >
      A text that goes to the end.
  - url: https://{zone}.example.com
",
    );
    assert_eq!(found(&document), [format!("openapi.yaml:8 {UNDECLARED}")]);
}

#[test]
fn a_suppression_of_the_document_holds_for_all_of_its_file() {
    let document = "x-lint-allow: {server-variable-undeclared: The vendor puts them in.}\n".to_owned()
        + &with_servers("  - url: https://{region}.example.com\n  - url: https://{zone}.example.com\n");
    assert_eq!(found(&document), Vec::<String>::new());
}

#[test]
fn a_suppression_inside_another_is_used_as_well() {
    let document = "x-lint-allow: {server-variable-undeclared: The vendor puts them in.}\n".to_owned()
        + &with_servers(
            "  - url: https://{region}.example.com
    x-lint-allow: {server-variable-undeclared: The vendor puts the region in.}
",
        );
    assert_eq!(found(&document), Vec::<String>::new());
}

#[test]
fn several_rules_in_one_map_are_distinguished() {
    let document = with_servers(
        "  - url: https://{region}.example.com
    x-lint-allow:
      server-variable-undeclared: The vendor puts the region in.
      path-trailing-slash: A server has no path.
      server-variable-undeclred: The vendor puts the region in.
      ref-unresolved: The file comes later.
      path-duplicate:
",
    );
    let found = found(&document);
    assert_eq!(
        found,
        [
            "openapi.yaml:7 allow-unused",
            "openapi.yaml:8 allow-unknown-rule",
            "openapi.yaml:9 allow-unknown-rule",
            "openapi.yaml:10 allow-malformed",
            "openapi.yaml:10 allow-unused",
        ]
    );
}

#[test]
fn what_cannot_be_read_or_generated_cannot_be_allowed() {
    let document = "\
openapi: 3.0.3
info: {title: Wallets, version: '1'}
paths:
  /wallets:
    post:
      operationId: createWallet
      responses:
        '204': {description: The wallet was made.}
      requestBody: {$ref: bodies.yaml}
      x-lint-allow: {ref-unresolved: The file comes later.}
";
    assert_eq!(found(document), ["openapi.yaml:9 ref-unresolved", "openapi.yaml:10 allow-unknown-rule"]);
}

/// A path item in a file of its own with two faults: one inside the item, and one of its path, which is written in the
/// root file.
fn with_path_item(lines: &str) -> String {
    format!(
        "\
openapi: 3.0.3
info: {{title: Wallets, version: '1'}}
paths:
  /wallets//all:
    $ref: paths.yaml#/Wallet
# file: paths.yaml
Wallet:
{lines}  servers:
    - url: https://{{region}}.example.com
  get:
    operationId: getWallet
    responses:
      '204': {{description: There is such a wallet.}}
"
    )
}

#[test]
fn a_path_item_in_its_own_file_covers_findings_about_its_path_in_the_root_file() {
    let both = ["openapi.yaml:4 path-empty-segment".to_owned(), format!("paths.yaml:3 {UNDECLARED}")];
    assert_eq!(found(&with_path_item("")), both);
    let allowed = with_path_item(
        "  x-lint-allow:
    path-empty-segment: The vendor has one.
    server-variable-undeclared: The vendor puts the region in.
",
    );
    assert_eq!(found(&allowed), Vec::<String>::new());
}

#[test]
fn a_part_that_is_used_twice_says_once_that_its_suppression_is_unused() {
    let document = "\
openapi: 3.0.3
info: {title: Wallets, version: '1'}
paths:
  /wallets: {$ref: paths.yaml#/Wallets}
  /accounts: {$ref: paths.yaml#/Accounts}
# file: paths.yaml
Wallets:
  get:
    operationId: listWallets
    responses:
      '204': {$ref: '#/Empty'}
Accounts:
  get:
    operationId: listAccounts
    responses:
      '204': {$ref: '#/Empty'}
Empty:
  description: There are some.
  x-lint-allow: {server-variable-undeclared: The vendor puts the region in.}
";
    assert_eq!(found(document), ["paths.yaml:13 allow-unused"]);
}

#[test]
fn a_suppression_of_a_rule_that_did_not_run_is_not_called_unused() {
    let document = with_servers(
        "  - url: https://api.example.com
    x-lint-allow: {server-variable-undeclared: The vendor puts the region in.}
",
    );
    assert_eq!(found(&document), ["openapi.yaml:5 allow-unused"]);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("openapi.yaml");
    std::fs::write(&file, document).unwrap();
    let target = ValidationTarget {
        base_folder: folder.path().to_owned(),
        ..ValidationTarget::for_file_outside_workspace(&file)
    };
    for options in [
        ValidationOptions {
            selected_rule_ids: vec![String::from("duplicate-key")],
            ..ValidationOptions::default()
        },
        ValidationOptions {
            skipped_rule_ids: vec![String::from(UNDECLARED)],
            ..ValidationOptions::default()
        },
    ] {
        let report = partner_validator::validate(&target, &options);
        assert_eq!(report.findings, [], "{options:?}");
    }
}

#[test]
fn of_more_findings_than_are_collected_no_suppression_is_called_unused() {
    let servers: String = (0..20_000)
        .map(|n| {
            format!(
                "  - url: https://{{region}}.allowed{n}.example.com
    x-lint-allow: {{server-variable-undeclared: The vendor puts the region in.}}
  - url: https://{{zone}}.found{n}.example.com
"
            )
        })
        .collect();
    let document = with_servers(&servers);
    let found = found(&document);
    // Every second finding of the first 10,000 is suppressed.
    assert_eq!(found.iter().filter(|finding| finding.ends_with(UNDECLARED)).count(), 5_000);
    // The check of the rule stopped, and so did that of the servers to which no client can send requests.
    assert_eq!(found.iter().filter(|finding| finding.ends_with("checking-stopped")).count(), 2);
    assert_eq!(found.len(), 5_002);
}
