//! Expressions that read what a pointer names: fields of the models, never JSON at run time.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Type;

use crate::core::{Core, name_of};
use partner_model::{Operation, Pointer};

/// How to get at what a pointer names.
pub(super) struct Access {
    /// The expression.
    pub(super) value: TokenStream,
    /// Whether it is an `Option`, because something on the way may be absent.
    pub(super) optional: bool,
    /// Whether nothing before the last field may be absent.
    pub(super) direct: bool,
    /// The type of what it names, without `Option` and `Box`.
    pub(super) of: Type,
}

/// Whether the expression borrows from the response or consumes it.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Mode {
    Borrow,
    Take,
}

/// How to get from a response in the variable `response` to what the pointer names. An expression that borrows is an
/// `Option<&T>` or a place of type `T`. Nothing when there is no such field, which a rule has reported.
pub(super) fn of_pointer(
    pointer: &Pointer,
    operation: &Operation,
    core: &Core,
    mode: Mode,
) -> Option<Access> {
    let schema = core.value(operation.response_schema()?);
    from_value(quote! { response }, &schema.ty, pointer, core, mode)
}

/// Like `of_pointer`, from any value of a type instead of a response.
pub(super) fn from_value(
    value: TokenStream,
    of: &Type,
    pointer: &Pointer,
    core: &Core,
    mode: Mode,
) -> Option<Access> {
    let mut access = Access { value, optional: false, direct: true, of: of.clone() };
    for key in &pointer.keys {
        access = access.field(key, core, mode)?;
    }
    Some(access)
}

impl Access {
    fn field(self, key: &str, core: &Core, mode: Mode) -> Option<Access> {
        let field = core.fields(&name_of(&self.of)?)?.iter().find(|field| field.key == key)?;
        let name = &field.name;
        let value = &self.value;
        let value = match (self.optional, field.value.optional, mode) {
            (false, false, _) | (false, true, Mode::Take) => quote! { #value.#name },
            (false, true, Mode::Borrow) => quote! { #value.#name.as_ref() },
            (true, false, Mode::Borrow) => quote! { #value.map(|at| &at.#name) },
            (true, false, Mode::Take) => quote! { #value.map(|at| at.#name) },
            (true, true, Mode::Borrow) => quote! { #value.and_then(|at| at.#name.as_ref()) },
            (true, true, Mode::Take) => quote! { #value.and_then(|at| at.#name) },
        };
        let optional = self.optional || field.value.optional;
        let direct = !self.optional;
        Some(Access { value, optional, direct, of: field.value.ty.clone() })
    }
}
