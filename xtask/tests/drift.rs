//! `cargo xtask drift` in a workspace of its own, as a person and a workflow run it.

#![allow(clippy::unwrap_used, reason = "a test that fails panics")]

use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

const OURS: &str = "\
openapi: 3.0.3
info: {title: Shop, version: '1'}
paths:
  /orders/{order_id}:
    get:
      operationId: getOrder
      parameters:
        - {name: order_id, in: path, required: true, schema: {type: string}}
      responses:
        '200':
          description: The order.
          content:
            application/json:
              schema: {$ref: '#/components/schemas/Order'}
      x-docs: {page: Orders, confidence: documented}
components:
  schemas:
    Order:
      type: object
      properties:
        total: {type: string}
        note: {type: string}
";

/// A workspace with one document, and the vendor's file `docs.yaml` beside it.
struct Workspace(TempDir);

impl Workspace {
    fn new() -> Workspace {
        let workspace = Workspace(tempfile::tempdir().unwrap());
        workspace.write("Cargo.toml", "[workspace]\n");
        workspace.write("spec/unigox/openapi.yaml", OURS);
        workspace
            .write("spec/p100/openapi.yaml", "openapi: 3.0.3\ninfo: {title: A, version: '1'}\npaths: {}\n");
        workspace.write("docs.yaml", OURS);
        workspace
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.0.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    fn text(&self, path: &str) -> String {
        std::fs::read_to_string(self.0.path().join(path)).unwrap()
    }

    /// What the command printed, and its exit code.
    fn drift(&self, arguments: &[&str]) -> (String, i32) {
        let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
            .args(["drift", "unigox"])
            .args(arguments)
            .current_dir(self.0.path())
            .output()
            .unwrap();
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        (format!("{}{}", text(&output.stdout), text(&output.stderr)), output.status.code().unwrap_or(-1))
    }

    /// Writes the vendor's file, in which `note` is another field.
    fn change_docs(&self) {
        self.write("docs.yaml", &OURS.replace("note: {type: string}", "paid: {type: boolean}"));
    }
}

#[test]
fn docs_that_say_the_same_are_fine() {
    let workspace = Workspace::new();
    let (printed, code) = workspace.drift(&["--vendor", "docs.yaml"]);
    assert_eq!(code, 0, "{printed}");
    insta::assert_snapshot!(printed);
}

#[test]
fn differences_are_printed_for_people_and_for_jobs_and_for_programs() {
    let workspace = Workspace::new();
    workspace.change_docs();
    workspace.write(
        "spec/unigox/accepted.yaml",
        "differences:\n  - {rule: limit-added, reason: Unknown., date: '2026-11-26'}\n",
    );
    for format in ["human", "markdown", "json"] {
        let (printed, code) = workspace.drift(&["--vendor", "docs.yaml", "--format", format]);
        assert_eq!(code, 1, "{printed}");
        insta::assert_snapshot!(format, printed);
    }
}

#[test]
fn a_difference_that_is_accepted_is_fine() {
    let workspace = Workspace::new();
    workspace.change_docs();
    let accepted =
        |rule: &str| format!("  - {{rule: {rule}, page: Orders, reason: Old docs., date: '2026-11-26'}}\n");
    let list =
        format!("differences:\n{}{}", accepted("field-added-optional"), accepted("field-removed-optional"));
    workspace.write("spec/unigox/accepted.yaml", &list);
    let (printed, code) = workspace.drift(&["--vendor", "docs.yaml"]);
    assert_eq!(code, 0, "{printed}");
    assert!(printed.contains("0 differences") && printed.contains("2 more accepted"), "{printed}");
}

#[test]
fn what_was_compared_is_recorded() {
    let workspace = Workspace::new();
    assert!(workspace.drift(&["--vendor", "docs.yaml"]).0.contains("0 as recorded"));
    assert!(!workspace.0.path().join("spec/unigox/sources.lock").exists());
    assert_eq!(workspace.drift(&["--vendor", "docs.yaml", "--record"]).1, 0);
    let lock = workspace.text("spec/unigox/sources.lock");
    assert!(lock.contains("file: \"docs.yaml\"") && !lock.contains("address:"), "{lock}");
    assert!(workspace.drift(&["--vendor", "docs.yaml"]).0.contains("1 as recorded"));
    workspace.change_docs();
    assert!(workspace.drift(&["--vendor", "docs.yaml"]).0.contains("1 changed"));
}

#[test]
fn what_cannot_run_says_why() {
    let workspace = Workspace::new();
    let fails = |arguments: &[&str], expected: &str| {
        let (printed, code) = workspace.drift(arguments);
        assert!(code == 2 && printed.contains(expected), "{arguments:?}: {code}\n{printed}");
    };
    fails(&["--vendor", "none.yaml"], "none.yaml: ");
    fails(&["--fetch"], "sources.lock has no address of the docs");
    fails(&["--fetch=http://docs.example/a.yaml"], "only addresses that begin with `https://` are fetched");
    fails(&[], "--vendor");
    workspace.write("guide.md", "# Guide\n");
    fails(&["--vendor", "guide.md"], "no block of code in this page holds an OpenAPI document");
    workspace.write("spec/unigox/accepted.yaml", "differences: [{rule: x}]\n");
    fails(&["--vendor", "docs.yaml"], "spec/unigox/accepted.yaml:1:");
    workspace.write("spec/unigox/accepted.yaml", "differences: []\n");
    workspace.write("spec/unigox/openapi.yaml", "openapi: 3.0.3\n\tpaths:\n");
    fails(&["--vendor", "docs.yaml"], "our document cannot be read");
}

/// Serves a text once on this machine, and returns its address.
fn serve(body: String) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let _ = stream.read(&mut [0; 4096]).unwrap();
        let head = format!("HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: {}\r\n\r\n", body.len());
        stream.write_all(format!("{head}{body}").as_bytes()).unwrap();
    });
    format!("http://{address}/openapi.yaml")
}

#[test]
fn the_published_docs_are_fetched_and_can_be_kept() {
    let workspace = Workspace::new();
    let address = serve(OURS.to_owned());
    let fetch = format!("--fetch={address}");
    let (printed, code) = workspace.drift(&[&fetch, "--keep", "docs", "--record"]);
    assert_eq!(code, 0, "{printed}");
    assert_eq!(workspace.text("docs/openapi.yaml"), OURS);
    assert!(workspace.text("spec/unigox/sources.lock").contains(&format!("address: \"{address}\"")));
    assert_eq!(workspace.drift(&["--vendor", "docs"]).1, 0);
    workspace.write("spec/unigox/sources.lock", &format!("address: {}\n", serve(OURS.to_owned())));
    assert_eq!(workspace.drift(&["--fetch"]).1, 0);
}

#[test]
fn the_lists_of_this_workspace_can_be_read() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    for api in partner_spec::Api::ALL {
        let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
            .args(["drift", api.name(), "--vendor"])
            .arg(api.root_in(root))
            .current_dir(root)
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stdout));
        assert!(
            std::fs::read_to_string(api.folder_in(root).join("sources.lock"))
                .unwrap()
                .contains("\naddress: ")
        );
    }
}
