//! Reads public signatures as the generator prints them: items, and members within them.

use std::collections::BTreeMap;

use crate::rust::call_type;

/// What callers can name, by the type it belongs to and its name there.
pub(super) type Entries = BTreeMap<(String, String), Entry>;

/// One thing that callers can name.
#[derive(Debug, PartialEq)]
pub(super) struct Entry {
    /// What callers depend on but for arguments, without spaces.
    pub(super) text: String,
    /// The types of its arguments.
    pub(super) arguments: Vec<String>,
    /// The names of its arguments. Callers do not write them, but they follow their order.
    pub(super) names: Vec<String>,
    /// As it is printed, in one line.
    pub(super) shown: String,
    /// Whether it is a type that can get more members without notice.
    pub(super) is_open: bool,
    /// Whether it is an enum whose variants are all that there will be.
    pub(super) is_closed_enum: bool,
}

/// The entries of some files, with the new names of types that have one.
pub(super) fn entries(text: &str, renamed: &BTreeMap<String, String>) -> Entries {
    let mut reader = Reader { rest: text, renamed, entries: Entries::new() };
    reader.items();
    reader.entries
}

impl Entry {
    fn new(printed: &str) -> Entry {
        let shown = printed.split_whitespace().collect::<Vec<_>>().join(" ");
        Entry {
            text: String::new(),
            arguments: Vec::new(),
            names: Vec::new(),
            shown,
            is_open: false,
            is_closed_enum: false,
        }
    }
}

struct Reader<'a> {
    rest: &'a str,
    renamed: &'a BTreeMap<String, String>,
    entries: Entries,
}

impl<'a> Reader<'a> {
    /// Reads items up to the end of what they are in.
    fn items(&mut self) {
        loop {
            let (head, end) = self.until(&['{', ';', '}']);
            match end {
                Some('{') => self.item(head),
                Some(';') => self.without_body(head),
                Some(_) => {}
                None => return,
            }
        }
    }

    /// An item with a body.
    fn item(&mut self, head: &'a str) {
        let (attributes, head) = without_attributes(head);
        let is_open = attributes.contains("non_exhaustive");
        match words(head)[..] {
            // Modules are read as if they were not there: what is in them belongs to types with unique names.
            ["pub", "mod", ..] => {}
            ["pub", "struct", name, ..] => {
                self.add(name, "struct", head, is_open, false);
                self.members(name, ',', "field ");
            }
            ["pub", "enum", name, ..] => {
                self.add(name, "enum", head, is_open, !is_open);
                self.members(name, ',', "variant ");
            }
            ["impl", ..] => {
                let owner = owner(head);
                self.members(&owner, ';', "");
            }
            _ => {
                self.until(&['}']);
            }
        }
    }

    fn without_body(&mut self, head: &'a str) {
        let (_, head) = without_attributes(head);
        match words(head)[..] {
            ["pub", "struct", name, ..] => self.add(name.trim_end_matches(';'), "struct", head, true, false),
            ["impl", ..] => self.add(&owner(head), head, head, false, false),
            _ => {}
        }
    }

    /// Members up to the end of their item.
    fn members(&mut self, owner: &str, separator: char, kind: &str) {
        loop {
            let (member, end) = self.until(&[separator, '}']);
            let (_, member) = without_attributes(member);
            if !member.is_empty() {
                self.member(owner, member, kind);
            }
            if end != Some(separator) {
                return;
            }
        }
    }

    fn member(&mut self, owner: &str, member: &str, kind: &str) {
        let text = member.strip_prefix("pub ").unwrap_or(member).trim();
        let (function, rest) = (text.strip_prefix("fn "), text.strip_prefix("type "));
        let name = function.or(rest).unwrap_or(text);
        let name: String = name.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        let is_method = owner == "Client" && function.is_some();
        let owner = if is_method { call_type(&name) } else { owner.to_owned() };
        let key = match (function.is_some(), rest.is_some()) {
            (true, _) => format!("fn {name}"),
            (_, true) => format!("type {name}"),
            _ => format!("{kind}{name}"),
        };
        let entry = match function {
            Some(_) => signature(text, Entry::new(member)),
            None => Entry { text: text.to_owned(), ..Entry::new(member) },
        };
        self.insert(&owner, &key, entry);
    }

    fn add(&mut self, owner: &str, name: &str, shown: &str, is_open: bool, is_closed_enum: bool) {
        self.insert(
            owner,
            name,
            Entry { text: name.to_owned(), is_open, is_closed_enum, ..Entry::new(shown) },
        );
    }

    fn insert(&mut self, owner: &str, name: &str, entry: Entry) {
        let new_name = |name: &str| self.renamed.get(name).map_or(name, String::as_str).to_owned();
        // A variant may be called like the type that it holds.
        let (own, types) = entry.text.split_at(if name.starts_with("variant ") { name.len() - 8 } else { 0 });
        let entry = Entry { text: format!("{own}{}", squeezed(&renamed(types, self.renamed))), ..entry };
        let arguments = entry.arguments.iter().map(|ty| squeezed(&renamed(ty, self.renamed))).collect();
        let entry = Entry { arguments, ..entry };
        let name = if name.starts_with("impl") { renamed(name, self.renamed) } else { name.to_owned() };
        self.entries.insert((new_name(owner), name), entry);
    }

    /// The text up to one of some characters that is in no brackets, and that character.
    fn until(&mut self, ends: &[char]) -> (&'a str, Option<char>) {
        let (mut depth, mut last) = (0_i32, ' ');
        for (index, c) in self.rest.char_indices() {
            if depth == 0 && ends.contains(&c) {
                let head = self.rest[..index].trim();
                self.rest = &self.rest[index + c.len_utf8()..];
                return (head, Some(c));
            }
            match c {
                '(' | '[' | '{' | '<' => depth += 1,
                '>' if last == '-' => {}
                ')' | ']' | '}' | '>' => depth -= 1,
                _ => {}
            }
            last = c;
        }
        (std::mem::take(&mut self.rest).trim(), None)
    }
}

fn words(head: &str) -> Vec<&str> {
    head.split(|c: char| c.is_whitespace() || c == '<' || c == '(').filter(|word| !word.is_empty()).collect()
}

/// The attributes before an item or member, and what is after them.
fn without_attributes(text: &str) -> (&str, &str) {
    let mut rest = text;
    while let Some(attribute) = rest.strip_prefix("#[") {
        let mut depth = 1;
        let end = attribute.char_indices().find(|(_, c)| {
            depth += match c {
                '[' => 1,
                ']' => -1,
                _ => 0,
            };
            depth == 0
        });
        let Some((end, _)) = end else { break };
        rest = attribute[end + 1..].trim_start();
    }
    (&text[..text.len() - rest.len()], rest)
}

/// The type that an `impl` is for; that of the call's arguments for calls.
fn owner(head: &str) -> String {
    let target =
        head.rsplit_once(" for ").map_or(head.trim_start_matches("impl").trim(), |(_, target)| target);
    let target = target.trim();
    match target.split_once("Call<") {
        Some((_, arguments)) => {
            arguments.trim_end_matches('>').rsplit("::").next().unwrap_or_default().to_owned()
        }
        None => target.rsplit("::").next().unwrap_or_default().to_owned(),
    }
}

/// The parts of a signature.
fn signature(text: &str, entry: Entry) -> Entry {
    let Some((name, rest)) = text.split_once('(') else { return Entry { text: text.to_owned(), ..entry } };
    let (mut depth, mut end, mut last) = (0, rest.len(), ' ');
    let mut starts = vec![0];
    for (index, c) in rest.char_indices() {
        match c {
            ')' if depth == 0 => {
                end = index;
                break;
            }
            ',' if depth == 0 => starts.push(index + 1),
            '(' | '[' | '<' => depth += 1,
            '>' if last == '-' => {}
            ')' | ']' | '>' => depth -= 1,
            _ => {}
        }
        last = c;
    }
    let ends = starts.iter().skip(1).map(|start| start - 1).chain([end]);
    let arguments = starts.iter().zip(ends).filter_map(|(start, end)| rest[*start..end].split_once(": "));
    let (names, arguments) =
        arguments.map(|(name, ty)| (name.trim().to_owned(), ty.trim().to_owned())).unzip();
    let text = format!("{name}(){}", rest.get(end + 1..).unwrap_or_default());
    Entry { text, arguments, names, ..entry }
}

/// A text in which types have their new names.
fn renamed(text: &str, renamed: &BTreeMap<String, String>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let is_letter = |c: char| c.is_alphanumeric() || c == '_';
    while !rest.is_empty() {
        let (word, after) = rest.split_at(rest.find(|c| !is_letter(c)).unwrap_or(rest.len()));
        let (between, after) = after.split_at(after.find(is_letter).unwrap_or(after.len()));
        out.push_str(renamed.get(word).map_or(word, String::as_str));
        out.push_str(between);
        rest = after;
    }
    out
}

/// A text without spaces and trailing commas.
fn squeezed(text: &str) -> String {
    let text: String = text.split_whitespace().collect();
    text.replace(",)", ")").replace(",>", ">")
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "
#[non_exhaustive]
pub struct Quote {
    pub id: Option<String>,
    pub rates: std::collections::BTreeMap<String, Vec<Rate>>,
}

impl Quote {
    pub fn new(id: impl Into<String>, rate: Decimal) -> Self;
    pub fn note(mut self, note: impl Into<String>) -> Self;
}

pub enum Kind {
    A(First),
    B(Second),
}

impl From<First> for Kind;
impl Client {
    pub fn get_quote(
        &self,
        id: uuid::Uuid,
    ) -> crate::Call<calls::GetQuoteOperation>;
}

pub mod calls {
    pub struct GetQuoteOperation;
    impl partner_runtime::Operation for GetQuoteOperation {
        type Response = Quote;
    }

    impl crate::Call<GetQuoteOperation> {
        pub fn page(mut self, page: i64) -> Self;
    }
}
";

    #[test]
    fn everything_that_callers_can_name_has_its_owner() {
        let renamed = BTreeMap::from([(String::from("Rate"), String::from("Price"))]);
        let found = entries(TEXT, &renamed);
        let text = |owner: &str, name: &str| {
            found.get(&(owner.to_owned(), name.to_owned())).map(|entry| entry.text.as_str())
        };
        assert_eq!(text("Quote", "field rates"), Some("rates:std::collections::BTreeMap<String,Vec<Price>>"));
        assert_eq!(text("Quote", "fn new"), Some("fnnew()->Self"));
        let new = &found[&(String::from("Quote"), String::from("fn new"))];
        assert_eq!(
            (&new.names[..], &new.arguments[..]),
            (&["id", "rate"].map(String::from)[..], &["implInto<String>", "Decimal"].map(String::from)[..])
        );
        assert_eq!(text("Quote", "fn note"), Some("fnnote()->Self"));
        assert_eq!(text("Kind", "variant B"), Some("B(Second)"));
        assert_eq!(text("Kind", "impl From<First> for Kind"), Some("implFrom<First>forKind"));
        assert_eq!(
            text("GetQuoteOperation", "fn get_quote"),
            Some("fnget_quote()->crate::Call<calls::GetQuoteOperation>")
        );
        assert_eq!(text("GetQuoteOperation", "type Response"), Some("typeResponse=Quote"));
        assert_eq!(text("GetQuoteOperation", "fn page"), Some("fnpage()->Self"));
        assert!(found[&(String::from("Quote"), String::from("struct"))].is_open);
        assert!(found[&(String::from("Kind"), String::from("enum"))].is_closed_enum);
        assert_eq!(found.len(), 13);
    }
}
