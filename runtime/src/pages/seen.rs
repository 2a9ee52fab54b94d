//! Which items have come so far, to notice a server that gives the same ones forever.

use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};

use super::Paged;

/// A hash of each item that has come: of its id, where it has one.
#[derive(Default)]
pub(super) struct Seen {
    hashes: HashSet<u64>,
    hasher: RandomState,
}

impl Seen {
    /// Adds the items of a page. Whether any of them is new.
    pub(super) fn add<C: Paged>(&mut self, items: &[C::Item]) -> bool {
        if items.iter().all(|item| C::id(item).is_none()) {
            // Without ids two items may be equal and still two, like two fees of the same amount, but hardly two pages.
            return self.add_contents(items);
        }
        let mut any_is_new = false;
        for item in items {
            any_is_new |= match C::id(item) {
                Some(id) => self.hashes.insert(self.hasher.hash_one(id)),
                None => self.add_contents(item),
            };
        }
        any_is_new
    }

    /// Adds a value by all that it holds. What cannot be serialized counts as new.
    fn add_contents<T: serde::Serialize + ?Sized>(&mut self, value: &T) -> bool {
        serde_json::to_vec(value).map_or(true, |contents| self.hashes.insert(self.hasher.hash_one(contents)))
    }
}
