//! What callers see of a generated client: its methods, with their arguments and setters, read from the source.

use std::collections::BTreeMap;

use partner_codegen::GeneratedSource;
use quote::ToTokens;
use syn::{
    FnArg, GenericArgument, ImplItem, ImplItemFn, Item, Pat, PathArguments, ReturnType, Type, TypeParamBound,
};

/// The methods of a client.
pub(crate) struct Surface {
    pub(crate) methods: Vec<Method>,
}

/// A method of the client that calls an operation.
pub(crate) struct Method {
    /// Its name.
    pub(crate) name: String,
    /// The `operationId` of the operation.
    pub(crate) operation: String,
    /// The media type of the request body that it sends.
    pub(crate) content_type: Option<String>,
    /// What has to be given, in order.
    pub(crate) arguments: Vec<Argument>,
    /// What may be set on the call.
    pub(crate) setters: Vec<Argument>,
}

/// An argument of a method or a setter.
#[derive(Clone)]
pub(crate) struct Argument {
    /// Its name in Rust.
    pub(crate) name: String,
    /// Its type, or what it is converted into.
    pub(crate) ty: String,
    /// Whether it is anything that can be converted into the type.
    pub(crate) converted: bool,
}

/// Methods by name, each with the name of the type of its arguments.
type Methods = BTreeMap<String, (Vec<Argument>, String)>;

/// Setters by the name of the type of the arguments that they belong to.
type Setters = BTreeMap<String, Vec<Argument>>;

pub(crate) fn read(generated: &GeneratedSource) -> Result<Surface, String> {
    let (mut methods, mut setters) = (Methods::new(), Setters::new());
    for file in &generated.files {
        let source =
            syn::parse_file(&file.source).map_err(|error| format!("{}: {error}", file.file_name()))?;
        read_items(&source.items, &mut methods, &mut setters);
    }
    let methods = generated.methods.iter().map(|method| {
        let (arguments, arguments_type) = methods
            .remove(&method.name)
            .ok_or_else(|| format!("the client has no method `{}`", method.name))?;
        Ok(Method {
            name: method.name.clone(),
            operation: method.operation_id.clone(),
            content_type: method.body_media_type.clone(),
            arguments,
            setters: setters.remove(&arguments_type).unwrap_or_default(),
        })
    });
    Ok(Surface { methods: methods.collect::<Result<_, String>>()? })
}

fn read_items(items: &[Item], methods: &mut Methods, setters: &mut Setters) {
    for item in items {
        match item {
            Item::Mod(module) => {
                let items = module.content.as_ref().map_or(&[][..], |(_, items)| items);
                read_items(items, methods, setters);
            }
            Item::Impl(block) if block.trait_.is_none() => {
                let functions = block.items.iter().filter_map(|item| match item {
                    ImplItem::Fn(function) => Some(function),
                    _ => None,
                });
                match call_arguments(&block.self_ty) {
                    Some(arguments) => {
                        let found = functions
                            .filter_map(|function| <[Argument; 1]>::try_from(arguments_of(function)).ok());
                        setters.entry(arguments).or_default().extend(found.flatten());
                    }
                    None if last_name(&block.self_ty).as_deref() == Some("Client") => {
                        let found = functions.filter_map(|function| {
                            let ReturnType::Type(_, returned) = &function.sig.output else { return None };
                            let arguments_type = call_arguments(returned)?;
                            Some((function.sig.ident.to_string(), (arguments_of(function), arguments_type)))
                        });
                        methods.extend(found);
                    }
                    None => {}
                }
            }
            _ => {}
        }
    }
}

/// The name of `Arguments` in `crate::Call<calls::Arguments>`.
fn call_arguments(ty: &Type) -> Option<String> {
    let Type::Path(path) = ty else { return None };
    let last = path.path.segments.last()?;
    let PathArguments::AngleBracketed(generic) = &last.arguments else { return None };
    match generic.args.first()? {
        GenericArgument::Type(arguments) if last.ident == "Call" => last_name(arguments),
        _ => None,
    }
}

fn last_name(ty: &Type) -> Option<String> {
    match ty {
        Type::Path(path) => path.path.segments.last().map(|segment| segment.ident.to_string()),
        _ => None,
    }
}

fn arguments_of(function: &ImplItemFn) -> Vec<Argument> {
    let arguments = function.sig.inputs.iter().filter_map(|input| match input {
        FnArg::Typed(typed) => Some(typed),
        FnArg::Receiver(_) => None,
    });
    let argument = |typed: &syn::PatType| {
        let Pat::Ident(name) = &*typed.pat else { return None };
        let target = conversion_target(&typed.ty);
        Some(Argument {
            name: name.ident.to_string(),
            ty: target.unwrap_or(&typed.ty).to_token_stream().to_string(),
            converted: target.is_some(),
        })
    };
    arguments.filter_map(argument).collect()
}

/// `T` in `impl Into<T>`.
fn conversion_target(ty: &Type) -> Option<&Type> {
    let Type::ImplTrait(bounds) = ty else { return None };
    let TypeParamBound::Trait(bound) = bounds.bounds.first()? else { return None };
    match &bound.path.segments.last()?.arguments {
        PathArguments::AngleBracketed(generic) => match generic.args.first()? {
            GenericArgument::Type(target) => Some(target),
            _ => None,
        },
        _ => None,
    }
}
