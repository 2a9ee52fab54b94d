//! Prints a generated file item by item, because the syntax tree of a whole file would take two kilobytes of memory for
//! each line.

use proc_macro2::TokenStream;
use syn::{File, Item};

use super::{insert_blank_lines_between_items, macros, signatures};

/// Prints a generated file item by item, and collects its text and the text of its public signatures.
#[derive(Default)]
pub(super) struct FilePrinter {
    source: String,
    signatures: String,
    /// The names of the private enums that were printed so far. Callers cannot use these enums, so the signatures leave
    /// out their methods.
    hidden_enum_names: Vec<String>,
}

/// A module or an `impl`, whose inner items are printed one by one.
pub(super) struct EnclosingItem {
    /// The function that wraps the tokens of an inner item, such as a method, in the enclosing item, such as an `impl`.
    /// This is needed because a method cannot be printed alone. The lines of the enclosing item are removed afterwards.
    pub(super) item_wrapper: fn(&TokenStream) -> TokenStream,
    /// The number of lines of the enclosing item before the inner items, such as 1 for `impl Client {`.
    pub(super) opening_line_count: usize,
    /// The number of lines of the enclosing item before the inner items, in the text that has only the public
    /// signatures. That text has no imports, so the number may be lower than `opening_line_count`.
    pub(super) signature_opening_line_count: usize,
    /// The number of lines of the enclosing item after the inner items, such as 1 for `}`.
    pub(super) closing_line_count: usize,
}

impl FilePrinter {
    /// Prints items at the top level of the file.
    pub(super) fn print_items(&mut self, tokens: &TokenStream) {
        let file: File = syn::parse_quote! { #tokens };
        for item in file.items {
            self.hidden_enum_names.extend(signatures::find_hidden_enum_name(&item));
            let (source, signatures) = print_item_and_signature(item, &self.hidden_enum_names);
            self.source.push_str(&source);
            self.signatures.push_str(&signatures);
        }
    }

    /// Appends text to the source of the generated file, but not to the list of the file's public signatures.
    pub(super) fn add_text_without_signature(&mut self, text: &str) {
        self.source.push_str(text);
    }

    /// Appends a module or an `impl` with its inner items.
    pub(super) fn add_enclosing_item(&mut self, group: EnclosingItemPrinter) {
        self.source.push_str(&group.source.into_text());
        self.signatures.push_str(&group.signatures.into_text());
    }

    /// Returns the source text of the generated file, and the text of its public signatures.
    pub(super) fn into_source_and_signatures(self) -> (String, String) {
        (
            insert_blank_lines_between_items(&self.source),
            insert_blank_lines_between_items(&self.signatures.replace(" {}\n", ";\n")),
        )
    }
}

/// Prints an item. Returns two texts: the item, and its public signature, which is empty for a private item.
/// `hidden_enum_names` lists private enums, whose methods are left out of the signature.
fn print_item_and_signature(item: Item, hidden_enum_names: &[String]) -> (String, String) {
    let signature = signatures::extract_public_signature(&item, hidden_enum_names);
    let text = |item: Item| {
        let file = File { shebang: None, frontmatter: None, attrs: Vec::new(), items: vec![item] };
        prettyplease::unparse(&file)
    };
    (macros::print_item_with_macros(item, text), signature.map(text).unwrap_or_default())
}

/// Prints a module or an `impl` together with its inner items, one inner item at a time.
pub(super) struct EnclosingItemPrinter {
    enclosing_item: &'static EnclosingItem,
    source: EnclosingItemLines,
    signatures: EnclosingItemLines,
}

impl EnclosingItemPrinter {
    /// Creates a printer for a module or an `impl` that has no inner items yet.
    pub(super) fn new(enclosing_item: &'static EnclosingItem) -> EnclosingItemPrinter {
        let mut group = EnclosingItemPrinter {
            enclosing_item,
            source: EnclosingItemLines::default(),
            signatures: EnclosingItemLines::default(),
        };
        group.print_inner_item(&TokenStream::new());
        group
    }

    /// Creates a printer for an enclosing item (a module or an `impl`), and prints `items` inside the enclosing item.
    pub(super) fn with_printed_items(
        enclosing_item: &'static EnclosingItem,
        items: impl Iterator<Item = TokenStream>,
    ) -> EnclosingItemPrinter {
        let mut group = EnclosingItemPrinter::new(enclosing_item);
        items.for_each(|item| group.print_inner_item(&item));
        group
    }

    /// Prints an inner item, and adds it to the enclosing item, which is a module or an `impl`.
    pub(super) fn print_inner_item(&mut self, tokens: &TokenStream) {
        let tokens = (self.enclosing_item.item_wrapper)(tokens);
        let (source, signatures) = print_item_and_signature(syn::parse_quote! { #tokens }, &[]);
        self.source.add_inner_item_lines(
            &source,
            self.enclosing_item.opening_line_count,
            self.enclosing_item.closing_line_count,
        );
        self.signatures.add_inner_item_lines(
            &signatures,
            self.enclosing_item.signature_opening_line_count,
            self.enclosing_item.closing_line_count,
        );
    }
}

/// The printed lines of an item that contains other items (a module or an `impl`), and of the items in it.
#[derive(Default)]
struct EnclosingItemLines {
    lines: String,
    /// The last lines of the enclosing item, such as `}`. They stand below the inner items.
    closing_lines: String,
    has_opening_lines: bool,
}

impl EnclosingItemLines {
    /// Adds the lines of an inner item. `text` is the enclosing item, printed with only this inner item in it. The
    /// first `opening_line_count` lines and the last `closing_line_count` lines of `text` belong to the enclosing item,
    /// so they are added only for the first inner item. If `text` has no other lines, no inner item is added.
    fn add_inner_item_lines(&mut self, text: &str, opening_line_count: usize, closing_line_count: usize) {
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        let Some(last) =
            lines.len().checked_sub(closing_line_count).filter(|last| *last > opening_line_count)
        else {
            if !self.has_opening_lines {
                self.closing_lines = text.to_owned();
            }
            return;
        };
        if !std::mem::replace(&mut self.has_opening_lines, true) {
            self.lines.extend(lines[..opening_line_count].iter().copied());
            self.closing_lines = lines[last..].concat();
        }
        self.lines.extend(lines[opening_line_count..last].iter().copied());
    }

    fn into_text(self) -> String {
        self.lines + &self.closing_lines
    }
}
