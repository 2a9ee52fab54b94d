use partner_model::names::can_become_identifier;

use super::extensions::{self, ExtensionValueFormat, ExtensionValueKey, NestedValueFormat};
use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_document(&RULE, check);

static RULE: Rule =
    Rule::error("extension-malformed", Profile::Workspace, include_str!("extension_malformed.md"));

fn check(model: &Model<'_>, found: &mut RuleFindings) {
    for (place, entry) in extensions::extension_entries(model) {
        let known = extensions::find_extension(&entry.key);
        if let Some(extension) = known.filter(|extension| (extension.has_effect_on)(model, place)) {
            let mut looking = ExtensionValueChecker { title: extension.key, found };
            looking.at_value(&entry.node, extension.shape);
        }
    }
}

/// Checks the value of one extension (an `x-` key), and reports the mistakes in the value.
struct ExtensionValueChecker<'f> {
    title: &'static str,
    found: &'f mut RuleFindings,
}

impl ExtensionValueChecker<'_> {
    fn at_value(&mut self, value: &Node, shape: ExtensionValueFormat) {
        match shape {
            ExtensionValueFormat::CheckedByOtherRule => {}
            ExtensionValueFormat::OnlyTrue if value.as_bool() == Some(true) => {}
            ExtensionValueFormat::OnlyTrue if value.as_bool() == Some(false) => {
                self.report_finding(
                    &value.location,
                    "is `false`, which is what it is without the key",
                    "take it out",
                );
            }
            ExtensionValueFormat::OnlyTrue => self.report_unexpected_value(value, "`true`"),
            ExtensionValueFormat::OneOfStrings(words) => match value.as_str() {
                Some(word) if words.contains(&word) => {}
                Some(word) => {
                    let help = advise_on_unknown_name(word, words.iter().copied()).unwrap_or_default();
                    self.report_finding(&value.location, &format!("cannot be `{word}`"), &help);
                }
                None => self.report_unexpected_value(value, "a word"),
            },
            ExtensionValueFormat::RustIdentifier if value.as_str().is_some_and(can_become_identifier) => {}
            ExtensionValueFormat::RustIdentifier => {
                self.report_unexpected_value(value, "a name with letters in it")
            }
            ExtensionValueFormat::StringMap => {
                let text = |node: &Node| node.as_str().is_some_and(|text| !text.trim().is_empty());
                let fits = |node: &Node| node.as_object().is_some_and(|o| o.iter().all(|e| text(&e.node)));
                if !fits(value) {
                    self.report_unexpected_value(value, "a map from values of the enum to texts");
                }
            }
            ExtensionValueFormat::Object(keys) => self.at_keys(value, keys),
            ExtensionValueFormat::ObjectOrList(keys) => match value.as_array() {
                Some([]) => self.report_finding(&value.location, "is an empty list", "take it out"),
                Some(items) => items.iter().for_each(|item| self.at_keys(item, keys)),
                None => self.at_keys(value, keys),
            },
            ExtensionValueFormat::ObjectWithKeysByStyle(styles) => self.at_style(value, styles),
        }
    }

    fn at_style(&mut self, value: &Node, styles: &[(&str, &[ExtensionValueKey])]) {
        let words = || styles.iter().map(|(word, _)| *word);
        let Some(style) = value.get("style") else {
            let all = words().collect::<Vec<_>>().join("`, `");
            return self.report_finding(
                &value.location.collapse_to_start(),
                "has no `style`",
                &format!("it is one of `{all}`"),
            );
        };
        let word = style.as_str().unwrap_or_default();
        match styles.iter().find(|(known, _)| *known == word) {
            Some((_, keys)) => self.at_keys(value, keys),
            None => {
                let help = advise_on_unknown_name(word, words()).unwrap_or_default();
                self.report_finding(&style.location, &format!("knows no style `{word}`"), &help);
            }
        }
    }

    fn at_keys(&mut self, value: &Node, keys: &[ExtensionValueKey]) {
        let names = || keys.iter().map(|key| key.name);
        let Some(object) = value.as_object() else {
            let all = names().collect::<Vec<_>>().join("`, `");
            return self.report_unexpected_value(value, &format!("an object with the keys `{all}`"));
        };
        for entry in object.iter() {
            if let Some(key) = keys.iter().find(|key| key.name == entry.key) {
                self.at_key(key, &entry.node);
            }
        }
        let is_known = |name: &str| keys.iter().any(|key| key.name == name);
        let unknown: Vec<&Entry> = object.iter().filter(|entry| !is_known(&entry.key)).collect();
        let missing: Vec<&ExtensionValueKey> =
            keys.iter().filter(|key| key.required && !object.contains_key(key.name)).collect();
        for missing in &missing {
            // An unknown key may be the misspelled name of the missing key, so the help mentions the unknown key.
            let help = match unknown.first() {
                Some(entry) => format!("`{}` is none of its keys", entry.key),
                None => String::from("add it"),
            };
            self.report_finding(
                &value.location.collapse_to_start(),
                &format!("has no `{}`", missing.name),
                &help,
            );
        }
        for entry in unknown.iter().filter(|_| missing.is_empty()) {
            let help = advise_on_unknown_name(&entry.key, names()).unwrap_or_default();
            self.report_finding(&entry.key_location, &format!("has no key `{}`", entry.key), &help);
        }
    }

    fn at_key(&mut self, key: &ExtensionValueKey, value: &Node) {
        let text = value.as_str().filter(|text| !text.trim().is_empty());
        let (fits, expected) = match key.form {
            NestedValueFormat::Text => (text.is_some(), "a text"),
            NestedValueFormat::JsonPointer => (
                value.as_str().is_some_and(|text| text.is_empty() || text.starts_with('/')),
                "a JSON pointer into the response, like `/items`",
            ),
            NestedValueFormat::UrlPath => {
                (text.is_some_and(|text| text.starts_with('/')), "a path that starts with a slash")
            }
            NestedValueFormat::NonEmptyStringList => {
                let texts = |items: &[Node]| !items.is_empty() && items.iter().all(|i| i.as_str().is_some());
                (value.as_array().is_some_and(texts), "a list of texts")
            }
        };
        if !fits {
            let message =
                format!("has {} as `{}`; {expected} was expected", value.value.describe_type(), key.name);
            self.report_finding(&value.location.collapse_to_start(), &message, "");
        }
    }

    fn report_unexpected_value(&mut self, value: &Node, what: &str) {
        let message = format!("is {} here; {what} was expected", value.value.describe_type());
        self.report_finding(&value.location.collapse_to_start(), &message, "");
    }

    fn report_finding(&mut self, at: &Location, message: &str, help: &str) {
        let note = self.found.report_at(at, format!("`{}` {message}", self.title));
        if !help.is_empty() {
            note.with_help(help);
        }
    }
}
