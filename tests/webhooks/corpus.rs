//! The inputs of the fuzz target, as a test.

use std::path::Path;

#[path = "../../fuzz/fuzz_targets/webhooks/check.rs"]
mod check;

#[test]
fn no_input_of_the_corpus_does_harm() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/corpus/webhooks");
    let inputs: Vec<_> = std::fs::read_dir(corpus).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert!(inputs.len() > 20, "the corpus is there: {}", inputs.len());
    for input in inputs {
        let body = std::fs::read(&input).unwrap();
        check::check(&body);
        for end in 0..body.len() {
            check::check(&body[..end]);
        }
    }
}
