//! Records all texts that a test process shows about its calls: what every crate traces at the level TRACE, and the
//! output of `Debug` and errors. The texts are written to files only if an environment variable names a folder for
//! them. The test target `traces` sets the variable, and looks for secrets in the files.

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
use crate::suite::KEY_PREFIX;

/// The environment variable that names the folder for the recorded texts.
const FOLDER_VARIABLE: &str = "PARTNER_TESTS_WATCH";

const TRACES: &str = "traces";
const SHOWN: &str = "shown";

/// Returns the file for the output of `Debug` and errors; `None` if this process is not recorded. The first call starts
/// to record traces.
fn shown_file() -> Option<&'static Mutex<File>> {
    static FILE: OnceLock<Option<Mutex<File>>> = OnceLock::new();
    let open = || {
        let folder = PathBuf::from(std::env::var_os(FOLDER_VARIABLE)?);
        let file = |name: &str| File::create(folder.join(name)).expect("the folder can be written to");
        let lines = tracing_subscriber::fmt::layer()
            .with_ansi(false)
            .with_span_events(FmtSpan::FULL)
            .with_writer(Mutex::new(file(TRACES)));
        // The test servers run in the same process, and may trace everything that they receive.
        let all_but_servers =
            Targets::new().with_default(LevelFilter::TRACE).with_target("httpmock", LevelFilter::OFF);
        tracing_subscriber::registry().with(lines.with_filter(all_but_servers)).init();
        Some(Mutex::new(file(SHOWN)))
    };
    FILE.get_or_init(open).as_ref()
}

/// Starts to record, unless the process is recorded already. Every test that creates a client has to call this
/// function.
pub fn begin_recording() {
    shown_file();
}

/// Records the text that a call, a response or an error shows.
pub fn record(text: &str) {
    if let Some(file) = shown_file() {
        let mut file = file.lock().unwrap_or_else(|broken| broken.into_inner());
        writeln!(file, "{text}").expect("the file can be written to");
    }
}

/// The texts that test processes have shown.
#[derive(Default)]
pub struct Recording {
    /// The traces of all crates.
    pub traces: String,
    /// The output of `Debug` and of errors.
    pub shown: String,
    /// The printed output.
    pub printed: String,
}

impl Recording {
    /// Runs the tests of another test target of this package whose names contain one of the filters, and adds the texts
    /// that they show.
    pub fn run(&mut self, target: &str, filter: &[&str]) {
        let folder = tempfile::tempdir().expect("a folder");
        let output = Command::new(test_binary(target))
            .args(filter)
            .arg("--nocapture")
            .env(FOLDER_VARIABLE, folder.path())
            .output()
            .expect("a test target is a program");
        // The message does not contain the output of the tests, because it is long. Running the target alone shows it.
        assert!(output.status.success(), "the tests of `{target}` fail: cargo test --test {target}");
        for bytes in [output.stdout, output.stderr] {
            self.printed += &String::from_utf8_lossy(&bytes);
        }
        self.traces += &read(folder.path(), TRACES);
        self.shown += &read(folder.path(), SHOWN);
    }

    /// Panics if a recorded text contains one of the secrets.
    pub fn assert_lacks(&self, secrets: &[String]) {
        let texts = [("traced", &self.traces), ("shown", &self.shown), ("printed", &self.printed)];
        for secret in secrets {
            let escaped = url_escaped(secret);
            for (what, text) in texts {
                let found = find_secret(text, secret).or_else(|| find_secret(text, &escaped));
                assert!(found.is_none(), "{what}: {secret} in {:?}", found.map(|at| line_at(text, at)));
            }
        }
    }

    /// Panics if the traces contain one of the texts.
    pub fn assert_traces_lack(&self, texts: &[&str]) {
        for text in texts {
            let line = self.traces.lines().find(|line| line.contains(text));
            assert!(line.is_none(), "{text} in {line:?}");
        }
    }
}

/// Returns the path of the newest build of a test target. cargo builds all test targets into one folder before it runs
/// any of them. No other package may have a test target with this name.
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

/// Returns where a text contains a secret. A secret that is a number has to stand alone, because its digits may also be
/// a part of another number or of an id.
fn find_secret(text: &str, secret: &str) -> Option<usize> {
    let number = secret.bytes().all(|byte| byte.is_ascii_digit());
    let goes_on = |next: Option<char>| next.is_some_and(|next| next.is_ascii_alphanumeric());
    let stands_alone = |start: usize| {
        let (before, after) = (&text[..start], &text[start + secret.len()..]);
        !(goes_on(before.chars().next_back()) || goes_on(after.chars().next()))
    };
    text.match_indices(secret).map(|(start, _)| start).find(|&start| !number || stands_alone(start))
}

/// Returns the line of a text that has the byte at this offset.
fn line_at(text: &str, offset: usize) -> &str {
    let start = text[..offset].rfind('\n').map_or(0, |end| end + 1);
    text[start..].lines().next().unwrap_or_default()
}

/// Returns the secret in the form in which a URL contains it.
fn url_escaped(secret: &str) -> String {
    let mut url = reqwest::Url::parse("http://server").expect("an address");
    url.query_pairs_mut().append_key_only(secret);
    url.query().unwrap_or_default().to_owned()
}

fn read(folder: &Path, name: &str) -> String {
    let bytes = std::fs::read(folder.join(name)).expect("the recorded process wrote it");
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Returns the texts of an API that must not be shown: the API key, the marks, and the sensitive values in the
/// examples.
pub fn secrets_of_api(contract: &Contract) -> Vec<String> {
    let mut secrets = Vec::new();
    for operation in contract.operations() {
        let responses = operation.responses();
        let received = responses.iter().flat_map(|response| &response.content);
        let sent = operation.request_content();
        for example in received.chain(&sent).flat_map(|(_, examples)| examples) {
            let mut marked = example.value.clone();
            for pointer in marks::mark(contract, example.schema, &mut marked).pointers {
                let value = example.value.pointer(&pointer).and_then(serde_json::Value::as_str);
                secrets.extend(value.map(str::to_owned));
            }
        }
    }
    // A short value, like a country code, is also a part of other words, and a lower-case word may occur anywhere. Such
    // values are left out; the tests that call all operations replace them by marks.
    let is_word = |secret: &str| secret.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    secrets.retain(|secret| secret.len() >= 6 && !is_word(secret));
    secrets.extend([KEY_PREFIX, marks::MARK_SUFFIX].map(str::to_owned));
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
            let text = format!("before\n{line}\nafter\n");
            assert_eq!(find_secret(&text, "DE00").map(|at| line_at(&text, at)), Some(line));
        }
        for line in ["pin=123456,", "123456.5", "\"123456\"", "0123456 123456"] {
            let text = format!("1\n{line}\n2");
            assert_eq!(find_secret(&text, "123456").map(|at| line_at(&text, at)), Some(line));
        }
        for line in ["1234567", "0.9123456", "f123456"] {
            assert_eq!(find_secret(&format!("{line}\n"), "123456"), None, "{line}");
        }
    }

    #[test]
    fn secrets_are_taken_from_the_documents() {
        let secrets = secrets_of_api(&Contract::read(Api::P100));
        let known = |secret: &str| secrets.iter().any(|known| known == secret);
        assert!(known(KEY_PREFIX) && known("-of-a-secret") && known("user@example.com"), "{secrets:?}");
    }
}
