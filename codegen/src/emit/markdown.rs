//! Text of a document as Markdown for rustdoc, in which it is text: code of it is never run as a test, tags and links
//! that nobody meant are none.
//!
//! Code blocks become blocks of the language `text`. Code spans stay. Anything else is paragraphs, headings, lists and
//! emphasis, with what would begin a tag or a link escaped; an address becomes a link, because rustdoc wants it so.

use std::fmt::Write;

/// A description with all its paragraphs, lists and blocks of code.
pub(super) fn prose(text: &str) -> String {
    let mut parts: Vec<String> = Vec::new();
    for block in blocks(text) {
        parts.push(match block {
            Block::Blank => String::new(),
            Block::Text(lines) => escaped(&lines.join("\n")),
            Block::Code(lines) => fenced(&lines),
        });
    }
    parts.join("\n").trim().to_owned()
}

/// A text that stands within a line.
pub(super) fn phrase(text: &str) -> String {
    escaped(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// A name or a value as code.
pub(super) fn code(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    span(&text).unwrap_or_else(|| escaped(&text))
}

/// An address: a link when it is one that a browser opens, else code.
pub(super) fn address(url: &str) -> String {
    if is_address(url) { format!("<{url}>") } else { code(url) }
}

/// A text that is a link when the address is one that a browser opens.
pub(super) fn link(text: &str, url: &str) -> String {
    // There is no link within a link.
    match is_address(url) && !url.contains(['(', ')']) && !text.contains("://") {
        true => format!("[{}]({url})", phrase(text)),
        false => phrase(text),
    }
}

enum Block<'a> {
    Blank,
    Text(Vec<&'a str>),
    Code(Vec<&'a str>),
}

/// The lines of a description, by what they are.
fn blocks(text: &str) -> Vec<Block<'_>> {
    let mut blocks = Vec::new();
    let mut lines = text.lines().peekable();
    // What is indented within a list belongs to an item.
    let mut in_list = false;
    while let Some(line) = lines.next() {
        let after_text = matches!(blocks.last(), Some(Block::Text(_)));
        if let Some(fence) = Fence::open(line) {
            let mut code = Vec::new();
            for line in lines.by_ref() {
                if fence.is_closed_by(line) {
                    break;
                }
                code.push(line);
            }
            blocks.push(Block::Code(without_indentation(code)));
        } else if line.trim().is_empty() {
            blocks.push(Block::Blank);
        } else if is_indented(line) && !after_text && !in_list {
            let mut code = vec![line];
            while let Some(next) = lines.next_if(|next| is_indented(next) || next.trim().is_empty()) {
                code.push(next);
            }
            let end = code.iter().rposition(|line| !line.trim().is_empty()).map_or(0, |last| last + 1);
            let blank = code.len() > end;
            code.truncate(end);
            blocks.push(Block::Code(without_indentation(code)));
            blocks.extend(blank.then_some(Block::Blank));
        } else {
            let is_item = item(line).is_some();
            in_list = is_item || (in_list && (after_text || is_indented(line) || line.starts_with(' ')));
            match blocks.last_mut() {
                Some(Block::Text(text)) => text.push(line),
                _ => blocks.push(Block::Text(vec![line])),
            }
        }
    }
    blocks
}

/// How a fenced block began.
struct Fence {
    mark: char,
    length: usize,
}

impl Fence {
    /// The fence that a line opens, within a list or not.
    fn open(line: &str) -> Option<Fence> {
        let mut rest = line.trim_start();
        while let Some(inner) = item(rest) {
            rest = inner;
        }
        let mark = rest.chars().next().filter(|c| matches!(c, '`' | '~'))?;
        let length = run(rest, mark);
        let is_span = mark == '`' && rest[length..].contains('`');
        (length >= 3 && !is_span).then_some(Fence { mark, length })
    }

    fn is_closed_by(&self, line: &str) -> bool {
        let line = line.trim();
        line.len() >= self.length && line.chars().all(|c| c == self.mark)
    }
}

/// What follows the mark of an item of a list.
fn item(line: &str) -> Option<&str> {
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

/// The lines without the indentation that all of them have.
fn without_indentation(lines: Vec<&str>) -> Vec<&str> {
    let indentation = |line: &&&str| line.len() - line.trim_start_matches([' ', '\t']).len();
    let common = lines.iter().filter(|line| !line.trim().is_empty()).map(|line| indentation(&line)).min();
    let common = common.unwrap_or_default();
    lines.into_iter().map(|line| line.get(common..).unwrap_or_default()).collect()
}

/// A block that rustdoc shows and does not run.
fn fenced(lines: &[&str]) -> String {
    let longest = lines.iter().map(|line| longest_run(line)).max().unwrap_or_default();
    let fence = "`".repeat(3.max(longest + 1));
    let mut block = format!("{fence}text\n");
    for line in lines {
        // Writing to a string does not fail.
        let _ = writeln!(block, "{}", line.trim_end().replace('\t', "    "));
    }
    block + &fence
}

/// The fence of a block that starts with this line.
pub(super) fn fence(line: &str) -> Option<&str> {
    let fence = line.strip_suffix("text").or_else(|| line.strip_suffix("no_run"));
    fence.filter(|fence| fence.len() >= 3 && fence.bytes().all(|b| b == b'`'))
}

/// A text with its code spans, and with what would begin a tag or a link escaped.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let length = match c {
            '`' => match code_span(rest) {
                Some((span, length)) => {
                    out.push_str(&span);
                    length
                }
                None => escape(&mut out, &rest[..run(rest, '`')]),
            },
            '~' if run(rest, '~') >= 3 => escape(&mut out, &rest[..run(rest, '~')]),
            '<' if meant_link(rest).is_some() => {
                let link = meant_link(rest).unwrap_or_default();
                out.push_str(link);
                link.len()
            }
            '<' | '>' | '[' | ']' => escape(&mut out, &rest[..1]),
            // It would escape what comes next in the comment.
            '\\' if rest.len() == 1 => escape(&mut out, rest),
            // What the document has escaped stays escaped.
            '\\' if rest[1..].starts_with(|c: char| c.is_ascii_punctuation()) => {
                out.push_str(&rest[..2]);
                2
            }
            'h' if !out.ends_with(|c: char| c.is_alphanumeric()) && leading_address(rest).is_some() => {
                let url = leading_address(rest).unwrap_or_default();
                out.push_str(&address(url));
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

/// Puts a backslash before each of some ASCII characters; gives how many there were.
fn escape(out: &mut String, marks: &str) -> usize {
    marks.chars().for_each(|mark| out.extend(['\\', mark]));
    marks.len()
}

/// The code span at the start of a text, on one line, and how long it was.
fn code_span(text: &str) -> Option<(String, usize)> {
    let open = run(text, '`');
    let mut at = open;
    while let Some(next) = text[at..].find('`') {
        let close = at + next;
        let length = run(&text[close..], '`');
        at = close + length;
        if length == open {
            return Some((span(&text[open..close].replace('\n', " "))?, at));
        }
    }
    None
}

/// A text as a code span whose marks cannot be those of a block; nothing where there is none.
fn span(text: &str) -> Option<String> {
    if text.trim().is_empty() {
        return None;
    }
    match longest_run(text) {
        0 => Some(format!("`{text}`")),
        // A mark of two is none of a block.
        1 if !text.starts_with('`') && !text.ends_with('`') => Some(format!("``{text}``")),
        1 => Some(format!("`` {text} ``")),
        _ => None,
    }
}

/// How often a text has a character at its start.
fn run(text: &str, mark: char) -> usize {
    text.chars().take_while(|c| *c == mark).count()
}

fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or_default()
}

/// The address in angle brackets at the start of a text, with them.
fn meant_link(text: &str) -> Option<&str> {
    let url = address_characters(text.strip_prefix('<')?);
    let end = url.len() + 1;
    (text[end..].starts_with('>') && is_address(url)).then(|| &text[..=end])
}

/// The address at the start of a text, without the punctuation after it.
fn leading_address(text: &str) -> Option<&str> {
    // Most texts are not addresses, so their beginning is checked before they are scanned to their end.
    if !begins_address(text) {
        return None;
    }
    let url = address_characters(text);
    let is_punctuation = |c: char| ".,;:!?'*_".contains(c);
    // A parenthesis that was opened within the address is closed there.
    Some(match url.contains('(') {
        true => url.trim_end_matches(is_punctuation),
        false => url.trim_end_matches(|c| is_punctuation(c) || c == ')'),
    })
}

/// Whether a browser opens the address, and Markdown takes it for a link.
fn is_address(url: &str) -> bool {
    begins_address(url) && address_characters(url) == url
}

fn begins_address(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphanumeric()))
}

/// The characters at the start of a text that may be in an address.
fn address_characters(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_ascii_graphic() || "<>[]`\"\\|".contains(c));
    &text[..end.unwrap_or(text.len())]
}

/// How long a line of a doc comment gets.
const WIDTH: usize = 100;

/// Cuts a line where no new line begins a block.
pub(super) fn wrap(line: &str) -> Vec<String> {
    let indent = if line.starts_with("- ") { "  " } else { "" };
    let mut lines: Vec<String> = Vec::new();
    let mut current = String::new();
    for word in line.split_whitespace() {
        let full = current.len() + 1 + word.len() > WIDTH;
        if !current.is_empty() && full && !begins_block(word) {
            lines.push(std::mem::replace(&mut current, indent.to_owned()));
        } else if !current.is_empty() {
            current.push(' ');
        }
        current.push_str(word);
    }
    lines.push(current);
    lines
}

/// Whether a line that starts with this word may be more than the next line of a paragraph.
fn begins_block(word: &str) -> bool {
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
            assert!(prose(&text) == escaped(&text), "{}", &text[..8]);
        }
        let address = format!("http://a{}", many(")"));
        assert!(prose(&address) == format!("<http://a>{}", many(")")), "no parenthesis was opened");
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
            assert_eq!(prose(text), expected);
        }
    }
}
