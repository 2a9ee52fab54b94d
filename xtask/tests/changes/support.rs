//! Runs `xtask` in a workspace in a temporary folder.

use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// A small document, which the tests change.
pub(crate) const SHOP: &str = "\
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

/// A workspace in a temporary folder, which is removed when the test ends.
pub(crate) struct Workspace(TempDir);

impl Workspace {
    /// Creates a workspace without documents.
    pub(crate) fn empty() -> Workspace {
        let workspace = Workspace(tempfile::tempdir().unwrap());
        workspace.write("Cargo.toml", "[workspace.package]\nversion = \"0.1.0\"\n");
        workspace
    }

    /// Creates a workspace in which [`SHOP`] is the document of the first API.
    pub(crate) fn shop() -> Workspace {
        let workspace = Workspace::empty();
        workspace.write("spec/unigox/openapi.yaml", SHOP);
        workspace
            .write("spec/p100/openapi.yaml", "openapi: 3.0.3\ninfo: {title: A, version: '1'}\npaths: {}\n");
        workspace
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    pub(crate) fn text(&self, path: &str) -> String {
        std::fs::read_to_string(self.path(path)).unwrap()
    }

    /// Runs a command of `xtask`. Returns the output and the exit code.
    pub(crate) fn run(&self, arguments: &[&str]) -> (String, i32) {
        run(self.0.path(), arguments)
    }
}

/// Runs a command of `xtask` in a folder. Returns the output and the exit code.
pub(crate) fn run(folder: &Path, arguments: &[&str]) -> (String, i32) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    let output = command.args(arguments).current_dir(folder).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (format!("{}{}", text(&output.stdout), text(&output.stderr)), output.status.code().unwrap_or(-1))
}
