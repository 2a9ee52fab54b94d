use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use alloy_primitives::Address;

/// The rules for what may be signed: the allowed tokens, contracts, chain and deadlines.
///
/// Do not take the addresses of tokens and forwarders from the API: an attacker who can change the responses of the API
/// could insert other contracts. The vendor's docs do not list these addresses, so ask Unigox for the addresses of each
/// environment.
#[derive(Debug, Clone)]
pub struct Policy {
    pub(super) chain_id: u64,
    /// The addresses of the allowed tokens, each with the number of decimals of the token.
    allowed_tokens_with_decimals: Vec<(Address, u8)>,
    pub(super) allowed_forwarders: Vec<Address>,
    pub(super) allowed_safes: Vec<Address>,
    pub(super) allowed_multi_sends: Vec<Address>,
    pub(super) max_time_to_deadline: Duration,
    clock: Clock,
}

/// The source of the current time.
#[derive(Clone)]
struct Clock(Arc<dyn Fn() -> SystemTime + Send + Sync>);

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Clock")
    }
}

/// The id of the default chain, XAI, which is the only documented chain.
const DEFAULT_CHAIN_ID: u64 = 660_279;

/// The default for the maximum time from now until the deadline of a request. It is twice the time that the docs
/// recommend.
const DEFAULT_MAX_TIME_TO_DEADLINE: Duration = Duration::from_secs(2 * 60 * 60);

impl Policy {
    /// Makes a policy that allows no token and no forwarder (the contract that executes a transfer). So no transfer is
    /// signed.
    pub fn new() -> Policy {
        Policy {
            chain_id: DEFAULT_CHAIN_ID,
            allowed_tokens_with_decimals: Vec::new(),
            allowed_forwarders: Vec::new(),
            allowed_safes: Vec::new(),
            allowed_multi_sends: Vec::new(),
            max_time_to_deadline: DEFAULT_MAX_TIME_TO_DEADLINE,
            clock: Clock(Arc::new(SystemTime::now)),
        }
    }

    /// Allows transfers of a token. `token` is the address of the token's contract. The decimals are needed to compare
    /// amounts in tokens with amounts in the smallest unit.
    #[must_use]
    pub fn allow_token(mut self, token: Address, decimals: u8) -> Policy {
        self.allowed_tokens_with_decimals.push((token, decimals));
        self
    }

    /// Allows requests to a forwarder, a contract that executes calls. `forwarder` is the address of the contract.
    #[must_use]
    pub fn allow_forwarder(mut self, forwarder: Address) -> Policy {
        self.allowed_forwarders.push(forwarder);
        self
    }

    /// Allows the client to sign transactions of a Safe (a wallet contract that holds the crypto of an order in
    /// escrow). Pass the address to which the crypto was sent. Transactions of all other Safes are refused.
    ///
    /// The signer's key may own other Safes. If they were not refused, the API could obtain a signature for any of
    /// these Safes by presenting that Safe as the escrow.
    #[must_use]
    pub fn allow_safe(mut self, safe: Address) -> Policy {
        self.allowed_safes.push(safe);
        self
    }

    /// Allows Safes to make several calls in one transaction through a `multiSend` contract. `contract` is the address
    /// of that contract. Its code runs with all rights of the Safe.
    #[must_use]
    pub fn allow_multi_send(mut self, contract: Address) -> Policy {
        self.allowed_multi_sends.push(contract);
        self
    }

    /// Sets the id of the allowed chain. Nothing is signed for any other chain. The default is 660279, the chain XAI.
    #[must_use]
    pub fn chain_id(self, chain_id: u64) -> Policy {
        Policy { chain_id, ..self }
    }

    /// Sets the maximum time from the check of a request until the deadline of the request. The default is two hours.
    #[must_use]
    pub fn max_time_to_deadline(self, longest: Duration) -> Policy {
        Policy { max_time_to_deadline: longest, ..self }
    }

    /// Sets the clock that tells the current time when a deadline is checked. The default is the clock of the operating
    /// system. Tests can set a clock of their own.
    #[must_use]
    pub fn clock(self, now: impl Fn() -> SystemTime + Send + Sync + 'static) -> Policy {
        Policy { clock: Clock(Arc::new(now)), ..self }
    }

    /// Returns the number of decimals of a token; `None` if the policy does not allow the token.
    pub(super) fn find_token_decimals(&self, token: Address) -> Option<u8> {
        self.allowed_tokens_with_decimals
            .iter()
            .find(|(allowed, _)| *allowed == token)
            .map(|(_, decimals)| *decimals)
    }

    /// Returns the current time in seconds since 1970.
    pub(super) fn current_unix_seconds(&self) -> u64 {
        (self.clock.0)().duration_since(SystemTime::UNIX_EPOCH).map_or(0, |time| time.as_secs())
    }
}

impl Default for Policy {
    fn default() -> Policy {
        Policy::new()
    }
}
