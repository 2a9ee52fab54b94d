//! Finds the OpenAPI documents in the code blocks of a Markdown page.

use std::ops::Range;
use std::sync::Arc;

use partner_spec::Source;
use pulldown_cmark::{Event, HeadingLevel, Parser, Tag, TagEnd};

/// The maximum size of a Markdown page, in bytes.
const MAX_PAGE_BYTES: usize = 4 * 1024 * 1024;
/// The maximum number of OpenAPI documents in one Markdown page.
const MAX_DOCUMENTS_PER_PAGE: usize = 64;

/// A Markdown page, with the OpenAPI documents that its code blocks contain.
pub(super) struct MarkdownPage {
    /// The text of the first top-level heading; the name of the file if there is no such heading.
    pub(super) title: String,
    /// The documents in the page. The text of each document is the whole page, in which everything outside of the
    /// document is replaced by blanks. So a location in the document is also the location in the page.
    pub(super) document_sources: Vec<Arc<Source>>,
}

/// Reads a Markdown page.
///
/// # Errors
///
/// If the page is too large, or has too many documents. The error is a message that says which of the two.
pub(super) fn read_markdown_page(source: &Arc<Source>) -> Result<MarkdownPage, String> {
    if source.text.len() > MAX_PAGE_BYTES {
        return Err(format!("the page is larger than {} MiB", MAX_PAGE_BYTES / 1024 / 1024));
    }
    let mut page = MarkdownPage { title: String::new(), document_sources: Vec::new() };
    let mut in_title = false;
    let mut block: Option<Vec<Range<usize>>> = None;
    for (event, range) in Parser::new(&source.text).into_offset_iter() {
        match event {
            Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }) => in_title = page.title.is_empty(),
            Event::End(TagEnd::Heading(_)) => in_title = false,
            Event::Text(text) | Event::Code(text) if in_title => page.title.push_str(&text),
            Event::Start(Tag::CodeBlock(_)) => block = Some(Vec::new()),
            Event::Text(_) => block.iter_mut().for_each(|ranges| ranges.push(range.clone())),
            Event::End(TagEnd::CodeBlock) => {
                let ranges = block.take().unwrap_or_default();
                if !is_openapi_document(&source.text, &ranges) {
                    continue;
                }
                if page.document_sources.len() == MAX_DOCUMENTS_PER_PAGE {
                    return Err(format!("the page holds more than {MAX_DOCUMENTS_PER_PAGE} documents"));
                }
                page.document_sources.push(Source::new(
                    source.display_path.clone(),
                    replace_outside_ranges_with_blanks(&source.text, &ranges),
                ));
            }
            _ => {}
        }
    }
    if page.title.is_empty() {
        let file = source.display_path.rsplit('/').next().unwrap_or_default();
        page.title = file.trim_end_matches(".md").to_owned();
    }
    Ok(page)
}

/// Whether a block of code is an OpenAPI document: one of its lines starts with the key `openapi` or `swagger`, or the
/// block is JSON with such a key. `lines` has the byte range of each line of the block.
fn is_openapi_document(text: &str, lines: &[Range<usize>]) -> bool {
    let mut lines = lines.iter().flat_map(|range| text[range.clone()].lines()).peekable();
    let is_json = lines.peek().is_some_and(|line| line.trim_start().starts_with('{'));
    lines.any(|line| match is_json {
        true => line.contains("\"openapi\"") || line.contains("\"swagger\""),
        false => ["openapi", "swagger"].iter().any(|key| {
            line.trim_start_matches(['"', '\'']).strip_prefix(key).is_some_and(|rest| rest.contains(':'))
        }),
    })
}

/// Replaces every character outside of the byte ranges by a blank, so that the text in the ranges keeps its lines and
/// columns. Lines that no range touches become empty, and the text after the last range is dropped.
fn replace_outside_ranges_with_blanks(text: &str, ranges: &[Range<usize>]) -> String {
    let mut out = String::new();
    let mut end = 0;
    for range in ranges {
        for c in text[end..range.start].chars() {
            match c {
                '\n' => {
                    out.truncate(out.trim_end_matches(' ').len());
                    out.push('\n');
                }
                '\r' => out.push('\r'),
                _ => out.push(' '),
            }
        }
        out.push_str(&text[range.clone()]);
        end = range.end;
    }
    out
}
