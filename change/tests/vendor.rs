//! How files of a vendor are read: documents, Markdown pages and folders, whatever is wrong with them.

#![allow(clippy::unwrap_used, reason = "a test that fails panics")]

use std::path::{Path, PathBuf};

use partner_change::vendor::{VendorDocs, read_vendor_docs};
use tempfile::TempDir;

const DOCUMENT: &str = "\
openapi: 3.0.1
info: {title: Shop, version: '1'}
paths:
  /orders:
    get:
      summary: List orders
      responses:
        '200': {description: The orders.}
";

/// A page as P100's documentation tool serves it.
fn page(document: &str) -> String {
    let curl = "```bash\ncurl https://shop.example/orders\n```\n";
    format!("# List `orders`\n\nSome text.\n\n{curl}\n## OpenAPI\n\n```yaml\n{document}```\n\nMore text.\n")
}

/// A folder of the vendor, beside a secret.
struct Machine(TempDir);

impl Machine {
    fn new() -> Machine {
        let machine = Machine(tempfile::tempdir().unwrap());
        machine.write("secret.yaml", "Secret: {type: string, description: hunter2}\n");
        machine
    }

    fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    fn write(&self, path: &str, text: &str) {
        std::fs::create_dir_all(self.path(path).parent().unwrap()).unwrap();
        std::fs::write(self.path(path), text).unwrap();
    }

    fn read(&self, path: &str) -> VendorDocs {
        read_vendor_docs(&self.path(path)).unwrap()
    }
}

/// The documents: the title of the page, the file, and the line of the first path.
fn summary(vendor: &VendorDocs) -> Vec<(Option<&str>, &str, u32)> {
    let documents = vendor.documents.iter().map(|published| {
        let document = published.read_result.document.as_ref().unwrap();
        let path = document.root.get_entries("paths").next().unwrap();
        (published.page_title.as_deref(), path.key_location.display_path(), path.key_location.start.line)
    });
    documents.collect()
}

/// All findings as text, with everything that the findings could print.
fn findings(vendor: &VendorDocs) -> String {
    let all = vendor
        .documents
        .iter()
        .flat_map(|published| &published.read_result.findings)
        .chain(&vendor.general_findings);
    all.map(|found| format!("{found}\n{}\n", found.location.source.text)).collect()
}

#[cfg(test)]
fn messages(vendor: &VendorDocs) -> Vec<String> {
    vendor
        .general_findings
        .iter()
        .map(|found| format!("{}: {}", found.location.display_path(), found.message))
        .collect()
}

#[test]
fn a_document_is_read_as_yaml_and_as_json() {
    let machine = Machine::new();
    machine.write("docs/api.yaml", DOCUMENT);
    assert_eq!(summary(&machine.read("docs/api.yaml")), [(None, "api.yaml", 4)]);
    let json = r#"{"openapi": "3.0.1", "info": {"title": "Shop", "version": "1"}, "paths": {"/a": {}}}"#;
    machine.write("docs/api.json", json);
    assert_eq!(summary(&machine.read("docs/api.json")), [(None, "api.json", 1)]);
}

#[test]
fn a_document_in_a_page_has_the_positions_of_the_page() {
    let machine = Machine::new();
    machine.write("docs/orders.md", &page(DOCUMENT));
    let vendor = machine.read("docs/orders.md");
    assert_eq!(summary(&vendor), [(Some("List orders"), "orders.md", 15)]);
    assert!(page(DOCUMENT).lines().nth(14).unwrap().starts_with("  /orders:"));
    assert_eq!(vendor.files[0].text, page(DOCUMENT));
}

#[test]
fn a_page_can_hold_several_documents_and_be_indented_and_quoted_and_have_windows_line_ends() {
    let machine = Machine::new();
    let quoted: String = page(DOCUMENT).lines().map(|line| format!("> {line}\n")).collect();
    machine.write("docs/a.md", &format!("{quoted}\n\n{}", page(DOCUMENT)));
    let vendor = machine.read("docs/a.md");
    assert_eq!(summary(&vendor), [(Some("List orders"), "a.md", 15), (Some("List orders"), "a.md", 39)]);
    machine.write("docs/a.md", &page(DOCUMENT).replace('\n', "\r\n"));
    assert_eq!(summary(&machine.read("docs/a.md")), [(Some("List orders"), "a.md", 15)]);
    let listed: String = page(DOCUMENT).lines().map(|line| format!("  {line}\n")).collect();
    machine.write("docs/a.md", &format!("- item\n{listed}"));
    assert_eq!(summary(&machine.read("docs/a.md")).len(), 1);
}

#[test]
fn a_folder_is_read_with_the_folders_in_it() {
    let machine = Machine::new();
    machine.write(
        "docs/api.yaml",
        &format!("{DOCUMENT}components: {{schemas: {{A: {{$ref: 'parts/a.yaml#/A'}}}}}}\n"),
    );
    machine.write("docs/parts/a.yaml", "A: {type: string}\n");
    machine.write("docs/parts/b.yaml", "B: {type: string}\n");
    machine.write("docs/pages/orders.md", &page(DOCUMENT));
    machine.write("docs/pages/guide.md", "# Guide\n\nText.\n");
    machine.write("docs/.hidden/api.yaml", DOCUMENT);
    machine.write("docs/notes.txt", "openapi: 3.0.3\n");
    let vendor = machine.read("docs");
    assert_eq!(summary(&vendor), [(None, "api.yaml", 4), (Some("List orders"), "pages/orders.md", 15)]);
    assert_eq!(
        messages(&vendor),
        ["parts/b.yaml: this is no OpenAPI document, and no document refers to it"]
    );
    let names: Vec<&str> = vendor.files.iter().map(|file| file.display_path.as_str()).collect();
    assert_eq!(names, ["api.yaml", "pages/guide.md", "pages/orders.md", "parts/a.yaml", "parts/b.yaml"]);
}

#[test]
fn a_file_without_a_document_is_reported() {
    let machine = Machine::new();
    machine.write("docs/page.md", "# Guide\n\n```yaml\nkey: value\n```\n");
    assert_eq!(
        messages(&machine.read("docs/page.md")),
        ["page.md: no block of code in this page holds an OpenAPI document"]
    );
    machine.write("docs/part.yaml", "key: value\n");
    assert_eq!(
        messages(&machine.read("docs/part.yaml")),
        ["part.yaml: this is no OpenAPI document: there is no `openapi` key"]
    );
    assert!(read_vendor_docs(&machine.path("docs/none.yaml")).is_err());
}

#[cfg(unix)]
#[test]
fn nothing_outside_of_the_folder_is_read() {
    use std::os::unix::fs::symlink;

    let machine = Machine::new();
    let references = [
        "../secret.yaml#/Secret",
        "linked.yaml#/Secret",
        "inner/secret.yaml#/Secret",
        "/etc/passwd",
        "../../../../../../etc/passwd#/root",
        "file:///etc/passwd",
        "http://127.0.0.1:9/secret.yaml#/Secret",
        "https://shop.example/secret.yaml#/Secret",
    ];
    let schemas: String = references
        .iter()
        .enumerate()
        .map(|(index, to)| format!("    S{index}: {{$ref: '{to}'}}\n"))
        .collect();
    let document = format!("{DOCUMENT}components:\n  schemas:\n{schemas}");
    machine.write("docs/api.yaml", &document);
    machine.write("docs/page.md", &page(&document));
    symlink(machine.path("secret.yaml"), machine.path("docs/linked.yaml")).unwrap();
    symlink(machine.0.path(), machine.path("docs/inner")).unwrap();
    for path in ["docs", "docs/api.yaml", "docs/page.md"] {
        let vendor = machine.read(path);
        let found = findings(&vendor);
        assert!(!found.contains("hunter2") && !found.contains("root:"), "{found}");
        assert_eq!(vendor.documents.len(), if path == "docs" { 2 } else { 1 });
        for published in &vendor.documents {
            let refused =
                published.read_result.findings.iter().filter(|found| found.rule.id.starts_with("ref-"));
            assert_eq!(refused.count(), references.len(), "{}", published.read_result.findings);
            assert!(!published.read_result.document.as_ref().unwrap().to_json().contains("hunter2"));
        }
        let symlinks = messages(&vendor).iter().filter(|text| text.contains("symlink")).count();
        assert_eq!(symlinks, if path == "docs" { 2 } else { 0 });
    }
}

/// Texts that are made to be expensive or to break a reader.
fn hostile() -> Vec<String> {
    let deep = |open: &str, close: &str| open.repeat(50_000) + &close.repeat(50_000);
    let head = "openapi: 3.0.1\ninfo: {title: t, version: '1'}\n";
    let aliases: String = (b'b'..=b'z')
        .map(|c| {
            format!(
                "x-{}: &{} [{}]\n",
                c as char,
                c as char,
                vec![format!("*{}", (c - 1) as char); 9].join(", ")
            )
        })
        .collect();
    vec![
        deep("[", "]"),
        format!("{head}paths: {}\n", deep("{a: ", "}")),
        format!("{head}x-a: &a [x, x]\n{aliases}paths: {{}}\n"),
        format!("{head}paths: {{/a: {{$ref: '#/paths/~1a'}}}}\n"),
        format!(
            "{head}paths: {{/a: {{get: {{responses: {{'200': {{$ref: '#/components/responses/A'}}}}}}}}}}\ncomponents: {{responses: {{A: {{$ref: '#/components/responses/A'}}}}}}\n"
        ),
        format!("{head}paths: []\ncomponents: 7\nservers: {{}}\ntags: true\n"),
        format!(
            "{head}paths: {{/a: {{get: [], post: 1, put: {{parameters: {{}}, responses: [], requestBody: x}}}}}}\n"
        ),
        String::from("openapi: 3.0.1\nopenapi: 3.0.1\n---\n---\n"),
        String::from("\u{feff}\u{0}\u{1b}[31m"),
        String::from("openapi: 3.1.0\n"),
        String::from("{\"openapi\": \"3.0.1\", \"paths\": {"),
    ]
}

#[test]
fn hostile_files_are_reported() {
    let machine = Machine::new();
    for (index, text) in hostile().iter().enumerate() {
        for (name, text) in [("api.yaml", text.clone()), ("api.json", text.clone()), ("page.md", page(text))]
        {
            machine.write(&format!("docs/{name}"), &text);
            let vendor = machine.read(&format!("docs/{name}"));
            assert!(!findings(&vendor).is_empty(), "{index} {name}");
        }
    }
}

#[test]
fn a_file_that_is_cut_off_anywhere_is_read_or_reported() {
    let machine = Machine::new();
    let page = page(DOCUMENT);
    for end in 0..page.len() {
        machine.write("docs/page.md", &page[..end]);
        machine.write("docs/api.yaml", &DOCUMENT[..end.min(DOCUMENT.len())]);
        for name in ["docs/page.md", "docs/api.yaml"] {
            let vendor = machine.read(name);
            let is_read = vendor.documents.iter().any(|published| published.read_result.document.is_some());
            assert!(is_read || !findings(&vendor).is_empty(), "{name} {end}");
        }
    }
}

#[test]
fn a_page_of_many_documents_and_a_folder_of_many_files_are_refused() {
    let machine = Machine::new();
    machine.write("docs/page.md", &"```\nopenapi: 3.0.1\n```\n".repeat(1_000));
    assert_eq!(messages(&machine.read("docs/page.md")), ["page.md: the page holds more than 64 documents"]);
    machine.write("docs/page.md", &"> ".repeat(3 * 1024 * 1024));
    assert_eq!(messages(&machine.read("docs/page.md")), ["page.md: the page is larger than 4 MiB"]);
    for index in 0..2_005 {
        machine.write(&format!("many/{index}.md"), "# A\n");
    }
    let vendor = machine.read("many");
    assert_eq!(messages(&vendor), [": only the first 2000 files are read"]);
    assert_eq!(vendor.files.len(), 2_000);
}

#[test]
fn folders_are_read_up_to_a_depth() {
    let machine = Machine::new();
    let deep: PathBuf = Path::new("docs").join("a/".repeat(9));
    machine.write(&format!("{}/api.yaml", deep.display()), DOCUMENT);
    let vendor = machine.read("docs");
    assert!(vendor.documents.is_empty());
    assert!(messages(&vendor)[0].ends_with("this folder is nested too deep, and is not read"));
}
