//! Which items have come so far, to notice a server that gives the same ones forever.

use std::collections::HashSet;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::io;

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
        let mut contents = Contents(self.hasher.build_hasher());
        serde_json::to_writer(&mut contents, value).map_or(true, |()| self.hashes.insert(contents.0.finish()))
    }
}

/// Hashes what is written, without a copy of it.
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
