//! Reads examples of calls from Markdown with a heading for each method of a client. The examples are written by hand,
//! and become part of the docs of the methods. The examples are compiled as tests, unlike code in the descriptions of
//! an OpenAPI document.

use partner_model::Model;

/// Stores each section of `examples` in the operation whose Rust name is the heading of the section. Returns an error
/// message for each heading that is not the Rust name of an operation.
pub(crate) fn store_call_examples(examples: &str, model: &mut Model) -> Vec<String> {
    let mut errors = Vec::new();
    for (name, text) in split_into_sections(examples) {
        match model.operations.iter_mut().find(|operation| operation.client_method_name == name) {
            Some(operation) => operation.call_example = Some(text),
            None => errors.push(format!("there is an example of `{name}`, but no such method")),
        }
    }
    errors
}

/// Splits Markdown at its headings (`# name`). Returns each heading with the text below. Lines in code blocks are not
/// headings.
fn split_into_sections(examples: &str) -> Vec<(String, String)> {
    let mut sections: Vec<(String, String)> = Vec::new();
    let mut in_code = false;
    for line in examples.lines() {
        in_code ^= line.starts_with("```");
        match (line.strip_prefix("# ").filter(|_| !in_code), sections.last_mut()) {
            (Some(name), _) => sections.push((name.trim().to_owned(), String::new())),
            (None, Some((_, text))) => text.extend([line, "\n"]),
            // The text before the first heading is about the whole file, so it is left out.
            (None, None) => {}
        }
    }
    sections
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_is_outside_of_code() {
        let text = "About.\n\n# one\n\n```no_run\n# hidden\nshown\n```\n\n# two\nText.\n";
        let expected = [("one", "\n```no_run\n# hidden\nshown\n```\n\n"), ("two", "Text.\n")];
        assert_eq!(
            split_into_sections(text),
            expected.map(|(name, text)| (name.to_owned(), text.to_owned()))
        );
    }
}
