//! Writes the coverage as Markdown.

use std::io::{self, Write};

use partner_spec::harmless;

use super::collect::{Coverage, Operation, Unread};

/// Writes a table with the totals of each API.
pub(crate) fn summary(coverages: &[Coverage], out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "| API | operations in the docs | described | documented | older docs | third-party code | inferred \
         | webhooks | described |"
    )?;
    writeln!(out, "|---|---|---|---|---|---|---|---|---|")?;
    for coverage in coverages {
        writeln!(
            out,
            "| {} | {} | {} | {} | {} | {} | {} | {} | {} |",
            coverage.api.name(),
            coverage.listed(),
            coverage.described(),
            coverage.with_confidence("documented"),
            coverage.with_confidence("older"),
            coverage.with_confidence("third-party"),
            coverage.with_confidence("inferred"),
            coverage.webhooks.len() + coverage.unread_webhooks.len(),
            coverage.webhooks.len(),
        )?;
    }
    Ok(())
}

/// Writes the totals, then every operation and webhook.
pub(crate) fn details(coverages: &[Coverage], out: &mut dyn Write) -> io::Result<()> {
    summary(coverages, out)?;
    for coverage in coverages {
        api_tables(coverage, out)?;
    }
    Ok(())
}

fn api_tables(coverage: &Coverage, out: &mut dyn Write) -> io::Result<()> {
    let name = coverage.api.name();
    let mut pages: Vec<&str> = Vec::new();
    for operation in &coverage.operations {
        if !pages.contains(&operation.page.as_str()) {
            pages.push(&operation.page);
        }
    }
    for page in pages {
        writeln!(out, "\n## {name}: {}\n", cell(page))?;
        writeln!(out, "| operation | | confidence | availability | examples | wire test |")?;
        writeln!(out, "|---|---|---|---|---|---|")?;
        for operation in coverage.operations.iter().filter(|operation| operation.page == page) {
            row(operation, out)?;
        }
    }
    if !coverage.webhooks.is_empty() {
        writeln!(out, "\n## {name}: webhooks\n")?;
        writeln!(out, "| webhook | schema | confidence |")?;
        writeln!(out, "|---|---|---|")?;
        for webhook in &coverage.webhooks {
            let [title, schema, confidence] =
                [&webhook.title, &webhook.schema, &webhook.confidence].map(cell);
            writeln!(out, "| {title} | `{schema}` | {confidence} |")?;
        }
    }
    unread(&format!("{name}: operations that nobody has read"), &coverage.unread_operations, out)?;
    unread(&format!("{name}: webhooks that nobody has read"), &coverage.unread_webhooks, out)
}

fn row(operation: &Operation, out: &mut dyn Write) -> io::Result<()> {
    let yes = |yes: bool| if yes { "yes" } else { "no" };
    writeln!(
        out,
        "| `{}` | `{} {}` | {} | {} | {} | {} |",
        cell(&operation.id),
        operation.method,
        cell(&operation.path),
        cell(&operation.confidence),
        cell(&operation.availability),
        yes(operation.examples),
        yes(operation.wire_test),
    )
}

fn unread(title: &str, entries: &[Unread], out: &mut dyn Write) -> io::Result<()> {
    if entries.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n## {title}\n")?;
    writeln!(out, "| title | group | method | page | known | missing | inferred |")?;
    writeln!(out, "|---|---|---|---|---|---|---|")?;
    for Unread { title, group, method, page, known, missing, inferred } in entries {
        let [title, group, method, page] = [title, group, method, page].map(cell);
        let [known, missing, inferred] = [known, missing, inferred].map(cell);
        writeln!(out, "| {title} | {group} | {method} | {page} | {known} | {missing} | {inferred} |")?;
    }
    Ok(())
}

/// Escapes text of a document for a cell of a table.
fn cell(text: impl AsRef<str>) -> String {
    harmless(text.as_ref()).replace('|', "\\|")
}
