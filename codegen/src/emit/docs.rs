//! Doc comments: what something is, where that is documented, and how sure it is.

use partner_model::{About, Availability, Operation};
use partner_spec::harmless;
use proc_macro2::TokenStream;
use quote::quote;

use super::{limits, markdown};

pub(super) use super::markdown::{address, code, link, phrase, prose};

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

/// What the document says of an object, a field or a part.
pub(super) fn of_schema(about: &About, fallback: &str) -> TokenStream {
    described(text(about), about, fallback)
}

/// What the document says of an enum or a union: limits and defaults are those of the places that have such a value.
pub(super) fn of_choice(about: &About, fallback: &str) -> TokenStream {
    described(about.description.clone(), about, fallback)
}

fn described(description: Option<String>, about: &About, fallback: &str) -> TokenStream {
    let mut paragraphs = vec![description.map_or_else(|| fallback.to_owned(), |text| prose(&text))];
    paragraphs.extend(notices(about));
    comment(paragraphs)
}

/// Returns the description, followed by the known constraints on the values, such as limits and the format.
pub(super) fn text(about: &About) -> Option<String> {
    let mut notes = limits::combinations(about);
    let limits = limits::sentences(about);
    if !limits.is_empty() {
        notes.push(limits.join(" "));
    }
    match (about.description.as_deref(), notes.is_empty()) {
        (description, true) => description.map(str::to_owned),
        (Some(description), false) => Some(format!("{}\n\n{}", description.trim_end(), notes.join("\n\n"))),
        (None, false) => Some(notes.join("\n\n")),
    }
}

/// Returns the notices about where a schema or field is available, and how sure its documentation is.
fn notices(about: &About) -> Vec<String> {
    let mut notices = Vec::new();
    notices.extend(about.availability.notice().map(|notice| format!("**Availability: {notice}.**")));
    notices.extend(about.confidence.notice().map(|notice| format!("**Confidence: {notice}.**")));
    notices.extend(about.note.as_deref().map(prose));
    if about.sensitive {
        notices.push(String::from("Sensitive: `Debug` does not print it."));
    }
    notices
}

/// The attribute by which the search of rustdoc finds an item by the vendor's name. There is none where the search finds
/// the item by its own name, because it ignores case and underscores.
pub(super) fn alias(vendor_name: &str, name: &str) -> TokenStream {
    let letters =
        |text: &str| text.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase();
    let is_allowed = vendor_name.chars().all(|c| c.is_ascii_alphanumeric() || "_-.".contains(c));
    match is_allowed && !vendor_name.is_empty() && letters(vendor_name) != letters(name) {
        true => quote! { #[doc(alias = #vendor_name)] },
        false => quote! {},
    }
}

/// The attribute of a method whose calls are no longer of use.
pub(super) fn deprecated(operation: &Operation) -> TokenStream {
    match (operation.deprecated, operation.availability) {
        (true, _) => quote! { #[deprecated(note = "the vendor's docs call this deprecated")] },
        (_, Availability::Suspended) => {
            quote! { #[deprecated(note = "suspended by the vendor: calls return an error")] }
        }
        _ => quote! {},
    }
}
