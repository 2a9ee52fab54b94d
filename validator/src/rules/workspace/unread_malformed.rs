use std::collections::HashMap;

use super::unread_list;
use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_document(&RULE, check);

static RULE: Rule = Rule::error("unread-malformed", Profile::Workspace, include_str!("unread_malformed.md"));

const LISTS: [&str; 2] = ["operations", "webhooks"];

const KEYS: [&str; 7] = ["title", "group", "method", "page", "known", "missing", "inferred"];

const REQUIRED: [&str; 4] = ["title", "group", "known", "missing"];

const METHODS: [&str; 6] = ["GET", "PUT", "POST", "DELETE", "PATCH", "HEAD"];

fn check(model: &Model<'_>, found: &mut RuleFindings) {
    let list = match unread_list::load_unread_yaml(model) {
        None => return,
        Some(Ok(list)) => list,
        Some(Err(broken)) => {
            for why in &broken {
                found.report_at(&why.location, why.message.clone());
            }
            return;
        }
    };
    let Some(object) = list.as_object() else {
        found.report_at(
            &list.location.collapse_to_start(),
            "this is no map with the lists `operations` and `webhooks`",
        );
        return;
    };
    for entry in object.iter() {
        if !LISTS.contains(&entry.key.as_str()) {
            let note = found.report_at(&entry.key_location, format!("there is no list `{}` here", entry.key));
            note.with_help(advise_on_unknown_name(&entry.key, LISTS).unwrap_or_default());
            continue;
        }
        let Some(items) = entry.node.as_array() else {
            let message =
                format!("`{}` is {} here; a list was expected", entry.key, entry.node.value.describe_type());
            found.report_at(&entry.node.location.collapse_to_start(), message);
            continue;
        };
        let mut seen: HashMap<(&str, &str), &Location> = HashMap::new();
        for item in items {
            check_item(item, found);
            let title = item.get("title").and_then(|title| Some((title.as_str()?, &title.location)));
            let Some((title, at)) = title else { continue };
            if let Some(first) = seen.insert((title, item.get_str("group").unwrap_or_default()), at) {
                found
                    .report_at(at, format!("`{title}` is listed twice"))
                    .with_related_location(first, "first here");
            }
        }
    }
}

fn check_item(item: &Node, found: &mut RuleFindings) {
    let Some(object) = item.as_object() else {
        found.report_at(
            &item.location.collapse_to_start(),
            format!("an entry is {} here; a map was expected", item.value.describe_type()),
        );
        return;
    };
    for entry in object.iter() {
        let text = entry.node.as_str().filter(|text| !text.trim().is_empty());
        if !KEYS.contains(&entry.key.as_str()) {
            let help = advise_on_unknown_name(&entry.key, KEYS).unwrap_or_default();
            found
                .report_at(&entry.key_location, format!("an entry has no key `{}`", entry.key))
                .with_help(help);
        } else if text.is_none() {
            let message = format!("`{}` is not a text", entry.key);
            found
                .report_at(&entry.node.location.collapse_to_start(), message)
                .with_help("put it in quotes, or say it in a sentence");
        } else if entry.key == "method" && text.is_none_or(|text| !METHODS.contains(&text)) {
            let message = format!("`{}` is no HTTP method", text.unwrap_or_default());
            found
                .report_at(&entry.node.location, message)
                .with_help(format!("it is one of `{}`", METHODS.join("`, `")));
        }
    }
    // Missing keys are reported only if no key is unknown. An unknown key was already reported, and may be the
    // misspelled name of a missing key.
    let are_all_keys_known = object.iter().all(|entry| KEYS.contains(&entry.key.as_str()));
    for missing in REQUIRED.iter().filter(|key| are_all_keys_known && !object.contains_key(key)) {
        found.report_at(&item.location.collapse_to_start(), format!("this entry has no `{missing}`"));
    }
}
