//! Parses the documentation page of a rule: the Markdown file beside the code of the rule.
//!
//! ````markdown
//! # tab
//!
//! YAML forbids tabs in the indentation, because they are as wide as the editor says.
//!
//! ## Specification
//!
//! > (the sentence that the rule enforces, to the letter, without its links and its emphasis)
//!
//! [YAML 1.2.2, 6.1 Indentation Spaces](https://yaml.org/spec/1.2.2/#61-indentation-spaces)
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
//!
//! The section `Specification` is missing if the rule is a convention or a limit of a tool.

/// A quotation from a specification: the sentence that a rule enforces, and its place in the specification.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Citation {
    /// The sentence of the specification, quoted literally.
    pub sentence: &'static str,
    /// The name of the cited specification, and the number and title of the cited section.
    pub specification_and_section: &'static str,
    /// The URL of the section of the specification that contains the cited sentence.
    pub url: &'static str,
}

/// Returns the Markdown page of a rule without its title.
pub(super) fn strip_title(page: &'static str) -> &'static str {
    page.split_once('\n').map_or("", |(_, text)| text)
}

/// Returns the reason for a rule: the text of the rule's page between the title and the first section.
pub(super) fn find_reason(page: &'static str) -> &'static str {
    strip_title(page).split("\n## ").next().unwrap_or_default().trim()
}

/// Parses the section `Specification` of a rule's page. Returns `None` if the page does not have the section, or if the
/// section does not consist of a quoted sentence and a link.
pub(super) fn parse_citation(page: &'static str) -> Option<Citation> {
    let (_, section) = page.split_once("\n## Specification\n")?;
    let section = section.split("\n## ").next()?.trim();
    let (sentence, link) = section.strip_prefix("> ")?.split_once("\n\n[")?;
    let (source, url) = link.strip_suffix(')')?.split_once("](")?;
    Some(Citation { sentence, specification_and_section: source, url })
}

/// Returns the example document in the code block of a section of a rule's page; an empty string if the page does not
/// have the section.
pub(super) fn find_example_document(page: &'static str, section: &str) -> &'static str {
    let block = || {
        let (_, section) = page.split_once(&format!("\n## {section}\n"))?;
        let opening = section.trim_start();
        // If the example contains backticks, the fence around the code block is longer than three backticks.
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
        assert_eq!(find_reason(PAGE), "Tabs are wide.");
        assert_eq!(find_example_document(PAGE, "Bad"), "a: |\n  ```\n");
        assert_eq!(find_example_document(PAGE, "Good"), "");
    }

    #[test]
    fn a_page_may_cite_a_specification() {
        let cited = "# tab\n\nTabs are wide.\n\n## Specification\n\n> No [tabs] (of any width).\n\n\
                     [YAML 1.2.2, 6.1](https://example.com/#61)\n\n## Bad\n";
        assert_eq!(find_reason(cited), "Tabs are wide.");
        let expected = Citation {
            sentence: "No [tabs] (of any width).",
            specification_and_section: "YAML 1.2.2, 6.1",
            url: "https://example.com/#61",
        };
        assert_eq!(parse_citation(cited), Some(expected));
        assert_eq!(parse_citation(PAGE), None);
        for unreadable in [
            cited.replace("> ", ""),
            cited.replace("[YAML", "YAML"),
            cited.replace("#61)", "#61"),
            cited.replace("](", "] ("),
        ] {
            assert_eq!(parse_citation(unreadable.leak()), None);
        }
    }

    #[test]
    fn a_section_that_is_missing_or_not_closed_is_empty() {
        assert_eq!(find_example_document("# tab\n\nTabs are wide.\n", "Bad"), "");
        assert_eq!(find_example_document("# tab\n\n## Bad\n\n```yaml\na: 1\n", "Bad"), "");
        assert_eq!(find_reason("# tab"), "");
    }
}
