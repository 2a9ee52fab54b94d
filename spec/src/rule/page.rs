//! The page of a rule: the Markdown file beside its check, with the reason and the examples.
//!
//! ````markdown
//! # tab
//!
//! YAML forbids tabs in the indentation, because they are as wide as the editor says.
//!
//! ## Bad
//!
//! ```yaml
//! (a small document that breaks this rule and no other)
//! ```
//!
//! ## Good
//!
//! ```yaml
//! (a document that is like the bad one, but right)
//! ```
//! ````

/// The text between the title and the first section.
pub(super) fn reason(page: &'static str) -> &'static str {
    let text = page.split_once('\n').map_or("", |(_, text)| text);
    text.split("\n## ").next().unwrap_or_default().trim()
}

/// The document in the code block of a section; empty when there is none.
pub(super) fn example(page: &'static str, section: &str) -> &'static str {
    let block = || {
        let (_, section) = page.split_once(&format!("\n## {section}\n"))?;
        let opening = section.trim_start();
        // A document with a code block of its own stands between longer fences.
        let fence = &opening[..opening.len() - opening.trim_start_matches('`').len()];
        let (_, text) = opening.split_once('\n')?;
        match text.strip_prefix(fence) {
            Some(_) => Some(""),
            None => text.find(&format!("\n{fence}")).map(|end| &text[..=end]),
        }
    };
    block().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str =
        "# tab\n\nTabs are wide.\n\n## Bad\n\n````yaml\na: |\n  ```\n````\n\n## Good\n\n```yaml\n```\n";

    #[test]
    fn a_page_has_a_reason_and_two_documents() {
        assert_eq!(reason(PAGE), "Tabs are wide.");
        assert_eq!(example(PAGE, "Bad"), "a: |\n  ```\n");
        assert_eq!(example(PAGE, "Good"), "");
    }

    #[test]
    fn a_section_that_is_missing_or_not_closed_is_empty() {
        assert_eq!(example("# tab\n\nTabs are wide.\n", "Bad"), "");
        assert_eq!(example("# tab\n\n## Bad\n\n```yaml\na: 1\n", "Bad"), "");
        assert_eq!(reason("# tab"), "");
    }
}
