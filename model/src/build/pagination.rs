//! Reads `x-pagination`, which describes how the pages of a list are requested.

use partner_spec::{Findings, Node, Value, advise_on_unknown_name};

use super::extension::ExtensionReader;
use crate::details::{LimitKind, SchemaDetails};
use crate::operation::{Parameter, ParameterPlace};
use crate::pagination::{Pagination, PaginationStyle};
use crate::pointer::LocatedString;
use crate::rules::{x_pagination, x_pagination_parameter};

/// The pagination styles. Each entry consists of
///
/// - the name of the style in a document (the value of `style`),
/// - the `PaginationStyle`,
/// - the key of `x-pagination` that names the parameter with the page number or the offset,
/// - all keys that `x-pagination` can have in this style.
const PAGINATION_STYLES: [(&str, PaginationStyle, &str, &[&str]); 3] = [
    (
        "page",
        PaginationStyle::PageNumber,
        "page",
        &["style", "items", "id", "page", "limit", "total", "total_pages"],
    ),
    ("offset", PaginationStyle::Offset, "offset", &["style", "items", "id", "offset", "limit", "total"]),
    (
        "has-more",
        PaginationStyle::PageNumberWithHasMore,
        "page",
        &["style", "items", "id", "page", "limit", "has_more"],
    ),
];

/// Reads the `x-pagination` of an operation. Reports wrong and missing keys. Returns `None` if the operation has no
/// valid pagination.
pub(super) fn read_pagination(
    node: &Node,
    id: &str,
    parameters: &[Parameter],
    found: &mut Findings,
) -> Option<Pagination> {
    let message_prefix = format!("`{id}`: `x-pagination`");
    let mut keys = ExtensionReader { node, message_prefix, new_finding: x_pagination::new_finding, found };
    if node.as_object().is_none() {
        keys.check_object_and_keys(&["style", "items"]);
        return None;
    }
    let words = PAGINATION_STYLES.map(|(word, ..)| word);
    let style = keys.read_required_string("style", &format!("`{}`", words.join("`, `")))?;
    let Some((_, style, position, known)) =
        PAGINATION_STYLES.into_iter().find(|(word, ..)| *word == style.text)
    else {
        let help = advise_on_unknown_name(&style.text, words).unwrap_or_default();
        keys.push(&style.location, &format!("knows no style `{}`", style.text), help);
        return None;
    };
    keys.check_object_and_keys(known);
    let position = keys.read_required_string(position, "the parameter that leads from page to page");
    let limit = keys.read_optional_string("limit");
    let items = keys.read_required_pointer("items", "where the items are, like `/orders`");
    let item_id = keys.read_optional_pointer("id");
    let has_more = match style {
        PaginationStyle::PageNumberWithHasMore => {
            keys.read_required_pointer("has_more", "where it is said whether there is more")
        }
        PaginationStyle::PageNumber | PaginationStyle::Offset => None,
    };
    let (total, total_pages) =
        (keys.read_optional_pointer("total"), keys.read_optional_pointer("total_pages"));
    let limited = limit.as_ref().and_then(|word| find_query_parameter_details(word, id, parameters, found));
    let counted =
        position.as_ref().and_then(|word| find_query_parameter_details(word, id, parameters, found));
    let first = counted.and_then(|details| {
        let default = details.default.as_ref().and_then(parse_integer);
        default.or_else(|| details.limit_value(LimitKind::Minimum).and_then(parse_integer))
    });
    Some(Pagination {
        style,
        position_parameter_name: position?.text,
        first_page_position: if style == PaginationStyle::Offset { 0 } else { first.unwrap_or(1) },
        max_page_size: limited
            .and_then(|details| details.limit_value(LimitKind::Maximum))
            .and_then(parse_integer),
        page_size_parameter_name: limit.map(|word| word.text),
        items_pointer: items?,
        item_id_pointer: item_id,
        total_items_pointer: total,
        total_pages_pointer: total_pages,
        has_more_pointer: has_more,
        location: node.location.collapse_to_start(),
    })
}

/// Returns the details (annotations and limits) of the query parameter `name`, which `x-pagination` mentions. Reports
/// an error if the operation has no integer query parameter of this name.
fn find_query_parameter_details<'a>(
    name: &LocatedString,
    id: &str,
    parameters: &'a [Parameter],
    found: &mut Findings,
) -> Option<&'a SchemaDetails> {
    let queries = || parameters.iter().filter(|p| p.place == ParameterPlace::Query);
    let new_finding = |what: &str| x_pagination_parameter::new_finding(id, what, &name.location);
    let Some(parameter) = queries().find(|p| p.name == name.text) else {
        let help = advise_on_unknown_name(&name.text, queries().map(|p| p.name.as_str()));
        let help = help.unwrap_or_else(|| String::from("declare it, with `in: query`"));
        found.push(new_finding(&format!("the query has no parameter `{}`", name.text)).with_help(help));
        return None;
    };
    if !parameter.schema.ty.can_hold_count() {
        let what = format!("the parameter `{}` cannot be counted up: it is no plain integer", name.text);
        let finding = new_finding(&what).with_related_location(&parameter.location, "the parameter");
        found.push(finding.with_help("its schema has to be `type: integer`"));
        return None;
    }
    Some(&parameter.schema.details)
}

fn parse_integer(node: &Node) -> Option<i64> {
    match &node.value {
        Value::Number(text) => text.parse().ok(),
        _ => None,
    }
}
