//! Compares our matcher with an engine of ECMA 262.

use super::{
    FIRST_ATTEMPT_STEP_LIMIT, PatternCache, SECOND_ATTEMPT_STEP_LIMIT, STEP_COST_PER_BACKTRACKING_STEP,
};
use crate::instance::tree::{self, CheckStats};

/// Patterns with everything that ECMA 262 has, or that other dialects understand differently.
const PATTERNS: &[&str] = &[
    "",
    "abc",
    "^abc$",
    "^$",
    "a|b|^c",
    "^.$",
    "^.{3}$",
    r"^\d+$",
    r"^\D+$",
    r"^\w+$",
    r"^\W+$",
    r"^\s+$",
    r"^\S+$",
    r"\bword\b",
    r"\Bord",
    r"é\b",
    "^[a-z]{2,4}$",
    "^[a-z]*$",
    "^[^a-z]+$",
    "^[]$",
    "^[^]$",
    r"^[\d\-x]+$",
    r"^[\w.]+@[\w]+\.[a-z]{2,}$",
    r"^[^\s]+$",
    r"^[^\W]+$",
    r"^[\s\S]{1,3}$",
    r"^[a&&b]+$",
    r"^[a~~b\[\]]+$",
    r"^[+--c]+$",
    r"^\p{L}+$",
    r"^\P{L}+$",
    r"^[\p{Lu}\d]+$",
    r"^\p{Script=Greek}+$",
    r"^\u00e9$",
    r"^\u{1F600}$",
    r"^\ud83d\ude00$",
    r"^\x41\cJ?\0?$",
    r"^\t\n\v\f\r$",
    r"^(?:a|b)+$",
    r"^(a|b)+?c",
    r"^(?<year>\d{4})-(?<month>\d\d)$",
    r"^(?=.*[A-Z])(?=.*\d).{4,}$",
    r"^(?!abc)\w+$",
    r"(?<=\$)\d+",
    r"(?<!\$)\b\d+",
    r"^(a+)\1$",
    r"^(?<x>a|b)\k<x>$",
    r"^(?:(a)|b)\1c$",
    r"^\1(a)$",
    r"^\+[1-9]\d{1,14}$",
    r"^\{\}\.\*\\\/\^\$\|\(\)\[\]\?$",
    r"^a{0}b{0,}c{1}$",
    // Without the flag `u`.
    r"^[\w-\.]+$",
    r"^[\d-a]+$",
    r"^\-\_\@\ \e$",
    r"^{a}$",
    r"^\p{L}$",
    r"^]}$",
    "^(?=a)*b",
    "^(?=a)+?a",
    r"^(?=(a))?b\1$",
    r"^\08$",
    r"^\1012$",
    r"^[\12-\15]+$",
    r"^(a)\2$",
    r"^\9$",
];

const TEXTS: &[&str] = &[
    "",
    "a",
    "b",
    "c",
    "aa",
    "ab",
    "abc",
    "abcd",
    "aaaa",
    "bb",
    "ac",
    "bc",
    "1",
    "12",
    "0123",
    "x-1",
    "word",
    "a word.",
    "sword",
    "ord",
    " ",
    "\t",
    "\n",
    "\r",
    "\u{2028}",
    "\u{a0}",
    "\u{feff}",
    "\u{85}",
    "\u{200b}",
    "a\n",
    "\na",
    "a\nb",
    "é",
    "É1",
    "éa",
    "٣",
    "１",
    "ﬀ",
    "ſ",
    "K",
    "α",
    "Ωω",
    "日本",
    "😀",
    "😀😀",
    "a😀",
    "A\n\0",
    "A",
    "A\n",
    "\t\n\u{b}\u{c}\r",
    "user@example.com",
    "a.b-c",
    "a&b",
    "[]~",
    "+4912345",
    "+0",
    "Abc1",
    "$12",
    "12$",
    "2026-01",
    "{}.*\\/^$|()[]?",
    "cc",
    "-_@ e",
    "a{,3}",
    "{a}",
    "pL",
    "p{L}",
    "]}",
    "_",
    "-",
    "a--c",
    "b1",
    "abab",
    "ca",
    "aab",
    "\08",
    "A2",
    "a\u{2}",
    "9",
];

/// Whether the engine of ECMA 262 finds a match, with the flag `u` if the pattern is valid with the flag.
fn expected(pattern: &str, text: &str) -> bool {
    let regex = regress::Regex::with_flags(pattern, "u").or_else(|_| regress::Regex::new(pattern)).unwrap();
    regex.find(text).is_some()
}

fn match_counted(pattern: &str, text: &str) -> (bool, CheckStats) {
    let patterns = PatternCache::default();
    tree::run_with_step_limit(100_000_000, || patterns.matches_pattern(pattern, text))
}

#[test]
fn texts_match_exactly_where_they_do_in_ecma_262() {
    let mut wrong = Vec::new();
    for pattern in PATTERNS {
        let patterns = PatternCache::default();
        assert!(patterns.engine(pattern).is_some(), "{pattern} is compiled");
        for text in TEXTS {
            if patterns.matches_pattern(pattern, text) != expected(pattern, text) {
                wrong.push(format!("{pattern:?} {text:?} should be {}", expected(pattern, text)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_pattern_that_would_backtrack_for_ever_takes_a_step_for_each_character_and_state() {
    for pattern in ["^(a|a)*c$", "^(a+)+c$", "^(a*)*b$", "(x+x+)+y", "^((a?){20})*c$"] {
        let (short, long) =
            (match_counted(pattern, &"a".repeat(1_000)).1, match_counted(pattern, &"a".repeat(2_000)).1);
        assert!(!long.is_incomplete, "{pattern}");
        assert!(
            long.step_count <= 2 * short.step_count && long.step_count < 50_000,
            "{pattern}: {}",
            long.step_count
        );
    }
}

#[test]
fn what_needs_backtracking_ends_after_a_number_of_ways() {
    let (matches, run) = match_counted("^(?:(?!b)a|(?!c)a)+b$", &format!("{}cb", "a".repeat(60)));
    assert!(matches && run.is_incomplete, "what is not known is not wrong");
    assert!(
        run.step_count > FIRST_ATTEMPT_STEP_LIMIT * STEP_COST_PER_BACKTRACKING_STEP
            && run.step_count < 2 * SECOND_ATTEMPT_STEP_LIMIT * STEP_COST_PER_BACKTRACKING_STEP,
        "{}",
        run.step_count
    );
}

#[test]
fn what_is_repeated_too_often_is_refused_before_it_is_compiled() {
    for pattern in [r"^((\w{1,300}){1,300}){1,300}$", r"(\p{L}{1,400}x){9}", r"a{4294967295}b"] {
        let (matches, run) = match_counted(pattern, "abc");
        assert!(matches && run.is_incomplete && run.step_count < 5_000, "{pattern}: {}", run.step_count);
    }
    // A single repeated class is matched by its length, so a large count needs no states.
    assert!(match_counted(r"^\p{L}{1,100000}$", "abc").0);
    assert!(!match_counted(r"^\p{L}{4,100000}$", "abc").0);
}

#[test]
fn what_is_kept_has_a_limit() {
    let patterns = PatternCache::default();
    for number in 0..100 {
        patterns.matches_pattern(&format!(r"^([a-z]{{1,90}}-){{1,90}}{number}$"), "abc");
    }
    let kept = patterns.kept.lock().unwrap();
    assert!(
        kept.estimated_state_count <= super::MAX_CACHED_AUTOMATON_STATES && kept.engines.len() < 50,
        "{}",
        kept.engines.len()
    );
}
