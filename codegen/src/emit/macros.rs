//! Macro calls, formatted: the printer of syntax trees leaves the tokens of a macro as they are, since it cannot know what
//! they mean.

use proc_macro2::{Delimiter, TokenTree};
use quote::ToTokens;
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, ExprCall, Item, ItemMacro, Path, Token};

use crate::ident::ident;

/// A letter that looks like an exclamation mark, and ends the name of a macro while its call is printed as that of a
/// function.
const MARK: char = '\u{1C3}';

/// Prints a syntax tree with `print`, and formats the arguments of the macros in it.
pub(super) fn formatted(mut item: Item, print: impl FnOnce(Item) -> String) -> String {
    if let Item::Macro(found) = &item
        && let Some(text) = table(found)
    {
        return text;
    }
    let mut calls = Calls(false);
    calls.visit_item_mut(&mut item);
    let text = print(item);
    if calls.0 { text.replace(&format!("{MARK}("), "!(") } else { text }
}

/// Makes calls of macros with expressions as arguments calls of functions with a marked name.
struct Calls(bool);

impl VisitMut for Calls {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        if let Expr::Macro(call) = expr
            && let Ok(args) = Punctuated::<Expr, Token![,]>::parse_terminated.parse2(call.mac.tokens.clone())
        {
            let name = ident(&format!("{}{MARK}", call.mac.path.to_token_stream()));
            let function: Path = name.into();
            *expr = Expr::Call(ExprCall { args, ..syn::parse_quote! { #function() } });
            self.0 = true;
        }
        visit_mut::visit_expr_mut(self, expr);
    }
}

/// The text of `path!(Name { entry, entry });`, with a line for each entry.
fn table(found: &ItemMacro) -> Option<String> {
    let tokens: Vec<TokenTree> = found.mac.tokens.clone().into_iter().collect();
    let [TokenTree::Ident(name), TokenTree::Group(entries)] = tokens.as_slice() else { return None };
    let path = found.mac.path.to_token_stream().to_string().replace(' ', "");
    let mut lines = Vec::new();
    let mut line = String::new();
    for token in entries.stream() {
        match token {
            TokenTree::Punct(end) if matches!(end.as_char(), ',' | ';') => {
                line.push(end.as_char());
                lines.push(std::mem::take(&mut line));
            }
            token => push(&mut line, &token),
        }
    }
    lines.extend(Some(line).filter(|line| !line.is_empty()));
    let lines: String = lines.into_iter().map(|line| format!("    {line}\n")).collect();
    (entries.delimiter() == Delimiter::Brace).then(|| format!("{path}!({name} {{\n{lines}}});\n"))
}

/// Adds a token to a line, after a space where a person would write one.
fn push(line: &mut String, token: &TokenTree) {
    let is_close = matches!(token, TokenTree::Punct(_)) || line.is_empty() || line.ends_with('.');
    if !is_close {
        line.push(' ');
    }
    line.push_str(&token.to_string());
}
