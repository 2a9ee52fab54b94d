//! The reader on any text: it yields a tree or findings, and every location is in the text.

#![no_main]

use libfuzzer_sys::fuzz_target;
use partner_spec::{Source, parse_source};

fuzz_target!(|text: &str| {
    let source = Source::new("fuzz.yaml", text);
    if let Err(found) = parse_source(&source) {
        assert!(!found.is_empty());
        for finding in &found {
            let breaks = text.matches(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}']).count();
            assert!(finding.location.start.line as usize <= breaks + 2, "{finding}");
        }
    }
});
