//! Doc comments: what something is, where that is documented, and how sure it is.

use partner_spec::{Node, harmless};
use proc_macro2::TokenStream;
use quote::quote;

use super::markdown;
use partner_model::api::{Availability, Confidence, Operation};

pub(super) use super::markdown::{address, code, phrase, prose};

/// Paragraphs as a doc comment; empty ones are left out.
pub(super) fn comment<S: AsRef<str>>(paragraphs: impl IntoIterator<Item = S>) -> TokenStream {
    let mut lines: Vec<String> = Vec::new();
    for paragraph in paragraphs {
        let paragraph = paragraph.as_ref().trim();
        if paragraph.is_empty() {
            continue;
        }
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.extend(wrapped(paragraph));
    }
    let lines = lines.iter().map(|line| match line.is_empty() {
        true => String::new(),
        // Escape sequences and the like would be obeyed wherever the source is shown.
        false => format!(" {}", harmless(line)),
    });
    quote! { #( #[doc = #lines] )* }
}

/// The lines of a paragraph, none too long, but for those of code.
fn wrapped(paragraph: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut code: Option<&str> = None;
    for line in paragraph.lines() {
        match code {
            Some(fence) => {
                lines.push(line.to_owned());
                code = code.filter(|_| line != fence);
            }
            None => {
                code = markdown::fence(line);
                lines.extend(markdown::wrap(line));
            }
        }
    }
    lines
}

/// What a schema says of itself.
pub(super) fn of_schema(node: &Node, fallback: &str) -> TokenStream {
    let description = node.str("description").map_or_else(|| fallback.to_owned(), prose);
    let mut paragraphs = vec![description];
    paragraphs.extend(notices(node));
    comment(paragraphs)
}

/// Notices about availability and confidence of one schema or field.
fn notices(node: &Node) -> Vec<String> {
    let mut notices = Vec::new();
    let availability = Availability::ALL.iter().find(|(word, _)| node.str("x-availability") == Some(word));
    if let Some(notice) = availability.and_then(|(_, level)| level.notice()) {
        notices.push(format!("**Availability: {notice}.**"));
    }
    if let Some(docs) = node.get("x-docs") {
        let confidence = Confidence::ALL.iter().find(|(word, _)| docs.str("confidence") == Some(word));
        if let Some(notice) = confidence.and_then(|(_, level)| level.notice()) {
            notices.push(format!("**Confidence: {notice}.**"));
        }
        notices.extend(docs.str("note").map(prose));
    }
    if node.flag("x-sensitive") {
        notices.push(String::from("Sensitive: `Debug` does not print it."));
    }
    notices
}

/// What an operation says of itself, with what it answers and the failures it documents.
pub(super) fn of_operation(operation: &Operation, answer: &str) -> TokenStream {
    let mut paragraphs = Vec::new();
    paragraphs.extend(
        operation.summary.as_deref().map(|summary| format!("{}.", phrase(summary.trim_end_matches('.')))),
    );
    paragraphs.extend(operation.description.as_deref().map(prose));
    paragraphs.extend(operation.availability.notice().map(|notice| format!("**Availability: {notice}.**")));
    paragraphs.extend(operation.docs.confidence.notice().map(|notice| format!("**Confidence: {notice}.**")));
    paragraphs.extend(operation.docs.note.as_deref().map(prose));
    let page = match (&operation.docs.url, operation.docs.page.as_str()) {
        (Some(url), page) => format!(" Docs page: {}.", markdown::link(page, url)),
        (None, "") => String::new(),
        (None, page) => format!(" Docs page: {}.", phrase(page)),
    };
    paragraphs.push(format!("Answers {answer}. {}.{page}", code(&operation.title())));
    let failures: Vec<String> = operation
        .responses
        .iter()
        .filter(|r| !r.is_success())
        .map(|r| format!("- `{}`: {}", r.status, phrase(&r.description)))
        .collect();
    if !failures.is_empty() {
        paragraphs.push(String::from("# Errors"));
        paragraphs.push(String::from("These failures are documented; any other is an error as well:"));
        paragraphs.push(failures.join("\n"));
    }
    comment(paragraphs)
}
