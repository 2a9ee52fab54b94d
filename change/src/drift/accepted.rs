//! Reads `accepted.yaml`, the list of differences from the vendor's docs that a person has accepted.

use std::sync::Arc;

use partner_spec::{Finding, Findings, Location, Node, Profile, Rule, Source, advise_on_unknown_name};

use super::Difference;
use crate::rules;

static RULE: Rule = Rule::error(
    "accepted-difference",
    Profile::Workspace,
    "# accepted-difference\n\nAn accepted difference has to say what is accepted, why, and since when.\n",
);

/// An entry of `accepted.yaml`, which accepts one or several differences between our document and the vendor's docs.
#[derive(Clone, Debug)]
pub struct AcceptanceEntry {
    /// The id of the rule that finds the accepted differences.
    pub rule_id: String,
    /// The title of the only docs page on which the entry accepts differences; `None` if the entry accepts them on
    /// every page.
    pub page_title: Option<String>,
    /// The message of the difference that the entry accepts, as `cargo xtask drift` prints it; `None` if the entry
    /// accepts all differences that the rule finds.
    pub message: Option<String>,
    /// The reason why the difference is accepted.
    pub reason: String,
    /// The day on which the difference was accepted, like `2026-11-26`.
    pub accepted_on: String,
    /// The location of the entry in `accepted.yaml`.
    pub location: Location,
}

/// The keys that an entry of `accepted.yaml` can have, each with a flag that says whether the key is required.
const ACCEPTANCE_ENTRY_KEYS: [(&str, bool); 5] =
    [("rule", true), ("page", false), ("text", false), ("reason", true), ("date", true)];

impl AcceptanceEntry {
    /// Parses `accepted.yaml`, the list of accepted differences, and returns its entries.
    ///
    /// # Errors
    ///
    /// Returns all errors in the list, as findings.
    pub fn parse_accepted_yaml(source: &Arc<Source>) -> Result<Vec<AcceptanceEntry>, Findings> {
        let root = partner_spec::parse_source(source)?;
        let mut found = Findings::new();
        let new_finding = |location: &Location, message: String| Finding::new(&RULE, location, message);
        let list = root.get("differences").and_then(Node::as_array);
        if list.is_none() || root.as_object().is_none_or(|object| object.len() != 1) {
            let message = String::from("expected one key `differences` with a list");
            return Err(new_finding(&root.location.collapse_to_start(), message).into());
        }
        let mut accepted: Vec<AcceptanceEntry> = Vec::new();
        for node in list.unwrap_or_default() {
            let before = found.iter().len();
            check_acceptance_entry(node, &mut found);
            if found.iter().len() > before {
                continue;
            }
            let text = |key: &str| node.get_str(key).map(|text| text.trim().to_owned());
            let entry = AcceptanceEntry {
                rule_id: text("rule").unwrap_or_default(),
                page_title: text("page"),
                message: text("text"),
                reason: text("reason").unwrap_or_default(),
                accepted_on: text("date").unwrap_or_default(),
                location: node.location.collapse_to_start(),
            };
            let key = |entry: &AcceptanceEntry| {
                (entry.rule_id.clone(), entry.page_title.clone(), entry.message.clone())
            };
            match accepted.iter().find(|other| key(other) == key(&entry)) {
                Some(other) => {
                    let message = String::from("this difference is accepted twice");
                    found.push(
                        new_finding(&entry.location, message)
                            .with_related_location(&other.location, "the first time"),
                    );
                }
                None => accepted.push(entry),
            }
        }
        if found.is_empty() { Ok(accepted) } else { Err(found.into_sorted_and_deduplicated()) }
    }

    /// Whether this entry accepts the difference. The entry and the difference must have the same rule. If the entry
    /// states a docs page or a message, the difference must have the same docs page or message, too.
    pub(super) fn accepts(&self, difference: &Difference) -> bool {
        let change = &difference.change;
        self.rule_id == change.rule.id
            && self.page_title.as_ref().is_none_or(|page| *page == change.page_title)
            && self.message.as_ref().is_none_or(|text| *text == change.message)
    }
}

/// Checks an entry of `accepted.yaml`, and adds the errors in the entry to `found`.
fn check_acceptance_entry(node: &Node, found: &mut Findings) {
    let mut report =
        |location: &Location, message: String| found.push(Finding::new(&RULE, location, message));
    let Some(object) = node.as_object() else {
        return report(
            &node.location,
            format!("expected an object with the keys of a difference, not {}", node.value.describe_type()),
        );
    };
    for entry in object.iter() {
        let text = entry.node.as_str().map(str::trim);
        if !ACCEPTANCE_ENTRY_KEYS.iter().any(|(key, _)| *key == entry.key) {
            report(&entry.key_location, format!("`{}` is no key of an accepted difference", entry.key));
        } else if text.is_none_or(str::is_empty) {
            report(&entry.node.location, format!("`{}` has to be a text", entry.key));
        } else if entry.key == "date" && !text.is_some_and(is_iso_date) {
            report(&entry.node.location, String::from("expected a date like '2026-11-26'"));
        }
    }
    for (key, _) in
        ACCEPTANCE_ENTRY_KEYS.iter().filter(|(key, required)| *required && !object.contains_key(key))
    {
        report(&node.location.collapse_to_start(), format!("`{key}` is missing"));
    }
    let ids = || rules::all_rules().map(|rule| rule.id);
    if let Some(rule) = object.get("rule")
        && let Some(text) = rule.as_str()
        && !ids().any(|id| id == text)
    {
        let unknown = Finding::new(&RULE, &rule.location, format!("there is no rule `{text}`"));
        found.push(match advise_on_unknown_name(text, ids()) {
            Some(help) => unknown.with_help(help),
            None => unknown.with_help("docs/changes.md lists all rules"),
        });
    }
}

/// Whether a text has the form of an ISO date, like `2026-11-26`.
fn is_iso_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let number = |index: usize, digits: usize| -> Option<u32> {
        let part: &&str = parts.get(index)?;
        (part.len() == digits && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse().ok())?
    };
    parts.len() == 3
        && number(0, 4).is_some()
        && number(1, 2).is_some_and(|month| (1..=12).contains(&month))
        && number(2, 2).is_some_and(|day| (1..=31).contains(&day))
}
