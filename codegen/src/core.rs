//! What progenitor makes of the document that it gets: the models and the requests that the surface stands on.
//!
//! The document that progenitor sees is written from scratch, with the few keys that it is known to handle.

use std::any::Any;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use partner_spec::Diagnostics;
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use progenitor_impl::{GenerationSettings, Generator, InterfaceStyle, TypeImpl};
use schemars_08::schema::SchemaObject;
use serde_json::json;
use syn::{ImplItemFn, Item, ItemStruct, Type};

use crate::rules::generator;
use partner_model::{Model, Shape};

/// The Rust type of decimals, whether the wire has a string or a number.
pub(crate) const DECIMAL: &str = "Decimal";

/// The Rust types of JSON of any shape: any value, any object.
pub(crate) const JSON: &str = "Json";
pub(crate) const JSON_OBJECT: &str = "JsonObject";

/// What progenitor generated, in pieces.
#[derive(Debug, Default)]
pub(crate) struct Core {
    /// The models, by name.
    pub(crate) structs: BTreeMap<String, ItemStruct>,
    /// The requests, by the name of the operation's method.
    pub(crate) methods: BTreeMap<String, ImplItemFn>,
    /// Types that came out although no pass left anything that should become them.
    pub(crate) strays: Vec<String>,
}

fn panic_message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("it panicked").to_owned()
}

/// Has progenitor generate.
pub(crate) fn generate(model: &Model) -> Result<Core, Diagnostics> {
    let document = crate::progenitor::input::document(model);
    let failed = |what: String| Diagnostics::from(generator::refused(&model.location, &what));
    let openapi: openapiv3::OpenAPI = serde_json::from_value(document).map_err(|e| failed(e.to_string()))?;
    let mut generator = Generator::new(&settings(model).map_err(|e| failed(e.to_string()))?);
    // progenitor and typify panic about documents that they do not expect. None of them should get here, and if one
    // does, that is a finding like any other.
    let tokens = catch_unwind(AssertUnwindSafe(|| generator.generate_tokens(&openapi)))
        .map_err(|panic| failed(panic_message(&*panic)))?
        .map_err(|error| failed(error.to_string()))?;
    // What comes next needs as much memory again.
    drop((openapi, generator));
    let mut core = take_apart(tokens).map_err(|e| failed(e.to_string()))?;
    for name in open_records(model) {
        let ident = crate::ident::ident(name);
        core.structs.insert(
            name.clone(),
            syn::parse_quote! {
                #[derive(Default)]
                pub struct #ident {
                    #[serde(flatten)]
                    pub extra: partner_runtime::JsonObject,
                }
            },
        );
    }
    Ok(core)
}

/// The objects of which nothing is known: typify would make each a wrapper of a map.
fn open_records(model: &Model) -> impl Iterator<Item = &String> {
    model.types.iter().filter(|(_, definition)| definition.is_open_record()).map(|(name, _)| name)
}

fn settings(model: &Model) -> Result<GenerationSettings, serde_json::Error> {
    let mut settings = GenerationSettings::new();
    settings.with_interface(InterfaceStyle::Positional).with_map_type("::std::collections::BTreeMap");
    for form in ["string", "number"] {
        let schema: SchemaObject = serde_json::from_value(json!({ "type": form, "format": "decimal" }))?;
        settings.with_conversion(schema, DECIMAL, [TypeImpl::Display, TypeImpl::FromStr].into_iter());
    }
    for (name, definition) in &model.types {
        match &definition.shape {
            Shape::Enum(_) => {
                settings.with_replacement(name, name, [TypeImpl::Display, TypeImpl::FromStr].into_iter());
            }
            Shape::Union(_) => drop(settings.with_replacement(name, name, std::iter::empty())),
            Shape::Object(_) => {}
        }
    }
    for name in open_records(model) {
        settings.with_replacement(name, name, std::iter::empty());
    }
    Ok(settings)
}

/// Sorts what progenitor wrote into what the emitters need: types and methods, one by one. The rest is never parsed, and
/// the tokens of what was parsed are gone.
fn take_apart(tokens: TokenStream) -> syn::Result<Core> {
    let mut core = Core::default();
    let mut before: [Option<String>; 2] = [None, None];
    for token in tokens {
        match token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                match before.each_ref().map(Option::as_deref) {
                    [Some("mod"), Some("types")] => take_types(group.stream(), &mut core)?,
                    [Some("impl"), Some("Client")] => take_methods(group.stream(), &mut core)?,
                    _ => {}
                }
            }
            TokenTree::Ident(ident) => {
                before.rotate_left(1);
                before[1] = Some(ident.to_string());
            }
            _ => {}
        }
    }
    Ok(core)
}

fn take_types(tokens: TokenStream, core: &mut Core) -> syn::Result<()> {
    // Conversions of types, and typify's `error` and `defaults` modules, are nothing that we need.
    for tokens in pieces(tokens, &["struct", "enum"]) {
        let mut item: Item = syn::parse2(tokens)?;
        crate::tidy::tidy_item(&mut item);
        crate::any_json::keep_text_in_item(&mut item);
        take_type(item, core);
    }
    Ok(())
}

fn take_methods(tokens: TokenStream, core: &mut Core) -> syn::Result<()> {
    for tokens in pieces(tokens, &["async"]) {
        let mut method: ImplItemFn = syn::parse2(tokens)?;
        crate::tidy::tidy_method(&mut method);
        crate::any_json::keep_text_in_method(&mut method);
        core.methods.insert(method.sig.ident.to_string(), method);
    }
    Ok(())
}

/// The items of a stream, each up to its braces or semicolon, that have one of these words outside of any brackets.
fn pieces(tokens: TokenStream, words: &[&str]) -> impl Iterator<Item = TokenStream> {
    let mut tokens = tokens.into_iter();
    std::iter::from_fn(move || {
        let mut piece = Vec::new();
        for token in tokens.by_ref() {
            let is_end = match &token {
                TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
                TokenTree::Punct(punct) => punct.as_char() == ';',
                _ => false,
            };
            piece.push(token);
            if is_end {
                break;
            }
        }
        (!piece.is_empty()).then_some(piece)
    })
    .filter(|piece| {
        piece
            .iter()
            .any(|token| matches!(token, TokenTree::Ident(ident) if words.iter().any(|word| ident == word)))
    })
    .map(|piece| piece.into_iter().collect())
}

fn take_type(item: Item, core: &mut Core) {
    match item {
        Item::Struct(item) if !matches!(item.fields, syn::Fields::Named(_)) => {
            core.strays.push(item.ident.to_string())
        }
        Item::Struct(item) => {
            core.structs.insert(item.ident.to_string(), item);
        }
        Item::Enum(item) => core.strays.push(item.ident.to_string()),
        _ => {}
    }
}

/// The type that a method of the core returns on success.
pub(crate) fn success_type(method: &ImplItemFn) -> Option<Type> {
    let syn::ReturnType::Type(_, result) = &method.sig.output else { return None };
    let value = first_argument(result)?;
    first_argument(&value)
}

/// `T` of `X<T, ...>`.
pub(crate) fn first_argument(of: &Type) -> Option<Type> {
    let Type::Path(path) = of else { return None };
    let syn::PathArguments::AngleBracketed(arguments) = &path.path.segments.last()?.arguments else {
        return None;
    };
    match arguments.args.first()? {
        syn::GenericArgument::Type(inner) => Some(inner.clone()),
        _ => None,
    }
}
