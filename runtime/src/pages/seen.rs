//! The items received so far. They serve to detect a server that sends the same items forever.

use std::collections::HashSet;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::io;

use super::Paged;

/// The hashes of the received items. For an item with an id, the hash is that of the id.
#[derive(Default)]
pub(super) struct Seen {
    hashes: HashSet<u64>,
    hasher: RandomState,
}

impl Seen {
    /// Adds the items of a page. Returns whether any of these items is new.
    pub(super) fn add<C: Paged>(&mut self, items: &[C::Item]) -> bool {
        if items.iter().all(|item| C::id(item).is_none()) {
            // Two different items without ids may be equal, like two fees of the same amount. Two different pages are
            // hardly ever equal.
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

    /// Adds the hash of a value's JSON. Returns whether it is new. A value that cannot be serialized counts as new.
    fn add_contents<T: serde::Serialize + ?Sized>(&mut self, value: &T) -> bool {
        let mut contents = Contents(self.hasher.build_hasher());
        serde_json::to_writer(&mut contents, value).map_or(true, |()| self.hashes.insert(contents.0.finish()))
    }
}

/// Hashes the bytes that are written to it, without storing them.
struct Contents<H>(H);

impl<H: Hasher> io::Write for Contents<H> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
