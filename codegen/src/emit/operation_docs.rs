//! The doc comment of a method that calls an operation.

use partner_model::{Availability, Confidence, Enum, Model, Operation, Response};
use proc_macro2::TokenStream;

use super::docs::{code, comment, link, phrase, prose};
use super::members::Member;

/// The enum whose values are the codes of failures.
const ERROR_CODE: &str = "ErrorCode";

/// Returns the docs of an operation: what it does, where that is from, its arguments, the operations around it, the
/// failures that are documented, and an example. `name` is the name of the method.
pub(super) fn emit(
    operation: &Operation,
    name: &str,
    members: &[Member],
    response: &str,
    model: &Model,
) -> TokenStream {
    let mut paragraphs = Vec::new();
    paragraphs.extend(
        operation.summary.as_deref().map(|summary| format!("{}.", phrase(summary.trim_end_matches('.')))),
    );
    paragraphs.extend(operation.description.as_deref().map(prose));
    paragraphs.extend(operation.availability.notice().map(|notice| format!("**Availability: {notice}.**")));
    paragraphs.extend(operation.docs.confidence.notice().map(|notice| format!("**Confidence: {notice}.**")));
    paragraphs.extend(operation.docs.note.as_deref().map(prose));
    paragraphs.push(format!("Returns {response}. {}", source(operation)));
    paragraphs.extend(arguments(members));
    paragraphs.extend(neighbours(operation));
    paragraphs.extend(failures(operation, model));
    paragraphs.extend(example(operation, name));
    comment(paragraphs)
}

/// Returns the example of a call, which is an example of the first method of an operation.
fn example(operation: &Operation, name: &str) -> Option<String> {
    let example = operation.example.as_deref().filter(|_| name == operation.name)?;
    Some(format!("# Example\n\n{}", example.trim()))
}

/// Returns a sentence with the request, and how sure, available and repeatable the operation is, and one with its docs
/// page. The levels that have a notice of their own are left out.
fn source(operation: &Operation) -> String {
    let docs = &operation.docs;
    let is_described = !docs.page.is_empty();
    let mut facts = vec![code(&operation.title())];
    if is_described && docs.confidence == Confidence::Documented {
        facts.push(String::from("documented"));
    }
    if is_described && operation.availability == Availability::General {
        facts.push(String::from("available to everyone"));
    }
    // HTTP defines these methods as safe or idempotent.
    let is_repeatable =
        operation.is_idempotent || matches!(&*operation.method, "get" | "head" | "put" | "delete");
    let not = if is_repeatable { "" } else { "not " };
    facts.push(format!("{not}[repeatable](partner_runtime::operation::Operation::is_repeatable)"));
    let facts = facts.join(", ");
    let read = docs.retrieved.as_deref().map(|day| format!(", read on {}", phrase(day))).unwrap_or_default();
    match (&docs.url, is_described) {
        (Some(url), _) => format!("{facts}. Docs page: {}{read}.", link(&docs.page, url)),
        (None, true) => format!("{facts}. Docs page: {}{read}.", phrase(&docs.page)),
        (None, false) => format!("{facts}."),
    }
}

/// Returns the list of the arguments that the document describes.
fn arguments(members: &[Member]) -> Option<String> {
    let item = |member: &Member| {
        let description = member.description.as_deref().filter(|_| member.required)?;
        Some(format!("- `{}`: {}", member.name, phrase(description)))
    };
    let items: Vec<String> = members.iter().filter_map(item).collect();
    (!items.is_empty()).then(|| format!("# Arguments\n\n{}", items.join("\n")))
}

/// Returns the operations that come before and after this one.
fn neighbours(operation: &Operation) -> Option<String> {
    let list = |what: &str, names: &[String]| {
        let names: Vec<String> = names.iter().map(|name| format!("[`{name}`](Client::{name})")).collect();
        (!names.is_empty()).then(|| format!("{what}: {}.", names.join(", ")))
    };
    let lists = [list("Before", &operation.previous_operations), list("Next", &operation.next_operations)];
    let lists: Vec<String> = lists.into_iter().flatten().collect();
    (!lists.is_empty()).then(|| lists.join(" "))
}

/// Returns the failures that are documented, each with the codes that its examples have.
fn failures(operation: &Operation, model: &Model) -> Option<String> {
    let codes = model.string_enum(ERROR_CODE);
    let item = |response: &Response| {
        let description = phrase(&response.description);
        let names = code_names(response, codes);
        let separator = if names.is_empty() { "" } else { " " };
        format!("- `{}`: {description}{separator}{names}", response.status)
    };
    let items: Vec<String> =
        operation.responses.iter().filter(|response| !response.is_success()).map(item).collect();
    let introduction = "These failures are documented; any other is an error as well:";
    (!items.is_empty()).then(|| format!("# Errors\n\n{introduction}\n\n{}", items.join("\n")))
}

/// Returns links to the variants of the codes of a failure.
fn code_names(response: &Response, codes: Option<&Enum>) -> String {
    let variant = |code: &String| codes?.values.iter().find(|value| value.wire == *code);
    let variants = response.error_codes.iter().filter_map(variant).map(|value| &value.variant);
    let links: Vec<String> =
        variants.map(|variant| format!("[`{variant}`]({ERROR_CODE}::{variant})")).collect();
    links.join(", ")
}
