//! Validates the inputs that fuzzing found, and the examples of all rules, which seed the fuzzing.

#![allow(clippy::unwrap_used, reason = "a helper that cannot go on fails the test that uses it")]

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use partner_validator::format::{self, ReportFormat};
use partner_validator::{
    Profile, ValidationOptions, ValidationReport, ValidationTarget, rules, validate, validate_text,
};

/// An input of a few kilobytes that takes this long causes a runaway computation.
const LIMIT: Duration = Duration::from_secs(20);

fn inputs() -> Vec<PathBuf> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/corpus");
    let mut inputs = Vec::new();
    for target in ["reader", "validator"] {
        let entries = std::fs::read_dir(corpus.join(target)).unwrap();
        inputs.extend(entries.map(|entry| entry.unwrap().path()));
    }
    assert!(inputs.len() > 20, "the corpus is there: {}", inputs.len());
    inputs
}

fn try_everything(report: &ValidationReport) {
    for format in ReportFormat::ALL {
        format::write_report(report, format, &mut std::io::sink(), true).unwrap();
    }
}

#[test]
fn no_input_of_the_corpus_makes_the_validator_panic_or_hang() {
    for input in inputs() {
        let started = Instant::now();
        let options = ValidationOptions { profile: Some(Profile::Workspace), ..ValidationOptions::default() };
        try_everything(&validate(&ValidationTarget::for_file_outside_workspace(&input), &options));
        assert!(started.elapsed() < LIMIT, "{}: {:?}", input.display(), started.elapsed());
    }
}

#[test]
fn no_example_of_a_rule_makes_the_validator_panic_in_another_profile() {
    for rule in rules::all_rules() {
        for example in [rule.bad_example(), rule.good_example()] {
            try_everything(&validate_text(example, Profile::Workspace).unwrap());
        }
    }
}
