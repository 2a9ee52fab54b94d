//! What was printed, as far as the post-conditions ask for it: read from the syntax trees while they are there.

use std::collections::HashSet;

use syn::visit::{self, Visit};
use syn::{ImplItem, ItemImpl, Path, Type, Visibility};

/// What was printed of all files.
#[derive(Default)]
pub(crate) struct Seen {
    /// The public methods of the client.
    pub(crate) methods: HashSet<String>,
    /// The calls that go on from page to page.
    pub(crate) paged: HashSet<String>,
    /// Whether anything names `serde_json`.
    pub(crate) serde_json: bool,
}

impl Seen {
    /// Adds what was seen elsewhere.
    pub(super) fn add(&mut self, other: Seen) {
        self.methods.extend(other.methods);
        self.paged.extend(other.paged);
        self.serde_json |= other.serde_json;
    }
}

impl<'a> Visit<'a> for Seen {
    fn visit_item_impl(&mut self, item: &'a ItemImpl) {
        if let Type::Path(ty) = &*item.self_ty {
            match &item.trait_ {
                Some((path, _)) if path.segments.last().is_some_and(|last| last.ident == "Paged") => {
                    self.paged.extend(ty.path.get_ident().map(ToString::to_string));
                }
                None if ty.path.is_ident("Client") => {
                    self.methods.extend(item.items.iter().filter_map(|item| match item {
                        ImplItem::Fn(method) if matches!(method.vis, Visibility::Public(_)) => {
                            Some(method.sig.ident.to_string())
                        }
                        _ => None,
                    }));
                }
                _ => {}
            }
        }
        visit::visit_item_impl(self, item);
    }

    fn visit_path(&mut self, path: &'a Path) {
        self.serde_json |= path.segments.first().is_some_and(|first| first.ident == "serde_json");
        visit::visit_path(self, path);
    }
}
