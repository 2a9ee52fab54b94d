//! Writes the documentation of all rules as one Markdown page.

use std::io::{self, Write};

use partner_spec::Rule;

use super::{is_suppressible, rule_groups};

/// Writes the documentation of all rules as one Markdown page, with a section for each group of rules and a heading for
/// each rule.
///
/// # Errors
///
/// The errors of the writer.
pub fn write_rules_page(out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "# Rules\n")?;
    writeln!(out, "What `cargo xtask validate` looks for. `cargo xtask rules` writes this page.")?;
    for group in rule_groups() {
        writeln!(out, "\n## {}\n", group.topic)?;
        for rule in &group.rules {
            let (id, reason) = (rule.id, rule.reason());
            writeln!(out, "- [{id}](#{id}): {reason}")?;
        }
    }
    super::all_rules().try_for_each(|rule| write_rule(rule, out))
}

fn write_rule(rule: &Rule, out: &mut dyn Write) -> io::Result<()> {
    let deeper = |text: String, title: &&str| {
        text.replacen(&format!("\n## {title}\n"), &format!("\n#### {title}\n"), 1)
    };
    let sections = ["Specification", "Bad", "Good"].iter().fold(rule.page_without_title().to_owned(), deeper);
    let (severity, profile) = (rule.default_severity(), rule.first_profile().name());
    writeln!(out, "\n### {}\n\n*{severity}, from profile `{profile}` on*\n\n{sections}", rule.id)?;
    if is_suppressible(rule) {
        writeln!(out, "\nWhere it is right all the same: `x-lint-allow: {{{}: the reason}}`.", rule.id)?;
    }
    Ok(())
}
