//! Reads the keys of an extension (`x-...`), and reports keys that are missing, unknown or of the wrong type.

use partner_spec::{Finding, Findings, Location, Node, advise_on_unknown_name};

use crate::pointer::{LocatedString, ResponsePointer};

/// Reads the keys of one extension (`x-...`).
pub(super) struct ExtensionReader<'a> {
    pub(super) node: &'a Node,
    /// The text at the start of the message of each finding. It names the operation and the extension.
    pub(super) message_prefix: String,
    /// Creates a finding from its location and message. The finding belongs to the rule about this extension.
    pub(super) new_finding: fn(&Location, String) -> Finding,
    pub(super) found: &'a mut Findings,
}

impl ExtensionReader<'_> {
    pub(super) fn push(&mut self, location: &Location, message: &str, help: impl Into<String>) {
        let message = format!("{} {message}", self.message_prefix);
        self.found.push((self.new_finding)(location, message).with_help(help));
    }

    /// Checks that the extension is an object, and that all its keys are in `known`. Reports each mistake. Returns
    /// whether the extension is an object.
    pub(super) fn check_object_and_keys(&mut self, known: &[&str]) -> bool {
        let Some(object) = self.node.as_object() else {
            let message = format!("is {}; an object was expected", self.node.value.describe_type());
            let location = self.node.location.collapse_to_start();
            self.push(&location, &message, format!("its keys are `{}`", known.join("`, `")));
            return false;
        };
        for entry in object.iter().filter(|entry| !known.contains(&entry.key.as_str())) {
            let help = advise_on_unknown_name(&entry.key, known.iter().copied());
            let help = help.unwrap_or_else(|| format!("its keys are `{}`", known.join("`, `")));
            self.push(&entry.key_location, &format!("has no key `{}`", entry.key), help);
        }
        true
    }

    /// Returns the string at an optional key. Returns `None` if the key is absent. A value that is not a string is
    /// reported, and counts as absent.
    pub(super) fn read_optional_string(&mut self, key: &str) -> Option<LocatedString> {
        let node = self.node.get(key)?;
        let word = LocatedString::from_node(node);
        if word.is_none() {
            let message = format!("has {} as `{key}`; a string was expected", node.value.describe_type());
            self.push(&node.location.collapse_to_start(), &message, "put the text into quotes");
        }
        word
    }

    /// Returns the string under a key that the extension must have. Reports a missing key. The help text of the finding
    /// contains `purpose`, which says what the key is for.
    pub(super) fn read_required_string(&mut self, key: &str, purpose: &str) -> Option<LocatedString> {
        self.report_if_missing(key, purpose);
        self.read_optional_string(key)
    }

    /// Returns the JSON pointer that is the value of an optional key; `None` if the key is absent or the pointer is
    /// malformed. Reports a malformed pointer as an error.
    pub(super) fn read_optional_pointer(&mut self, key: &str) -> Option<ResponsePointer> {
        let word = self.read_optional_string(key)?;
        let pointer = ResponsePointer::parse(&word);
        if pointer.is_none() {
            let message = format!("has `{}` as `{key}`, which is no JSON pointer", word.text);
            let help = "a pointer into the response, inside its envelope, looks like `/pagination/total`";
            self.push(&word.location, &message, help);
        }
        pointer
    }

    /// Returns the JSON pointer that is the value of a required key. Reports a missing key. The help text of the
    /// finding contains `purpose`, which says what the key is for.
    pub(super) fn read_required_pointer(&mut self, key: &str, purpose: &str) -> Option<ResponsePointer> {
        self.report_if_missing(key, purpose);
        self.read_optional_pointer(key)
    }

    /// Returns the strings in the value of a required key, which must be a list with at least one string. Reports a
    /// missing key. The help text of the finding contains `purpose`, which says what the key is for.
    pub(super) fn read_required_strings(&mut self, key: &str, purpose: &str) -> Vec<LocatedString> {
        self.report_if_missing(key, purpose);
        let Some(node) = self.node.get(key) else { return Vec::new() };
        let words: Option<Vec<LocatedString>> =
            node.as_array().and_then(|items| items.iter().map(LocatedString::from_node).collect());
        match words {
            Some(words) if !words.is_empty() => words,
            _ => {
                let message = format!("has no list of strings as `{key}`");
                self.push(
                    &node.location.collapse_to_start(),
                    &message,
                    format!("`{key}: [VALUE]`: {purpose}"),
                );
                Vec::new()
            }
        }
    }

    fn report_if_missing(&mut self, key: &str, purpose: &str) {
        if self.node.get(key).is_none() {
            let location = self.node.location.collapse_to_start();
            self.push(&location, &format!("has no `{key}`"), format!("`{key}`: {purpose}"));
        }
    }
}
