//! All that a process of tests shows of its calls: what is traced at the most talkative level by everybody, and what
//! `Debug` and errors say. Written to files, when the environment names a folder, for whoever looks for secrets in it.

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

/// The folder.
const FOLDER: &str = "PARTNER_TESTS_WATCH";

const TRACES: &str = "traces";
const SHOWN: &str = "shown";

/// Where to write what is shown, when somebody looks.
fn shown() -> Option<&'static Mutex<File>> {
    static FILE: OnceLock<Option<Mutex<File>>> = OnceLock::new();
    let open = || {
        let folder = PathBuf::from(std::env::var_os(FOLDER)?);
        let file = |name: &str| File::create(folder.join(name)).expect("the folder can be written to");
        let lines = tracing_subscriber::fmt::layer()
            .with_ansi(false)
            .with_span_events(FmtSpan::FULL)
            .with_writer(Mutex::new(file(TRACES)));
        // A server of the tests that runs in the same process shows what it received, as it should.
        let all_but_servers =
            Targets::new().with_default(LevelFilter::TRACE).with_target("httpmock", LevelFilter::OFF);
        tracing_subscriber::registry().with(lines.with_filter(all_but_servers)).init();
        Some(Mutex::new(file(SHOWN)))
    };
    FILE.get_or_init(open).as_ref()
}

/// Begins, at the latest now. Every test that makes a client has to call it.
pub fn begin() {
    shown();
}

/// Keeps what is shown of a call, an answer or an error.
pub fn see(text: &str) {
    if let Some(file) = shown() {
        let mut file = file.lock().unwrap_or_else(|broken| broken.into_inner());
        writeln!(file, "{text}").expect("the file can be written to");
    }
}

/// What a process of tests has shown.
pub struct Seen {
    /// What was traced, by everybody.
    pub traces: String,
    /// What `Debug` and errors said.
    pub shown: String,
    /// What was printed, by whomever.
    pub printed: String,
}

impl Seen {
    /// Runs all tests of this binary, but for the one of this name, in a process that is watched.
    pub fn of_all_tests_but(name: &str) -> Seen {
        assert!(
            std::env::var_os(FOLDER).is_none(),
            "a test by another name than {name} starts all tests anew"
        );
        let folder = tempfile::tempdir().expect("a folder");
        let binary = std::env::current_exe().expect("a test is a binary");
        let output = Command::new(binary)
            .args(["--exact", "--skip", name, "--nocapture"])
            .env(FOLDER, folder.path())
            .output()
            .expect("the binary runs");
        let printed =
            [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        let printed = printed.concat();
        assert!(output.status.success(), "{printed}");
        Seen { traces: read(folder.path(), TRACES), shown: read(folder.path(), SHOWN), printed }
    }

    /// Fails when one of these is to be seen.
    pub fn lacks(&self, secrets: &[String]) {
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
    pub fn traces_lack(&self, texts: &[&str]) {
        for text in texts {
            let line = self.traces.lines().find(|line| line.contains(text));
            assert!(line.is_none(), "{text} in {line:?}");
        }
    }
}

/// Whether a line has this in it. Digits have to stand alone: they are also part of other numbers, and of ids.
fn holds(line: &str, secret: &str) -> bool {
    let number = secret.bytes().all(|byte| byte.is_ascii_digit());
    let goes_on = |next: Option<char>| next.is_some_and(|next| next.is_ascii_alphanumeric());
    line.match_indices(secret).any(|(start, _)| {
        let (before, after) = (&line[..start], &line[start + secret.len()..]);
        !number || !(goes_on(before.chars().next_back()) || goes_on(after.chars().next()))
    })
}

/// As it would stand in an address.
fn escaped(secret: &str) -> String {
    let mut url = reqwest::Url::parse("http://server").expect("an address");
    url.query_pairs_mut().append_key_only(secret);
    url.query().unwrap_or_default().to_owned()
}

fn read(folder: &Path, name: &str) -> String {
    let bytes = std::fs::read(folder.join(name)).expect("it was written");
    String::from_utf8_lossy(&bytes).into_owned()
}

/// All that nobody may see of an API: the key, the marks, and what is sensitive in its examples.
pub fn secrets(contract: &Contract) -> Vec<String> {
    let mut secrets = Vec::new();
    for operation in contract.operations() {
        let responses = operation.responses();
        let answers = responses.iter().flat_map(|response| &response.content);
        let requests = operation.request();
        for example in answers.chain(&requests).flat_map(|(_, examples)| examples) {
            let mut marked = example.value.clone();
            for place in marks::mark(contract, example.schema, &mut marked).places {
                let value = example.value.pointer(&place).and_then(serde_json::Value::as_str);
                secrets.extend(value.map(str::to_owned));
            }
        }
    }
    // Shorter ones, like a country, are part of other words, and words of small letters stand elsewhere as well. The
    // walking tests put marks in the place of these.
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
    fn a_secret_is_found_wherever_it_stands() {
        for line in ["DE00 1234", "a=DE00", "\"xDE00x\""] {
            assert!(holds(line, "DE00"), "{line}");
        }
        assert!(
            holds("pin=123456,", "123456") && holds("123456.5", "123456") && holds("\"123456\"", "123456")
        );
        assert!(!holds("1234567", "123456") && !holds("0.9123456", "123456") && !holds("f123456", "123456"));
    }

    #[test]
    fn what_is_looked_for_is_in_the_documents() {
        let secrets = secrets(&Contract::of(Api::P100));
        let known = |secret: &str| secrets.iter().any(|known| known == secret);
        assert!(known(KEY_START) && known("-of-a-secret") && known("user@example.com"), "{secrets:?}");
    }
}
