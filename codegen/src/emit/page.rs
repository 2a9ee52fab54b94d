//! One docs page: its types, its calls, its part of the operation table and of the core.

use std::collections::{BTreeMap, BTreeSet};

use quote::quote;

use super::print::{Around, Group, Printed};
use super::{Pages, call, model, open_enum, outcome, request, table, union};
use crate::core::Core;
use crate::ident::ident;
use partner_model::api::{Api, Operation, Success, ref_name, visit};

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
    let mut users: BTreeMap<&str, Users<'_>> = BTreeMap::new();
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
            Some(Users::One(module)) if !schema.public => Some((*module).to_owned()),
            _ => None,
        };
        let module = module.unwrap_or_else(|| partner_model::api::module(&schema.node.location));
        pages.entry(module).or_default().types.insert(name.clone());
    }
    pages
}

/// The pages that use a type.
#[derive(PartialEq)]
enum Users<'a> {
    One(&'a str),
    Several,
}

/// Adds a page to the users of all types that a schema leads to. What a type with several users leads to has them, too,
/// so nothing is looked at more than twice.
fn reach<'a>(
    node: &'a partner_spec::Node,
    api: &'a Api,
    module: &'a str,
    users: &mut BTreeMap<&'a str, Users<'a>>,
) {
    let mut open = vec![node];
    while let Some(node) = open.pop() {
        visit(node, &mut |inner| {
            let Some(name) = ref_name(inner) else { return };
            let known = match users.get(name) {
                None => Users::One(module),
                Some(Users::One(other)) if *other != module => Users::Several,
                Some(_) => return,
            };
            users.insert(name, known);
            open.extend(api.schemas.get(name).map(|schema| &schema.node));
        });
    }
}

/// Emits the page, part by part.
pub(super) fn emit(page: &Page, api: &Api, core: &Core) -> Printed {
    let mut printed = Printed::default();
    printed.items(&quote! { use super::*; });
    for name in &page.types {
        if let Some(of) = api.enums.get(name) {
            printed.items(&open_enum::emit(name, of, api));
        } else if let Some(of) = api.unions.get(name) {
            printed.items(&union::emit(name, of));
        } else if let (Some(item), Some(schema)) = (core.structs.get(name), api.schemas.get(name)) {
            printed.items(&model::emit(item, schema, api));
        }
    }
    for operation in page.operations(api) {
        if let Some(Success::ByStatus { name, variants }) = &operation.success {
            printed.items(&outcome::emit(operation, name, variants));
        }
    }
    if page.operations.is_empty() {
        return printed;
    }
    let (mut client, mut calls) = (Group::new(&CLIENT), Group::new(&CALLS));
    for emitted in page.operations(api).flat_map(|operation| call::emit(operation, api, core)) {
        client.part(&emitted.method);
        calls.part(&emitted.call);
    }
    let requests = page.operations(api).filter_map(|o| core.methods.get(&o.name).map(request::emit));
    printed.add(client);
    printed.add(calls);
    printed.add(Group::of(&OPERATIONS, page.operations(api).map(table::entry)));
    printed.add(Group::of(&REQUESTS, requests.map(|request| quote! { #request })));
    printed
}

static CLIENT: Around =
    Around { tokens: |method| quote! { impl Client { #method } }, before: 1, before_signatures: 1, after: 1 };

static CALLS: Around = Around {
    tokens: |call| quote! { pub mod calls { use super::*; #call } },
    before: 2,
    before_signatures: 1,
    after: 1,
};

static OPERATIONS: Around = Around {
    tokens: |entry| quote! { pub(crate) mod operations { use partner_runtime::operation::*; #entry } },
    before: 2,
    before_signatures: 1,
    after: 1,
};

static REQUESTS: Around = Around {
    tokens: |request| {
        quote! {
            mod requests {
                use super::super::*;
                use super::super::core::prelude::*;

                impl core::Client<'_> { #request }
            }
        }
    },
    before: 4,
    before_signatures: 1,
    after: 2,
};

/// The module's identifier.
pub(super) fn module_ident(module: &str) -> proc_macro2::TokenStream {
    let name = ident(module);
    quote! { #name }
}
