//! Doc comments: what something is, where that is documented, and how sure it is.

use partner_spec::Node;
use proc_macro2::TokenStream;
use quote::quote;

use crate::api::{Availability, Confidence, Operation};

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
        lines.extend(paragraph.lines().flat_map(wrap));
    }
    let lines = lines.into_iter().map(|line| if line.is_empty() { line } else { format!(" {line}") });
    quote! { #( #[doc = #lines] )* }
}

/// How long a line of a doc comment gets.
const WIDTH: usize = 100;

fn wrap(line: &str) -> Vec<String> {
    let indent = if line.starts_with("- ") { "  " } else { "" };
    let mut lines: Vec<String> = Vec::new();
    let mut current = String::new();
    for word in line.split_whitespace() {
        if !current.is_empty() && current.len() + 1 + word.len() > WIDTH {
            lines.push(std::mem::replace(&mut current, indent.to_owned()));
        } else if !current.is_empty() {
            current.push(' ');
        }
        current.push_str(word);
    }
    lines.push(current);
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
    paragraphs
        .extend(operation.summary.as_deref().map(|summary| format!("{}.", summary.trim_end_matches('.'))));
    paragraphs.extend(operation.description.as_deref().map(prose));
    paragraphs.extend(operation.availability.notice().map(|notice| format!("**Availability: {notice}.**")));
    paragraphs.extend(operation.docs.confidence.notice().map(|notice| format!("**Confidence: {notice}.**")));
    paragraphs.extend(operation.docs.note.as_deref().map(prose));
    let page = match (&operation.docs.url, operation.docs.page.as_str()) {
        (Some(url), page) => format!(" Docs page: [{page}]({url})."),
        (None, "") => String::new(),
        (None, page) => format!(" Docs page: {page}."),
    };
    paragraphs.push(format!("Answers {answer}. `{}`.{page}", operation.title()));
    let failures: Vec<String> = operation
        .responses
        .iter()
        .filter(|r| !r.is_success())
        .map(|r| format!("- `{}`: {}", r.status, prose(&r.description)))
        .collect();
    if !failures.is_empty() {
        paragraphs.push(String::from("# Errors"));
        paragraphs.push(String::from("These failures are documented; any other is an error as well:"));
        paragraphs.push(failures.join("\n"));
    }
    comment(paragraphs)
}

/// Text of the document as rustdoc understands it: no accidental links or tags.
pub(super) fn prose(text: &str) -> String {
    let mut prose = String::with_capacity(text.len());
    let mut in_code = false;
    for c in text.trim().chars() {
        match c {
            '`' => in_code = !in_code,
            '<' | '>' | '[' | ']' if !in_code => prose.push('\\'),
            _ => {}
        }
        prose.push(c);
    }
    prose
}
