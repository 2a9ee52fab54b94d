//! Takes the code that builds the request of an operation out of the method that progenitor generated for the
//! operation. This code is the beginning of the method, up to the statement that builds the request.
//!
//! The statements after that, which would send the request once and read the response without a limit, are left out,
//! because the runtime does both. The header `api-version`, which progenitor sends with every request, is left out as
//! well. The URL is built from the server's URL, which was parsed when the client was built, so that no text has to be
//! parsed for each request.
//!
//! A method is read statement by statement, each by its position and its syntax tree. A method with any other statement
//! is refused.

use partner_model::names::to_snake_case_name;
use partner_model::{Operation, ParameterPlace};
use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::{Block, Expr, ExprLit, ExprMethodCall, FnArg, ImplItemFn, Lit, LitStr, Pat, Stmt, Token, Type};

use super::input::find_runtime_body_reason;
use super::value::ValueType;
use crate::ident::create_ident;

/// The code that builds the request of an operation, taken from progenitor's output.
pub(crate) struct GeneratedRequestCode {
    /// The function that builds the request. It is a method of the type `Client` that [`emit_core_module`] emits.
    pub(crate) request_function: ImplItemFn,
    /// An expression that calls `request_function`. It passes a variable for each parameter of the operation, and the
    /// variable `body` if the function writes a body.
    pub(crate) call_expression: TokenStream,
}

/// Emits the module `core` with the type `Client`, whose methods build the requests.
pub(crate) fn emit_core_module() -> TokenStream {
    quote! {
        #[allow(clippy::all, unreachable_pub, unused_imports)]
        mod core {
            pub(super) mod prelude {
                pub(crate) use partner_runtime::plumbing::{RequestBuildResult, encode_path};
            }

            /// Builds the requests of the operations.
            pub struct Client<'a> {
                call: &'a partner_runtime::plumbing::RequestContext,
                pub(super) client: &'a partner_runtime::reqwest::Client,
            }

            impl<'a> Client<'a> {
                pub(super) fn for_call(call: &'a partner_runtime::plumbing::RequestContext) -> Self {
                    Self { call, client: call.http_client() }
                }

                /// Returns the URL of a path on the server.
                pub(super) fn build_url(&self, path: std::fmt::Arguments<'_>) -> partner_runtime::reqwest::Url {
                    self.call.build_url(path)
                }
            }
        }
    }
}

impl GeneratedRequestCode {
    /// Reads the request from a method of progenitor's client; `None` if the method does not look like the methods that
    /// progenitor is known to generate.
    pub(super) fn from_method(mut method: ImplItemFn, operation: &Operation) -> Option<GeneratedRequestCode> {
        let arguments: Vec<(Ident, Type)> = list_typed_arguments(&method)?;
        let writes_body = operation.body.is_some() && find_runtime_body_reason(operation).is_none();
        if arguments.len() != operation.parameters.len() + usize::from(writes_body) {
            return None;
        }
        let passed = arguments.iter().map(|(name, ty)| emit_argument_expression(name, ty, operation));
        let (name, passed) = (&method.sig.ident, passed.collect::<Option<Vec<_>>>()?);
        let call_expression = quote! { #name(#( #passed ),*) };
        let header_parameter_count =
            operation.parameters.iter().filter(|parameter| parameter.place == ParameterPlace::Header).count();
        method.block.stmts = extract_request_statements(&method.block.stmts, header_parameter_count)?;
        method.attrs.clear();
        method.sig.asyncness = None;
        method.sig.output = syn::parse_quote! { -> RequestBuildResult };
        Some(GeneratedRequestCode { request_function: method, call_expression })
    }
}

/// Returns the names and types of a method's arguments, without `self`.
fn list_typed_arguments(method: &ImplItemFn) -> Option<Vec<(Ident, Type)>> {
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

/// Emits the expression that is passed as the argument `name` to progenitor's method. For an argument with the name
/// `id`, the expression is `&id` if the argument's type is a reference, `id.as_ref()` or `id.as_deref()` if the type is
/// an optional reference, and `id` for all other types. Returns `None` if the operation has neither a parameter nor a
/// body of this name.
fn emit_argument_expression(name: &Ident, ty: &Type, operation: &Operation) -> Option<TokenStream> {
    let parameter =
        operation.parameters.iter().find(|parameter| *name == to_snake_case_name(&parameter.name));
    let name = &parameter.map_or_else(|| name.clone(), |parameter| create_ident(&parameter.rust_name));
    if parameter.is_none() && name != "body" {
        return None;
    }
    let ValueType { ty, optional, .. } = ValueType::from_type(ty.clone());
    Some(match (optional, ty) {
        (false, Type::Reference(_)) => quote! { &#name },
        (true, Type::Reference(inner)) => match &*inner.elem {
            Type::Path(inner) if inner.path.is_ident("str") => quote! { #name.as_deref() },
            _ => quote! { #name.as_ref() },
        },
        _ => quote! { #name },
    })
}

/// Returns the statements that build the request. `statements` are all statements of a method that progenitor
/// generated, and `header_parameter_count` is the number of the operation's header parameters. The last returned
/// statement is an expression whose value is the request. Returns `None` if the method is not written as expected.
fn extract_request_statements(statements: &[Stmt], header_parameter_count: usize) -> Option<Vec<Stmt>> {
    let [address, declaration, version, rest @ ..] = statements else { return None };
    let (own, rest) = rest.split_at_checked(header_parameter_count)?;
    let capacity = header_parameter_count + 1;
    let known: [Stmt; 2] = [
        syn::parse_quote! { let mut header_map = reqwest::header::HeaderMap::with_capacity(#capacity); },
        syn::parse_quote! {
            header_map.append(
                reqwest::header::HeaderName::from_static("api-version"),
                reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        },
    ];
    let address = convert_url_statement(address)?;
    let (_, Expr::Try(request)) = as_let_binding(rest.first()?)? else { return None };
    let with_headers = as_method_call(&as_method_call(&request.expr, "build")?.receiver, "headers")?;
    let begun = &with_headers.receiver;
    let is_known = known.iter().eq([declaration, version])
        && with_headers.args == syn::parse_quote! { header_map }
        && only_builds_request(begun);
    let block: Block = match header_parameter_count {
        0 => syn::parse_quote! {{ #address Ok(#begun.build()?) }},
        _ => syn::parse_quote! {{ #address #declaration #( #own )* Ok(#request) }},
    };
    is_known.then_some(block.stmts)
}

/// Returns the name of the variable and the value if the statement is a `let`; otherwise `None`.
fn as_let_binding(statement: &Stmt) -> Option<(&Ident, &Expr)> {
    match statement {
        Stmt::Local(local) => match (&local.pat, &local.init) {
            (Pat::Ident(pat), Some(init)) => Some((&pat.ident, &init.expr)),
            _ => None,
        },
        _ => None,
    }
}

/// Converts `let url = format!("{}/v1/users/{}", self.baseurl, ...)` to `let url =
/// self.build_url(format_args!("/v1/users/{}", ...))`.
fn convert_url_statement(statement: &Stmt) -> Option<Stmt> {
    let (name, Expr::Macro(format)) = as_let_binding(statement)? else { return None };
    let arguments = Punctuated::<Expr, Token![,]>::parse_terminated.parse2(format.mac.tokens.clone()).ok()?;
    let mut arguments = arguments.into_iter();
    let Expr::Lit(ExprLit { lit: Lit::Str(template), .. }) = arguments.next()? else { return None };
    let path = LitStr::new(template.value().strip_prefix("{}")?, template.span());
    let is_server =
        arguments.next()? == syn::parse_quote! { self.baseurl } && format.mac.path.is_ident("format");
    is_server.then(|| syn::parse_quote! { let #name = self.build_url(format_args!(#path #(, #arguments)*)); })
}

fn as_method_call<'a>(expr: &'a Expr, name: &str) -> Option<&'a ExprMethodCall> {
    match expr {
        Expr::MethodCall(call) if call.method == name => Some(call),
        _ => None,
    }
}

/// Whether an expression only builds a request: it starts the request, like `self.client.get(url)`, and adds at most
/// headers, a query and a JSON body to it.
fn only_builds_request(expr: &Expr) -> bool {
    let Expr::MethodCall(call) = expr else { return false };
    let adds = ["header", "query", "json"].iter().any(|name| call.method == name);
    if adds {
        only_builds_request(&call.receiver)
    } else {
        *call.receiver == syn::parse_quote! { self.client }
    }
}
