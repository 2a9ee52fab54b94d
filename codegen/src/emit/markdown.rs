//! Converts text of a document to harmless Markdown for rustdoc: code blocks are never run as tests, and no text is
//! mistaken for an HTML tag or a link.
//!
//! Code blocks get the language `text`, and code spans are kept. In all other text, characters that would begin a tag
//! or a link are escaped; paragraphs, headings, lists and emphasis stay as they are. URLs become links, because rustdoc
//! warns about URLs that are not links.

use std::fmt::Write;

/// Converts a whole description, with paragraphs, lists and code blocks, to Markdown for rustdoc.
pub(super) fn to_rustdoc_markdown(text: &str) -> String {
    let mut parts: Vec<String> = Vec::new();
    for block in split_into_blocks(text) {
        parts.push(match block {
            Block::Blank => String::new(),
            Block::Text(lines) => escape_markdown_and_link_urls(&lines.join("\n")),
            Block::Code(lines) => render_code_block(&lines),
        });
    }
    parts.join("\n").trim().to_owned()
}

/// Converts a text to a single line of Markdown, for use within a sentence.
pub(super) fn to_rustdoc_markdown_line(text: &str) -> String {
    escape_markdown_and_link_urls(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Converts a name or a value to a code span, or to escaped text if it cannot be a code span.
pub(super) fn to_code_span_or_text(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    render_code_span(&text).unwrap_or_else(|| escape_markdown_and_link_urls(&text))
}

/// Converts a URL to a link, or to a code span if a browser would not open the URL.
pub(super) fn to_link_or_code_span(url: &str) -> String {
    if is_linkable_url(url) { format!("<{url}>") } else { to_code_span_or_text(url) }
}

/// Returns a link to `url` with the given text. If no link is possible (for example, because a browser would not open
/// the URL), returns the text without a link.
pub(super) fn to_link_or_text(text: &str, url: &str) -> String {
    // A text that contains a URL cannot be the text of a link: the URL would be a link within a link, which Markdown
    // forbids.
    match is_linkable_url(url) && !url.contains(['(', ')']) && !text.contains("://") {
        true => format!("[{}]({url})", to_rustdoc_markdown_line(text)),
        false => to_rustdoc_markdown_line(text),
    }
}

enum Block<'a> {
    Blank,
    Text(Vec<&'a str>),
    Code(Vec<&'a str>),
}

/// Splits a description into code blocks, blank lines and other text.
fn split_into_blocks(text: &str) -> Vec<Block<'_>> {
    let mut blocks = Vec::new();
    let mut lines = text.lines().peekable();
    // Whether the current line is in a list. Indented lines in a list belong to a list item, so they are not a code
    // block.
    let mut is_in_list = false;
    while let Some(line) = lines.next() {
        let after_text = matches!(blocks.last(), Some(Block::Text(_)));
        if let Some(fence) = CodeFence::find_opening_fence(line) {
            let mut code = Vec::new();
            for line in lines.by_ref() {
                if fence.is_closed_by(line) {
                    break;
                }
                code.push(line);
            }
            blocks.push(Block::Code(remove_common_indentation(code)));
        } else if line.trim().is_empty() {
            blocks.push(Block::Blank);
        } else if is_indented(line) && !after_text && !is_in_list {
            let mut code = vec![line];
            while let Some(next) = lines.next_if(|next| is_indented(next) || next.trim().is_empty()) {
                code.push(next);
            }
            let end = code.iter().rposition(|line| !line.trim().is_empty()).map_or(0, |last| last + 1);
            let blank = code.len() > end;
            code.truncate(end);
            blocks.push(Block::Code(remove_common_indentation(code)));
            blocks.extend(blank.then_some(Block::Blank));
        } else {
            let is_item = strip_list_marker(line).is_some();
            is_in_list =
                is_item || (is_in_list && (after_text || is_indented(line) || line.starts_with(' ')));
            match blocks.last_mut() {
                Some(Block::Text(text)) => text.push(line),
                _ => blocks.push(Block::Text(vec![line])),
            }
        }
    }
    blocks
}

/// The line of backticks or tildes that opens a code block: the character, and the number of times that it is repeated.
struct CodeFence {
    mark: char,
    length: usize,
}

impl CodeFence {
    /// Returns the fence (three or more backticks or tildes) if the line opens a code block with it; otherwise `None`.
    /// The line may also start a list item, as in `- ~~~`.
    fn find_opening_fence(line: &str) -> Option<CodeFence> {
        let mut rest = line.trim_start();
        while let Some(inner) = strip_list_marker(rest) {
            rest = inner;
        }
        let mark = rest.chars().next().filter(|c| matches!(c, '`' | '~'))?;
        let length = count_leading_marks(rest, mark);
        let is_span = mark == '`' && rest[length..].contains('`');
        (length >= 3 && !is_span).then_some(CodeFence { mark, length })
    }

    fn is_closed_by(&self, line: &str) -> bool {
        let line = line.trim();
        line.len() >= self.length && line.chars().all(|c| c == self.mark)
    }
}

/// If the line starts a list item, returns the text after the bullet or number.
fn strip_list_marker(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let mark = match digits {
        0 => line.strip_prefix(['-', '*', '+'])?,
        1..=9 => line[digits..].strip_prefix(['.', ')'])?,
        _ => return None,
    };
    mark.starts_with(char::is_whitespace).then(|| mark.trim_start()).filter(|rest| !rest.is_empty())
}

fn is_indented(line: &str) -> bool {
    let indentation = &line[..line.len() - line.trim_start_matches([' ', '\t']).len()];
    !line.trim().is_empty() && (indentation.contains('\t') || indentation.len() >= 4)
}

/// Removes the indentation that all non-blank lines have in common.
fn remove_common_indentation(lines: Vec<&str>) -> Vec<&str> {
    let indentation = |line: &&&str| line.len() - line.trim_start_matches([' ', '\t']).len();
    let common = lines.iter().filter(|line| !line.trim().is_empty()).map(|line| indentation(&line)).min();
    let common = common.unwrap_or_default();
    lines.into_iter().map(|line| line.get(common..).unwrap_or_default()).collect()
}

/// Renders lines as a code block that rustdoc shows but does not run.
fn render_code_block(lines: &[&str]) -> String {
    let longest = lines.iter().map(|line| find_longest_backtick_run(line)).max().unwrap_or_default();
    let fence = "`".repeat(3.max(longest + 1));
    let mut block = format!("{fence}text\n");
    for line in lines {
        // Writing to a `String` never fails, so the result of `writeln!` is ignored.
        let _ = writeln!(block, "{}", line.trim_end().replace('\t', "    "));
    }
    block + &fence
}

/// Returns the backticks with which a line opens a code block of the language `text` or `no_run`; `None` if the line
/// opens no such block.
pub(super) fn find_text_or_no_run_fence(line: &str) -> Option<&str> {
    let fence = line.strip_suffix("text").or_else(|| line.strip_suffix("no_run"));
    fence.filter(|fence| fence.len() >= 3 && fence.bytes().all(|b| b == b'`'))
}

/// Escapes a text for Markdown: characters that would begin a tag or a link get a backslash. Code spans are kept, and
/// URLs become links.
fn escape_markdown_and_link_urls(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let length = match c {
            '`' => match parse_code_span(rest) {
                Some((span, length)) => {
                    out.push_str(&span);
                    length
                }
                None => push_backslash_escaped(&mut out, &rest[..count_leading_marks(rest, '`')]),
            },
            '~' if count_leading_marks(rest, '~') >= 3 => {
                push_backslash_escaped(&mut out, &rest[..count_leading_marks(rest, '~')])
            }
            '<' if find_leading_bracketed_url(rest).is_some() => {
                let link = find_leading_bracketed_url(rest).unwrap_or_default();
                out.push_str(link);
                link.len()
            }
            '<' | '>' | '[' | ']' => push_backslash_escaped(&mut out, &rest[..1]),
            // A backslash at the end of the text is escaped, because otherwise it would escape the character that
            // follows the text in the doc comment.
            '\\' if rest.len() == 1 => push_backslash_escaped(&mut out, rest),
            // A character that the document has already escaped (`\*`) is copied with its backslash.
            '\\' if rest[1..].starts_with(|c: char| c.is_ascii_punctuation()) => {
                out.push_str(&rest[..2]);
                2
            }
            'h' if !out.ends_with(|c: char| c.is_alphanumeric()) && find_leading_url(rest).is_some() => {
                let url = find_leading_url(rest).unwrap_or_default();
                out.push_str(&to_link_or_code_span(url));
                url.len()
            }
            _ => {
                out.push(c);
                c.len_utf8()
            }
        };
        rest = &rest[length..];
    }
    out
}

/// Appends `characters` to `out`, each with a backslash in front. Returns the length of `characters` in bytes.
fn push_backslash_escaped(out: &mut String, characters: &str) -> usize {
    characters.chars().for_each(|character| out.extend(['\\', character]));
    characters.len()
}

/// If the text starts with a code span, returns the span on a single line, and the number of bytes that the span takes
/// in the text.
fn parse_code_span(text: &str) -> Option<(String, usize)> {
    let open = count_leading_marks(text, '`');
    let mut at = open;
    while let Some(next) = text[at..].find('`') {
        let close = at + next;
        let length = count_leading_marks(&text[close..], '`');
        at = close + length;
        if length == open {
            return Some((render_code_span(&text[open..close].replace('\n', " "))?, at));
        }
    }
    None
}

/// Renders a text as a code span. Returns `None` if the text is blank, or has adjacent backticks.
fn render_code_span(text: &str) -> Option<String> {
    if text.trim().is_empty() {
        return None;
    }
    match find_longest_backtick_run(text) {
        0 => Some(format!("`{text}`")),
        // A text that contains backticks, but no two in a row, is enclosed in double backticks.
        1 if !text.starts_with('`') && !text.ends_with('`') => Some(format!("``{text}``")),
        1 => Some(format!("`` {text} ``")),
        _ => None,
    }
}

/// Counts the repetitions of `mark` at the start of a text.
fn count_leading_marks(text: &str, mark: char) -> usize {
    text.chars().take_while(|c| *c == mark).count()
}

fn find_longest_backtick_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or_default()
}

/// If the text starts with a URL in angle brackets, returns the URL with its brackets.
fn find_leading_bracketed_url(text: &str) -> Option<&str> {
    let url = find_longest_url_prefix(text.strip_prefix('<')?);
    let end = url.len() + 1;
    (text[end..].starts_with('>') && is_linkable_url(url)).then(|| &text[..=end])
}

/// If the text starts with a URL, returns the URL, without punctuation at its end.
fn find_leading_url(text: &str) -> Option<&str> {
    // Most texts do not start with a URL, so the start is checked before the end of the URL is searched for.
    if !begins_with_url(text) {
        return None;
    }
    let url = find_longest_url_prefix(text);
    let is_punctuation = |c: char| ".,;:!?'*_".contains(c);
    // A closing parenthesis at the end belongs to the URL only if the URL also contains an opening parenthesis.
    Some(match url.contains('(') {
        true => url.trim_end_matches(is_punctuation),
        false => url.trim_end_matches(|c| is_punctuation(c) || c == ')'),
    })
}

/// Whether the whole text is a URL that a browser opens, and that Markdown recognizes as a link.
fn is_linkable_url(url: &str) -> bool {
    begins_with_url(url) && find_longest_url_prefix(url) == url
}

fn begins_with_url(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphanumeric()))
}

/// Returns the longest prefix of the text in which all characters are allowed in a URL.
fn find_longest_url_prefix(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_ascii_graphic() || "<>[]`\"\\|".contains(c));
    &text[..end.unwrap_or(text.len())]
}

/// The maximum length of a line of a doc comment, in bytes. A longer word stays whole, on a line of its own.
const MAX_DOC_LINE_BYTES: usize = 100;

/// Wraps a long line into lines of at most [`MAX_DOC_LINE_BYTES`]. No new line starts with a word such as `-`, which
/// would begin a new Markdown block there.
pub(super) fn wrap_line(line: &str) -> Vec<String> {
    let indent = if line.starts_with("- ") { "  " } else { "" };
    let mut lines: Vec<String> = Vec::new();
    let mut current = String::new();
    for word in line.split_whitespace() {
        let full = current.len() + 1 + word.len() > MAX_DOC_LINE_BYTES;
        if !current.is_empty() && full && !may_begin_markdown_block(word) {
            lines.push(std::mem::replace(&mut current, indent.to_owned()));
        } else if !current.is_empty() {
            current.push(' ');
        }
        current.push_str(word);
    }
    lines.push(current);
    lines
}

/// Whether a line that starts with this word might begin a new Markdown block (such as a list item or heading), rather
/// than continue the paragraph.
fn may_begin_markdown_block(word: &str) -> bool {
    let digits = word.len() - word.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    (word.starts_with('<') && !word.starts_with("<http"))
        || word.starts_with(['>', '|', '#', '=', '~'])
        || ["```", "[^"].iter().any(|start| word.starts_with(start))
        || word.chars().all(|c| matches!(c, '-' | '+' | '*' | '_'))
        || (digits > 0 && matches!(&word[digits..], "." | ")"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_like_the_start_of_a_link_takes_time_in_proportion_to_its_length() {
        let many = |text: &str| text.repeat(1_000_000 / text.len());
        let escaped = |text: &str| text.replace('<', "\\<");
        for text in [many("<"), many("h-"), many("http:///")] {
            assert!(to_rustdoc_markdown(&text) == escaped(&text), "{}", &text[..8]);
        }
        let address = format!("http://a{}", many(")"));
        assert!(
            to_rustdoc_markdown(&address) == format!("<http://a>{}", many(")")),
            "no parenthesis was opened"
        );
    }

    #[test]
    fn an_address_in_angle_brackets_is_a_link_and_nothing_else_is() {
        for (text, expected) in [
            ("see <https://example.com/a(b)>.", "see <https://example.com/a(b)>."),
            ("<https://example.com", "\\<<https://example.com>"),
            ("<https://a b>", "\\<<https://a> b\\>"),
            ("<https://>", "\\<https://\\>"),
            ("<http://a[b>", "\\<<http://a>\\[b\\>"),
            ("<b>", "\\<b\\>"),
        ] {
            assert_eq!(to_rustdoc_markdown(text), expected);
        }
    }
}
