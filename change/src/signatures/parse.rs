//! Parses the public signatures that the generator prints as text.

use std::collections::BTreeMap;

use crate::rust::to_operation_type_name;

/// The signatures of all public items and members, by the type to which they belong and by their name within that type.
pub(super) type SignaturesByOwnerAndName = BTreeMap<(String, String), PublicSignature>;

/// The signature of a public item (struct, enum, function, `impl` …), or of a public member of an item (field, variant
/// …).
#[derive(Debug, PartialEq)]
pub(super) struct PublicSignature {
    /// The signature without spaces. For a function, the arguments are left out.
    pub(super) signature_without_arguments: String,
    /// The types of the arguments of a function.
    pub(super) argument_types: Vec<String>,
    /// The names of the arguments of a function. Callers do not write these names, but a changed order of arguments
    /// breaks calls.
    pub(super) argument_names: Vec<String>,
    /// The signature in one line, as shown in messages.
    pub(super) display_text: String,
    /// Whether the item counts as `#[non_exhaustive]`: it is a type with this attribute, or a struct without a body,
    /// like `pub struct GetQuoteOperation;`.
    pub(super) is_non_exhaustive: bool,
    /// Whether the item is an enum without `#[non_exhaustive]`, so that an added variant breaks callers.
    pub(super) is_exhaustive_enum: bool,
}

/// The suffix of the names of structs that hold the required fields of another struct: `QuoteRequired` for `Quote`.
pub(super) const REQUIRED_FIELDS_STRUCT_SUFFIX: &str = "Required";

/// Parses the signatures of a client. In the result, renamed types have their new names.
pub(super) fn parse_signatures(
    text: &str,
    new_type_names: &BTreeMap<String, String>,
) -> SignaturesByOwnerAndName {
    let mut reader = SignatureReader { rest: text, new_type_names, entries: SignaturesByOwnerAndName::new() };
    reader.read_items();
    reader.entries
}

impl PublicSignature {
    fn new(printed: &str) -> PublicSignature {
        let shown = printed.split_whitespace().collect::<Vec<_>>().join(" ");
        PublicSignature {
            signature_without_arguments: String::new(),
            argument_types: Vec::new(),
            argument_names: Vec::new(),
            display_text: shown,
            is_non_exhaustive: false,
            is_exhaustive_enum: false,
        }
    }
}

struct SignatureReader<'a> {
    rest: &'a str,
    new_type_names: &'a BTreeMap<String, String>,
    entries: SignaturesByOwnerAndName,
}

impl<'a> SignatureReader<'a> {
    /// Reads all Rust items (types, functions, impls, …) from the text `rest`, and adds their signatures to `entries`.
    fn read_items(&mut self) {
        loop {
            let (head, end) = self.read_until(&['{', ';', '}']);
            match end {
                Some('{') => self.read_item_with_body(head),
                Some(';') => self.read_item_without_body(head),
                Some(_) => {}
                None => return,
            }
        }
    }

    /// Reads an item that has a body in braces, like a struct. `head` is the text before the opening brace.
    fn read_item_with_body(&mut self, head: &'a str) {
        let (attributes, head) = split_off_attributes(head);
        let is_non_exhaustive = attributes.contains("non_exhaustive");
        match split_into_words(head)[..] {
            // Only the line that opens the module is skipped. The items in the module are read as if they were outside
            // of the module, because type names are unique.
            ["pub", "mod", ..] => {}
            // A struct like `QuoteRequired` has the required fields of another struct, `Quote`. So the members of
            // `QuoteRequired` are recorded as members of `Quote`.
            ["pub", "struct", name, ..]
                if !is_non_exhaustive && name.ends_with(REQUIRED_FIELDS_STRUCT_SUFFIX) =>
            {
                let owner = name.trim_end_matches(REQUIRED_FIELDS_STRUCT_SUFFIX);
                self.insert_item(owner, "required", head, is_non_exhaustive, false);
                self.read_members(owner, ',', "required ");
            }
            ["pub", "struct", name, ..] => {
                self.insert_item(name, "struct", head, is_non_exhaustive, false);
                self.read_members(name, ',', "field ");
            }
            ["pub", "enum", name, ..] => {
                self.insert_item(name, "enum", head, is_non_exhaustive, !is_non_exhaustive);
                self.read_members(name, ',', "variant ");
            }
            ["impl", ..] => {
                let owner = find_impl_type_name(head);
                self.read_members(&owner, ';', "");
            }
            _ => {
                self.read_until(&['}']);
            }
        }
    }

    /// Reads a Rust item that has no body in braces, like `pub struct GetQuoteOperation;`.
    fn read_item_without_body(&mut self, head: &'a str) {
        let (_, head) = split_off_attributes(head);
        match split_into_words(head)[..] {
            ["pub", "struct", name, ..] => {
                self.insert_item(name.trim_end_matches(';'), "struct", head, true, false)
            }
            ["impl", ..] => self.insert_item(&find_impl_type_name(head), head, head, false, false),
            _ => {}
        }
    }

    /// Reads the members of an item up to its closing brace. `kind_prefix` (like `field `) is put before the names of
    /// all members except functions and types.
    fn read_members(&mut self, owner: &str, separator: char, kind_prefix: &str) {
        loop {
            let (member, end) = self.read_until(&[separator, '}']);
            let (_, member) = split_off_attributes(member);
            if !member.is_empty() {
                self.read_member(owner, member, kind_prefix);
            }
            if end != Some(separator) {
                return;
            }
        }
    }

    fn read_member(&mut self, owner: &str, member: &str, kind_prefix: &str) {
        let text = member.strip_prefix("pub ").unwrap_or(member).trim();
        let (function, rest) = (text.strip_prefix("fn "), text.strip_prefix("type "));
        let name = function.or(rest).unwrap_or(text);
        let name: String = name.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        let is_method = owner == "Client" && function.is_some();
        let owner = if is_method { to_operation_type_name(&name) } else { owner.to_owned() };
        let key = match (function.is_some(), rest.is_some()) {
            (true, _) => format!("fn {name}"),
            (_, true) => format!("type {name}"),
            _ => format!("{kind_prefix}{name}"),
        };
        let entry = match function {
            Some(_) => parse_function_signature(text, PublicSignature::new(member)),
            None => PublicSignature {
                signature_without_arguments: text.to_owned(),
                ..PublicSignature::new(member)
            },
        };
        self.insert_with_new_names(&owner, &key, entry);
    }

    fn insert_item(
        &mut self,
        owner: &str,
        name: &str,
        shown: &str,
        is_non_exhaustive: bool,
        is_exhaustive_enum: bool,
    ) {
        self.insert_with_new_names(
            owner,
            name,
            PublicSignature {
                signature_without_arguments: name.to_owned(),
                is_non_exhaustive,
                is_exhaustive_enum,
                ..PublicSignature::new(shown)
            },
        );
    }

    fn insert_with_new_names(&mut self, owner: &str, name: &str, entry: PublicSignature) {
        let new_name = |name: &str| self.new_type_names.get(name).map_or(name, String::as_str).to_owned();
        // A variant and the type inside it may have the same name (`Card(Card)`). If the type was renamed, its new name
        // must not replace the name of the variant. So the variant's name is split off first.
        let (variant_name, types) = entry
            .signature_without_arguments
            .split_at(if name.starts_with("variant ") { name.len() - 8 } else { 0 });
        let entry = PublicSignature {
            signature_without_arguments: format!(
                "{variant_name}{}",
                remove_spaces_and_trailing_commas(&replace_renamed_type_names(types, self.new_type_names))
            ),
            ..entry
        };
        let arguments = entry
            .argument_types
            .iter()
            .map(|ty| remove_spaces_and_trailing_commas(&replace_renamed_type_names(ty, self.new_type_names)))
            .collect();
        let entry = PublicSignature { argument_types: arguments, ..entry };
        let name = if name.starts_with("impl") {
            replace_renamed_type_names(name, self.new_type_names)
        } else {
            name.to_owned()
        };
        self.entries.insert((new_name(owner), name), entry);
    }

    /// Reads up to the first character that is one of `ends` and is not inside of brackets, such as `(…)` or `<…>`.
    /// Returns the text before that character, and the character itself. If there is no such character, returns the
    /// whole rest of the text and `None`.
    fn read_until(&mut self, ends: &[char]) -> (&'a str, Option<char>) {
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

fn split_into_words(head: &str) -> Vec<&str> {
    head.split(|c: char| c.is_whitespace() || c == '<' || c == '(').filter(|word| !word.is_empty()).collect()
}

/// Splits a text into the attributes at its start and the item or member after them.
fn split_off_attributes(text: &str) -> (&str, &str) {
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

/// Finds the type to which the methods of an `impl` block belong. For `impl Call<GetQuoteOperation>`, this is
/// `GetQuoteOperation`.
fn find_impl_type_name(head: &str) -> String {
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

/// Parses the signature of a function.
fn parse_function_signature(text: &str, entry: PublicSignature) -> PublicSignature {
    let Some((name, rest)) = text.split_once('(') else {
        return PublicSignature { signature_without_arguments: text.to_owned(), ..entry };
    };
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
    PublicSignature {
        signature_without_arguments: text,
        argument_types: arguments,
        argument_names: names,
        ..entry
    }
}

/// Replaces the names of renamed types in a text by their new names.
fn replace_renamed_type_names(text: &str, new_type_names: &BTreeMap<String, String>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let is_letter = |c: char| c.is_alphanumeric() || c == '_';
    while !rest.is_empty() {
        let (word, after) = rest.split_at(rest.find(|c| !is_letter(c)).unwrap_or(rest.len()));
        let (between, after) = after.split_at(after.find(is_letter).unwrap_or(after.len()));
        out.push_str(new_type_names.get(word).map_or(word, String::as_str));
        out.push_str(between);
        rest = after;
    }
    out
}

/// Removes spaces and trailing commas from a text.
fn remove_spaces_and_trailing_commas(text: &str) -> String {
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
        let new_type_names = BTreeMap::from([(String::from("Rate"), String::from("Price"))]);
        let found = parse_signatures(TEXT, &new_type_names);
        let text = |owner: &str, name: &str| {
            found
                .get(&(owner.to_owned(), name.to_owned()))
                .map(|entry| entry.signature_without_arguments.as_str())
        };
        assert_eq!(text("Quote", "field rates"), Some("rates:std::collections::BTreeMap<String,Vec<Price>>"));
        assert_eq!(text("Quote", "fn new"), Some("fnnew()->Self"));
        let new = &found[&(String::from("Quote"), String::from("fn new"))];
        assert_eq!(
            (&new.argument_names[..], &new.argument_types[..]),
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
        assert!(found[&(String::from("Quote"), String::from("struct"))].is_non_exhaustive);
        assert!(found[&(String::from("Kind"), String::from("enum"))].is_exhaustive_enum);
        assert_eq!(found.len(), 13);
    }
}
