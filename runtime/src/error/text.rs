//! Makes the texts of servers and libraries safe to show: one short line, without the secrets that were sent.
//!
//! Every text that an [`Error`] shows is cleaned in this module when the call returns the error.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;

use super::secrets::REDACTION_PLACEHOLDER;
use super::{CallSecrets, Error, ErrorKind};

/// The maximum number of characters of a text that an error shows.
const MAX_SHOWN_TEXT_CHARS: usize = 200;

/// The maximum number of bytes of a text that are searched for secrets. An error shows far fewer bytes.
const MAX_BYTES_SEARCHED_FOR_SECRETS: usize = 16 * 1024;

/// The replacement for a character that is unsafe to show.
const REPLACEMENT_CHAR: char = '\u{fffd}';

/// Converts a text into one line of at most [`MAX_SHOWN_TEXT_CHARS`] characters. Replaces characters that end a line,
/// control a terminal, change the order of the text, or are invisible.
pub(crate) fn to_short_line(text: &str) -> String {
    let shown = |c: char| match c {
        '\n' | '\r' | '\t' => ' ',
        c if is_unsafe_to_show(c) => REPLACEMENT_CHAR,
        c => c,
    };
    let mut characters = text.trim().chars().map(shown);
    let mut clean: String = characters.by_ref().take(MAX_SHOWN_TEXT_CHARS).collect();
    if characters.next().is_some() {
        clean.pop();
        clean.push('…');
    }
    clean
}

/// Whether a character is invisible, or changes how the text is shown.
fn is_unsafe_to_show(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// Describes an error of another library in one line, together with the errors that caused it
/// ([`source`](StdError::source)). The text of a cause is left out if the line already ends with it.
pub(crate) fn describe_error(error: &(dyn StdError + 'static)) -> String {
    to_short_line(&join_source_texts(error))
}

fn join_source_texts(error: &(dyn StdError + 'static)) -> String {
    let mut text = String::new();
    for cause in std::iter::successors(Some(error), |&error| error.source()) {
        let cause = cause.to_string();
        if text.len() > MAX_BYTES_SEARCHED_FOR_SECRETS || text.ends_with(&cause) {
            continue;
        }
        if !text.is_empty() {
            text.push_str(": ");
        }
        text.push_str(&cause);
    }
    text
}

/// An error that replaces the `source` of another error. It has only the redacted message of the replaced error,
/// because the original message might quote the response.
struct RedactedSourceMessage(String);

impl fmt::Display for RedactedSourceMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for RedactedSourceMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl StdError for RedactedSourceMessage {}

impl CallSecrets {
    /// Makes a text safe to show: replaces the secrets in it, and then shortens and cleans it.
    pub(crate) fn make_displayable(&self, text: &str) -> String {
        let end = (0..=MAX_BYTES_SEARCHED_FOR_SECRETS.min(text.len()))
            .rev()
            .find(|end| text.is_char_boundary(*end))
            .unwrap_or_default();
        let redacted = self.redact(text.get(..end).unwrap_or_default());
        // Only the first `MAX_BYTES_SEARCHED_FOR_SECRETS` bytes of the text were searched for secrets. A secret that
        // extends beyond these bytes may not have been found. So if the error would show the end of these bytes, it
        // shows a placeholder instead of the whole text.
        if end < text.len() && redacted.chars().count() <= MAX_SHOWN_TEXT_CHARS {
            return String::from(REDACTION_PLACEHOLDER);
        }
        to_short_line(&redacted)
    }
}

impl Error {
    /// Replaces the secrets with [`REDACTION_PLACEHOLDER`] in all texts that the error shows.
    pub(crate) fn with_redacted_secrets(mut self, secrets: &CallSecrets) -> Error {
        let inner = &mut self.0;
        let hide =
            |text: &mut Option<String>| *text = text.take().map(|text| secrets.make_displayable(&text));
        // Only `Api` and `Decode` errors have messages from the server, which may repeat secrets. All other messages
        // were written by this library.
        if matches!(inner.kind, ErrorKind::Api | ErrorKind::Decode) {
            hide(&mut inner.message);
            hide(&mut inner.code);
            hide(&mut inner.json_path);
        }
        hide(&mut inner.request_id);
        if let Some(source) = &inner.source {
            let cause = inner.source_chain_text.take().unwrap_or_else(|| join_source_texts(&**source));
            let cause = secrets.make_displayable(&cause);
            // A connection error is replaced by its redacted text, because its message may quote the server. The errors
            // of hooks, and those of reading the request body, are not replaced, because their messages come from the
            // caller.
            if inner.kind != ErrorKind::Request && source.is::<reqwest::Error>() {
                inner.source = Some(Arc::new(RedactedSourceMessage(cause.clone())));
            }
            inner.source_chain_text = Some(cause);
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_stays_in_its_line_and_cannot_control_a_terminal() {
        let text = "a\r\nERROR paid\u{1b}[2K\u{9b}31m\u{7}\u{202e}321\u{2066}\u{200b}\u{feff}\u{2028}\u{85}é漢 \u{e0041}";
        let clean = to_short_line(text);
        assert_eq!(clean, "a  ERROR paid�[2K�31m��321�����é漢 �");
    }

    #[test]
    fn a_long_text_is_cut() {
        assert_eq!(to_short_line(&"ä".repeat(200)), "ä".repeat(200));
        let cut = to_short_line(&"ä".repeat(15_000_000));
        assert_eq!((cut.chars().count(), cut.ends_with('…')), (200, true));
    }

    #[test]
    fn a_source_that_the_error_repeats_is_shown_once() {
        #[derive(Debug)]
        struct Outer(std::io::Error);
        impl fmt::Display for Outer {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "outer: {}", self.0)
            }
        }
        impl StdError for Outer {
            fn source(&self) -> Option<&(dyn StdError + 'static)> {
                Some(&self.0)
            }
        }
        assert_eq!(describe_error(&Outer(std::io::Error::other("inner\nforged"))), "outer: inner forged");
    }
}
