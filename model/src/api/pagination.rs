//! How a list goes on (`x-pagination`).

use partner_spec::{Diagnostics, Location, Node, Value, did_you_mean};

use super::extension::{Extension, Word};
use super::{Parameter, Place, Pointer};
use crate::rules::{x_pagination, x_pagination_parameter};

/// `x-pagination` of an operation.
#[derive(Debug, Clone, PartialEq)]
pub struct Pagination {
    /// What the parameter counts that leads from page to page.
    pub style: PageStyle,
    /// The name of that parameter.
    pub position: String,
    /// What the parameter is on the first page.
    pub first: i64,
    /// The parameter with the size of a page.
    pub limit: Option<String>,
    /// The largest size that the server takes.
    pub largest: Option<i64>,
    /// Where the items of a page are.
    pub items: Pointer,
    /// Where the id of an item is, in the item.
    pub id: Option<Pointer>,
    /// Where the number of all items is.
    pub total: Option<Pointer>,
    /// Where the number of all pages is.
    pub total_pages: Option<Pointer>,
    /// Where it is said whether there is another page.
    pub has_more: Option<Pointer>,
    /// Where it is written.
    pub location: Location,
}

/// What leads from page to page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageStyle {
    /// The number of the page; the answer tells how many items or pages there are.
    Page,
    /// The number of items before the page.
    Offset,
    /// The number of the page; the answer tells whether there is another one.
    HasMore,
}

/// The styles, each with its word, the key of the parameter that leads on, and its other keys.
const STYLES: [(&str, PageStyle, &str, &[&str]); 3] = [
    ("page", PageStyle::Page, "page", &["style", "items", "id", "page", "limit", "total", "total_pages"]),
    ("offset", PageStyle::Offset, "offset", &["style", "items", "id", "offset", "limit", "total"]),
    ("has-more", PageStyle::HasMore, "page", &["style", "items", "id", "page", "limit", "has_more"]),
];

/// What there is to know of the operation that has the extension.
pub(super) struct Lists<'a, F: Fn(&'a Node) -> &'a Node> {
    /// The operation's id.
    pub(super) id: &'a str,
    /// Its parameters.
    pub(super) parameters: &'a [Parameter],
    /// The schema itself, or the component that it refers to.
    pub(super) follow: F,
}

/// Reads `x-pagination` of an operation.
pub(super) fn read<'a, F: Fn(&'a Node) -> &'a Node>(
    node: &'a Node,
    of: &Lists<'a, F>,
    found: &mut Diagnostics,
) -> Option<Pagination> {
    let title = format!("`{}`: `x-pagination`", of.id);
    let mut keys = Extension { node, title, report: x_pagination::report, found };
    if node.as_object().is_none() {
        keys.has_only(&["style", "items"]);
        return None;
    }
    let words = STYLES.map(|(word, ..)| word);
    let style = keys.required_text("style", &format!("`{}`", words.join("`, `")))?;
    let Some((_, style, position, known)) = STYLES.into_iter().find(|(word, ..)| *word == style.text) else {
        let help = did_you_mean(&style.text, words).unwrap_or_default();
        keys.push(&style.location, &format!("knows no style `{}`", style.text), help);
        return None;
    };
    keys.has_only(known);
    let position = keys.required_text(position, "the parameter that leads from page to page");
    let limit = keys.text("limit");
    let items = keys.required_pointer("items", "where the items are, like `/orders`");
    let id = keys.pointer("id");
    let has_more = match style {
        PageStyle::HasMore => keys.required_pointer("has_more", "where it is said whether there is more"),
        PageStyle::Page | PageStyle::Offset => None,
    };
    let (total, total_pages) = (keys.pointer("total"), keys.pointer("total_pages"));
    let limited = limit.as_ref().and_then(|word| of.counter(word, found));
    let counted = position.as_ref().and_then(|word| of.counter(word, found));
    let first = counted.and_then(|schema| integer(schema, "default").or_else(|| integer(schema, "minimum")));
    Some(Pagination {
        style,
        position: position?.text,
        first: if style == PageStyle::Offset { 0 } else { first.unwrap_or(1) },
        largest: limited.and_then(|schema| integer(schema, "maximum")),
        limit: limit.map(|word| word.text),
        items: items?,
        id,
        total,
        total_pages,
        has_more,
        location: node.location.to_start(),
    })
}

impl<'a, F: Fn(&'a Node) -> &'a Node> Lists<'a, F> {
    /// The schema of a parameter that is named by the extension: it has to be in the query, and count something.
    fn counter(&self, name: &Word, found: &mut Diagnostics) -> Option<&'a Node> {
        let queries = || self.parameters.iter().filter(|p| p.place == Place::Query);
        let report = |what: &str| x_pagination_parameter::report(self.id, what, &name.location);
        let Some(parameter) = queries().find(|p| p.name == name.text) else {
            let help = did_you_mean(&name.text, queries().map(|p| p.name.as_str()));
            let help = help.unwrap_or_else(|| String::from("declare it, with `in: query`"));
            found.push(report(&format!("the query has no parameter `{}`", name.text)).help(help));
            return None;
        };
        let schema = (self.follow)(&parameter.schema);
        if !is_counter(schema) {
            let what = format!("the parameter `{}` cannot be counted up: it is no plain integer", name.text);
            let found_it = report(&what).related(&parameter.location, "the parameter");
            found.push(found_it.help("its schema has to be `type: integer`"));
            return None;
        }
        Some(schema)
    }
}

/// Whether a schema is an `i64`.
pub fn is_counter(schema: &Node) -> bool {
    schema.str("type") == Some("integer") && matches!(schema.str("format"), None | Some("int64"))
}

fn integer(schema: &Node, key: &str) -> Option<i64> {
    match &schema.get(key)?.value {
        Value::Number(text) => text.parse().ok(),
        _ => None,
    }
}
