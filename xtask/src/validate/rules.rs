//! `--rules` and `--explain`: lists and explains the rules of the validator.

use std::io::{self, Write};

use partner_validator::format::{self, ReportFormat};
use partner_validator::rules;
use partner_validator::validate_text;

/// Prints a list of all rules by group.
pub(super) fn print_rules(out: &mut dyn Write) -> io::Result<()> {
    let width = rules::all_rules().map(|rule| rule.id.len()).max().unwrap_or(0);
    for group in rules::rule_groups() {
        writeln!(out, "{}", group.topic)?;
        for rule in &group.rules {
            let (severity, profile) = (rule.default_severity().to_string(), rule.first_profile().name());
            writeln!(out, "  {:<width$}  {severity:<7}  {profile:<9}  {}", rule.id, rule.reason())?;
        }
    }
    Ok(())
}

/// Prints the explanation of the rule with this identifier; nothing if there is no such rule. The argument parser
/// accepts only identifiers of existing rules.
pub(super) fn print_rule_explanation(id: &str, out: &mut dyn Write, colors: bool) -> io::Result<()> {
    let Some(rule) = rules::find_rule(id) else { return Ok(()) };
    writeln!(
        out,
        "{} ({}, from profile {} on)\n",
        rule.id,
        rule.default_severity(),
        rule.first_profile().name()
    )?;
    writeln!(out, "{}\n", rule.reason())?;
    if let Some(citation) = rule.citation() {
        writeln!(out, "{} ({}):\n", citation.specification_and_section, citation.url)?;
        writeln!(out, "{}", indented(citation.sentence))?;
    }
    writeln!(out, "Not like this:\n\n{}", indented(rule.bad_example()))?;
    let report = validate_text(rule.bad_example(), rule.first_profile())?;
    format::write_report(&report, ReportFormat::Human, out, colors)?;
    writeln!(out, "\nLike this:\n\n{}", indented(rule.good_example()))?;
    if rules::is_suppressible(rule) {
        writeln!(out, "Where it is right all the same: `x-lint-allow: {{{}: the reason}}`.", rule.id)?;
    }
    Ok(())
}

fn indented(text: &str) -> String {
    text.lines()
        .map(|line| if line.is_empty() { String::from("\n") } else { format!("    {line}\n") })
        .collect()
}
