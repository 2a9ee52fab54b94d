//! Writes `docs/changes.md`, the page that lists all rules with the changes that they describe.

use std::io::{self, Write};

use super::rule_groups;
use crate::rule::{Effect, Rule, WireAndRustEffects};

/// Writes a Markdown page that lists all rules with the changes that they describe.
///
/// # Errors
///
/// The errors of the writer.
pub fn write_rules_page(out: &mut dyn Write) -> io::Result<()> {
    out.write_all(HEAD.as_bytes())?;
    for group in rule_groups() {
        writeln!(out, "\n## {}\n", group.name)?;
        writeln!(out, "| change | requests | responses | Rust | why |\n|---|---|---|---|---|")?;
        for rule in group.rules {
            writeln!(
                out,
                "| **{}**<br>`{}` | {} | {} | {} | {} |",
                rule.title,
                rule.id,
                word(rule.effects_in_requests.wire_effect),
                word(rule.effects_in_responses.wire_effect),
                rust(rule),
                rule.reason
            )?;
        }
    }
    Ok(())
}

const HEAD: &str = "\
# What each change means

`cargo xtask diff` classifies each change between two states of the documents, by rules that are declared beside the
checks in `change/src/rules`. `cargo xtask changelog --rules` writes this page.

- **requests**: what it means for a program that was written against the old document, in any language, when it sends
  what changed. *Breaking*: what worked is refused, or does something else.
- **responses**: the same when it receives what changed. *Breaking*: it cannot read what comes, or misses what it relies
  on.
- **Rust**: what it means for a program that was written against the old client when it is compiled against the new one.
  *Breaking*: it may not compile. Where this depends on whether the value is sent or received, both are given. Nothing
  breaks where the type in Rust stays the same, whatever the table says: an optional field that may also be null is an
  `Option` before and after. An argument that took a UUID takes it as a string, too.

A change that is breaking in one of the columns demands a version that breaks; one that is compatible, a version with
something new. A dash means that nobody on that side sees it.
";

fn word(effect: Effect) -> &'static str {
    match effect {
        Effect::Unaffected => "–",
        Effect::Breaking => "**breaking**",
        other => other.name(),
    }
}

fn rust(rule: &Rule) -> String {
    let Rule { effects_in_requests: sent, effects_in_responses: received, .. } = rule;
    let none = WireAndRustEffects::default();
    match (sent.rust_effect, received.rust_effect) {
        (one, other) if one == other || *received == none => word(one).to_owned(),
        (_, other) if *sent == none => word(other).to_owned(),
        (one, other) => format!("sent: {}<br>received: {}", word(one), word(other)),
    }
}
