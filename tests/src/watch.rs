//! Records all that a process of tests shows of its calls: what every crate traces at the most talkative level, and what
//! `Debug` and errors say. It is written to files only when the environment names a folder for them, as the test target
//! `traces` does, which looks for secrets in it.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, OnceLock};

use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::fmt::format::FmtSpan;
use tracing_subscriber::layer::Layer;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

use crate::contract::Contract;
use crate::marks;
use crate::suite::KEY_START;

/// The variable that names the folder.
const FOLDER: &str = "PARTNER_TESTS_WATCH";

const TRACES: &str = "traces";
const SHOWN: &str = "shown";

/// The file for what is shown, when this process is recorded.
fn shown() -> Option<&'static Mutex<File>> {
    static FILE: OnceLock<Option<Mutex<File>>> = OnceLock::new();
    let open = || {
        let folder = PathBuf::from(std::env::var_os(FOLDER)?);
        let file = |name: &str| File::create(folder.join(name)).expect("the folder can be written to");
        let lines = tracing_subscriber::fmt::layer()
            .with_ansi(false)
            .with_span_events(FmtSpan::FULL)
            .with_writer(Mutex::new(file(TRACES)));
        // The servers of the tests run in the same process, and trace what they received, as they should.
        let all_but_servers =
            Targets::new().with_default(LevelFilter::TRACE).with_target("httpmock", LevelFilter::OFF);
        tracing_subscriber::registry().with(lines.with_filter(all_but_servers)).init();
        Some(Mutex::new(file(SHOWN)))
    };
    FILE.get_or_init(open).as_ref()
}

/// Begins to record, at the latest now. Every test that makes a client has to call it.
pub fn begin() {
    shown();
}

/// Records what is shown of a call, a response or an error.
pub fn record(text: &str) {
    if let Some(file) = shown() {
        let mut file = file.lock().unwrap_or_else(|broken| broken.into_inner());
        writeln!(file, "{text}").expect("the file can be written to");
    }
}

/// What processes of tests have shown.
#[derive(Default)]
pub struct Recording {
    /// What was traced, by any crate.
    pub traces: String,
    /// What `Debug` and errors said.
    pub shown: String,
    /// What was printed.
    pub printed: String,
}

impl Recording {
    /// Runs the tests of another test target of this package whose names contain a filter, and adds what they show.
    pub fn run(&mut self, target: &str, filter: &[&str]) {
        let folder = tempfile::tempdir().expect("a folder");
        let output = Command::new(test_binary(target))
            .args(filter)
            .arg("--nocapture")
            .env(FOLDER, folder.path())
            .output()
            .expect("a test target is a program");
        // Its output is long, and its failures are shown where it runs by itself.
        assert!(output.status.success(), "the tests of `{target}` fail: cargo test --test {target}");
        for bytes in [output.stdout, output.stderr] {
            self.printed += &String::from_utf8_lossy(&bytes);
        }
        self.traces += &read(folder.path(), TRACES);
        self.shown += &read(folder.path(), SHOWN);
    }

    /// Fails when one of these is to be seen.
    pub fn assert_lacks(&self, secrets: &[String]) {
        let texts = [("traced", &self.traces), ("shown", &self.shown), ("printed", &self.printed)];
        for secret in secrets {
            let escaped = escaped(secret);
            for (what, text) in texts {
                let line = text.lines().find(|line| holds(line, secret) || holds(line, &escaped));
                assert!(line.is_none(), "{what}: {secret} in {line:?}");
            }
        }
    }

    /// Fails when one of these was traced.
    pub fn assert_traces_lack(&self, texts: &[&str]) {
        for text in texts {
            let line = self.traces.lines().find(|line| line.contains(text));
            assert!(line.is_none(), "{text} in {line:?}");
        }
    }
}

/// The newest build of a test target: cargo builds all of them before it runs any, into one folder. No other package may have
/// a test target of that name.
fn test_binary(target: &str) -> PathBuf {
    let this = std::env::current_exe().expect("a test is a program");
    let folder = this.parent().expect("a program is in a folder");
    let entries = std::fs::read_dir(folder).expect("the folder can be read").flatten();
    let builds = entries.filter(|entry| {
        let path = entry.path();
        let stem = path.file_stem().and_then(|stem| stem.to_str()).and_then(|stem| stem.rsplit_once('-'));
        stem.is_some_and(|(name, _)| name == target) && path.extension() == this.extension()
    });
    let newest = builds.max_by_key(|entry| entry.metadata().and_then(|found| found.modified()).ok());
    newest.unwrap_or_else(|| panic!("build it first: cargo test --no-run --test {target}")).path()
}

/// Whether a line contains a secret. One of digits has to stand alone: they are also part of other numbers, and of ids.
fn holds(line: &str, secret: &str) -> bool {
    let number = secret.bytes().all(|byte| byte.is_ascii_digit());
    let goes_on = |next: Option<char>| next.is_some_and(|next| next.is_ascii_alphanumeric());
    line.match_indices(secret).any(|(start, _)| {
        let (before, after) = (&line[..start], &line[start + secret.len()..]);
        !number || !(goes_on(before.chars().next_back()) || goes_on(after.chars().next()))
    })
}

/// The secret as it is written in a URL.
fn escaped(secret: &str) -> String {
    let mut url = reqwest::Url::parse("http://server").expect("an address");
    url.query_pairs_mut().append_key_only(secret);
    url.query().unwrap_or_default().to_owned()
}

fn read(folder: &Path, name: &str) -> String {
    let bytes = std::fs::read(folder.join(name)).expect("the recorded process wrote it");
    String::from_utf8_lossy(&bytes).into_owned()
}

/// All that must not be shown of an API: the key, the marks, and what is sensitive in its examples.
pub fn secrets(contract: &Contract) -> Vec<String> {
    let mut secrets = Vec::new();
    for operation in contract.operations() {
        let responses = operation.responses();
        let received = responses.iter().flat_map(|response| &response.content);
        let sent = operation.request();
        for example in received.chain(&sent).flat_map(|(_, examples)| examples) {
            let mut marked = example.value.clone();
            for pointer in marks::mark(contract, example.schema, &mut marked).pointers {
                let value = example.value.pointer(&pointer).and_then(serde_json::Value::as_str);
                secrets.extend(value.map(str::to_owned));
            }
        }
    }
    // A shorter one, like a country, is part of other words, and a word in lower case also occurs elsewhere. The tests
    // that walk all operations replace these by marks.
    let is_word = |secret: &str| secret.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    secrets.retain(|secret| secret.len() >= 6 && !is_word(secret));
    secrets.extend([KEY_START, marks::COMMON].map(str::to_owned));
    secrets.sort_unstable();
    secrets.dedup();
    secrets
}

#[cfg(test)]
mod tests {
    use super::*;
    use partner_spec::Api;

    #[test]
    fn a_secret_is_found_anywhere_in_a_line() {
        for line in ["DE00 1234", "a=DE00", "\"xDE00x\""] {
            assert!(holds(line, "DE00"), "{line}");
        }
        assert!(
            holds("pin=123456,", "123456") && holds("123456.5", "123456") && holds("\"123456\"", "123456")
        );
        assert!(!holds("1234567", "123456") && !holds("0.9123456", "123456") && !holds("f123456", "123456"));
    }

    #[test]
    fn secrets_are_taken_from_the_documents() {
        let secrets = secrets(&Contract::read(Api::P100));
        let known = |secret: &str| secrets.iter().any(|known| known == secret);
        assert!(known(KEY_START) && known("-of-a-secret") && known("user@example.com"), "{secrets:?}");
    }
}
