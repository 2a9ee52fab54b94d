//! Emits the checks of amounts: a request fails before it is sent if one of its amounts has to be above zero, but is
//! not.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::members::CallBodyKind;
use crate::ident::create_ident;
use partner_model::{Field, Model, Operation, Schema};

/// Emits the statements that check the amounts in the arguments of a call: one statement for each argument that may
/// contain amounts. Each statement reads an argument from the variable with the argument's name. At run time, the
/// statement uses the property table of the argument's type to find the amounts.
pub(super) fn emit_above_zero_checks(
    operation: &Operation,
    sent: &CallBodyKind<'_>,
    model: &Model,
) -> TokenStream {
    let (body, parts): (Option<&Schema>, &[Field]) = match sent {
        CallBodyKind::ByRequestFunction(schema) | CallBodyKind::Json(_, schema) => (Some(schema), &[]),
        CallBodyKind::Form(media) => (None, media.form_fields()),
        CallBodyKind::Nothing | CallBodyKind::Bytes(_) => (None, &[]),
    };
    let parameters = operation.parameters.iter().map(|p| (p.name.as_str(), p.rust_name.as_str(), &p.schema));
    let parts = parts.iter().map(|part| (part.name.as_str(), part.rust_name.as_str(), &part.schema));
    let named = parameters.chain(parts).filter(|(.., schema)| can_contain_above_zero_amounts(schema, model));
    let named = named.map(|(wire, name, schema)| emit_above_zero_check(wire, name, schema));
    let body = body.filter(|schema| can_contain_above_zero_amounts(schema, model)).map(|schema| match schema
        .innermost_schema()
        .must_be_above_zero()
    {
        true => emit_above_zero_check("body", "body", schema),
        false => quote! { call.check_body_amounts(&body)?; },
    });
    quote! { #( #named )* #body }
}

fn emit_above_zero_check(wire: &str, name: &str, schema: &Schema) -> TokenStream {
    let (name, is_amount) = (create_ident(name), schema.innermost_schema().must_be_above_zero());
    quote! { call.check_amounts(#wire, #is_amount, &#name)?; }
}

/// Whether values of a schema can contain (at any depth) an amount that must be above zero.
fn can_contain_above_zero_amounts(schema: &Schema, model: &Model) -> bool {
    let mut seen = BTreeSet::new();
    let mut pending_names: Vec<&str> = schema.innermost_type_name().into_iter().collect();
    let mut is_found = schema.innermost_schema().must_be_above_zero();
    while let Some(name) = pending_names.pop().filter(|_| !is_found) {
        if let Some(definition) = model.types.get(name).filter(|_| seen.insert(name)) {
            is_found =
                definition.property_schemas().any(|schema| schema.innermost_schema().must_be_above_zero());
            pending_names.extend(definition.directly_referenced_type_names());
        }
    }
    is_found
}
