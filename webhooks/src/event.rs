use std::fmt;
use std::time::Duration;

use sha2::{Digest, Sha256};

use crate::{Delivery, Refusal};

/// Checks that the deliveries of one sender are authentic, and makes events of them.
pub trait Verifier: Send + Sync + 'static {
    /// The type of the events.
    type Event: Event;

    /// Verifies a delivery and reads its envelope.
    ///
    /// # Errors
    ///
    /// The reason why the delivery is refused.
    fn verify(&self, delivery: &Delivery) -> Result<Self::Event, Refusal>;

    /// Reads a delivery that was verified before it was stored. Its headers were not stored.
    ///
    /// # Errors
    ///
    /// When it is malformed.
    fn restore(&self, delivery: &Delivery) -> Result<Self::Event, Refusal>;

    /// How large a body may be, in bytes.
    fn body_limit(&self) -> usize;

    /// Whether a path is that of the sender's health check, which delivers no event.
    fn is_health_check(&self, _path: &str) -> bool {
        false
    }
}

/// An event of a sender.
pub trait Event: Send + 'static {
    /// The key by which the event is recognized when it is delivered again.
    fn key(&self) -> EventKey;
}

/// The key by which an event is recognized when it is delivered again, and how long it is retained.
///
/// `Debug` shows the whole key, so it must consist only of ids.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct EventKey {
    text: String,
    retention: Duration,
}

/// The longest key. Longer ones are replaced by a hash, so that every store can index them.
const LONGEST_KEY: usize = 200;

impl EventKey {
    /// A key from the sender's id of the event. The store has to retain it for at least `retention`.
    ///
    /// An id that is long, or that has control characters, is replaced by its SHA-256.
    pub fn new(source: &str, id: &str, retention: Duration) -> EventKey {
        let suitable = id.len() <= LONGEST_KEY && !id.chars().any(char::is_control);
        let text = match suitable {
            true => format!("{source}:{id}"),
            false => format!("{source}:sha256:{}", sha256_hex(id.as_bytes())),
        };
        EventKey { text, retention }
    }

    /// A key for a payload without an id: the SHA-256 of the content.
    ///
    /// Two events with the same bytes have the same key, so `retention` should not be longer than the sender's retries.
    pub fn from_content(source: &str, content: &[u8], retention: Duration) -> EventKey {
        EventKey { text: format!("{source}:sha256:{}", sha256_hex(content)), retention }
    }

    /// The key as text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// How long a store has to record that the event was handled.
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

/// The SHA-256 of the bytes in lower-case hex.
fn sha256_hex(bytes: &[u8]) -> String {
    use fmt::Write;
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
