//! Documents that attack the machine of whoever runs a command on them: its terminal, its CI runner, its files.

#![allow(clippy::unwrap_used, reason = "a test that fails panics")]
#![cfg(unix)]

use std::path::Path;
use std::process::{Command, Output};

const FORMATS: [&str; 4] = ["human", "json", "sarif", "github"];

fn xtask(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xtask")).args(arguments).current_dir(folder).output().unwrap()
}

/// Everything that a command prints.
fn printed(folder: &Path, arguments: &[&str]) -> String {
    let output = xtask(folder, arguments);
    String::from_utf8([output.stdout, output.stderr].concat()).unwrap()
}

/// Texts that a terminal or a CI runner takes for commands, as they are written in a YAML string in double quotes.
const COMMANDS: [&str; 9] = [
    r"::error::pwned",
    r"a\n  ::add-mask::pwned",
    r"a\r::stop-commands::pwned",
    r"see ##[error]pwned",
    r"##vso[task.setvariable variable=a]pwned ##teamcity[buildStatus]",
    r"\e]0;pwned\a\e[2J",
    r"\x9b2J\x85pwned",
    r"\u202Epwned\u2066\u200F",
    r"a\u2028::error::pwned\uFEFF\U000E0041",
];

/// Fails when the text has a command of a terminal or a CI runner. The annotations of the format `github` are commands
/// that we mean.
fn assert_no_command(text: &str, context: &str) {
    for line in text.split('\n') {
        let is_annotation = ["::error file=", "::warning file=", "::notice::no other rule was run, because"]
            .iter()
            .any(|start| line.starts_with(start));
        // The command of a line that starts with `::: ` would be `:`, which no runner has.
        let line_start = line.trim_start().strip_prefix("::: ").unwrap_or(line.trim_start());
        assert!(is_annotation || !line_start.starts_with("::"), "{context}: {line:?}");
        for command in ["##[", "##vso[", "##teamcity["] {
            assert!(!line.contains(command), "{context}: {line:?}");
        }
        let obeyed = |c: char| {
            (c.is_control() && c != '\t')
                || "\u{61c}\u{200e}\u{200f}\u{feff}\u{2028}\u{2029}".contains(c)
                || ('\u{202a}'..='\u{202e}').contains(&c)
                || ('\u{2066}'..='\u{2069}').contains(&c)
                || ('\u{e0000}'..='\u{e007f}').contains(&c)
        };
        assert!(!line.contains(obeyed), "{context}: {line:?}");
    }
}

/// A document with this YAML text wherever a finding quotes the document.
fn document(text: &str) -> String {
    format!(
        r##"openapi: 3.0.3
info: {{title: "{text}", version: '1', "{text}": 1}}
tags: [{{name: "{text}"}}, {{name: "{text}"}}]
"x-lint-allow": {{"{text}": "{text}"}}
paths:
  "/{text}/{{a}}":
    get:
      operationId: "{text}"
      tags: ["unknown {text}"]
      description: "{text}"
      parameters:
        - {{name: "{text}", in: query, schema: {{$ref: "{text}.yaml"}}}}
        - {{name: "b{text}", in: query, schema: {{$ref: "#/components/schemas/{text}"}}}}
        - {{name: "c", in: "{text}", schema: {{type: "{text}", format: "{text}", enum: ["{text}", "{text}"]}}}}
      responses:
        "{text}": {{description: "{text}"}}
        '200':
          description: "{text}"
          content:
            application/json:
              schema: {{type: object, required: ["{text}"], properties: {{a: {{type: integer}}}}}}
              example: {{a: "{text}"}}
"##
    )
}

#[test]
fn text_of_a_document_in_a_finding_is_no_command() {
    for text in COMMANDS {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("openapi.yaml"), document(text)).unwrap();
        for format in FORMATS {
            let arguments = ["validate", "openapi.yaml", "--profile", "workspace", "--format", format];
            let printed = printed(folder.path(), &arguments);
            assert!(printed.len() > 1_000, "{text}: {printed}");
            assert_no_command(&printed, text);
        }
    }
}

#[test]
fn unescaped_characters_of_a_document_are_no_command() {
    let folder = tempfile::tempdir().unwrap();
    let text =
        "openapi: 3.0.3\ninfo: {title: t}\n::error::a: ##[group]\u{9b}2J \u{202e}\n'##[error]': \u{200f}\n";
    std::fs::write(folder.path().join("openapi.yaml"), text).unwrap();
    let text = "openapi: 3.0.3\ninfo: [\u{1b}]0;pwned\u{7}\n::error::b";
    std::fs::write(folder.path().join("syntax.yaml"), text).unwrap();
    std::fs::write(folder.path().join("latin.yaml"), b"::error::\x1b[2J ##[error] \xff").unwrap();
    std::fs::write(folder.path().join("json.json"), "{\"openapi\": \"3.0.3\", ##[error] \u{1b}[2J}").unwrap();
    for file in ["openapi.yaml", "syntax.yaml", "latin.yaml", "json.json"] {
        for format in FORMATS {
            let printed = printed(folder.path(), &["validate", file, "--format", format]);
            assert!(printed.contains(file), "{printed}");
            assert_no_command(&printed, file);
        }
    }
}

#[test]
fn the_name_of_a_file_is_no_command() {
    for name in
        ["::error::x.yaml", "a\n::error::x.yaml", "\u{1b}[2J.yaml", "##[error].yaml", "\u{202e}x.yaml"]
    {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(name), "openapi: 3.0.3\n").unwrap();
        for format in FORMATS {
            assert_no_command(&printed(folder.path(), &["validate", "--format", format, "--", name]), name);
        }
        for command in ["bundle", "generate"] {
            assert_no_command(&printed(folder.path(), &[command, "--", name]), name);
        }
        let missing = format!("{name}.missing");
        assert_no_command(&printed(folder.path(), &["validate", "--", &missing]), name);
        assert_no_command(&printed(folder.path(), &["validate", &format!("--{name}")]), name);
        assert_no_command(&printed(folder.path(), &["validate", "--only", name]), name);
        assert_no_command(&printed(folder.path(), &["bundle", "--out", name, "x", "--root", name]), name);
    }
}

#[test]
fn a_bundle_has_no_command_and_the_same_meaning() {
    for text in COMMANDS {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("openapi.yaml");
        let document = format!(
            "openapi: 3.0.3\ninfo: {{title: \"{text}\", version: '1', description: \"A long text: {} {text}\"}}\n\
             paths:\n  /a:\n    get:\n      responses:\n        '200':\n          description: d\n          content:\n\
             \x20           application/json: {{schema: {{}}, example: {{\"{text}\": [\"{text}\", '{text}']}}}}\n",
            "a word ".repeat(40),
        );
        std::fs::write(&root, document).unwrap();
        let before = partner_spec::load_document(&root, folder.path()).unwrap();
        for format in ["yaml", "json"] {
            let output = xtask(folder.path(), &["bundle", "openapi.yaml", "--format", format]);
            let bundle = String::from_utf8(output.stdout).unwrap();
            assert_no_command(&bundle, text);
            let copy = folder.path().join(format!("copy.{format}"));
            std::fs::write(&copy, bundle).unwrap();
            let after = partner_spec::load_document(&copy, folder.path())
                .unwrap_or_else(|found| panic!("{text}: {found}"));
            assert!(before.root == after.root, "{text} as {format}");
        }
    }
}

#[test]
fn a_link_in_a_message_is_not_followed_by_code_scanning() {
    let folder = tempfile::tempdir().unwrap();
    let text =
        "openapi: 3.0.3\ninfo: {title: t, version: '1', '[Sign in](https://example.test)': 1}\npaths: {}\n";
    std::fs::write(folder.path().join("a b#[].yaml"), text).unwrap();
    let printed = printed(folder.path(), &["validate", "a b#[].yaml", "--format", "sarif"]);
    assert!(printed.contains("[Sign in] (https://example.test)"), "{printed}");
    assert!(printed.contains("\"uri\": \"a%20b%23%5B%5D.yaml\""), "{printed}");
}

#[test]
fn no_format_shows_anything_of_a_file_outside_of_the_repository() {
    let folder = tempfile::tempdir().unwrap();
    let repository = folder.path().join("repository");
    std::fs::create_dir_all(repository.join(".git")).unwrap();
    std::fs::write(folder.path().join("token.yaml"), "Token: [hunter2\n").unwrap();
    std::os::unix::fs::symlink("../token.yaml", repository.join("link.yaml")).unwrap();
    for reference in ["../token.yaml#/Token", "../tokem.yaml#/Token", "link.yaml#/Token", "%2E%2E/token.yaml"]
    {
        let text = format!(
            "openapi: 3.0.3\ninfo: {{title: t, version: '1'}}\nservers: [{{url: 'https://example.test'}}]\npaths:\n  /a:\n    get:\n      operationId: a\n      security: []\n      \
             parameters: [{{name: p, in: query, schema: {{$ref: '{reference}'}}}}]\n      \
             responses: {{'204': {{description: d}}}}\n"
        );
        std::fs::write(repository.join("openapi.yaml"), text).unwrap();
        let mut outputs: Vec<(String, usize)> = Vec::new();
        for format in FORMATS {
            let printed = printed(&repository, &["validate", "openapi.yaml", "--format", format]);
            outputs.push((printed, if format == "sarif" { 2 } else { 1 }));
        }
        for command in ["bundle", "generate"] {
            outputs.push((printed(&repository, &[command, "openapi.yaml"]), 1));
        }
        for (printed, times) in outputs {
            assert_eq!(printed.matches("ref-outside").count(), times, "{printed}");
            assert!(!printed.contains("hunter2") && !printed.contains("did you mean"), "{printed}");
            assert!(!printed.contains("token.yaml") || reference.contains("token.yaml"), "{printed}");
            assert!(!printed.contains(folder.path().to_str().unwrap()), "{printed}");
        }
        let root = folder.path().to_str().unwrap();
        let wider = printed(&repository, &["validate", "openapi.yaml", "--root", root]);
        assert!(!wider.contains("ref-outside"), "{wider}");
    }
}

#[test]
fn the_list_of_unread_operations_is_not_read_through_a_link() {
    let folder = tempfile::tempdir().unwrap();
    let repository = folder.path().join("repository");
    std::fs::create_dir_all(repository.join(".git")).unwrap();
    std::fs::write(folder.path().join("token.yaml"), "Token: [hunter2\n").unwrap();
    std::os::unix::fs::symlink("../token.yaml", repository.join("unread.yaml")).unwrap();
    std::fs::write(
        repository.join("openapi.yaml"),
        "openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths: {}\n",
    )
    .unwrap();
    for format in FORMATS {
        let printed =
            printed(&repository, &["validate", "openapi.yaml", "--profile", "workspace", "--format", format]);
        assert!(printed.contains("the file is not read: it is a link"), "{printed}");
        assert!(!printed.contains("hunter2"), "{printed}");
    }
}

/// A clone of the workspace whose documents contain this text.
fn clone_with(text: &str) -> tempfile::TempDir {
    let clone = tempfile::tempdir().unwrap();
    std::fs::write(clone.path().join("Cargo.toml"), "[workspace]\n").unwrap();
    std::fs::create_dir(clone.path().join(".git")).unwrap();
    for api in partner_spec::Api::ALL {
        let folder = api.document_folder_in(clone.path());
        std::fs::create_dir_all(&folder).unwrap();
        let document = format!(
            r##"openapi: 3.0.3
info: {{title: "{text}", version: '1'}}
paths:
  "/{text}":
    get:
      operationId: "{text}"
      x-availability: "{text}"
      x-docs: {{page: "{text}", confidence: "{text}"}}
      responses: {{'204': {{description: d}}}}
components:
  schemas:
    A: {{type: object, x-webhook: {{title: "{text}"}}, x-docs: {{confidence: "{text}"}}}}
"##
        );
        std::fs::write(api.root_file_path_in(clone.path()), document).unwrap();
        let unread = format!(
            "operations:\n- {{title: \"{text}\", group: \"{text}\", method: \"{text}\", page: \"{text}\", \
             known: \"{text}\", missing: \"{text}\", inferred: \"{text}\"}}\n"
        );
        std::fs::write(folder.join("unread.yaml"), unread).unwrap();
    }
    clone
}

#[test]
fn coverage_prints_no_command() {
    for text in COMMANDS {
        let clone = clone_with(text);
        for format in ["markdown", "json"] {
            let output = xtask(clone.path(), &["coverage", "--format", format]);
            assert!(output.status.success(), "{output:?}");
            let printed = String::from_utf8(output.stdout).unwrap();
            assert!(printed.matches("pwned").count() > 10, "{printed}");
            assert_no_command(&printed, text);
        }
    }
}

#[test]
fn coverage_reads_no_list_through_a_link() {
    let clone = clone_with("fine");
    let secrets = tempfile::tempdir().unwrap();
    std::fs::write(secrets.path().join("token.yaml"), "Token: [hunter2\n").unwrap();
    let list = partner_spec::Api::P100.document_folder_in(clone.path()).join("unread.yaml");
    std::fs::remove_file(&list).unwrap();
    std::os::unix::fs::symlink(secrets.path().join("token.yaml"), &list).unwrap();
    let printed = printed(clone.path(), &["coverage"]);
    assert!(printed.contains("the file is not read: it is a link"), "{printed}");
    assert!(!printed.contains("hunter2"), "{printed}");
}
