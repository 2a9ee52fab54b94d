//! Printing a page while it is made: its syntax tree as a whole would take two kilobytes for each line.

use proc_macro2::TokenStream;
use syn::{File, Item};

use super::{macros, signatures, spaced};

/// The text of a file, and that of its public signatures.
#[derive(Default)]
pub(super) struct Printed {
    source: String,
    signatures: String,
    /// The types so far that callers cannot name.
    hidden: Vec<String>,
}

/// Something around parts that are printed one by one.
pub(super) struct Around {
    /// What is around a part.
    pub(super) tokens: fn(&TokenStream) -> TokenStream,
    /// How many lines come before the parts, how many before their signatures, and how many after them.
    pub(super) before: usize,
    pub(super) before_signatures: usize,
    pub(super) after: usize,
}

impl Printed {
    /// Prints items.
    pub(super) fn items(&mut self, tokens: &TokenStream) {
        let file: File = syn::parse_quote! { #tokens };
        for item in file.items {
            self.hidden.extend(signatures::hidden_type(&item));
            let (source, signatures) = print(item, &self.hidden);
            self.source.push_str(&source);
            self.signatures.push_str(&signatures);
        }
    }

    /// Adds source that is already text, and that has no public signature.
    pub(super) fn text(&mut self, text: &str) {
        self.source.push_str(text);
    }

    /// Adds what was printed within something.
    pub(super) fn add(&mut self, group: Group) {
        self.source.push_str(&group.source.finish());
        self.signatures.push_str(&group.signatures.finish());
    }

    /// The text of the file, and that of its signatures.
    pub(super) fn finish(self) -> (String, String) {
        (spaced(&self.source), spaced(&self.signatures.replace(" {}\n", ";\n")))
    }
}

/// An item as text, and its signature.
fn print(item: Item, hidden: &[String]) -> (String, String) {
    let signature = signatures::of(&item, hidden);
    let text = |item: Item| {
        let file = File { shebang: None, frontmatter: None, attrs: Vec::new(), items: vec![item] };
        prettyplease::unparse(&file)
    };
    (macros::formatted(item, text), signature.map(text).unwrap_or_default())
}

/// Parts that are printed one by one within something.
pub(super) struct Group {
    around: &'static Around,
    source: Parts,
    signatures: Parts,
}

impl Group {
    /// Nothing within something.
    pub(super) fn new(around: &'static Around) -> Group {
        let mut group = Group { around, source: Parts::default(), signatures: Parts::default() };
        group.part(&TokenStream::new());
        group
    }

    /// The same with parts in it.
    pub(super) fn of(around: &'static Around, parts: impl Iterator<Item = TokenStream>) -> Group {
        let mut group = Group::new(around);
        parts.for_each(|part| group.part(&part));
        group
    }

    /// Adds a part.
    pub(super) fn part(&mut self, tokens: &TokenStream) {
        let tokens = (self.around.tokens)(tokens);
        let (source, signatures) = print(syn::parse_quote! { #tokens }, &[]);
        self.source.add(&source, self.around.before, self.around.after);
        self.signatures.add(&signatures, self.around.before_signatures, self.around.after);
    }
}

/// The lines of parts, and those around them.
#[derive(Default)]
struct Parts {
    lines: String,
    /// What comes after the last part.
    end: String,
    is_open: bool,
}

impl Parts {
    /// Adds the lines of a part, and those before it when it is the first. Something without a part is one line.
    fn add(&mut self, text: &str, before: usize, after: usize) {
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        let Some(last) = lines.len().checked_sub(after).filter(|last| *last > before) else {
            if !self.is_open {
                self.end = text.to_owned();
            }
            return;
        };
        if !std::mem::replace(&mut self.is_open, true) {
            self.lines.extend(lines[..before].iter().copied());
            self.end = lines[last..].concat();
        }
        self.lines.extend(lines[before..last].iter().copied());
    }

    fn finish(self) -> String {
        self.lines + &self.end
    }
}
