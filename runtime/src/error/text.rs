//! Makes texts of servers and libraries safe to show: one short line, without the secrets that were sent.
//!
//! Every text that an [`Error`] shows passes through here once, when the error leaves the call.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;

use super::secrets::REDACTED;
use super::{Error, ErrorKind, Secrets};

/// The most characters of a text that are shown.
const LONGEST: usize = 200;

/// The most bytes of a text that are searched for secrets. Far fewer bytes are shown.
const SEARCHED: usize = 16 * 1024;

/// The character that replaces an unsafe character.
const REPLACEMENT: char = '\u{fffd}';

/// Converts a text into one line of at most [`LONGEST`] characters. Replaces characters that end a line, control a
/// terminal, change the order of the text, or are invisible.
pub(crate) fn clean(text: &str) -> String {
    let shown = |c: char| match c {
        '\n' | '\r' | '\t' => ' ',
        c if is_unsafe(c) => REPLACEMENT,
        c => c,
    };
    let mut characters = text.trim().chars().map(shown);
    let mut clean: String = characters.by_ref().take(LONGEST).collect();
    if characters.next().is_some() {
        clean.pop();
        clean.push('…');
    }
    clean
}

/// Whether a character is invisible, or changes how the text is shown.
fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// Describes an error of another library and its sources in one line. Omits a source whose text the error above it
/// repeats.
pub(crate) fn describe(error: &(dyn StdError + 'static)) -> String {
    clean(&chain_text(error))
}

fn chain_text(error: &(dyn StdError + 'static)) -> String {
    let mut text = String::new();
    for cause in std::iter::successors(Some(error), |&error| error.source()) {
        let cause = cause.to_string();
        if text.len() > SEARCHED || text.ends_with(&cause) {
            continue;
        }
        if !text.is_empty() {
            text.push_str(": ");
        }
        text.push_str(&cause);
    }
    text
}

/// The (redacted) text of a source error. It replaces the error itself, whose message might quote what the server sent.
struct Cause(String);

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl StdError for Cause {}

impl Secrets {
    /// Returns the text without the secrets, shortened and cleaned, so that it can be shown.
    pub(crate) fn shown(&self, text: &str) -> String {
        let end =
            (0..=SEARCHED.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or_default();
        let hidden = self.hide(text.get(..end).unwrap_or_default());
        // The end of the searched part may be inside a secret, which is then not found.
        if end < text.len() && hidden.chars().count() <= LONGEST {
            return String::from(REDACTED);
        }
        clean(&hidden)
    }
}

impl Error {
    /// Removes these secrets from everything that the error shows.
    pub(crate) fn without(mut self, secrets: &Secrets) -> Error {
        let inner = &mut self.0;
        let hide = |text: &mut Option<String>| *text = text.take().map(|text| secrets.shown(&text));
        // The messages of all other kinds were written by this library.
        if matches!(inner.kind, ErrorKind::Api | ErrorKind::Decode) {
            hide(&mut inner.message);
            hide(&mut inner.code);
            hide(&mut inner.json_path);
        }
        hide(&mut inner.request_id);
        if let Some(source) = &inner.source {
            let cause = inner.cause.take().unwrap_or_else(|| chain_text(&**source));
            let cause = secrets.shown(&cause);
            // The caller wrote the message of an error from a hook or from the source of a body, so it is kept. The message
            // of a connection error may quote the server, so it is replaced.
            if inner.kind != ErrorKind::Request && source.is::<reqwest::Error>() {
                inner.source = Some(Arc::new(Cause(cause.clone())));
            }
            inner.cause = Some(cause);
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
        let clean = clean(text);
        assert_eq!(clean, "a  ERROR paid�[2K�31m��321�����é漢 �");
    }

    #[test]
    fn a_long_text_is_cut() {
        assert_eq!(clean(&"ä".repeat(200)), "ä".repeat(200));
        let cut = clean(&"ä".repeat(15_000_000));
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
        assert_eq!(describe(&Outer(std::io::Error::other("inner\nforged"))), "outer: inner forged");
    }
}
