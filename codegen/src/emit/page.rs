//! One docs page: its types, its calls, its part of the operation table and of the core.

use std::collections::{BTreeMap, BTreeSet};

use quote::quote;
use syn::File;

use super::{Pages, call, model, open_enum, outcome, request, table, union};
use crate::api::{Api, Operation, Success, ref_name, visit};
use crate::core::Core;
use crate::names::ident;

/// What belongs to one docs page.
#[derive(Default)]
pub(super) struct Page {
    operations: Vec<usize>,
    types: BTreeSet<String>,
}

impl Page {
    /// The names of the operation table's entries.
    pub(super) fn operations<'a>(&'a self, api: &'a Api) -> impl Iterator<Item = &'a Operation> + 'a {
        self.operations.iter().filter_map(|index| api.operations.get(*index))
    }
}

/// Decides what goes where: an operation to the file that describes it, a type to the page that uses it, or, when
/// several do or none does, to the file of its schema.
pub(super) fn assign(api: &Api) -> Pages {
    let mut pages = Pages::new();
    let mut users: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (index, operation) in api.operations.iter().enumerate() {
        pages.entry(operation.module.clone()).or_default().operations.push(index);
        let parameters = operation.parameters.iter().map(|p| &p.schema);
        let bodies = operation.body.iter().flat_map(|b| &b.media).map(|m| &m.schema);
        let answers = operation.responses.iter().filter(|r| r.is_success());
        let answers = answers.flat_map(|r| r.media.iter().filter_map(|(_, schema)| schema.as_ref()));
        for schema in parameters.chain(bodies).chain(answers) {
            reach(schema, api, &operation.module, &mut users);
        }
    }
    for (name, schema) in &api.schemas {
        let module = match users.get(name.as_str()) {
            // What is public by itself stays where it is written, whoever uses it as well.
            Some(modules) if modules.len() == 1 && !schema.public => {
                modules.iter().next().map(|m| (*m).to_owned())
            }
            _ => None,
        };
        let module = module.unwrap_or_else(|| crate::api::module(&schema.node.location));
        pages.entry(module).or_default().types.insert(name.clone());
    }
    pages
}

fn reach<'a>(
    node: &'a partner_spec::Node,
    api: &'a Api,
    module: &'a str,
    users: &mut BTreeMap<&'a str, BTreeSet<&'a str>>,
) {
    let mut names = Vec::new();
    visit(node, &mut |inner| names.extend(ref_name(inner)));
    for name in names {
        if users.entry(name).or_default().insert(module)
            && let Some(schema) = api.schemas.get(name)
        {
            reach(&schema.node, api, module, users);
        }
    }
}

pub(super) fn emit(page: &Page, api: &Api, core: &Core) -> File {
    let mut items = Vec::new();
    for name in &page.types {
        if let Some(of) = api.enums.get(name) {
            items.push(open_enum::emit(name, of, api));
        } else if let Some(of) = api.unions.get(name) {
            items.push(union::emit(name, of));
        } else if let (Some(item), Some(schema)) = (core.structs.get(name), api.schemas.get(name)) {
            items.push(model::emit(item, schema, api));
        }
    }
    for operation in page.operations(api) {
        if let Some(Success::ByStatus { name, variants }) = &operation.success {
            items.push(outcome::emit(operation, name, variants));
        }
    }
    if page.operations.is_empty() {
        return syn::parse_quote! { use super::*; #( #items )* };
    }
    let mut methods = Vec::new();
    let mut calls = Vec::new();
    for emitted in page.operations(api).flat_map(|operation| call::emit(operation, api, core)) {
        methods.push(emitted.method);
        calls.push(emitted.call);
    }
    let entries = page.operations(api).map(table::entry);
    let requests = page.operations(api).filter_map(|o| core.methods.get(&o.name).map(request::emit));
    syn::parse_quote! {
        use super::*;

        #( #items )*

        impl Client {
            #( #methods )*
        }

        pub mod calls {
            use super::*;

            #( #calls )*
        }

        pub(crate) mod operations {
            use crate::operation::*;

            #( #entries )*
        }

        mod requests {
            use super::super::*;
            use super::super::core::prelude::*;

            impl core::Client<'_> {
                #( #requests )*
            }
        }
    }
}

/// The module's identifier.
pub(super) fn module_ident(module: &str) -> proc_macro2::TokenStream {
    let name = ident(module);
    quote! { #name }
}
