//! Formats macro calls in generated code, because the printer of syntax trees (prettyplease) does not format the tokens
//! of a macro.

use proc_macro2::{Delimiter, TokenTree};
use quote::ToTokens;
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, ExprCall, Item, ItemMacro, Path, Token};

use crate::ident::create_ident;

/// The letter that replaces the `!` of a macro call, so that the call can be printed like a function call. The letter
/// looks like an exclamation mark. The names in generated code do not contain it otherwise.
const EXCLAMATION_MARK_SUBSTITUTE: char = '\u{1C3}';

/// Prints an item with `print`, and formats the arguments of the macro calls in the item. An item that is a macro call
/// with a list of entries is formatted by [`format_entry_list_macro`] instead.
pub(super) fn print_item_with_macros(mut item: Item, print: impl FnOnce(Item) -> String) -> String {
    if let Item::Macro(macro_item) = &item
        && let Some(text) = format_entry_list_macro(macro_item)
    {
        return text;
    }
    let mut calls = MacroCallReplacer(false);
    calls.visit_item_mut(&mut item);
    let text = print(item);
    if calls.0 { text.replace(&format!("{EXCLAMATION_MARK_SUBSTITUTE}("), "!(") } else { text }
}

/// Replaces macro calls by function calls if their arguments are expressions, so that the printer formats the
/// arguments. The names of these functions end with `EXCLAMATION_MARK_SUBSTITUTE`. The `bool` becomes true when a macro
/// call is replaced.
struct MacroCallReplacer(bool);

impl VisitMut for MacroCallReplacer {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        if let Expr::Macro(call) = expr
            && let Ok(args) = Punctuated::<Expr, Token![,]>::parse_terminated.parse2(call.mac.tokens.clone())
        {
            let name =
                create_ident(&format!("{}{EXCLAMATION_MARK_SUBSTITUTE}", call.mac.path.to_token_stream()));
            let function: Path = name.into();
            *expr = Expr::Call(ExprCall { args, ..syn::parse_quote! { #function() } });
            self.0 = true;
        }
        visit_mut::visit_expr_mut(self, expr);
    }
}

/// Formats a macro item with a list of entries, like `path!(Name { entry, entry });`, with one entry on each line.
/// Returns `None` if the macro item does not look like this.
fn format_entry_list_macro(macro_item: &ItemMacro) -> Option<String> {
    let tokens: Vec<TokenTree> = macro_item.mac.tokens.clone().into_iter().collect();
    let [TokenTree::Ident(name), TokenTree::Group(entries)] = tokens.as_slice() else { return None };
    let path = macro_item.mac.path.to_token_stream().to_string().replace(' ', "");
    let mut lines = Vec::new();
    let mut line = String::new();
    for token in entries.stream() {
        match token {
            TokenTree::Punct(end) if matches!(end.as_char(), ',' | ';') => {
                line.push(end.as_char());
                lines.push(std::mem::take(&mut line));
            }
            token => push_token(&mut line, &token),
        }
    }
    lines.extend(Some(line).filter(|line| !line.is_empty()));
    let lines: String = lines.into_iter().map(|line| format!("    {line}\n")).collect();
    (entries.delimiter() == Delimiter::Brace).then(|| format!("{path}!({name} {{\n{lines}}});\n"))
}

/// Appends a token to a line, with a space before the token. No space is added before punctuation, after a dot, or at
/// the start of the line.
fn push_token(line: &mut String, token: &TokenTree) {
    let is_close = matches!(token, TokenTree::Punct(_)) || line.is_empty() || line.ends_with('.');
    if !is_close {
        line.push(' ');
    }
    line.push_str(&token.to_string());
}
