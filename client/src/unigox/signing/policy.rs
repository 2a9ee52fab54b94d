use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use alloy_primitives::Address;

/// The transfers that may be signed, whatever the API requests.
///
/// The addresses of tokens and forwarders have to come from another source than the API, because an attacker who can change its
/// responses can insert other contracts. The vendor's docs do not list them, so ask Unigox for the addresses of each
/// environment.
#[derive(Debug, Clone)]
pub struct Policy {
    pub(super) chain_id: u64,
    /// The tokens, with their decimals.
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

/// XAI, the only documented chain.
const CHAIN: u64 = 660_279;

/// Twice the time that the API recommends in the docs.
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

    /// Allows transfers of a token, by the address of its contract. Its decimals are set as well, because an amount in tokens
    /// depends on them.
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

    /// Allows transactions of a Safe that is an escrow, by the address to which the crypto of the order was sent.
    ///
    /// The same key may own other Safes. The API must not get a signature for one of those by calling it an escrow.
    #[must_use]
    pub fn allow_safe(mut self, safe: Address) -> Policy {
        self.safes.push(safe);
        self
    }

    /// Allows Safes to make several calls in one transaction through a `multiSend` contract, by its address. The code of the
    /// contract runs with all rights of the Safe.
    #[must_use]
    pub fn allow_multi_send(mut self, contract: Address) -> Policy {
        self.multi_sends.push(contract);
        self
    }

    /// Sets the chain for which everything is signed. The default is 660279, XAI.
    #[must_use]
    pub fn chain_id(self, chain_id: u64) -> Policy {
        Policy { chain_id, ..self }
    }

    /// Sets how far ahead the deadline of a request may be. The default is two hours.
    #[must_use]
    pub fn longest_deadline(self, longest: Duration) -> Policy {
        Policy { longest, ..self }
    }

    /// Sets the clock by which deadlines are checked, for tests. The default is the clock of the system.
    #[must_use]
    pub fn clock(self, now: impl Fn() -> SystemTime + Send + Sync + 'static) -> Policy {
        Policy { clock: Clock(Arc::new(now)), ..self }
    }

    /// The decimals of a token. None when the token is not allowed.
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
