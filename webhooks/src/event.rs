use std::fmt;
use std::time::Duration;

use sha2::{Digest, Sha256};

use crate::{Delivery, Refusal};

/// Verifies that the deliveries of one sender are authentic, and reads events from them.
pub trait Verifier: Send + Sync + 'static {
    /// The type of the events that the verifier reads.
    type Event: Event;

    /// Verifies a delivery, and reads its event.
    ///
    /// # Errors
    ///
    /// The reason why the delivery is refused.
    fn verify(&self, delivery: &Delivery) -> Result<Self::Event, Refusal>;

    /// Reads the event of a delivery that was stored in an inbox. Such a delivery was verified before it was stored,
    /// and has no headers.
    ///
    /// # Errors
    ///
    /// When the delivery is malformed.
    fn read_stored_event(&self, delivery: &Delivery) -> Result<Self::Event, Refusal>;

    /// Returns the maximum accepted size of a body, in bytes.
    fn max_body_bytes(&self) -> usize;

    /// Whether the sender uses this path for its health check: a request that delivers no event.
    fn is_health_check_path(&self, _path: &str) -> bool {
        false
    }
}

/// An event, such as a new status of an order, that a sender delivers to a receiver.
pub trait Event: Send + 'static {
    /// Returns the key by which the event is recognized when it is delivered again.
    fn key(&self) -> EventKey;
}

/// The name of the sender of an event. It is part of the event's key, because two senders may give their events the
/// same id.
///
/// The name has a type of its own, so that it cannot be swapped with the id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SenderName<'a>(pub &'a str);

/// The key by which an event is recognized when it is delivered again, and the time for which stores retain the key.
///
/// `Debug` shows the whole key, so a key must contain nothing secret or personal, only ids.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct EventKey {
    text: String,
    retention: Duration,
}

/// The maximum length of an event's id in a key, in bytes. A longer id is replaced by its hash, so that every store can
/// index the key.
const MAX_EVENT_ID_BYTES_IN_KEY: usize = 200;

impl EventKey {
    /// Makes a key from the id that the sender gave the event. The store has to retain the key for at least
    /// `retention`.
    ///
    /// An id that is longer than 200 bytes, or has control characters, is replaced by its SHA-256.
    pub fn new(sender: SenderName<'_>, id: &str, retention: Duration) -> EventKey {
        if id.len() > MAX_EVENT_ID_BYTES_IN_KEY || id.chars().any(char::is_control) {
            return EventKey::from_content(sender, id.as_bytes(), retention);
        }
        EventKey { text: format!("{}:{id}", sender.0), retention }
    }

    /// Makes a key for an event without an id. The key contains the SHA-256 of the event's content.
    ///
    /// If two different events have the same bytes, they get the same key, and the second event counts as a duplicate
    /// while the key of the first one is retained. So `retention` should not exceed the time for which the sender
    /// repeats a delivery.
    pub fn from_content(sender: SenderName<'_>, content: &[u8], retention: Duration) -> EventKey {
        EventKey { text: format!("{}:sha256:{}", sender.0, compute_sha256_hex(content)), retention }
    }

    /// Returns the text of this event key, which identifies the event in a store.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns how long a store has to retain the record that the event was handled.
    pub fn retention(&self) -> Duration {
        self.retention
    }
}

impl fmt::Debug for EventKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "EventKey({})", self.text)
    }
}

impl fmt::Display for EventKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// Returns the SHA-256 of the bytes in lower-case hex.
fn compute_sha256_hex(bytes: &[u8]) -> String {
    use fmt::Write;
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut text, byte| {
        // The result is ignored, because writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
