use std::fmt;
use std::time::Duration;

use alloy_primitives::{Address, B256, Bytes, U256};

use crate::unigox::OrderId;
use crate::{Decimal, Error};

/// The reason why parameters from the API are not signed, or why a signature is not sent. A refusal of parameters that
/// a step has fetched a second time means that the server refused the signature of the first parameters without
/// executing anything.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Refusal {
    /// The parameters from the API lack a required field.
    Missing {
        /// The field.
        field: &'static str,
    },
    /// A field of the parameters from the API does not have the documented form.
    Malformed {
        /// The field.
        field: &'static str,
        /// The value of the field; only its beginning if it is long.
        value: String,
    },
    /// The parameters from the API are for another order than the requested one.
    Order {
        /// The requested order.
        asked: OrderId,
        /// The order that the parameters are for.
        named: OrderId,
    },
    /// The signer does not have the address that has to sign.
    Signer {
        /// The address of the signer.
        signer: Address,
        /// The address that has to sign according to the parameters.
        named: Address,
    },
    /// The chain in the parameters, or the chain of the signer, is not the one that the policy allows.
    Chain {
        /// The id of the chain that the policy allows.
        allowed: u64,
        /// The id of the chain in the parameters, or of the signer's chain.
        named: u64,
    },
    /// The policy does not allow the token or the forwarder.
    NotAllowed {
        /// The address of the token in the parameters.
        token: Address,
        /// Whether the policy allows the token.
        token_allowed: bool,
        /// The address of the forwarder in the parameters.
        forwarder: Address,
        /// Whether the policy allows the forwarder.
        forwarder_allowed: bool,
    },
    /// A transaction of a Safe transfers a token that the policy does not allow.
    TokenNotAllowed {
        /// The token.
        token: Address,
    },
    /// The policy does not allow the Safe.
    SafeNotAllowed {
        /// The address of the Safe that the transaction belongs to.
        safe: Address,
    },
    /// The policy does not allow the `multiSend` contract, whose code makes several calls with the rights of the Safe.
    MultiSendNotAllowed {
        /// The address of the contract.
        contract: Address,
    },
    /// The decimals of the token in the parameters differ from those in the policy.
    Decimals {
        /// The number of decimals in the policy.
        decimals: u8,
        /// The number of decimals in the parameters.
        named: i64,
    },
    /// The Safe of the transaction is not the escrow in the parameters.
    Escrow {
        /// The address of the escrow in the parameters.
        named: Address,
        /// The address of the Safe in the EIP-712 domain of the transaction.
        domain: Address,
    },
    /// The EIP-712 types in the parameters are not those of a Safe's transaction.
    Types,
    /// The operation of the Safe's transaction is neither a call nor the delegate call of a `multiSend`.
    Operation {
        /// The operation in the parameters, as a number.
        operation: i64,
    },
    /// The gas price is not zero, so the Safe would pay for the gas. No documented transaction makes it pay.
    GasPrice {
        /// The gas price in the parameters.
        price: U256,
    },
    /// The hash in the parameters is not the hash of the Safe's transaction.
    TransactionHash {
        /// The hash in the parameters.
        named: Bytes,
        /// The calculated hash of the transaction.
        digest: B256,
    },
    /// The Safe makes a transfer that is neither in the parameters nor expected by the caller.
    UnexpectedTransfer {
        /// The token.
        token: Address,
        /// The recipient of the transfer.
        recipient: Address,
        /// The amount of the transfer in the smallest unit of the token.
        units: U256,
    },
    /// The Safe does not make a transfer that is in the parameters or expected by the caller.
    MissingTransfer {
        /// The recipient of the missing transfer.
        recipient: Address,
        /// The amount that the caller expects, in the smallest unit of the token. `None` if the missing transfer is the
        /// one in the parameters.
        units: Option<U256>,
    },
    /// The parameters have no recipient to compare with the calldata, and the caller has set no expected recipient.
    UnnamedRecipient {
        /// The recipient in the calldata.
        encoded: Address,
    },
    /// The destination in the parameters is not the requested one.
    Destination {
        /// The address of the requested destination.
        asked: String,
        /// The address of the destination in the parameters.
        named: String,
    },
    /// The message to sign does not contain the address of the signer.
    Message {
        /// The address of the signer.
        signer: Address,
    },
    /// The name or version of the EIP-712 domain is not that of the forwarder's contract.
    Domain {
        /// The name or version that the contract defines.
        expected: &'static str,
        /// The name or version in the parameters.
        named: String,
    },
    /// The calldata is not exactly a token transfer.
    NotATransfer,
    /// The recipient in the calldata is not the one in the parameters.
    Recipient {
        /// The recipient in the parameters.
        named: Address,
        /// The recipient in the calldata.
        encoded: Address,
    },
    /// The amount in the calldata is not the one in the parameters. Both are in the smallest unit of the token.
    Amount {
        /// The amount in the parameters.
        named: U256,
        /// The amount in the calldata.
        encoded: U256,
    },
    /// The amount in tokens and the amount in the smallest unit of the token do not stand for the same amount.
    Units {
        /// The amount in tokens.
        tokens: Decimal,
        /// The amount in the smallest unit of the token.
        units: U256,
        /// The number of decimals with which the amounts were compared.
        decimals: i64,
    },
    /// The recipient of the transfer is not the one that the caller expects.
    UnexpectedRecipient {
        /// The recipient that the caller expects.
        expected: Address,
        /// The actual recipient, from the parameters or, if they name none, from the calldata.
        named: Address,
    },
    /// The amount in the parameters is not the one that the caller expects.
    UnexpectedAmount {
        /// The amount in tokens that the caller expects.
        expected: Decimal,
        /// The amount in tokens in the parameters.
        named: Decimal,
    },
    /// The deadline is in the past, or further ahead than the policy allows.
    Deadline {
        /// The longest allowed time until the deadline.
        longest: Duration,
        /// The seconds from now until the deadline; negative if it has passed.
        seconds: i64,
    },
    /// The call also sends the native currency of the chain, which a token transfer does not do.
    Value {
        /// The amount of the native currency in its smallest unit.
        value: U256,
    },
    /// The signer returned something else than a valid signature with the key of its address. The signature was not
    /// sent.
    Signature {
        /// The hash that had to be signed.
        digest: B256,
        /// The address of the signer.
        signer: Address,
    },
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::Missing { field } => write!(f, "the parameters have no `{field}`"),
            Refusal::Malformed { field, value } => write!(f, "`{field}` is malformed: {value}"),
            Refusal::Order { asked, named } => write!(f, "asked for order {asked}, and got that of {named}"),
            Refusal::Signer { signer, named } => write!(f, "{named} has to sign, and the signer is {signer}"),
            Refusal::Chain { allowed, named } => {
                write!(f, "chain {allowed} is allowed, and it is chain {named}")
            }
            Refusal::NotAllowed { token, token_allowed, forwarder, forwarder_allowed } => {
                let text = |allowed: &bool| if *allowed { "allowed" } else { "not allowed" };
                let (token_is, forwarder_is) = (text(token_allowed), text(forwarder_allowed));
                write!(
                    f,
                    "the token {token} is {token_is}, and the forwarder {forwarder} is {forwarder_is}; compare both \
                     with what Unigox has told you, and allow them by `Policy::allow_token` and \
                     `Policy::allow_forwarder`"
                )
            }
            Refusal::TokenNotAllowed { token } => {
                write!(
                    f,
                    "the token {token} is not allowed; if it is right, allow it by `Policy::allow_token`"
                )
            }
            Refusal::SafeNotAllowed { safe } => {
                write!(
                    f,
                    "the Safe {safe} is not allowed; if it is the escrow, allow it by `Policy::allow_safe`"
                )
            }
            Refusal::MultiSendNotAllowed { contract } => write!(
                f,
                "the contract {contract} is not allowed to make calls for the Safe; if it is right, allow it by \
                 `Policy::allow_multi_send`"
            ),
            Refusal::Decimals { decimals, named } => {
                write!(f, "the token has {decimals} decimals, and the parameters say {named}")
            }
            Refusal::Escrow { named, domain } => {
                write!(f, "the parameters name the escrow {named}, and the transaction is that of {domain}")
            }
            Refusal::Types => f.write_str("the types are not those of a Safe's transaction"),
            Refusal::Operation { operation } => {
                write!(f, "the operation {operation} of a Safe is not allowed here")
            }
            Refusal::GasPrice { price } => write!(f, "the Safe is to pay {price} for each unit of gas"),
            Refusal::TransactionHash { named, digest } => {
                write!(f, "the parameters name the hash {named}, and that of the transaction is {digest}")
            }
            Refusal::UnexpectedTransfer { token, recipient, units } => write!(
                f,
                "the Safe pays {units} units of {token} to {recipient}, which nobody expects; if it is right, expect \
                 it by `expect_transfer`"
            ),
            Refusal::MissingTransfer { recipient, units: Some(units) } => {
                write!(f, "the Safe does not pay {units} units to {recipient}, as is expected")
            }
            Refusal::MissingTransfer { recipient, units: None } => {
                write!(f, "the Safe does not pay {recipient}, as the parameters say")
            }
            Refusal::UnnamedRecipient { encoded } => write!(
                f,
                "the calldata pays {encoded}, which is named nowhere; if it is right, expect it by `expect_recipient`"
            ),
            Refusal::Destination { asked, named } => {
                write!(f, "asked for the destination {asked:?}, and got {named:?}")
            }
            Refusal::Message { signer } => write!(f, "the message does not contain the address {signer}"),
            Refusal::Domain { expected, named } => {
                write!(f, "the domain has `{expected}`, and the parameters say `{named}`")
            }
            Refusal::NotATransfer => f.write_str("the calldata is no transfer of a token and nothing else"),
            Refusal::Recipient { named, encoded } => {
                write!(f, "the parameters name the recipient {named}, and the calldata pays {encoded}")
            }
            Refusal::Amount { named, encoded } => {
                write!(f, "the parameters name the amount {named}, and the calldata pays {encoded}")
            }
            Refusal::Units { tokens, units, decimals } => {
                write!(f, "{tokens} tokens with {decimals} decimals are not {units} units")
            }
            Refusal::UnexpectedRecipient { expected, named } => {
                write!(f, "the recipient {expected} is expected, and it is {named}")
            }
            Refusal::UnexpectedAmount { expected, named } => {
                write!(f, "the amount {expected} is expected, and it is {named}")
            }
            Refusal::Deadline { longest, seconds } => {
                let longest = longest.as_secs();
                write!(f, "the deadline is {seconds} s ahead, and 1 to {longest} s are allowed")
            }
            Refusal::Value { value } => {
                write!(f, "the transfer sends {value} of the chain's own currency along")
            }
            Refusal::Signature { digest, signer } => {
                write!(f, "what the signer returned for {digest} is no signature of {signer}")
            }
        }
    }
}

impl std::error::Error for Refusal {}

/// The reason why a step that signs something failed.
#[derive(Debug)]
#[non_exhaustive]
pub enum SigningError {
    /// The client refused to sign the parameters, or to send the signature that the signer returned.
    Refused(Box<Refusal>),
    /// The signer failed. Nothing was sent.
    Signer(alloy_signer::Error),
    /// The parameters could not be fetched. Nothing was signed.
    Fetch(Error),
    /// The call that submits the signature failed. The error tells whether the call may have been executed.
    Api(Error),
}

impl SigningError {
    /// Returns the reason why the client refused to sign the parameters, or to send the signature. `None` if the step
    /// failed in another way.
    pub fn refusal(&self) -> Option<&Refusal> {
        match self {
            SigningError::Refused(refusal) => Some(refusal),
            SigningError::Signer(_) | SigningError::Fetch(_) | SigningError::Api(_) => None,
        }
    }

    /// Returns the error of the API call that failed, which fetches the parameters or submits the signature. `None` if
    /// the step failed in another way.
    pub fn api(&self) -> Option<&Error> {
        match self {
            SigningError::Fetch(error) | SigningError::Api(error) => Some(error),
            SigningError::Refused(_) | SigningError::Signer(_) => None,
        }
    }

    /// Whether the server may have executed the request that submits the signature; see [`Error::may_have_executed`].
    pub fn may_have_executed(&self) -> bool {
        matches!(self, SigningError::Api(error) if error.may_have_executed())
    }
}

impl fmt::Display for SigningError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SigningError::Refused(refusal) => write!(f, "not signed: {refusal}"),
            SigningError::Signer(error) => write!(f, "the signer failed: {error}"),
            SigningError::Fetch(error) | SigningError::Api(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for SigningError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            SigningError::Refused(refusal) => Some(refusal),
            SigningError::Signer(error) => Some(error),
            SigningError::Fetch(error) | SigningError::Api(error) => Some(error),
        }
    }
}

impl From<Refusal> for SigningError {
    fn from(refusal: Refusal) -> SigningError {
        SigningError::Refused(Box::new(refusal))
    }
}

impl From<alloy_signer::Error> for SigningError {
    fn from(error: alloy_signer::Error) -> SigningError {
        SigningError::Signer(error)
    }
}

impl From<Error> for SigningError {
    fn from(error: Error) -> SigningError {
        SigningError::Api(error)
    }
}
