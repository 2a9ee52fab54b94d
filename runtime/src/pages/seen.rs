//! Remembers the items received so far, to detect a server that sends the same items forever.

use std::collections::HashSet;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::io;

use super::Paged;

/// The hashes of the items received so far. An item with an id is represented by the hash of its id.
#[derive(Default)]
pub(super) struct SeenItemHashes {
    hashes: HashSet<u64>,
    hasher: RandomState,
}

impl SeenItemHashes {
    /// Inserts the items of a page. Returns whether any of these items is new.
    pub(super) fn insert_items<C: Paged>(&mut self, items: &[C::Item]) -> bool {
        if items.iter().all(|item| C::item_id(item).is_none()) {
            // If no item has an id, the items of the page are hashed together, and not one by one. The reason: two
            // different items may have the same JSON, like two fees of the same amount, but this is unlikely for two
            // different pages.
            return self.insert_json_hash(items);
        }
        let mut any_is_new = false;
        for item in items {
            any_is_new |= match C::item_id(item) {
                Some(id) => self.hashes.insert(self.hasher.hash_one(id)),
                None => self.insert_json_hash(item),
            };
        }
        any_is_new
    }

    /// Adds the hash of a value's JSON. Returns whether the hash is new. A value that cannot be serialized counts as
    /// new.
    fn insert_json_hash<T: serde::Serialize + ?Sized>(&mut self, value: &T) -> bool {
        let mut writer = HashingWriter(self.hasher.build_hasher());
        serde_json::to_writer(&mut writer, value).map_or(true, |()| self.hashes.insert(writer.0.finish()))
    }
}

/// A writer that hashes all bytes, without storing them.
struct HashingWriter<H>(H);

impl<H: Hasher> io::Write for HashingWriter<H> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
