//! `cargo xtask validate --watch`, as a person runs it.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that fails panics")]

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

const GOOD: &str = "openapi: 3.0.3\ninfo: {title: Wallets, version: '1'}\npaths: {}\n";
const BAD: &str = "openapi: 3.0.3\ninfo: {title: Wallets}\npaths: {}\n";

/// A process that watches, and is ended with the test.
struct Watch {
    child: Child,
    lines: Receiver<String>,
}

impl Drop for Watch {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Watch {
    fn start(document: &Path) -> Watch {
        let mut child = Command::new(env!("CARGO_BIN_EXE_xtask"))
            .args(["validate", "--watch", "--profile", "openapi"])
            .arg(document)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = read_lines(child.stdout.take().unwrap());
        Watch { child, lines }
    }

    /// What one validation prints, without the line with its duration.
    fn run(&self) -> String {
        let mut text = String::new();
        loop {
            let line =
                self.lines.recv_timeout(Duration::from_secs(30)).unwrap_or_else(|_| panic!("after {text}"));
            if line.ends_with("waiting for changes]") {
                return text;
            }
            text.push_str(&line);
            text.push('\n');
        }
    }
}

fn read_lines(stdout: ChildStdout) -> Receiver<String> {
    let (sender, lines) = channel();
    std::thread::spawn(move || {
        BufReader::new(stdout).lines().map_while(Result::ok).try_for_each(|line| sender.send(line))
    });
    lines
}

#[test]
fn a_document_is_validated_again_whenever_it_is_saved() {
    let folder = tempfile::tempdir().unwrap();
    let document = folder.path().join("openapi.yaml");
    std::fs::write(&document, GOOD).unwrap();
    let watch = Watch::start(&document);
    assert!(watch.run().contains("no findings"));

    std::fs::write(&document, BAD).unwrap();
    assert!(watch.run().contains("error[missing-key]"));

    // Many editors write another file and rename it.
    let other = folder.path().join("openapi.yaml.tmp");
    std::fs::write(&other, GOOD).unwrap();
    std::fs::rename(&other, &document).unwrap();
    assert!(watch.run().contains("no findings"));
}

#[test]
fn a_file_that_a_document_refers_to_is_watched_too() {
    let folder = tempfile::tempdir().unwrap();
    let (document, paths) = (folder.path().join("openapi.yaml"), folder.path().join("paths"));
    std::fs::create_dir(&paths).unwrap();
    let wallets = paths.join("wallets.yaml");
    std::fs::write(&wallets, "get: {responses: {'204': {description: Yes.}}}\n").unwrap();
    std::fs::write(&document, GOOD.replace("{}", "{/wallets: {$ref: paths/wallets.yaml}}")).unwrap();
    let watch = Watch::start(&document);
    assert!(watch.run().contains("no findings"));

    std::fs::write(&wallets, "get: {responses: {'204': {}}}\n").unwrap();
    assert!(watch.run().contains("paths/wallets.yaml"));
}
