//! Emits the doc comments of the client methods that call operations.

use partner_model::{Availability, Confidence, Enum, Model, Operation, Response};
use proc_macro2::TokenStream;

use super::docs::{
    emit_doc_comment, to_code_span_or_text, to_link_or_text, to_rustdoc_markdown, to_rustdoc_markdown_line,
};
use super::members::CallValue;

/// The name of the generated enum that lists the vendor's error codes.
const ERROR_CODE_ENUM_NAME: &str = "ErrorCode";

/// Emits the doc comment of the method `name`: the summary and description of the operation, the docs page that
/// describes it, the arguments, related operations, the documented failures, and an example.
pub(super) fn emit_method_docs(
    operation: &Operation,
    name: &str,
    members: &[CallValue],
    response: &str,
    model: &Model,
) -> TokenStream {
    let mut paragraphs = Vec::new();
    paragraphs.extend(
        operation
            .summary
            .as_deref()
            .map(|summary| format!("{}.", to_rustdoc_markdown_line(summary.trim_end_matches('.')))),
    );
    paragraphs.extend(operation.description.as_deref().map(to_rustdoc_markdown));
    paragraphs
        .extend(operation.availability.docs_notice().map(|notice| format!("**Availability: {notice}.**")));
    paragraphs.extend(
        operation
            .description_source
            .confidence
            .docs_notice()
            .map(|notice| format!("**Confidence: {notice}.**")),
    );
    paragraphs.extend(operation.description_source.note.as_deref().map(to_rustdoc_markdown));
    paragraphs.push(format!("Returns {response}. {}", describe_request_and_source(operation)));
    paragraphs.extend(render_arguments_section(members));
    paragraphs.extend(describe_related_operations(operation));
    paragraphs.extend(render_errors_section(operation, model));
    paragraphs.extend(render_example_section(operation, name));
    emit_doc_comment(paragraphs)
}

/// Returns the section with the example of a call; `None` if the operation has no example. If several methods call the
/// operation, only the first one shows the example, so the result is `None` for the others.
fn render_example_section(operation: &Operation, name: &str) -> Option<String> {
    let example = operation.call_example.as_deref().filter(|_| name == operation.client_method_name)?;
    Some(format!("# Example\n\n{}", example.trim()))
}

/// Describes a request and the docs page that it comes from, such as "`GET /v1/users`, documented, available to
/// everyone, repeatable. Docs page: Users." The statement "documented" or "available to everyone" is left out if it is
/// not true; a separate notice in the doc comment then says what is true instead.
fn describe_request_and_source(operation: &Operation) -> String {
    let docs = &operation.description_source;
    let is_described = !docs.page_title.is_empty();
    let mut facts = vec![to_code_span_or_text(&operation.method_and_path())];
    if is_described && docs.confidence == Confidence::Documented {
        facts.push(String::from("documented"));
    }
    if is_described && operation.availability == Availability::General {
        facts.push(String::from("available to everyone"));
    }
    // HTTP defines GET, HEAD, PUT and DELETE as idempotent, so these requests can be repeated.
    let is_repeatable =
        operation.is_idempotent || matches!(&*operation.method, "get" | "head" | "put" | "delete");
    let not = if is_repeatable { "" } else { "not " };
    facts.push(format!("{not}[repeatable](partner_runtime::operation::OperationEntry::is_repeatable)"));
    let facts = facts.join(", ");
    let read = docs
        .retrieved_on
        .as_deref()
        .map(|day| format!(", read on {}", to_rustdoc_markdown_line(day)))
        .unwrap_or_default();
    match (&docs.url, is_described) {
        (Some(url), _) => format!("{facts}. Docs page: {}{read}.", to_link_or_text(&docs.page_title, url)),
        (None, true) => format!("{facts}. Docs page: {}{read}.", to_rustdoc_markdown_line(&docs.page_title)),
        (None, false) => format!("{facts}."),
    }
}

/// Returns the section `Arguments` of a method's documentation. It lists the required arguments with their descriptions
/// from the OpenAPI document. Arguments without a description are left out.
fn render_arguments_section(members: &[CallValue]) -> Option<String> {
    let item = |member: &CallValue| {
        let description = member.description.as_deref().filter(|_| member.required)?;
        Some(format!("- `{}`: {}", member.name, to_rustdoc_markdown_line(description)))
    };
    let items: Vec<String> = members.iter().filter_map(item).collect();
    (!items.is_empty()).then(|| format!("# Arguments\n\n{}", items.join("\n")))
}

/// Returns a text that lists the operations that callers may call before this operation, and those that they may call
/// next. Both lists come from the `links` of the document, in which a response names the operations that may follow.
fn describe_related_operations(operation: &Operation) -> Option<String> {
    let list = |what: &str, names: &[String]| {
        let names: Vec<String> = names.iter().map(|name| format!("[`{name}`](Client::{name})")).collect();
        (!names.is_empty()).then(|| format!("{what}: {}.", names.join(", ")))
    };
    let lists = [
        list("Before", &operation.previous_client_method_names),
        list("Next", &operation.next_client_method_names),
    ];
    let lists: Vec<String> = lists.into_iter().flatten().collect();
    (!lists.is_empty()).then(|| lists.join(" "))
}

/// Renders the section `# Errors`: a list of the documented failures, each with the error codes that its examples
/// contain. Returns `None` if no failures are documented.
fn render_errors_section(operation: &Operation, model: &Model) -> Option<String> {
    let codes = model.find_enum(ERROR_CODE_ENUM_NAME);
    let item = |response: &Response| {
        let description = to_rustdoc_markdown_line(&response.description);
        let names = render_error_code_links(response, codes);
        let separator = if names.is_empty() { "" } else { " " };
        format!("- `{}`: {description}{separator}{names}", response.status)
    };
    let items: Vec<String> =
        operation.responses.iter().filter(|response| !response.is_success()).map(item).collect();
    let introduction = "These failures are documented; any other is an error as well:";
    (!items.is_empty()).then(|| format!("# Errors\n\n{introduction}\n\n{}", items.join("\n")))
}

/// Returns links to variants of the enum `ErrorCode`: one for each error code in the examples of a failure response.
/// Error codes that are not in the enum are left out.
fn render_error_code_links(response: &Response, codes: Option<&Enum>) -> String {
    let variant = |code: &String| codes?.values.iter().find(|value| value.wire_value == *code);
    let variants = response.example_error_codes.iter().filter_map(variant).map(|value| &value.variant_name);
    let links: Vec<String> =
        variants.map(|variant| format!("[`{variant}`]({ERROR_CODE_ENUM_NAME}::{variant})")).collect();
    links.join(", ")
}
