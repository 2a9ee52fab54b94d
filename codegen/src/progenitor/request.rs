//! Requests: what progenitor generated for an operation, up to where the request is made.
//!
//! What follows there would send it once and read the response without a limit; the runtime does both. The header
//! `api-version`, which progenitor sends with every request, is left out. The address is put together from the server's,
//! which was taken apart when the client was built, and not out of a text that has to be taken apart for each request.
//!
//! A method is read statement by statement, each by its place and its syntax tree. One that has anything else is none that
//! can be used.

use partner_model::Operation;
use partner_model::names::snake_name;
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::{Expr, ExprLit, ExprMethodCall, FnArg, ImplItemFn, Lit, LitStr, Pat, Stmt, Token, Type};

use super::{Value, written_by_runtime};

/// The request of an operation.
pub(crate) struct Request {
    /// The function that makes it: a method of the client that `client` declares.
    pub(crate) function: ImplItemFn,
    /// A call of the function, given variables that have the names of the operation's parameters, and `body`.
    pub(crate) call: TokenStream,
}

/// The client whose methods are the functions that make requests.
pub(crate) fn client() -> TokenStream {
    quote! {
        #[allow(clippy::all, unreachable_pub, unused_imports)]
        mod core {
            pub(super) mod prelude {
                pub(crate) use partner_runtime::plumbing::{RequestError as Error, encode_path};
            }

            /// What progenitor's requests are made with.
            pub struct Client<'a> {
                call: &'a partner_runtime::plumbing::Call,
                pub(super) client: &'a partner_runtime::reqwest::Client,
            }

            impl<'a> Client<'a> {
                pub(super) fn of(call: &'a partner_runtime::plumbing::Call) -> Self {
                    Self { call, client: call.http() }
                }

                /// The address of a path on the server.
                pub(super) fn at(&self, path: std::fmt::Arguments<'_>) -> partner_runtime::reqwest::Url {
                    self.call.address(path)
                }
            }
        }
    }
}

impl Request {
    /// The request that a method of progenitor's client makes, if it is one that progenitor is known to write.
    pub(super) fn read(mut method: ImplItemFn, operation: &Operation) -> Option<Request> {
        let arguments: Vec<(Ident, Type)> = arguments(&method)?;
        let writes_body = operation.body.is_some() && written_by_runtime(operation).is_none();
        if arguments.len() != operation.parameters.len() + usize::from(writes_body) {
            return None;
        }
        let passed: Option<Vec<TokenStream>> =
            arguments.iter().map(|(name, ty)| passed(name, ty, operation)).collect();
        let (name, passed) = (&method.sig.ident, passed?);
        let call = quote! { #name(#( #passed ),*) };
        let taken: Vec<&Ident> = arguments.iter().map(|(name, _)| name).collect();
        method.block.stmts = statements(std::mem::take(&mut method.block.stmts), &taken)?;
        method.attrs.clear();
        method.sig.asyncness = None;
        method.sig.output = syn::parse_quote! { -> Result<reqwest::Request, Error<()>> };
        Some(Request { function: method, call })
    }
}

/// The arguments of a method, the receiver left out.
fn arguments(method: &ImplItemFn) -> Option<Vec<(Ident, Type)>> {
    let inputs = method.sig.inputs.iter().skip(1);
    let arguments = inputs.map(|input| match input {
        FnArg::Typed(typed) => match &*typed.pat {
            Pat::Ident(pat) => Some((pat.ident.clone(), (*typed.ty).clone())),
            _ => None,
        },
        FnArg::Receiver(_) => None,
    });
    arguments.collect()
}

/// What is passed for an argument, given a variable of its name. Nothing when the operation has no such parameter.
fn passed(name: &Ident, ty: &Type, operation: &Operation) -> Option<TokenStream> {
    let parameter = operation.parameters.iter().find(|parameter| *name == snake_name(&parameter.name));
    if parameter.is_none() && name != "body" {
        return None;
    }
    let Value { ty, optional, .. } = Value::read(ty.clone());
    let joined = parameter.is_some_and(|parameter| parameter.joined);
    Some(match (joined, optional, ty) {
        (true, true, _) => quote! { #name.as_deref().map(partner_runtime::plumbing::join).as_deref() },
        (true, false, _) => quote! { &partner_runtime::plumbing::join(&#name) },
        (false, false, Type::Reference(_)) => quote! { &#name },
        (false, true, Type::Reference(inner)) => match &*inner.elem {
            Type::Path(inner) if inner.path.is_ident("str") => quote! { #name.as_deref() },
            _ => quote! { #name.as_ref() },
        },
        (false, _, _) => quote! { #name },
    })
}

/// The statements that make the request, and the request in the end. `taken` are names that no variable of theirs can have.
fn statements(statements: Vec<Stmt>, taken: &[&Ident]) -> Option<Vec<Stmt>> {
    let mut statements = statements.into_iter();
    let mut made_by = vec![address(&statements.next()?)?];
    let mut declaration = statements.next()?;
    let headers = header_map(&declaration)?;
    let mut version = statements.next()?;
    if !is_version(appended(&mut version, &headers)?) {
        return None;
    }
    // The one variable to which progenitor gives the same name whatever the arguments are called.
    let mut free = headers.clone();
    while taken.contains(&&free) {
        free = format_ident!("_{free}");
    }
    let mut added = Vec::new();
    let mut statement = statements.next()?;
    while let Some(append) = appended(&mut statement, &headers) {
        *append.receiver = syn::parse_quote! { #free };
        added.push(statement);
        statement = statements.next()?;
    }
    let (_, made) = declared(&statement)?;
    let Expr::Try(made) = made else { return None };
    let build = method_call(&made.expr, "build")?;
    let with_headers = method_call(&build.receiver, "headers")?;
    if !matches!(with_headers.args.first()?, Expr::Path(path) if path.path.is_ident(&headers)) {
        return None;
    }
    let begun = &with_headers.receiver;
    if !is_request(begun) {
        return None;
    }
    match added.is_empty() {
        true => made_by.push(Stmt::Expr(syn::parse_quote! { Ok(#begun.build()?) }, None)),
        false => {
            rename(&mut declaration, &free)?;
            made_by.push(declaration);
            made_by.extend(added);
            made_by.push(Stmt::Expr(syn::parse_quote! { Ok(#begun.headers(#free).build()?) }, None));
        }
    }
    Some(made_by)
}

/// The name of a variable and what it is set to.
fn declared(statement: &Stmt) -> Option<(&Ident, &Expr)> {
    match statement {
        Stmt::Local(local) => match (&local.pat, &local.init) {
            (Pat::Ident(pat), Some(init)) => Some((&pat.ident, &init.expr)),
            _ => None,
        },
        _ => None,
    }
}

fn rename(statement: &mut Stmt, name: &Ident) -> Option<()> {
    let Stmt::Local(local) = statement else { return None };
    let Pat::Ident(pat) = &mut local.pat else { return None };
    pat.ident = name.clone();
    Some(())
}

/// `let url = format!("{}/v1/users/{}", self.baseurl, ...)` as `let url = self.at(format_args!("/v1/users/{}", ...))`.
fn address(statement: &Stmt) -> Option<Stmt> {
    let (name, Expr::Macro(format)) = declared(statement)? else { return None };
    let arguments = Punctuated::<Expr, Token![,]>::parse_terminated.parse2(format.mac.tokens.clone()).ok()?;
    let mut arguments = arguments.into_iter();
    let template = literal(&arguments.next()?)?;
    let path = LitStr::new(template.value().strip_prefix("{}")?, template.span());
    let is_server = is_own(&arguments.next()?, "baseurl") && format.mac.path.is_ident("format");
    is_server.then(|| syn::parse_quote! { let #name = self.at(format_args!(#path #(, #arguments)*)); })
}

/// Whether an expression is this field of `self`.
fn is_own(expr: &Expr, name: &str) -> bool {
    match expr {
        Expr::Field(field) => {
            let of_self = matches!(&*field.base, Expr::Path(base) if base.path.is_ident("self"));
            of_self && matches!(&field.member, syn::Member::Named(member) if member == name)
        }
        _ => false,
    }
}

fn literal(expr: &Expr) -> Option<LitStr> {
    match expr {
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.clone()),
        _ => None,
    }
}

/// The name of the variable in which headers are collected, if that is what a statement declares.
fn header_map(statement: &Stmt) -> Option<Ident> {
    let (name, Expr::Call(call)) = declared(statement)? else { return None };
    let Expr::Path(function) = &*call.func else { return None };
    let mut names = function.path.segments.iter().rev().map(|segment| segment.ident.to_string());
    let is_map = names.next()? == "with_capacity" && names.next()? == "HeaderMap";
    is_map.then(|| name.clone())
}

/// `headers.append(...)`, if a statement is that, or nothing but that in an `if let`.
fn appended<'a>(statement: &'a mut Stmt, headers: &Ident) -> Option<&'a mut ExprMethodCall> {
    match statement {
        Stmt::Expr(Expr::MethodCall(call), _) => {
            let on_headers = matches!(&*call.receiver, Expr::Path(path) if path.path.is_ident(headers));
            (on_headers && call.method == "append").then_some(call)
        }
        Stmt::Expr(Expr::If(condition), _) => match condition.then_branch.stmts.as_mut_slice() {
            [only] => appended(only, headers),
            _ => None,
        },
        _ => None,
    }
}

/// Whether the header is progenitor's own. One of the document is a text, and not a `HeaderName`.
fn is_version(append: &ExprMethodCall) -> bool {
    let Some(Expr::Call(name)) = append.args.first() else { return false };
    name.args.first().and_then(literal).is_some_and(|name| name.value() == "api-version")
}

fn method_call<'a>(expr: &'a Expr, name: &str) -> Option<&'a ExprMethodCall> {
    match expr {
        Expr::MethodCall(call) if call.method == name => Some(call),
        _ => None,
    }
}

/// Whether an expression is `self.client.get(url)` with nothing but headers, a query and a JSON body.
fn is_request(expr: &Expr) -> bool {
    let Expr::MethodCall(call) = expr else { return false };
    let adds = ["header", "query", "json"].iter().any(|name| call.method == name);
    if adds { is_request(&call.receiver) } else { is_own(&call.receiver, "client") }
}
