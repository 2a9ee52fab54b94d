//! Requests: what progenitor generated for an operation, up to where the request is made.
//!
//! What follows there would send it once and read the answer without a limit; the runtime does both. The header
//! `api-version`, which progenitor sends with every request, is left out. Its address is put together from the server's,
//! which was taken apart when the client was built, and not out of a text that has to be taken apart for each request.

use quote::{ToTokens, quote};
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::{Expr, ExprLit, ImplItemFn, Lit, LitStr, Macro, Pat, Stmt, Token};

/// The header that no vendor asked for.
pub(crate) const VERSION_HEADER: &str = "api-version";

/// Where progenitor has the server's address as a text.
pub(crate) const BASE_URL: &str = "baseurl";

/// The variable that progenitor collects headers in.
const HEADERS: &str = "header_map";

/// The method that makes the request of an operation. It is what progenitor wrote when that is not what it is known to
/// write, which the post-condition `requests` reports.
pub(super) fn emit(method: &ImplItemFn) -> ImplItemFn {
    let mut method = method.clone();
    method.attrs.clear();
    let Some((before, made)) = parts(&method) else { return method };
    let mut before: Vec<Stmt> = before.iter().filter(|stmt| !sets_version(stmt)).map(put_together).collect();
    let mut made = made.clone();
    // An operation without headers of its own is left with their declaration.
    if before.iter().filter(|stmt| mentions(stmt, HEADERS)).count() == 1 {
        before.retain(|stmt| !mentions(stmt, HEADERS));
        made = without_headers(made);
    }
    method.sig.asyncness = None;
    method.sig.output = syn::parse_quote! { -> Result<reqwest::Request, Error<()>> };
    method.block = syn::parse_quote! { { #( #before )* Ok(#made) } };
    method
}

/// The statements before the one that makes the request, and what it is made by.
fn parts(method: &ImplItemFn) -> Option<(&[Stmt], &Expr)> {
    let statements = &method.block.stmts;
    let at = statements.iter().position(|stmt| declared(stmt).is_some_and(|(name, _)| name == "request"))?;
    let (_, made) = declared(statements.get(at)?)?;
    Some((statements.get(..at)?, made))
}

/// The name of a variable and what it is set to.
fn declared(stmt: &Stmt) -> Option<(String, &Expr)> {
    match stmt {
        Stmt::Local(local) => match (&local.pat, &local.init) {
            (Pat::Ident(pat), Some(init)) => Some((pat.ident.to_string(), &init.expr)),
            _ => None,
        },
        _ => None,
    }
}

/// `let url = format!("{}/v1/users/{}", self.baseurl, ...)` with `self.at(format_args!("/v1/users/{}", ...))`. What looks
/// different stays what it is, which the post-condition `requests` reports.
fn put_together(stmt: &Stmt) -> Stmt {
    let path = match declared(stmt) {
        Some((name, Expr::Macro(format))) if name == "url" => path_of(&format.mac),
        _ => None,
    };
    match path {
        Some((path, values)) => {
            syn::parse_quote! { let url = self.at(format_args!(#path #(, #values)*)); }
        }
        None => stmt.clone(),
    }
}

fn path_of(format: &Macro) -> Option<(LitStr, Vec<Expr>)> {
    let arguments = Punctuated::<Expr, Token![,]>::parse_terminated.parse2(format.tokens.clone()).ok()?;
    let mut arguments = arguments.into_iter();
    let Expr::Lit(ExprLit { lit: Lit::Str(template), .. }) = arguments.next()? else { return None };
    let path = LitStr::new(template.value().strip_prefix("{}")?, template.span());
    mentions(&arguments.next()?, BASE_URL).then(|| (path, arguments.collect()))
}

fn sets_version(stmt: &Stmt) -> bool {
    matches!(stmt, Stmt::Expr(Expr::MethodCall(call), _) if call.method == "append")
        && mentions(stmt, &format!("{VERSION_HEADER:?}"))
}

fn mentions(tokens: &impl ToTokens, word: &str) -> bool {
    quote! { #tokens }.to_string().contains(word)
}

/// A chain of method calls without `.headers(header_map)`.
fn without_headers(made: Expr) -> Expr {
    match made {
        Expr::Try(mut expr) => {
            expr.expr = Box::new(without_headers(*expr.expr));
            Expr::Try(expr)
        }
        Expr::MethodCall(call) if call.method == "headers" && mentions(&call.args, HEADERS) => *call.receiver,
        Expr::MethodCall(mut call) => {
            call.receiver = Box::new(without_headers(*call.receiver));
            Expr::MethodCall(call)
        }
        other => other,
    }
}
