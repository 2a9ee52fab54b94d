use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use alloy_primitives::Address;

/// Which transfers may be signed, whatever the API asks for.
///
/// The addresses of tokens and forwarders have to be compared with a source that is not the API itself, because whoever
/// can change its responses can name contracts of their own. The vendor's docs do not list them, so ask Unigox for those of
/// each environment.
#[derive(Debug, Clone)]
pub struct Policy {
    pub(super) chain_id: u64,
    pub(super) tokens: Vec<Address>,
    pub(super) forwarders: Vec<Address>,
    pub(super) longest: Duration,
    clock: Clock,
}

#[derive(Clone)]
struct Clock(Arc<dyn Fn() -> SystemTime + Send + Sync>);

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Clock")
    }
}

/// XAI, the one chain that the docs name.
const CHAIN: u64 = 660_279;

/// Twice what the API recommends in the docs.
const LONGEST: Duration = Duration::from_secs(2 * 60 * 60);

impl Policy {
    /// A policy that allows no token and no forwarder, and so nothing.
    pub fn new() -> Policy {
        Policy {
            chain_id: CHAIN,
            tokens: Vec::new(),
            forwarders: Vec::new(),
            longest: LONGEST,
            clock: Clock(Arc::new(SystemTime::now)),
        }
    }

    /// Allows transfers of a token, by the address of its contract.
    #[must_use]
    pub fn allow_token(mut self, token: Address) -> Policy {
        self.tokens.push(token);
        self
    }

    /// Allows requests to a forwarder, by the address of its contract.
    #[must_use]
    pub fn allow_forwarder(mut self, forwarder: Address) -> Policy {
        self.forwarders.push(forwarder);
        self
    }

    /// The chain on which everything is signed: 660279, XAI, unless this is set.
    #[must_use]
    pub fn chain_id(self, chain_id: u64) -> Policy {
        Policy { chain_id, ..self }
    }

    /// How far ahead the deadline of a request may be: two hours, unless this is set.
    #[must_use]
    pub fn longest_deadline(self, longest: Duration) -> Policy {
        Policy { longest, ..self }
    }

    /// Tells the time from which deadlines are counted: the system's, unless this is set. A test can set one.
    #[must_use]
    pub fn clock(self, now: impl Fn() -> SystemTime + Send + Sync + 'static) -> Policy {
        Policy { clock: Clock(Arc::new(now)), ..self }
    }

    /// The time in seconds since 1970.
    pub(super) fn now(&self) -> u64 {
        (self.clock.0)().duration_since(SystemTime::UNIX_EPOCH).map_or(0, |time| time.as_secs())
    }
}

impl Default for Policy {
    fn default() -> Policy {
        Policy::new()
    }
}
