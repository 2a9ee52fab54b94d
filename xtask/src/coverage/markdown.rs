//! Writes as Markdown which operations and webhooks each API has, and what is known about them.

use std::io::{self, Write};

use partner_spec::to_harmless_line;

use super::collect::{ApiCoverage, DescribedOperation, UnreadOperationOrWebhook};

/// Writes a table with one row for each API: its numbers of operations and webhooks.
pub(crate) fn write_totals_table(coverages: &[ApiCoverage], out: &mut dyn Write) -> io::Result<()> {
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
            coverage.count_operations_in_vendor_docs(),
            coverage.count_described_vendor_operations(),
            coverage.count_operations_with_confidence("documented"),
            coverage.count_operations_with_confidence("older"),
            coverage.count_operations_with_confidence("third-party"),
            coverage.count_operations_with_confidence("inferred"),
            coverage.webhooks.len() + coverage.unread_webhooks.len(),
            coverage.webhooks.len(),
        )?;
    }
    Ok(())
}

/// Writes the table of totals, and then tables with all operations and webhooks of each API.
pub(crate) fn write_coverage_tables(coverages: &[ApiCoverage], out: &mut dyn Write) -> io::Result<()> {
    write_totals_table(coverages, out)?;
    for coverage in coverages {
        api_tables(coverage, out)?;
    }
    Ok(())
}

fn api_tables(coverage: &ApiCoverage, out: &mut dyn Write) -> io::Result<()> {
    let name = coverage.api.name();
    let mut pages: Vec<&str> = Vec::new();
    for operation in &coverage.operations {
        if !pages.contains(&operation.page.as_str()) {
            pages.push(&operation.page);
        }
    }
    for page in pages {
        writeln!(out, "\n## {name}: {}\n", escape_table_cell(page))?;
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
                [&webhook.title, &webhook.schema, &webhook.confidence].map(escape_table_cell);
            writeln!(out, "| {title} | `{schema}` | {confidence} |")?;
        }
    }
    unread(&format!("{name}: operations that nobody has read"), &coverage.unread_operations, out)?;
    unread(&format!("{name}: webhooks that nobody has read"), &coverage.unread_webhooks, out)
}

fn row(operation: &DescribedOperation, out: &mut dyn Write) -> io::Result<()> {
    let yes = |yes: bool| if yes { "yes" } else { "no" };
    writeln!(
        out,
        "| `{}` | `{} {}` | {} | {} | {} | {} |",
        escape_table_cell(&operation.id),
        operation.method,
        escape_table_cell(&operation.path),
        escape_table_cell(&operation.confidence),
        escape_table_cell(&operation.availability),
        yes(operation.all_bodies_have_examples),
        yes(operation.is_compared_with_document),
    )
}

fn unread(title: &str, entries: &[UnreadOperationOrWebhook], out: &mut dyn Write) -> io::Result<()> {
    if entries.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n## {title}\n")?;
    writeln!(out, "| title | group | method | page | known | missing | inferred |")?;
    writeln!(out, "|---|---|---|---|---|---|---|")?;
    for UnreadOperationOrWebhook { title, group, method, page, known, missing, inferred } in entries {
        let [title, group, method, page] = [title, group, method, page].map(escape_table_cell);
        let [known, missing, inferred] = [known, missing, inferred].map(escape_table_cell);
        writeln!(out, "| {title} | {group} | {method} | {page} | {known} | {missing} | {inferred} |")?;
    }
    Ok(())
}

/// Escapes text from a document for a cell of a Markdown table.
fn escape_table_cell(text: impl AsRef<str>) -> String {
    to_harmless_line(text.as_ref()).replace('|', "\\|")
}
