//! Emits expressions that read the field at a JSON pointer from a generated struct, so that no JSON is searched at run
//! time.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Type;

use crate::core::{GeneratedRequestsAndTypes, find_last_path_segment};
use partner_model::{Operation, ResponsePointer};

/// An expression that reads one field of a response. A JSON pointer tells which field.
pub(super) struct FieldAccess {
    /// The tokens of the expression that reads the field.
    pub(super) expression: TokenStream,
    /// Whether the expression is an `Option`, because the field is optional, or one of its parents is. The parents are
    /// the fields that the JSON pointer passes before it reaches the field.
    pub(super) is_optional: bool,
    /// Whether all parents of the field are required, and so always present. The parents are the fields that the JSON
    /// pointer passes before it reaches the field.
    pub(super) has_only_required_parents: bool,
    /// The Rust type of the field, without an enclosing `Option` or `Box`.
    pub(super) unwrapped_type: Type,
}

/// How a generated expression reads a field of a response: it borrows the field, or moves the field out of the
/// response.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum FieldAccessMode {
    Borrow,
    Move,
}

/// Returns the expression that reads the field at `pointer` from the variable `response`. Returns `None` if the
/// response type has no such field. In this case, the validator reports the pointer.
///
/// With [`FieldAccessMode::Borrow`], the expression has the type `Option<&T>` if a field along the pointer is optional.
/// Otherwise it is the plain access, like `response.total`.
pub(super) fn emit_response_field_access(
    pointer: &ResponsePointer,
    operation: &Operation,
    core: &GeneratedRequestsAndTypes,
    mode: FieldAccessMode,
) -> Option<FieldAccess> {
    let schema = core.find_value_type_or_placeholder(operation.common_success_response_schema()?);
    emit_field_access(quote! { response }, &schema.ty, pointer, core, mode)
}

/// Returns the expression that reads the field at `pointer` from `value`, an expression of the type `value_type`.
/// Returns `None` if this type has no such field.
pub(super) fn emit_field_access(
    value: TokenStream,
    value_type: &Type,
    pointer: &ResponsePointer,
    core: &GeneratedRequestsAndTypes,
    mode: FieldAccessMode,
) -> Option<FieldAccess> {
    let mut access = FieldAccess {
        expression: value,
        is_optional: false,
        has_only_required_parents: true,
        unwrapped_type: value_type.clone(),
    };
    for key in &pointer.keys {
        access = access.extend_by_field(key, core, mode)?;
    }
    Some(access)
}

impl FieldAccess {
    fn extend_by_field(
        self,
        key: &str,
        core: &GeneratedRequestsAndTypes,
        mode: FieldAccessMode,
    ) -> Option<FieldAccess> {
        let field = core
            .find_object_fields(&find_last_path_segment(&self.unwrapped_type)?)?
            .iter()
            .find(|field| field.wire_name == key)?;
        let name = &field.name;
        let value = &self.expression;
        let value = match (self.is_optional, field.value.optional, mode) {
            (false, false, _) | (false, true, FieldAccessMode::Move) => quote! { #value.#name },
            (false, true, FieldAccessMode::Borrow) => quote! { #value.#name.as_ref() },
            (true, false, FieldAccessMode::Borrow) => quote! { #value.map(|at| &at.#name) },
            (true, false, FieldAccessMode::Move) => quote! { #value.map(|at| at.#name) },
            (true, true, FieldAccessMode::Borrow) => quote! { #value.and_then(|at| at.#name.as_ref()) },
            (true, true, FieldAccessMode::Move) => quote! { #value.and_then(|at| at.#name) },
        };
        let optional = self.is_optional || field.value.optional;
        let direct = !self.is_optional;
        Some(FieldAccess {
            expression: value,
            is_optional: optional,
            has_only_required_parents: direct,
            unwrapped_type: field.value.ty.clone(),
        })
    }
}
