//! The secrets that a call has sent, and the search for these secrets in texts. The secrets are collected only if a
//! call fails.
//!
//! A secret is found as it was sent, in upper or lower case, with other separators (spaces, line ends, hyphens),
//! escaped for a URL, JSON, HTML, Rust or a form, even several times, and in base64. A fragment of an API key is found
//! as well, if it has at least [`MIN_REDACTED_KEY_FRAGMENT_CHARS`] letters and digits. A secret is not found if it is
//! hexadecimal, hashed or encrypted.

use std::ops::Range;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use http::{HeaderName, HeaderValue};
use reqwest::Url;
use serde_json::Value;

/// The text that replaces a secret.
pub(super) const REDACTION_PLACEHOLDER: &str = "[redacted]";

/// The minimum number of letters and digits of a secret that is redacted. Shorter secrets are not redacted, because
/// they occur in too many texts by chance.
const MIN_REDACTED_SECRET_CHARS: usize = 3;

/// The minimum number of letters and digits of a secret that is redacted even inside a longer word. A shorter secret is
/// redacted only where it is a whole word.
const MIN_REDACTED_SECRET_CHARS_INSIDE_WORD: usize = 8;

/// A fragment of an API key is redacted if it has at least this many consecutive letters and digits.
const MIN_REDACTED_KEY_FRAGMENT_CHARS: usize = 8;

/// The maximum number of levels of nested escapes that are decoded. A URL escape inside a JSON string has two levels.
const MAX_DECODED_ESCAPE_LEVELS: usize = 3;

/// The secrets of a call, which must not appear in error messages.
#[derive(Default)]
pub(crate) struct CallSecrets {
    patterns: Vec<Pattern>,
}

struct Pattern {
    /// The letters and digits of the secret, in lower case. Error messages are searched for this sequence.
    normalized_chars: Vec<char>,
    /// Whether fragments of the secret are redacted as well. A fragment is redacted only if it has at least
    /// [`MIN_REDACTED_KEY_FRAGMENT_CHARS`] characters.
    redacts_fragments: bool,
}

impl CallSecrets {
    /// Adds a credential to the secrets that errors must not show, such as an API key or a bearer token. `value` is the
    /// credential as a header value, also if it is an API key that is sent in the query, or was not sent yet.
    pub(crate) fn add_credential(&mut self, value: &HeaderValue) {
        let text = String::from_utf8_lossy(value.as_bytes());
        self.add_secret(&text, true);
        // The value may consist of several words, like `Bearer` and a token. Each long word is added as a secret of its
        // own.
        text.split_whitespace()
            .filter(|part| part.len() > MIN_REDACTED_SECRET_CHARS_INSIDE_WORD)
            .for_each(|part| self.add_secret(part, true));
    }

    /// Adds a sensitive value that is not a credential. Only the whole value is redacted, and no fragments of it.
    pub(crate) fn add_sensitive_value(&mut self, text: &str) {
        self.add_secret(text, false);
    }

    /// Adds the credentials in the headers of a request to the secrets that are redacted.
    pub(crate) fn add_credentials_in_headers<'a>(
        &mut self,
        headers: impl IntoIterator<Item = (&'a HeaderName, &'a HeaderValue)>,
    ) {
        use http::header::{AUTHORIZATION, COOKIE, PROXY_AUTHORIZATION};
        for (name, value) in headers {
            if value.is_sensitive() || [AUTHORIZATION, PROXY_AUTHORIZATION, COOKIE].contains(name) {
                self.add_credential(value);
            }
        }
    }

    /// Adds to the secrets the values of the sensitive parameters in the query and the path of a URL. `sensitive_names`
    /// lists the names of these parameters. `path_template` tells which path segment is the value of which parameter.
    pub(crate) fn add_sensitive_url_parameters(
        &mut self,
        url: &Url,
        path_template: &str,
        sensitive_names: &[&str],
    ) {
        url.query_pairs()
            .filter(|(name, _)| sensitive_names.contains(&&**name))
            .for_each(|(_, value)| self.add_sensitive_value(&value));
        // The segments of the path and of its template are compared from the end, because the URL's path may begin with
        // the path of the base URL, which is not part of the template.
        let segment_pairs = url.path().rsplit('/').zip(path_template.rsplit('/'));
        for (segment, parameter) in segment_pairs {
            let name = parameter.strip_prefix('{').and_then(|name| name.strip_suffix('}'));
            if name.is_some_and(|name| sensitive_names.contains(&name)) {
                self.add_sensitive_value(segment);
            }
        }
    }

    /// Adds sensitive values from a JSON body: the values of the properties whose names are in `sensitive_names`.
    pub(crate) fn add_sensitive_json_properties(&mut self, body: &[u8], sensitive_names: &[&str]) {
        if let Ok(body) = serde_json::from_slice(body) {
            self.add_sensitive_properties(&body, sensitive_names);
        }
    }

    fn add_sensitive_properties(&mut self, value: &Value, sensitive_names: &[&str]) {
        match value {
            Value::Object(object) => object.iter().for_each(|(key, value)| {
                if sensitive_names.contains(&key.as_str()) {
                    self.add_sensitive_json_value(value)
                } else {
                    self.add_sensitive_properties(value, sensitive_names)
                }
            }),
            Value::Array(items) => {
                items.iter().for_each(|item| self.add_sensitive_properties(item, sensitive_names))
            }
            _ => {}
        }
    }

    /// Adds all strings and numbers inside a sensitive JSON value to the texts that are redacted.
    fn add_sensitive_json_value(&mut self, value: &Value) {
        match value {
            Value::Object(object) => object.values().for_each(|value| self.add_sensitive_json_value(value)),
            Value::Array(items) => items.iter().for_each(|item| self.add_sensitive_json_value(item)),
            Value::String(text) => self.add_sensitive_value(text),
            Value::Number(number) => self.add_sensitive_value(&number.to_string()),
            Value::Null | Value::Bool(_) => {}
        }
    }

    fn add_secret(&mut self, text: &str, redacts_fragments: bool) {
        self.add_pattern(text, MIN_REDACTED_SECRET_CHARS, redacts_fragments);
        // Base64 encodes three bytes at a time, so the encoded form of a secret depends on the offset at which the
        // secret begins. The encoded forms for all three offsets are searched for.
        for offset in 0..3 {
            let mut bytes = vec![0; offset];
            bytes.extend_from_slice(text.as_bytes());
            let whole = bytes.len() / 3 * 4;
            let encoded = STANDARD_NO_PAD.encode(&bytes);
            self.add_pattern(
                encoded.get([0, 2, 3][offset]..whole).unwrap_or_default(),
                MIN_REDACTED_SECRET_CHARS_INSIDE_WORD,
                false,
            );
        }
    }

    fn add_pattern(&mut self, text: &str, shortest: usize, redacts_fragments: bool) {
        let characters: Vec<char> =
            decode_letters_and_digits(text).iter().map(|decoded| decoded.character).collect();
        if characters.len() >= shortest {
            self.patterns.push(Pattern { normalized_chars: characters, redacts_fragments });
        }
    }

    /// Returns the text with all secrets replaced by [`REDACTION_PLACEHOLDER`].
    pub(crate) fn redact(&self, text: &str) -> String {
        let chars = decode_letters_and_digits(text);
        let mut ranges: Vec<Range<usize>> = Vec::new();
        for pattern in &self.patterns {
            pattern.add_match_ranges(&chars, text, &mut ranges);
        }
        ranges.sort_by_key(|range| range.start);
        let mut redacted = String::with_capacity(text.len());
        let mut shown_to = 0;
        for range in ranges {
            if range.start >= shown_to {
                redacted.push_str(text.get(shown_to..range.start).unwrap_or_default());
                redacted.push_str(REDACTION_PLACEHOLDER);
            }
            shown_to = shown_to.max(range.end);
        }
        redacted.push_str(text.get(shown_to..).unwrap_or_default());
        redacted
    }
}

impl Pattern {
    /// Finds all matches of the secret in `text`, and adds their byte ranges to `ranges`. `chars` are the decoded
    /// characters of `text`.
    fn add_match_ranges(&self, chars: &[DecodedChar], text: &str, ranges: &mut Vec<Range<usize>>) {
        let mut index = 0;
        while let Some(rest) = chars.get(index..).filter(|rest| !rest.is_empty()) {
            let length = self.count_matching_chars(rest);
            match rest.get(..length) {
                Some([first, .., last] | [first @ last])
                    if self.should_redact_occurrence(first.start..last.end, text) =>
                {
                    ranges.push(first.start..last.end);
                    index += length;
                }
                _ => index += 1,
            }
        }
    }

    /// Returns the number of characters at the beginning of `chars` that match the secret. If only a fragment of the
    /// secret matches, returns the length of the fragment, provided that fragments are redacted and the fragment is
    /// long enough. In all other cases, returns 0.
    fn count_matching_chars(&self, chars: &[DecodedChar]) -> usize {
        let common = |characters: &[char]| {
            chars
                .iter()
                .zip(characters)
                .take_while(|(decoded, character)| decoded.character == **character)
                .count()
        };
        if common(&self.normalized_chars) == self.normalized_chars.len() {
            return self.normalized_chars.len();
        }
        if !self.redacts_fragments {
            return 0;
        }
        let longest = (0..self.normalized_chars.len())
            .filter_map(|from| self.normalized_chars.get(from..))
            .map(common)
            .max();
        longest.filter(|longest| *longest >= MIN_REDACTED_KEY_FRAGMENT_CHARS).unwrap_or_default()
    }

    /// Whether an occurrence of the secret in `text` has to be redacted. It has to be if the occurrence is a whole
    /// word, or if the secret is long enough to be redacted even inside a word.
    fn should_redact_occurrence(&self, range: Range<usize>, text: &str) -> bool {
        let ends = |c: Option<char>| !c.is_some_and(char::is_alphanumeric);
        self.normalized_chars.len() >= MIN_REDACTED_SECRET_CHARS_INSIDE_WORD
            || (ends(text.get(..range.start).and_then(|before| before.chars().next_back()))
                && ends(text.get(range.end..).and_then(|after| after.chars().next())))
    }
}

/// A character of a text whose escapes were decoded, and the byte range of the original text that the character comes
/// from.
#[derive(Clone, Debug, PartialEq)]
struct DecodedChar {
    character: char,
    start: usize,
    end: usize,
}

/// Decodes the escape sequences in a text, and returns the letters and digits of the result in lower case.
fn decode_letters_and_digits(text: &str) -> Vec<DecodedChar> {
    let indices = text.char_indices();
    let mut chars: Vec<DecodedChar> = indices
        .map(|(start, character)| DecodedChar { character, start, end: start + character.len_utf8() })
        .collect();
    for _ in 0..MAX_DECODED_ESCAPE_LEVELS {
        let before = chars.len();
        chars = resolve_one_escape_level(&chars);
        if chars.len() == before {
            break;
        }
    }
    let lower = |decoded: DecodedChar| {
        let DecodedChar { character, start, end } = decoded;
        character.to_lowercase().map(move |character| DecodedChar { character, start, end })
    };
    chars.into_iter().flat_map(lower).filter(|decoded| decoded.character.is_alphanumeric()).collect()
}

/// Resolves one level of escapes, e.g. `%2520` to `%20`.
fn resolve_one_escape_level(chars: &[DecodedChar]) -> Vec<DecodedChar> {
    let mut plain = Vec::with_capacity(chars.len());
    let mut rest = chars;
    while let [first, ..] = rest {
        let (character, length) = decode_escape(rest).unwrap_or((first.character, 1));
        let (taken, next) = rest.split_at(length.min(rest.len()));
        plain.push(DecodedChar {
            character,
            start: first.start,
            end: taken.last().map_or(first.end, |last| last.end),
        });
        rest = next;
    }
    plain
}

/// Decodes the escape, like `%20`, with which the characters begin. Returns the decoded character, and the length of
/// the escape in characters; `None` if the characters do not begin with an escape.
fn decode_escape(chars: &[DecodedChar]) -> Option<(char, usize)> {
    match chars.first()?.character {
        '%' => decode_percent_escape(chars),
        '\\' => decode_backslash_escape(chars),
        '&' => decode_html_entity(chars),
        _ => None,
    }
}

/// Decodes a percent escape like `%C3%BC`, as in URLs and forms.
fn decode_percent_escape(chars: &[DecodedChar]) -> Option<(char, usize)> {
    let byte = |index: usize| {
        let escape = chars
            .get(index * 3..)
            .filter(|rest| rest.first().is_some_and(|decoded| decoded.character == '%'))?;
        u8::try_from(hexadecimal(escape.get(1..3)?)?).ok()
    };
    let length = match byte(0)? {
        0x00..=0x7f => 1,
        0xc0..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf7 => 4,
        _ => return None,
    };
    let bytes: Option<Vec<u8>> = (0..length).map(byte).collect();
    Some((std::str::from_utf8(&bytes?).ok()?.chars().next()?, length * 3))
}

/// Decodes an escape of JSON, like `\u00fc`, `\n` and `\"`, or of Rust, like `\u{fc}`. Also returns the number of
/// characters of the escape.
fn decode_backslash_escape(chars: &[DecodedChar]) -> Option<(char, usize)> {
    let code = |at: usize| {
        let escape = chars.get(at..).filter(
            |rest| matches!(rest, [a, b, ..] if a.character == '\\' && matches!(b.character, 'u' | 'U')),
        )?;
        hexadecimal(escape.get(2..6)?)
    };
    if let Some(first) = code(0) {
        if let (0xd800..=0xdbff, Some(second @ 0xdc00..=0xdfff)) = (first, code(6)) {
            return Some((char::from_u32(0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00))?, 12));
        }
        return Some((char::from_u32(first)?, 6));
    }
    // Error messages of this library can contain Rust escapes like `\u{fc}`, because the library escapes the names of
    // properties in these messages.
    if matches!(chars, [_, u, open, ..] if u.character == 'u' && open.character == '{') {
        let digits = chars.iter().skip(3).take(6).take_while(|decoded| decoded.character != '}').count();
        chars.get(3 + digits).filter(|decoded| decoded.character == '}')?;
        return Some((char::from_u32(hexadecimal(chars.get(3..3 + digits)?)?)?, digits + 4));
    }
    match chars.get(1)?.character {
        'n' | 'r' | 't' | 'b' | 'f' => Some((' ', 2)),
        character @ ('"' | '\\' | '/' | '\'') => Some((character, 2)),
        _ => None,
    }
}

/// Decodes an HTML entity like `&amp;`, `&#252;` and `&#xfc;`.
fn decode_html_entity(chars: &[DecodedChar]) -> Option<(char, usize)> {
    /// The maximum number of characters between the `&` and the `;` of an HTML entity, like `&quot;`.
    const MAX_ENTITY_NAME_CHARS: usize = 10;
    let name: String = chars
        .iter()
        .skip(1)
        .take(MAX_ENTITY_NAME_CHARS)
        .map(|decoded| decoded.character)
        .take_while(|c| *c != ';')
        .collect();
    let length = name.chars().count() + 2;
    chars.get(length - 1).filter(|decoded| decoded.character == ';')?;
    let name = name.to_ascii_lowercase();
    let character = match name.as_str() {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix('x') {
                Some(digits) => u32::from_str_radix(digits, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)?
        }
    };
    Some((character, length))
}

fn hexadecimal(chars: &[DecodedChar]) -> Option<u32> {
    chars.iter().try_fold(0, |number, decoded| Some(number * 16 + decoded.character.to_digit(16)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "sk_live_9f8e7d6c5b4a/3210+XYZ";

    fn redact_value(value: &str, text: &str) -> String {
        let mut secrets = CallSecrets::default();
        secrets.add_sensitive_value(value);
        secrets.redact(text)
    }

    fn redact_key(text: &str) -> String {
        let mut secrets = CallSecrets::default();
        secrets.add_credential(&HeaderValue::from_static(KEY));
        secrets.redact(text)
    }

    #[test]
    fn a_secret_is_found_however_it_is_escaped() {
        let name = "Zoë \"Z\" O'Näll/1";
        for text in [
            "Zoë \"Z\" O'Näll/1",
            "ZOË \"Z\" O'NÄLL/1",
            "zo%C3%AB+%22Z%22+O%27N%C3%A4ll%2F1",
            "Zo%25C3%25AB%2520%2522Z%2522%2520O'N%25C3%25A4ll%252f1",
            "Zo\\u00eb \\\"Z\\\" O'N\\u00E4ll\\/1",
            "Zo\\\\u00eb \\\\\\\"Z\\\\\\\" O'Näll/1",
            "Zo\\u{eb} \\\"Z\\\" O\\'N\\u{e4}ll/1",
            "Zo&#235; &quot;Z&quot; O&#x27;N&#xE4;ll/1",
            "Zoë\r\n\"Z\"\n O'Nä\nll/1",
            "Zoë \u{200b}\"Z\" O'N\u{202e}äll/1",
        ] {
            assert_eq!(redact_value(name, &format!("no {text} here")), "no [redacted] here", "{text}");
        }
        let emoji = "key😀moji12";
        assert_eq!(redact_value(emoji, "<key\\ud83d\\ude00moji12>"), "<[redacted]>");
    }

    #[test]
    fn a_secret_is_found_in_other_groups_of_characters() {
        for text in ["DE89 3704 0044 0532 0130 00", "de89370400440532013000", "DE89-3704-0044-0532-0130-00"] {
            assert_eq!(redact_value("DE89370400440532013000", &format!("IBAN {text}.")), "IBAN [redacted].");
        }
    }

    #[test]
    fn a_secret_is_found_in_base64_wherever_it_begins() {
        let encode = |text: &str| STANDARD_NO_PAD.encode(text);
        for before in ["", "a", "ab", "user:"] {
            let text = redact_key(&encode(&format!("{before}{KEY}")));
            // A few base64 characters may remain next to `[redacted]`. Each of them encodes bits of the secret together
            // with bits of the text before or after the secret.
            assert!(
                text.contains(REDACTION_PLACEHOLDER) && text.len() <= REDACTION_PLACEHOLDER.len() + 12,
                "{before}: {text}"
            );
        }
        let url = base64::engine::general_purpose::URL_SAFE.encode(KEY);
        assert!(redact_key(&url).starts_with(REDACTION_PLACEHOLDER));
    }

    #[test]
    fn a_part_of_a_key_is_found() {
        assert_eq!(redact_key("bad key sk_live_9f8e7d****"), "bad key [redacted]****");
        assert_eq!(redact_key("key ending in 5b4a/3210"), "key ending in [redacted]");
        assert_eq!(redact_key("key ending in 3210"), "key ending in 3210", "as banks do it");
        // Fragments of keys are redacted, but fragments of other sensitive values are not.
        assert_eq!(redact_value("alice@example.com", "see docs.example.com"), "see docs.example.com");
    }

    #[test]
    fn a_short_secret_is_found_as_a_word() {
        assert_eq!(
            redact_value("123", "CVV 123 of 1234 is wrong, (123)"),
            "CVV [redacted] of 1234 is wrong, ([redacted])"
        );
        assert_eq!(redact_value("Ann", "Ann has no annual limit"), "[redacted] has no annual limit");
        assert_eq!(redact_value("DE", "DE"), "DE");
        assert_eq!(redact_value("***", "***"), "***");
    }

    #[test]
    fn a_text_without_secrets_is_left_as_it_is() {
        for text in ["", "100 % of \\ & ; %zz \\u12 &amp &#; &#x110000; %ff%fe", "é漢\u{1b}\n"] {
            assert_eq!(redact_value("another secret", text), text);
        }
    }

    #[test]
    fn what_overlaps_is_hidden_once() {
        let mut secrets = CallSecrets::default();
        ["Anna Maria", "Maria Smith", "Anna Maria Smith"]
            .iter()
            .for_each(|name| secrets.add_sensitive_value(name));
        assert_eq!(secrets.redact("<Anna Maria Smith>"), "<[redacted]>");
    }

    #[test]
    fn what_was_sent_is_known_by_its_names() {
        let names = ["details", "email", "pin"];
        let mut secrets = CallSecrets::default();
        let body = r#"{"email":"a@example.com","amount":"100.00","list":[{"pin":4711}],
            "details":{"iban":"DE89370400440532013000","deep":[{"holder":"Anna Smith"}],"ok":true}}"#;
        secrets.add_sensitive_json_properties(body.as_bytes(), &names);
        secrets.add_sensitive_url_parameters(
            &Url::parse("https://x/base/v1/u%40x.org/100?email=q%40x.org&page=7").unwrap(),
            "/v1/{email}/{n}",
            &names,
        );
        secrets.add_sensitive_json_properties(b"no JSON", &names);
        let text = "a@example.com 100.00 4711 DE89370400440532013000 Anna Smith true u@x.org q@x.org 7";
        let shown = "[redacted] 100.00 [redacted] [redacted] [redacted] true [redacted] [redacted] 7";
        assert_eq!(secrets.redact(text), shown);
    }
}
