//! All rules as one Markdown page, to read and to link to.

use std::io::{self, Write};

use super::{Check, GROUPS, Rule};

/// Writes the pages of all rules as one, a section for each group and a heading with the identifier for each rule.
///
/// # Errors
///
/// Those of the writer.
pub fn write(out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "# Rules\n")?;
    writeln!(out, "What `cargo xtask validate` looks for. `cargo xtask rules` writes this page.")?;
    for (group, rules) in GROUPS {
        writeln!(out, "\n## {group}\n")?;
        for rule in *rules {
            let (id, reason) = (rule.id, rule.reason());
            writeln!(out, "- [{id}](#{id}): {reason}")?;
        }
    }
    GROUPS.iter().flat_map(|(_, rules)| *rules).try_for_each(|rule| write_rule(rule, out))
}

fn write_rule(rule: &Rule, out: &mut dyn Write) -> io::Result<()> {
    let deeper = |text: String, title: &&str| {
        text.replacen(&format!("\n## {title}\n"), &format!("\n#### {title}\n"), 1)
    };
    let sections = ["Specification", "Bad", "Good"].iter().fold(rule.markdown().to_owned(), deeper);
    let (severity, profile) = (rule.severity, rule.profile.name());
    writeln!(out, "\n### {}\n\n*{severity}, from profile `{profile}` on*\n\n{sections}", rule.id)?;
    match rule.check {
        Check::Document(_) | Check::Each(..) => {
            writeln!(out, "\nWhere it is right all the same: `x-lint-allow: {{{}: the reason}}`.", rule.id)
        }
        Check::Reading | Check::Generator | Check::Suppressions => Ok(()),
    }
}
