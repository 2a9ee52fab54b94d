//! Emits the doc comments of generated items: the description from the document, the limits, the availability, and the
//! confidence in the documentation.

use partner_model::{Availability, Operation, SchemaDetails};
use partner_spec::to_harmless_line;
use proc_macro2::TokenStream;
use quote::quote;

use super::{limits, markdown};

pub(super) use super::markdown::{
    to_code_span_or_text, to_link_or_code_span, to_link_or_text, to_rustdoc_markdown,
    to_rustdoc_markdown_line,
};

/// Emits paragraphs as a doc comment, with an empty line between paragraphs. Empty paragraphs are left out.
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
        // Control characters are replaced because a terminal would obey them. Invisible characters are replaced because
        // an editor would not show them.
        false => format!(" {}", to_harmless_line(line)),
    });
    quote! { #( #[doc = #lines] )* }
}

/// Wraps a paragraph into lines of limited length. Lines of code blocks are not changed.
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
                code = markdown::find_text_or_no_run_fence(line);
                lines.extend(markdown::wrap_line(line));
            }
        }
    }
    lines
}

/// Emits the doc comment of an object, field or form part. If the document has no description, the comment has the text
/// `fallback` instead.
pub(super) fn emit_schema_docs(details: &SchemaDetails, fallback: &str) -> TokenStream {
    emit_description_and_notices(describe_schema_with_limits(details), details, fallback)
}

/// Emits the doc comment of an enum or union. It does not mention limits and defaults, because the doc comment of each
/// field that has this type mentions them.
pub(super) fn emit_enum_or_union_docs(details: &SchemaDetails, fallback: &str) -> TokenStream {
    emit_description_and_notices(details.description.clone(), details, fallback)
}

fn emit_description_and_notices(
    description: Option<String>,
    details: &SchemaDetails,
    fallback: &str,
) -> TokenStream {
    let mut paragraphs =
        vec![description.map_or_else(|| fallback.to_owned(), |text| to_rustdoc_markdown(&text))];
    paragraphs.extend(list_paragraphs_after_description(details));
    emit_doc_comment(paragraphs)
}

/// Returns the description of a schema, followed by sentences about the schema's limits. `None` if the schema has
/// neither a description nor limits.
pub(super) fn describe_schema_with_limits(details: &SchemaDetails) -> Option<String> {
    let mut notes = limits::describe_key_combinations(details);
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

/// Returns the paragraphs that follow the description of a schema in the generated documentation. There is a paragraph
/// about the availability, one about the confidence in the documentation, one with a note from the OpenAPI document,
/// and one that says that the values are sensitive. A paragraph is left out if the OpenAPI document does not have the
/// information.
fn list_paragraphs_after_description(details: &SchemaDetails) -> Vec<String> {
    let mut notices = Vec::new();
    notices.extend(details.availability.docs_notice().map(|notice| format!("**Availability: {notice}.**")));
    notices.extend(details.confidence.docs_notice().map(|notice| format!("**Confidence: {notice}.**")));
    notices.extend(details.note.as_deref().map(to_rustdoc_markdown));
    if details.is_sensitive {
        notices.push(String::from("Sensitive: `Debug` does not print it."));
    }
    notices
}

/// Emits `#[doc(alias)]` with the vendor's name of an item, so that the search of rustdoc finds the item by that name.
/// Emits nothing if the vendor's name has characters that an alias must not have, or if the two names differ only in
/// case and punctuation, which the search ignores.
pub(super) fn emit_doc_alias(vendor_name: &str, name: &str) -> TokenStream {
    let letters =
        |text: &str| text.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase();
    let is_allowed = vendor_name.chars().all(|c| c.is_ascii_alphanumeric() || "_-.".contains(c));
    match is_allowed && !vendor_name.is_empty() && letters(vendor_name) != letters(name) {
        true => quote! { #[doc(alias = #vendor_name)] },
        false => quote! {},
    }
}

/// Emits `#[deprecated]` for the method of an operation that is deprecated or suspended; otherwise emits nothing.
pub(super) fn emit_deprecated_attribute(operation: &Operation) -> TokenStream {
    match (operation.deprecated, operation.availability) {
        (true, _) => quote! { #[deprecated(note = "the vendor's docs call this deprecated")] },
        (_, Availability::Suspended) => {
            quote! { #[deprecated(note = "suspended by the vendor: calls return an error")] }
        }
        _ => quote! {},
    }
}
