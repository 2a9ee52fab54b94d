//! Large and odd inputs: read or refused, in time that grows with their size and no faster.

use std::time::{Duration, Instant};

use partner_spec::{Source, parse_source, read_document};

/// What takes longer than this has become quadratic in something.
#[cfg(test)]
const LIMIT: Duration = Duration::from_secs(30);

#[cfg(test)]
const HEAD: &str = "openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths: {}\n";

/// The rules of the first findings of a text as a file.
#[cfg(test)]
fn rules(name: &str, bytes: &[u8]) -> Vec<&'static str> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    let started = Instant::now();
    let reading = read_document(&path, folder.path());
    assert!(started.elapsed() < LIMIT, "{name}: {:?}", started.elapsed());
    reading.findings.iter().take(3).map(|d| d.rule.id).collect()
}

#[cfg(test)]
fn yaml(rest: &str) -> Vec<&'static str> {
    rules("t.yaml", format!("{HEAD}{rest}").as_bytes())
}

#[test]
fn one_very_long_line_is_read() {
    let megabytes = 2_000_000;
    assert!(yaml(&format!("x-a: {}\n", "a".repeat(megabytes))).is_empty());
    assert!(yaml(&format!("x-a: \"{}\"\n", "é\\n".repeat(megabytes / 4))).is_empty());
    assert!(yaml(&format!("x-a: {}1\n", " ".repeat(megabytes))).is_empty());
    let list = vec!["1"; 50_000].join(",");
    let json = format!(
        "{{\"openapi\":\"3.0.3\",\"info\":{{\"title\":\"t\",\"version\":\"1\"}},\"paths\":{{}},\"x-a\":[{list}]}}"
    );
    assert!(rules("t.json", json.as_bytes()).is_empty());
}

#[test]
fn very_many_keys_lines_and_comments_are_read() {
    let keys: String = (0..30_000).map(|n| format!("  key{n}: 1\n")).collect();
    assert!(yaml(&format!("x-a:\n{keys}")).is_empty());
    assert!(yaml(&format!("x-a: |\n{}", "  line\n".repeat(100_000))).is_empty());
    assert!(yaml(&"# comment\n\n".repeat(100_000)).is_empty());
    assert_eq!(yaml(&format!("x-a:\n{}", "  key: 1\n".repeat(50_000))), ["duplicate-key"; 3]);
}

#[test]
fn very_many_slips_are_found_in_time() {
    let schemas: String = (0..2_000)
        .map(|n| format!("    Wallet{n:05}: {{$ref: '#/components/schemas/Wollet{n:05}'}}\n"))
        .collect();
    assert_eq!(yaml(&format!("components:\n  schemas:\n{schemas}")), ["ref-unresolved"; 3]);
    let keys: String = (0..20_000).map(|n| format!("paths{n}: 1\n")).collect();
    assert_eq!(yaml(&keys)[0], "unknown-key");
}

#[test]
fn nesting_of_every_form_is_refused_early() {
    for text in [
        "[".repeat(100_000),
        "{\"a\":".repeat(100_000),
        format!("x: [{}", "{a: [".repeat(50_000)),
        format!("x:\n{}", "- ".repeat(100_000)),
        (0..2_000).map(|n| format!("{}a:\n", " ".repeat(n))).collect(),
        "? ".repeat(100_000),
        format!("x: {}", "&a ".repeat(100_000)),
        format!("x: {}", "!a ".repeat(100_000)),
        format!("x: [{}", "'a' ".repeat(100_000)),
    ] {
        let started = Instant::now();
        let found = parse_source(&Source::new("t.yaml", text.as_str())).unwrap_err();
        assert!(found.iter().any(|d| d.rule.id == "too-deep" || d.rule.id == "syntax"), "{found}");
        assert!(started.elapsed() < LIMIT, "{}: {:?}", &text[..20], started.elapsed());
    }
}

#[test]
fn a_small_file_does_not_become_a_large_one() {
    let mut bomb = String::from("x-a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for level in 1..20 {
        let before = vec![format!("*a{}", level - 1); 10].join(", ");
        bomb.push_str(&format!("x-a{level}: &a{level} [{before}]\n"));
    }
    assert_eq!(yaml(&bomb), ["too-large"]);
    let nested: String = (0..100).map(|n| format!("&a{n} [")).collect();
    let values = "1, ".repeat(50_000);
    assert_eq!(yaml(&format!("x-a: {nested}{values}{}\n", "]".repeat(100))), ["too-large"]);
}

#[test]
fn what_is_no_text_or_no_document_is_refused() {
    assert_eq!(rules("t.yaml", b""), ["empty-file"]);
    assert_eq!(rules("t.yaml", b"\xef\xbb\xbf"), ["empty-file"]);
    assert_eq!(rules("t.yaml", b"\r\n \r\n"), ["empty-file"]);
    assert_eq!(rules("t.json", b"null"), ["empty-file"]);
    assert_eq!(rules("t.json", b"[]"), ["openapi-version"]);
    assert_eq!(rules("t.yaml", b"text"), ["openapi-version"]);
    assert_eq!(rules("t.yaml", b"\xff\xfeo\0p\0"), ["not-utf-8"]);
    assert_eq!(rules("t.yaml", &[0x80; 10_000]), ["not-utf-8"]);
    assert_eq!(rules("t.yaml", b"\0\x01\x02\x03"), ["syntax"]);
    assert_eq!(rules("t.yaml", &b"\x00".repeat(100_000)), ["syntax"]);
}

#[test]
fn line_ends_and_marks_of_other_systems_make_no_difference() {
    let text = HEAD.replace('\n', "\r\n");
    assert!(rules("t.yaml", text.as_bytes()).is_empty());
    assert!(rules("t.yaml", format!("\u{feff}{text}").as_bytes()).is_empty());
    assert!(rules("t.yaml", format!("%YAML 1.2\n---\n{HEAD}...\n").as_bytes()).is_empty());
    let root = parse_source(&Source::new("t.yaml", text)).unwrap();
    assert_eq!(root.pointer("/paths").unwrap().location.to_string(), "t.yaml:3:8");
}

#[test]
fn what_takes_memory_is_in_proportion_to_the_text() {
    // Two bytes for a value are less than any document that somebody wrote has.
    let json = |values: usize| {
        let list = vec!["0"; values].join(",");
        format!(
            "{{\"openapi\":\"3.0.3\",\"info\":{{\"title\":\"t\",\"version\":\"1\"}},\"paths\":{{}},\"x-a\":[{list}]}}"
        )
    };
    assert!(rules("t.json", json(100_000).as_bytes()).is_empty());
    assert_eq!(rules("t.json", json(400_000).as_bytes()), ["too-large"]);
    // With more text for each of them they are fine.
    let list = vec!["\"a longer text\""; 400_000].join(",\n");
    let text = json(1).replace("[0]", &format!("[{list}]"));
    assert!(rules("t.json", text.as_bytes()).is_empty());
}

#[test]
fn more_slips_than_anybody_reads_are_counted_once() {
    let reading = |text: &str| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("t.yaml");
        std::fs::write(&path, format!("{HEAD}{text}")).unwrap();
        read_document(&path, folder.path()).findings
    };
    let found = reading(&format!("tags: [{}]\n", "1,".repeat(30_000)));
    let stops: Vec<_> = found.iter().filter(|finding| finding.rule.id == "checking-stopped").collect();
    assert_eq!((found.iter().count(), stops.len()), (10_001, 1));
    let words = reading(&format!(
        "components: {{schemas: {{A: {{type: string, enum: [{}]}}}}}}\n",
        "y,".repeat(60_000)
    ));
    assert!(words.iter().any(|finding| finding.rule.id == "checking-stopped"));
}
