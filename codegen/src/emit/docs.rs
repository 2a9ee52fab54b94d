//! Emits doc comments from what the document says of an item: its description, its constraints, to whom it is
//! available, and how certain its documentation is.

use partner_model::{Availability, Operation, SchemaDetails};
use partner_spec::to_harmless_line;
use proc_macro2::TokenStream;
use quote::quote;

use super::{limits, markdown};

pub(super) use super::markdown::{
    to_code_span, to_link, to_link_or_code_span, to_markdown, to_markdown_line,
};

/// Emits paragraphs as a doc comment, with an empty line between two paragraphs. Paragraphs without text are left out.
pub(super) fn emit_doc_comment<S: AsRef<str>>(paragraphs: impl IntoIterator<Item = S>) -> TokenStream {
    let mut lines: Vec<String> = Vec::new();
    for paragraph in paragraphs {
        let paragraph = paragraph.as_ref().trim();
        if paragraph.is_empty() {
            continue;
        }
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.extend(wrap_paragraph(paragraph));
    }
    let lines = lines.iter().map(|line| match line.is_empty() {
        true => String::new(),
        // Control characters and invisible characters are replaced, because a terminal or editor that shows the source
        // would obey or hide them.
        false => format!(" {}", to_harmless_line(line)),
    });
    quote! { #( #[doc = #lines] )* }
}

/// Wraps a paragraph into lines of limited length. Lines of code blocks stay as they are.
fn wrap_paragraph(paragraph: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut code: Option<&str> = None;
    for line in paragraph.lines() {
        match code {
            Some(fence) => {
                lines.push(line.to_owned());
                code = code.filter(|_| line != fence);
            }
            None => {
                code = markdown::parse_text_or_no_run_fence(line);
                lines.extend(markdown::wrap_line(line));
            }
        }
    }
    lines
}

/// Emits the docs of an object, of a field, or of a part of a form. If the document has no description, `fallback` is
/// used in its place.
pub(super) fn emit_schema_docs(details: &SchemaDetails, fallback: &str) -> TokenStream {
    emit_description_and_notices(describe_with_limits(details), details, fallback)
}

/// Emits the docs of an enum or union. Limits and defaults are left out, because they belong to the fields that have
/// this type.
pub(super) fn emit_type_docs_without_limits(details: &SchemaDetails, fallback: &str) -> TokenStream {
    emit_description_and_notices(details.description.clone(), details, fallback)
}

fn emit_description_and_notices(
    description: Option<String>,
    details: &SchemaDetails,
    fallback: &str,
) -> TokenStream {
    let mut paragraphs = vec![description.map_or_else(|| fallback.to_owned(), |text| to_markdown(&text))];
    paragraphs.extend(list_notices(details));
    emit_doc_comment(paragraphs)
}

/// Returns the description of a schema, followed by the sentences of the module [`limits`] about the schema. `None` if
/// there is neither a description nor such a sentence.
pub(super) fn describe_with_limits(details: &SchemaDetails) -> Option<String> {
    let mut notes = limits::describe_combinations(details);
    let limits = limits::describe_limits_and_default(details);
    if !limits.is_empty() {
        notes.push(limits.join(" "));
    }
    match (details.description.as_deref(), notes.is_empty()) {
        (description, true) => description.map(str::to_owned),
        (Some(description), false) => Some(format!("{}\n\n{}", description.trim_end(), notes.join("\n\n"))),
        (None, false) => Some(notes.join("\n\n")),
    }
}

/// Returns the paragraphs that follow the description of a schema: the notices about its availability and about the
/// confidence in its documentation, the document's note, and a notice that the values are sensitive.
fn list_notices(details: &SchemaDetails) -> Vec<String> {
    let mut notices = Vec::new();
    notices.extend(details.availability.notice().map(|notice| format!("**Availability: {notice}.**")));
    notices.extend(details.confidence.notice().map(|notice| format!("**Confidence: {notice}.**")));
    notices.extend(details.note.as_deref().map(to_markdown));
    if details.is_sensitive {
        notices.push(String::from("Sensitive: `Debug` does not print it."));
    }
    notices
}

/// Emits `#[doc(alias)]` with the vendor's name of an item, so that the search of rustdoc finds the item by that name.
/// Emits nothing if the two names differ only in case and punctuation (the search finds the item anyway), or if the
/// vendor's name has characters that are not accepted in an alias.
pub(super) fn emit_doc_alias(vendor_name: &str, name: &str) -> TokenStream {
    let letters =
        |text: &str| text.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase();
    let is_allowed = vendor_name.chars().all(|c| c.is_ascii_alphanumeric() || "_-.".contains(c));
    match is_allowed && !vendor_name.is_empty() && letters(vendor_name) != letters(name) {
        true => quote! { #[doc(alias = #vendor_name)] },
        false => quote! {},
    }
}

/// Emits `#[deprecated]` for a method whose operation is deprecated or suspended.
pub(super) fn emit_deprecated_attribute(operation: &Operation) -> TokenStream {
    match (operation.deprecated, operation.availability) {
        (true, _) => quote! { #[deprecated(note = "the vendor's docs call this deprecated")] },
        (_, Availability::Suspended) => {
            quote! { #[deprecated(note = "suspended by the vendor: calls return an error")] }
        }
        _ => quote! {},
    }
}
