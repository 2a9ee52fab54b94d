use std::fmt;
use std::time::Duration;

use sha2::{Digest, Sha256};

use crate::{Delivery, Refusal};

/// Checks that deliveries of one sender are authentic, and makes events of them.
pub trait Verifier: Send + Sync + 'static {
    /// What a delivery becomes.
    type Event: Event;

    /// Verifies a delivery and reads its envelope.
    ///
    /// # Errors
    ///
    /// Why the delivery is refused.
    fn verify(&self, delivery: &Delivery) -> Result<Self::Event, Refusal>;

    /// Reads a delivery that was verified when it came in, and stored. It has no headers any more.
    ///
    /// # Errors
    ///
    /// When it is malformed.
    fn restore(&self, delivery: &Delivery) -> Result<Self::Event, Refusal>;

    /// How large a body may be.
    fn body_limit(&self) -> usize;

    /// Whether a path is that of the sender's health check, which has no event.
    fn is_health_check(&self, _path: &str) -> bool {
        false
    }
}

/// An event of a sender.
pub trait Event: Send + 'static {
    /// What the event is recognized by when it is delivered again.
    fn key(&self) -> EventKey;
}

/// What an event is recognized by when it is delivered again, and for how long.
///
/// `Debug` shows the whole key, so it has to hold ids alone.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct EventKey {
    text: String,
    retention: Duration,
}

/// Keys that are longer become a hash, so that every store can index them.
const LONGEST_KEY: usize = 200;

impl EventKey {
    /// A key from the sender's id of the event, which the store has to keep for at least `retention`.
    ///
    /// An id that is long, or that has control characters, is replaced by its SHA-256.
    pub fn new(source: &str, id: &str, retention: Duration) -> EventKey {
        let suitable = id.len() <= LONGEST_KEY && !id.chars().any(char::is_control);
        let text = match suitable {
            true => format!("{source}:{id}"),
            false => format!("{source}:sha256:{}", hex(id.as_bytes())),
        };
        EventKey { text, retention }
    }

    /// A key for a payload that has no id: the SHA-256 of what was received.
    ///
    /// Two events that are the same to the byte have one key, so `retention` should be no longer than the sender's retries.
    pub fn from_content(source: &str, content: &[u8], retention: Duration) -> EventKey {
        EventKey { text: format!("{source}:sha256:{}", hex(content)), retention }
    }

    /// The key as text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// How long a store has to remember that the event was handled.
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

/// The SHA-256 of some bytes in lower-case hex.
fn hex(bytes: &[u8]) -> String {
    use fmt::Write;
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
