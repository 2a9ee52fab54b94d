//! Makes text of a document safe to print.
//!
//! A terminal obeys escape sequences, hides some characters, and shows bidirectional text in another order than it is
//! written. CI runners execute commands that they find in the output. GitHub's commands are lines that start with `::`,
//! and `##[` anywhere in a line. Azure's start with `##vso[`, and TeamCity's with `##teamcity[`. Code that prints text
//! of a document passes the text through a function of this module: [`to_harmless_line`] for people,
//! [`to_harmless_json`] for programs.

use std::borrow::Cow;
use std::fmt::Write;

/// Returns the text as one line in which no terminal and no CI runner finds a command.
///
/// Each harmful character is replaced by one other character, so that columns stay the same. An ASCII control character
/// becomes its Unicode control picture. Characters that hide or reorder text, and the first character of a CI command,
/// become U+FFFD. Tabs stay.
///
/// ```
/// use partner_spec::to_harmless_line;
///
/// assert_eq!(to_harmless_line("the wallet `a`"), "the wallet `a`");
/// assert_eq!(to_harmless_line("a\u{1b}[31m\n::error::b"), "a␛[31m␊::error::b");
/// assert_eq!(to_harmless_line(" ::error::a"), " \u{fffd}:error::a");
/// assert_eq!(to_harmless_line("a ##[group]b"), "a \u{fffd}#[group]b");
/// ```
pub fn to_harmless_line(text: &str) -> Cow<'_, str> {
    let indent = text.len() - text.trim_start().len();
    let is_plain = |(start, c)| {
        !is_harmful_character(c) && !matches!(c, '\n' | '\r') && !has_runner_command_at(text, indent, start)
    };
    let Some(first) = text.char_indices().find(|found| !is_plain(*found)) else { return Cow::Borrowed(text) };
    let mut line = String::with_capacity(text.len());
    line.push_str(&text[..first.0]);
    for (start, c) in text[first.0..].char_indices().map(|(offset, c)| (first.0 + offset, c)) {
        line.push(match is_plain((start, c)) {
            true => c,
            false => to_visible_character(c),
        });
    }
    Cow::Owned(line)
}

/// Escapes characters in a JSON text so that no terminal and no CI runner finds a command in the text. The meaning of
/// the JSON stays the same. The escaped characters are those that [`to_harmless_line`] replaces, except line breaks and
/// the `:` of `::`.
///
/// ```
/// use partner_spec::to_harmless_json;
///
/// assert_eq!(to_harmless_json("[\"##[group]a\u{202e}b\"]"), r##"["\u0023#[group]a\u202eb"]"##);
/// ```
pub fn to_harmless_json(json: &str) -> Cow<'_, str> {
    escape_harmful_characters(json, |out, c| {
        for unit in c.encode_utf16(&mut [0; 2]) {
            // Writing to a string cannot fail, so the result of `write!` is ignored.
            let _ = write!(out, "\\u{unit:04x}");
        }
    })
}

/// Escapes the same characters in a YAML text as [`to_harmless_json`] does in a JSON text. The caller must have put
/// each string that is [not harmless](is_harmless_to_print) in double quotes, because YAML has escapes only in
/// double-quoted strings.
pub fn to_harmless_yaml(yaml: &str) -> Cow<'_, str> {
    escape_harmful_characters(yaml, |out, c| {
        // Writing to a string cannot fail, so the result of `write!` is ignored.
        let _ = write!(out, "\\U{:08x}", u32::from(c));
    })
}

/// Whether a text can be printed without escapes, because no terminal and no CI runner finds a command in it. The text
/// may have several lines.
pub fn is_harmless_to_print(text: &str) -> bool {
    text.char_indices().all(|(start, c)| !is_harmful_character(c) && c != '\r' && !has_bracket_command_at(text, start))
        // A line that starts with `::` may be a command of GitHub Actions. A word that starts with `::` is refused even
        // within a line, because a program that wraps lines may put the word at the start of a line.
        && !text.split_whitespace().any(|word| word.starts_with("::"))
}

fn escape_harmful_characters(text: &str, escape: impl Fn(&mut String, char)) -> Cow<'_, str> {
    // Line breaks need no escape here: those within strings are escaped already, and all others only separate the lines
    // of the JSON or YAML text.
    let needs_no_escape = |(start, c)| !is_harmful_character(c) && !has_bracket_command_at(text, start);
    if text.char_indices().all(needs_no_escape) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 64);
    for (start, c) in text.char_indices() {
        match needs_no_escape((start, c)) {
            true => out.push(c),
            false => escape(&mut out, c),
        }
    }
    Cow::Owned(out)
}

/// Whether the character controls a terminal, is invisible, or reorders the text around it.
fn is_harmful_character(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_control() && !matches!(c, '\t' | '\n' | '\r');
    }
    c.is_control()
        || matches!(c,
            '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// Whether a command of a CI runner starts at the byte offset `start` of a line. `indent` is the byte offset of the
/// first character of the line that is not white space.
fn has_runner_command_at(line: &str, indent: usize, start: usize) -> bool {
    match line.as_bytes().get(start) {
        Some(b'#') => has_bracket_command_at(line, start),
        Some(b':') => start == indent && line[start..].starts_with("::"),
        _ => false,
    }
}

/// Whether a CI command that consists of `##`, an optional word and a bracket (`##[`, `##vso[`) starts at the byte
/// offset `start`.
fn has_bracket_command_at(text: &str, start: usize) -> bool {
    text[start..].strip_prefix("##").is_some_and(|rest| {
        rest.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '-').starts_with('[')
    })
}

/// Returns the visible character that is printed instead of `c`: the Unicode control picture of an ASCII control
/// character, otherwise U+FFFD.
fn to_visible_character(c: char) -> char {
    match u32::from(c) {
        code @ 0..=0x1f => char::from_u32(0x2400 + code).unwrap_or(char::REPLACEMENT_CHARACTER),
        0x7f => '\u{2421}',
        _ => char::REPLACEMENT_CHARACTER,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_obeys_or_hides_becomes_one_visible_character() {
        let cases = [
            ("\u{1b}]0;title\u{7}", "␛]0;title␇"),
            ("a\u{9b}31mb", "a\u{fffd}31mb"),
            ("a\rb\nc\0\u{7f}", "a␍b␊c␀␡"),
            ("\u{202e}\u{2066}\u{200f}\u{61c}", "\u{fffd}\u{fffd}\u{fffd}\u{fffd}"),
            ("a\u{2028}b\u{85}c\u{feff}", "a\u{fffd}b\u{fffd}c\u{fffd}"),
            ("\u{e0041}", "\u{fffd}"),
        ];
        for (text, expected) in cases {
            assert_eq!(to_harmless_line(text), expected);
            assert_eq!(to_harmless_line(text).chars().count(), text.chars().count());
            assert!(!is_harmless_to_print(text));
        }
        for text in
            ["naïve 日本 🙂 👨\u{200d}👩", "a\tb", "#/components/schemas/A", "## A heading", "a::b", "x: ::1"]
        {
            assert_eq!(to_harmless_line(text), text);
        }
    }

    #[test]
    fn what_a_ci_runner_obeys_becomes_text() {
        let cases = [
            ("::error::a", "\u{fffd}:error::a"),
            (" \t::stop-commands::x", " \t\u{fffd}:stop-commands::x"),
            ("\u{a0}::add-mask::x", "\u{a0}\u{fffd}:add-mask::x"),
            ("x ##[error]a", "x \u{fffd}#[error]a"),
            (
                "##vso[task.setvariable]a ##teamcity[x]",
                "\u{fffd}#vso[task.setvariable]a \u{fffd}#teamcity[x]",
            ),
            ("###[group]", "#\u{fffd}#[group]"),
        ];
        for (text, expected) in cases {
            assert_eq!(to_harmless_line(text), expected);
            assert!(!is_harmless_to_print(text));
        }
    }

    #[test]
    fn a_long_line_of_blanks_and_colons_takes_time_in_proportion_to_its_length() {
        let blanks = " ".repeat(2_000_000);
        let line = format!("{blanks}:{}", ":".repeat(2_000_000));
        let expected = format!("{blanks}\u{fffd}{}", ":".repeat(2_000_000));
        assert!(to_harmless_line(&line) == expected, "only the first colon starts a command");
    }

    #[test]
    fn programs_read_the_text_as_it_was() {
        let text = "::error::a ##[group] \u{9b}\u{202e}\u{e0041}\u{7f}";
        let json = to_harmless_json(&format!("{{\n  \"a\": \"{text}\"\n}}")).into_owned();
        assert!(json.is_ascii() && !json.contains("##["), "{json}");
        let node = crate::parse_source(&crate::Source::new("a.json", json)).unwrap();
        assert_eq!(node.get_str("a"), Some(text));
        let yaml = to_harmless_yaml(&format!("a: \"{text}\"\n")).into_owned();
        assert!(yaml.is_ascii() && !yaml.contains("##["), "{yaml}");
        let node = crate::parse_source(&crate::Source::new("a.yaml", yaml)).unwrap();
        assert_eq!(node.get_str("a"), Some(text));
    }
}
