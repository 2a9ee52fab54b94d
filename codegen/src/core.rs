//! What progenitor makes of the lowered document: the models and the requests that the surface stands on.
//!
//! The document that progenitor sees is written here from scratch, with the few keys that it is known to handle.
//! Whatever else is still in a schema at this point is a construct that no pass lowered, and is reported.

use std::any::Any;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use partner_spec::{Diagnostic, Diagnostics, Node, Value};
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use progenitor_impl::{GenerationSettings, Generator, InterfaceStyle, TypeImpl};
use schemars_08::schema::SchemaObject;
use serde_json::json;
use syn::{ImplItemFn, Item, ItemStruct, Type};

use partner_model::api::{Api, MediaKind, Operation, Place, Schema, Success, SuccessBody};
use partner_model::lower::is_annotated_reference;

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
pub(crate) fn generate(api: &Api) -> Result<Core, Diagnostics> {
    let mut found = Diagnostics::new();
    if let Some(too_much) = crate::cost::check(api) {
        return Err(too_much.into());
    }
    let document = document(api, &mut found);
    let document = found.into_result(document)?;
    let failed = |what: String| {
        Diagnostics::from(
            Diagnostic::error(
                "generator",
                &api.location,
                format!("the generator refused the document: {what}"),
            )
            .help("this should have been found earlier, with a better place; please report it"),
        )
    };
    let openapi: openapiv3::OpenAPI = serde_json::from_value(document).map_err(|e| failed(e.to_string()))?;
    let mut generator = Generator::new(&settings(api).map_err(|e| failed(e.to_string()))?);
    // progenitor and typify panic about documents that they do not expect. None of them should get here, and if one
    // does, that is a finding like any other.
    let tokens = catch_unwind(AssertUnwindSafe(|| generator.generate_tokens(&openapi)))
        .map_err(|panic| failed(panic_message(&*panic)))?
        .map_err(|error| failed(error.to_string()))?;
    // What comes next needs as much memory again.
    drop((openapi, generator));
    let mut core = take_apart(tokens).map_err(|e| failed(e.to_string()))?;
    for name in open_records(api) {
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
fn open_records(api: &Api) -> impl Iterator<Item = &String> {
    api.schemas.iter().filter(|(_, schema)| schema.is_open_record()).map(|(name, _)| name)
}

fn settings(api: &Api) -> Result<GenerationSettings, serde_json::Error> {
    let mut settings = GenerationSettings::new();
    settings.with_interface(InterfaceStyle::Positional).with_map_type("::std::collections::BTreeMap");
    for of in ["string", "number"] {
        let schema: SchemaObject = serde_json::from_value(json!({ "type": of, "format": "decimal" }))?;
        settings.with_conversion(schema, DECIMAL, [TypeImpl::Display, TypeImpl::FromStr].into_iter());
    }
    for name in api.enums.keys() {
        settings.with_replacement(name, name, [TypeImpl::Display, TypeImpl::FromStr].into_iter());
    }
    for name in api.unions.keys().chain(open_records(api)) {
        settings.with_replacement(name, name, std::iter::empty());
    }
    Ok(settings)
}

fn document(api: &Api, found: &mut Diagnostics) -> serde_json::Value {
    let mut paths = serde_json::Map::new();
    for operation in &api.operations {
        let item = paths.entry(operation.path.clone()).or_insert_with(|| json!({}));
        item[operation.method.as_str()] = operation_object(operation, found);
    }
    let schemas: serde_json::Map<String, serde_json::Value> = api
        .schemas
        .iter()
        .map(|(name, schema)| (name.clone(), component(name, &schema.node, api, found)))
        .collect();
    json!({
        "openapi": "3.0.3",
        "info": { "title": api.title, "version": api.version },
        "paths": paths,
        "components": { "schemas": schemas },
    })
}

/// A component that is replaced by a type of ours only has to be there.
fn component(name: &str, node: &Node, api: &Api, found: &mut Diagnostics) -> serde_json::Value {
    if api.enums.contains_key(name) {
        return json!({ "type": "string" });
    }
    let open_record = api.schemas.get(name).is_some_and(Schema::is_open_record);
    if api.unions.contains_key(name) || open_record {
        return json!({ "type": "object" });
    }
    schema(node, found)
}

fn operation_object(operation: &Operation, found: &mut Diagnostics) -> serde_json::Value {
    let parameters: Vec<serde_json::Value> = operation
        .parameters
        .iter()
        .map(|parameter| {
            let place = match parameter.place {
                Place::Path => "path",
                Place::Query => "query",
                Place::Header => "header",
            };
            let schema =
                if parameter.joined { json!({ "type": "string" }) } else { schema(&parameter.schema, found) };
            json!({ "name": parameter.name, "in": place, "required": parameter.required, "schema": schema })
        })
        .collect();
    let mut object = json!({ "operationId": operation.id, "parameters": parameters });
    if operation.core_sends_body()
        && let Some(media) = operation.body.iter().flat_map(|b| &b.media).find(|m| m.kind == MediaKind::Json)
    {
        let content = json!({ "application/json": { "schema": schema(&media.schema, found) } });
        object["requestBody"] = json!({ "required": true, "content": content });
    }
    let content = match &operation.success {
        Some(Success::Same(SuccessBody::Json(node))) => {
            json!({ "application/json": { "schema": schema(node, found) } })
        }
        Some(Success::Same(SuccessBody::Any)) => json!({ "application/json": { "schema": {} } }),
        Some(Success::Same(SuccessBody::Empty)) | None => json!({}),
        Some(Success::Same(SuccessBody::Text | SuccessBody::Bytes) | Success::ByStatus { .. }) => {
            json!({ "*/*": {} })
        }
    };
    let responses: serde_json::Map<String, serde_json::Value> = operation
        .success_statuses()
        .map(|status| (status.to_owned(), json!({ "description": "", "content": content })))
        .collect();
    object["responses"] = responses.into();
    object
}

/// A schema in the few words that typify is known to handle.
fn schema(node: &Node, found: &mut Diagnostics) -> serde_json::Value {
    if let Some(target) = node.ref_target() {
        return json!({ "$ref": target });
    }
    if is_annotated_reference(node) {
        let reference = node.items("allOf").first().and_then(Node::ref_target).unwrap_or_default();
        return match node.flag("nullable") {
            true => json!({ "allOf": [{ "$ref": reference }], "nullable": true }),
            false => json!({ "$ref": reference }),
        };
    }
    let mut object = serde_json::Map::new();
    for entry in node.as_object().into_iter().flat_map(|o| o.iter()) {
        let key = entry.key.as_str();
        match key {
            "type" | "format" | "nullable" => {
                object.insert(key.to_owned(), plain(&entry.node));
            }
            "required" => {
                // Also names that no property declares: those are nothing that a type could have.
                let declared = |name: &Node| {
                    let properties = node.get("properties").and_then(Node::as_object);
                    name.as_str().is_some_and(|name| properties.is_some_and(|p| p.contains(name)))
                };
                let names = entry.node.as_array().unwrap_or(&[]).iter().filter(|n| declared(n));
                object.insert(key.to_owned(), names.map(plain).collect());
            }
            "items" | "additionalProperties" => {
                object.insert(key.to_owned(), schema(&entry.node, found));
            }
            "properties" => {
                let properties = entry.node.as_object().into_iter().flat_map(|o| o.iter());
                let properties = properties.map(|p| (p.key.clone(), schema(&p.node, found)));
                object.insert(key.to_owned(), properties.collect::<serde_json::Map<_, _>>().into());
            }
            "title" | "description" | "example" | "deprecated" | "readOnly" | "writeOnly"
            | "externalDocs" | "xml" => {}
            _ if key.starts_with("x-") => {}
            _ => {
                let message = format!("`{key}` in this place cannot be generated");
                found.push(
                    Diagnostic::error("schema-unsupported", &entry.key_location, message)
                        .help("describe the value without it, or tell what it means in the description"),
                );
            }
        }
    }
    if object.get("type").and_then(serde_json::Value::as_str) == Some("array")
        && !object.contains_key("items")
    {
        let message = "a list without `items` has no type";
        found.push(
            Diagnostic::error("array-without-items", &node.location, message)
                .help("add `items`; `{}` for anything"),
        );
    }
    if object.contains_key("properties") {
        object.entry("type").or_insert_with(|| json!("object"));
    }
    object.into()
}

fn plain(node: &Node) -> serde_json::Value {
    match &node.value {
        Value::String(text) => text.clone().into(),
        Value::Bool(value) => (*value).into(),
        _ => serde_json::Value::Null,
    }
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
