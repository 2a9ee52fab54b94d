use std::collections::HashMap;

use super::{unread_list, webhook};
use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_document(&RULE, check);

static RULE: Rule = Rule::error("unread-described", Profile::Workspace, include_str!("unread_described.md"));

fn check(model: &Model<'_>, found: &mut RuleFindings) {
    let Some(Ok(list)) = unread_list::load_unread_yaml(model) else { return };
    let operations = collect_docs_url_locations(model);
    for entry in list.get_items("operations") {
        let page = entry
            .get("page")
            .and_then(|page| Some((page, unread_list::find_docs_page_number(page.as_str()?)?)));
        if let Some((page, number)) = page {
            report_described_entry(page, operations.get(number).copied(), "operation", found);
        }
    }
    let (titles, pages) = collect_webhook_payload_locations(model);
    for entry in list.get_items("webhooks") {
        let Some(title) = entry.get("title") else { continue };
        let page = entry.get_str("page").and_then(unread_list::find_docs_page_number);
        let same_page = page.and_then(|number| pages.get(number));
        let same = title.as_str().and_then(|text| titles.get(text)).or(same_page);
        report_described_entry(title, same.copied(), "webhook", found);
    }
}

fn report_described_entry(unread: &Node, described: Option<&Location>, what: &str, found: &mut RuleFindings) {
    if let Some(at) = described {
        found
            .report_at(&unread.location, format!("this {what} is described in the document"))
            .with_related_location(at, "here")
            .with_help("take it out of this list");
    }
}

/// Returns the location of the docs URL of each operation, by the number of the docs page, which is part of the URL.
fn collect_docs_url_locations<'a>(model: &Model<'a>) -> HashMap<&'a str, &'a Location> {
    let page = |docs: &'a Node| {
        let url = docs.get("url")?;
        Some((unread_list::find_docs_page_number(url.as_str()?)?, &url.location))
    };
    model.operations().iter().filter_map(|operation| page(operation.place.node.get("x-docs")?)).collect()
}

type LocationByText<'a> = HashMap<&'a str, &'a Location>;

/// Returns the locations of the webhook payloads in two maps. The keys of the first map are the titles of the webhooks,
/// and those of the second map are the numbers of their docs pages.
fn collect_webhook_payload_locations<'a>(model: &Model<'a>) -> (LocationByText<'a>, LocationByText<'a>) {
    let (mut titles, mut pages) = (HashMap::new(), HashMap::new());
    for webhook in webhook::list_webhook_payloads(model) {
        if let Some(title) = webhook.title.and_then(Node::as_str) {
            titles.insert(title, webhook.payload_schema_name_location);
        }
        if let Some(number) = webhook.page_url_or_number.and_then(unread_list::find_docs_page_number) {
            pages.insert(number, webhook.payload_schema_name_location);
        }
    }
    (titles, pages)
}
