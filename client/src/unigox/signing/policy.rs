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
    /// Tokens, and how many decimals each has.
    tokens: Vec<(Address, u8)>,
    pub(super) forwarders: Vec<Address>,
    pub(super) safes: Vec<Address>,
    pub(super) multi_sends: Vec<Address>,
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
            safes: Vec::new(),
            multi_sends: Vec::new(),
            longest: LONGEST,
            clock: Clock(Arc::new(SystemTime::now)),
        }
    }

    /// Allows transfers of a token, by the address of its contract. How many decimals it has is part of it, because an
    /// amount in tokens is only as right as that number.
    #[must_use]
    pub fn allow_token(mut self, token: Address, decimals: u8) -> Policy {
        self.tokens.push((token, decimals));
        self
    }

    /// Allows requests to a forwarder, by the address of its contract.
    #[must_use]
    pub fn allow_forwarder(mut self, forwarder: Address) -> Policy {
        self.forwarders.push(forwarder);
        self
    }

    /// Allows transactions of a Safe, which is an escrow: by the address that the crypto of the order was sent to.
    ///
    /// The same key may own other Safes, and a signature for one of those must not be had by naming it an escrow.
    #[must_use]
    pub fn allow_safe(mut self, safe: Address) -> Policy {
        self.safes.push(safe);
        self
    }

    /// Allows Safes to make several calls in one transaction through a contract with `multiSend`, by its address. The
    /// contract's code runs with all rights of the Safe.
    #[must_use]
    pub fn allow_multi_send(mut self, contract: Address) -> Policy {
        self.multi_sends.push(contract);
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

    /// How many decimals a token has, if it is allowed.
    pub(super) fn decimals(&self, token: Address) -> Option<u8> {
        self.tokens.iter().find(|(allowed, _)| *allowed == token).map(|(_, decimals)| *decimals)
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
