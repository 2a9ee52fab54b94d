//! Values that are read within values: how deep that goes is up to the documents, and not to what a server sends.

use std::cell::Cell;

use serde::de::Error;

/// How many readings may be under way at a time. `serde_json` has a limit for each, which begins anew with the next one;
/// types of the documents are nested far less.
const MOST: usize = 32;

thread_local! {
    static UNDER_WAY: Cell<usize> = const { Cell::new(0) };
}

/// Reads a value that is a part of another one, which is being read.
///
/// # Errors
///
/// Those of the reading, and when too many of them are under way.
pub(crate) fn nested<T>(read: impl FnOnce() -> serde_json::Result<T>) -> serde_json::Result<T> {
    let _one = One::more().ok_or_else(|| serde_json::Error::custom("it is nested too deep"))?;
    read()
}

/// A reading that is under way.
struct One;

impl One {
    fn more() -> Option<One> {
        UNDER_WAY.with(|under_way| {
            let more = under_way.get() + 1;
            (more <= MOST).then(|| {
                under_way.set(more);
                One
            })
        })
    }
}

impl Drop for One {
    fn drop(&mut self) {
        UNDER_WAY.with(|under_way| under_way.set(under_way.get() - 1));
    }
}
