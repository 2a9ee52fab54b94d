//! `cargo xtask drift`

use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::Path;

use crate::support::{self, SHOP, Workspace};

/// A workspace with the vendor's file `docs.yaml`.
struct Drift(Workspace);

impl Drift {
    fn new() -> Drift {
        let workspace = Workspace::shop();
        workspace.write("docs.yaml", SHOP);
        Drift(workspace)
    }

    fn drift(&self, arguments: &[&str]) -> (String, i32) {
        self.0.run(&[&["drift", "unigox"], arguments].concat())
    }

    /// Writes the vendor's file, in which `note` is another field.
    fn change_docs(&self) {
        self.0.write("docs.yaml", &SHOP.replace("note: {type: string}", "paid: {type: boolean}"));
    }
}

#[test]
fn docs_that_say_the_same_are_fine() {
    let workspace = Drift::new();
    let (printed, code) = workspace.drift(&["--vendor", "docs.yaml"]);
    assert_eq!(code, 0, "{printed}");
    insta::assert_snapshot!(printed);
}

#[test]
fn differences_are_printed_for_people_and_for_jobs_and_for_programs() {
    let workspace = Drift::new();
    workspace.change_docs();
    workspace.0.write(
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
    let workspace = Drift::new();
    workspace.change_docs();
    let accepted =
        |rule: &str| format!("  - {{rule: {rule}, page: Orders, reason: Old docs., date: '2026-11-26'}}\n");
    let list =
        format!("differences:\n{}{}", accepted("field-added-optional"), accepted("field-removed-optional"));
    workspace.0.write("spec/unigox/accepted.yaml", &list);
    let (printed, code) = workspace.drift(&["--vendor", "docs.yaml"]);
    assert_eq!(code, 0, "{printed}");
    assert!(printed.contains("0 differences") && printed.contains("2 more accepted"), "{printed}");
}

#[test]
fn what_was_compared_is_recorded() {
    let workspace = Drift::new();
    assert!(workspace.drift(&["--vendor", "docs.yaml"]).0.contains("0 as recorded"));
    assert!(!workspace.0.path("spec/unigox/sources.lock").exists());
    assert_eq!(workspace.drift(&["--vendor", "docs.yaml", "--record"]).1, 0);
    let lock = workspace.0.text("spec/unigox/sources.lock");
    assert!(lock.contains("file: \"docs.yaml\"") && !lock.contains("address:"), "{lock}");
    assert!(workspace.drift(&["--vendor", "docs.yaml"]).0.contains("1 as recorded"));
    workspace.change_docs();
    assert!(workspace.drift(&["--vendor", "docs.yaml"]).0.contains("1 changed"));
}

#[test]
fn what_cannot_run_says_why() {
    let workspace = Drift::new();
    let fails = |arguments: &[&str], expected: &str| {
        let (printed, code) = workspace.drift(arguments);
        assert!(code == 2 && printed.contains(expected), "{arguments:?}: {code}\n{printed}");
    };
    fails(&["--vendor", "none.yaml"], "none.yaml: ");
    fails(&["--fetch"], "sources.lock has no address of the docs");
    fails(&["--fetch=http://docs.example/a.yaml"], "only addresses that begin with `https://` are fetched");
    fails(&[], "--vendor");
    workspace.0.write("guide.md", "# Guide\n");
    fails(&["--vendor", "guide.md"], "no block of code in this page holds an OpenAPI document");
    workspace.0.write("spec/unigox/accepted.yaml", "differences: [{rule: x}]\n");
    fails(&["--vendor", "docs.yaml"], "spec/unigox/accepted.yaml:1:");
    workspace.0.write("spec/unigox/accepted.yaml", "differences: []\n");
    workspace.0.write("spec/unigox/openapi.yaml", "openapi: 3.0.3\n\tpaths:\n");
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
    let workspace = Drift::new();
    let address = serve(SHOP.to_owned());
    let fetch = format!("--fetch={address}");
    let (printed, code) = workspace.drift(&[&fetch, "--keep", "docs", "--record"]);
    assert_eq!(code, 0, "{printed}");
    assert_eq!(workspace.0.text("docs/openapi.yaml"), SHOP);
    assert!(workspace.0.text("spec/unigox/sources.lock").contains(&format!("address: \"{address}\"")));
    assert_eq!(workspace.drift(&["--vendor", "docs"]).1, 0);
    workspace.0.write("spec/unigox/sources.lock", &format!("address: {}\n", serve(SHOP.to_owned())));
    assert_eq!(workspace.drift(&["--fetch"]).1, 0);
}

#[test]
fn the_lists_of_this_workspace_can_be_read() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    for api in partner_spec::Api::ALL {
        let vendor = api.root_file_path_in(root);
        let (printed, code) =
            support::run(root, &["drift", api.name(), "--vendor", vendor.to_str().unwrap()]);
        assert_eq!(code, 0, "{printed}");
        assert!(
            std::fs::read_to_string(api.document_folder_in(root).join("sources.lock"))
                .unwrap()
                .contains("\naddress: ")
        );
    }
}
