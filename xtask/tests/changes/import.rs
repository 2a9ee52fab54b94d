//! A page of the vendor's docs changes: the commands that a maintainer runs, on a copy of our documents.

use std::path::Path;

use partner_change::import::DocumentFolder;
use partner_spec::Api;

use crate::support::Workspace;

/// A workspace with a copy of our documents, and the vendor's document.
struct Maintainer(Workspace);

impl Maintainer {
    fn new() -> Maintainer {
        let workspace = Workspace::empty();
        for api in Api::ALL {
            copy(&api.document_folder(), &api.document_folder_in(&workspace.path("")));
        }
        assert_eq!(workspace.run(&["bundle", "unigox", "--out", "vendor.yaml"]).1, 0);
        Maintainer(workspace)
    }

    /// Changes the vendor's document: the first `from` behind `after` becomes `to`.
    fn change(&self, after: &str, from: &str, to: &str) {
        let path = self.0.path("vendor.yaml");
        let text = std::fs::read_to_string(&path).unwrap();
        let (head, tail) = text.split_at(text.find(after).unwrap());
        assert!(tail.contains(from), "{from}");
        std::fs::write(path, format!("{head}{}", tail.replacen(from, to, 1))).unwrap();
    }
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
        match entry.path().is_dir() {
            true => copy(&entry.path(), &to.join(entry.file_name())),
            false => drop(std::fs::copy(entry.path(), to.join(entry.file_name())).unwrap()),
        }
    }
}

const UPLOAD: &str = "  /api/v1/partner/recipients/{recipient_id}/documents:
    post:
      operationId: uploadPartnerRecipientDocument
      tags: [Recipients]
      summary: Upload a document of a recipient
      security: [{ApiKeyAuth: []}]
      parameters:
        - {name: recipient_id, in: path, required: true, schema: {type: string, format: uuid}}
      requestBody:
        required: true
        content:
          multipart/form-data:
            schema:
              type: object
              required: [file]
              properties:
                file: {type: string, format: binary}
                kind: {type: string, enum: [passport]}
      responses: {'204': {description: OK}, '401': {description: Unauthorized}}
";

#[test]
fn after_the_import_of_what_drift_reports_nothing_is_left_but_texts_to_write() {
    let workspace = Maintainer::new();
    let destinations = "  /api/v1/partner/recipients/{recipient_id}/destinations:\n";
    workspace.change(destinations, destinations, &format!("{UPLOAD}{destinations}"));
    workspace.change(
        "    PartnerCreateRecipientRequest:\n",
        "        recipient_native_name:\n          description: The name in its own script.\n          type: string\n          x-sensitive: true\n          example: '深圳示例贸易有限公司'\n",
        "        recipient_city: {type: string}\n",
    );
    workspace.change(
        "    ScreeningStatus:\n",
        "        - manual_review\n",
        "        - manual_review\n        - expired\n",
    );
    let (drifted, code) = workspace.0.run(&["drift", "unigox", "--vendor", "vendor.yaml"]);
    assert!(drifted.contains("4 differences: 3 only in the docs, 1 only in our document"), "{drifted}");
    assert_eq!(code, 1);
    let import = ["import", "unigox", "--vendor", "vendor.yaml", "--retrieved", "2026-11-26"];
    let updates = ["--update", "recipient_city", "--update", "expired", "--update", "recipient_native_name"];
    let (updated, code) = workspace.0.run(&[&import[..], &updates].concat());
    assert_eq!(code, 1, "{updated}");
    let (added, code) = workspace.0.run(&import);
    assert_eq!(code, 1, "{added}");
    // What a person still has to do is not compared line by line, because the lines of our documents move.
    assert!(updated.contains("error[text-blank]") && added.contains("error[text-blank]"), "{updated}{added}");
    let lines =
        |printed: &str| printed.lines().take_while(|line| !line.is_empty()).collect::<Vec<_>>().join("\n");
    insta::assert_snapshot!(format!("{}\n\n{}", lines(&updated), lines(&added)));
    let (again, code) = workspace.0.run(&["drift", "unigox", "--vendor", "vendor.yaml"]);
    assert!(again.contains("\n0 differences"), "{again}");
    assert_eq!(code, 0);
    let (nothing, code) = workspace.0.run(&import);
    assert!(
        nothing.contains("the documents have all operations and webhooks of the vendor's file"),
        "{nothing}"
    );
    assert_eq!(code, 2);
}

#[test]
fn two_imports_at_the_same_time_do_not_write_the_same_files() {
    let workspace = Maintainer::new();
    workspace.change(
        "    ScreeningStatus:\n",
        "        - manual_review\n",
        "        - manual_review\n        - expired\n",
    );
    let import = ["import", "unigox", "--vendor", "vendor.yaml", "--update", "expired"];
    let path = Api::Unigox.document_folder_in(&workspace.0.path(""));
    let other = DocumentFolder::lock_and_read(&path, "spec/unigox").unwrap();
    let before = workspace.0.text("spec/unigox/schemas/recipients.yaml");
    let (refused, code) = workspace.0.run(&import);
    assert!(refused.contains("another import into spec/unigox is running; run this one again"), "{refused}");
    assert_eq!((code, workspace.0.text("spec/unigox/schemas/recipients.yaml")), (2, before));
    drop(other);
    let (imported, code) = workspace.0.run(&import);
    assert!(code == 1 && imported.contains("the enum value `expired` was added"), "{imported}");
}

#[test]
fn what_cannot_be_imported_is_said_and_reaches_no_terminal_as_it_is() {
    let workspace = Maintainer::new();
    let hostile = "openapi: 3.0.3\ninfo: {title: a, version: '1'}\npaths:\n  \"/a\\e[31m\\n::error::b\":\n    get: {operationId: a, tags: [\"\\e[31m\\n::error::b\"], responses: {'200': {description: a}}}\n  b: 1\n";
    workspace.0.write("hostile.yaml", hostile);
    let cases: [(&[&str], i32); 4] = [
        (&["import", "unigox", "--vendor", "hostile.yaml"], 2),
        (&["import", "unigox", "--vendor", "hostile.yaml", "--page", "Health"], 1),
        (&["import", "unigox", "--vendor", "nowhere.yaml"], 2),
        (&["import", "nobody", "--vendor", "vendor.yaml"], 2),
    ];
    for (arguments, expected) in cases {
        let (printed, code) = workspace.0.run(arguments);
        assert_eq!(code, expected, "{printed}");
        assert!(!printed.contains('\u{1b}'), "{printed:?}");
        assert!(!printed.lines().any(|line| line.trim_start().starts_with("::")), "{printed}");
    }
}
