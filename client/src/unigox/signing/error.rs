use std::fmt;
use std::time::Duration;

use alloy_primitives::{Address, B256, Bytes, U256};

use crate::unigox::OrderId;
use crate::{Decimal, Error, WaitError};

/// The reason why parameters from the API are not signed, or why a signature is not sent.
///
/// A step may fetch the parameters a second time. If the new parameters are refused, the server had rejected the
/// signature of the first parameters, and nothing was executed.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Refusal {
    /// The parameters from the API lack a required field.
    MissingField {
        /// The field.
        field: &'static str,
    },
    /// A field of the parameters from the API does not have the documented form.
    MalformedField {
        /// The field.
        field: &'static str,
        /// The value of the field; only its beginning if it is long.
        value: String,
    },
    /// The parameters from the API are for another order than the requested one.
    WrongOrder {
        /// The requested order.
        requested: OrderId,
        /// The order that the parameters are for.
        in_parameters: OrderId,
    },
    /// The signer does not have the address that has to sign.
    WrongSigner {
        /// The address of the signer.
        signer: Address,
        /// The address that has to sign according to the parameters.
        in_parameters: Address,
    },
    /// The chain in the parameters, or the chain of the signer, is not the one that the policy allows.
    ChainNotAllowed {
        /// The id of the chain that the policy allows.
        allowed_chain_id: u64,
        /// The id of the chain in the parameters, or of the signer's chain.
        chain_id: u64,
    },
    /// The policy does not allow the token or the forwarder.
    TokenOrForwarderNotAllowed {
        /// The address of the token, as the parameters from the API name it.
        token: Address,
        /// Whether the policy allows the token.
        token_allowed: bool,
        /// The address of the forwarder, as the parameters from the API name it.
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
    DecimalsMismatch {
        /// The number of decimals in the policy.
        in_policy: u8,
        /// The number of decimals in the parameters.
        in_parameters: i64,
    },
    /// The Safe of the transaction is not the escrow in the parameters.
    EscrowMismatch {
        /// The address of the escrow in the parameters.
        in_parameters: Address,
        /// The address of the Safe in the EIP-712 domain of the transaction.
        in_domain: Address,
    },
    /// The EIP-712 types in the parameters are not those of a Safe's transaction.
    TypesMismatch,
    /// The operation of the Safe's transaction is neither a call nor the delegate call of a `multiSend`.
    OperationNotAllowed {
        /// The operation in the parameters, as a number.
        operation: i64,
    },
    /// The gas price is not zero, so the Safe would pay for the gas. No documented transaction makes it pay.
    GasPriceNotZero {
        /// The gas price in the parameters.
        price: U256,
    },
    /// The hash in the parameters is not the hash of the Safe's transaction.
    TransactionHashMismatch {
        /// The hash in the parameters.
        in_parameters: Bytes,
        /// The calculated hash of the transaction.
        calculated: B256,
    },
    /// The Safe makes a transfer that is neither in the parameters nor expected by the caller.
    UnexpectedTransfer {
        /// The token.
        token: Address,
        /// The recipient of the transfer.
        recipient: Address,
        /// The amount of the transfer in the smallest unit of the token.
        amount_in_smallest_units: U256,
    },
    /// The Safe does not make a transfer that is in the parameters or expected by the caller.
    MissingTransfer {
        /// The recipient of the missing transfer.
        recipient: Address,
        /// The amount that the caller expects, in the smallest unit of the token. `None` if the parameters from the API
        /// describe the missing transfer.
        amount_in_smallest_units: Option<U256>,
    },
    /// The parameters have no recipient to compare with the calldata, and the caller has set no expected recipient.
    MissingExpectedRecipient {
        /// The recipient in the calldata.
        in_calldata: Address,
    },
    /// The destination in the parameters is not the requested one.
    WrongDestination {
        /// The address of the requested destination.
        requested: String,
        /// The address of the destination in the parameters.
        in_parameters: String,
    },
    /// The message to sign does not contain the address of the signer.
    MessageWithoutSigner {
        /// The address of the signer.
        signer: Address,
    },
    /// The name or version of the EIP-712 domain is not that of the forwarder's contract.
    WrongDomain {
        /// The name or version of the domain, as the contract defines it.
        expected: &'static str,
        /// The name or version of the domain, as the parameters from the API have it.
        in_parameters: String,
    },
    /// The calldata is not exactly a token transfer.
    NotATransfer,
    /// The recipient in the calldata is not the one in the parameters.
    RecipientMismatch {
        /// The recipient in the parameters.
        in_parameters: Address,
        /// The recipient in the calldata.
        in_calldata: Address,
    },
    /// The amount in the calldata is not the one in the parameters. Both are in the smallest unit of the token.
    AmountMismatch {
        /// The amount in the parameters.
        in_parameters: U256,
        /// The amount in the calldata.
        in_calldata: U256,
    },
    /// The amount in tokens and the amount in the smallest unit of the token do not stand for the same amount.
    AmountsDisagree {
        /// The amount in tokens.
        amount_in_tokens: Decimal,
        /// The amount in the smallest unit of the token.
        amount_in_smallest_units: U256,
        /// The number of decimals with which the amounts were compared.
        decimals: i64,
    },
    /// The recipient of the transfer is not the one that the caller expects.
    UnexpectedRecipient {
        /// The recipient that the caller expects.
        expected: Address,
        /// The actual recipient, from the parameters or, if they name none, from the calldata.
        actual: Address,
    },
    /// The amount in the parameters is not the one that the caller expects.
    UnexpectedAmount {
        /// The amount in tokens that the caller expects.
        expected: Decimal,
        /// The amount in tokens in the parameters.
        in_parameters: Decimal,
    },
    /// The deadline is in the past, or further ahead than the policy allows.
    DeadlineOutOfRange {
        /// The maximum time until the deadline that the policy allows.
        max_time_to_deadline: Duration,
        /// The seconds from now until the deadline; negative if it has passed.
        seconds_to_deadline: i64,
    },
    /// The call also sends the native currency of the chain, which a token transfer does not do.
    NativeCurrencySent {
        /// The amount of the native currency in its smallest unit.
        value: U256,
    },
    /// The signer returned something else than a valid signature with the key of its address. The signature was not
    /// sent.
    InvalidSignature {
        /// The digest that had to be signed, a hash of the message or of the typed data.
        digest: B256,
        /// The address of the signer.
        signer: Address,
    },
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::MissingField { field } => write!(f, "the parameters have no `{field}`"),
            Refusal::MalformedField { field, value } => write!(f, "`{field}` is malformed: {value}"),
            Refusal::WrongOrder { requested, in_parameters } => {
                write!(f, "asked for order {requested}, and got that of {in_parameters}")
            }
            Refusal::WrongSigner { signer, in_parameters } => {
                write!(f, "{in_parameters} has to sign, and the signer is {signer}")
            }
            Refusal::ChainNotAllowed { allowed_chain_id: allowed, chain_id } => {
                write!(f, "chain {allowed} is allowed, and it is chain {chain_id}")
            }
            Refusal::TokenOrForwarderNotAllowed { token, token_allowed, forwarder, forwarder_allowed } => {
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
            Refusal::DecimalsMismatch { in_policy, in_parameters } => {
                write!(f, "the token has {in_policy} decimals, and the parameters say {in_parameters}")
            }
            Refusal::EscrowMismatch { in_parameters, in_domain } => {
                write!(
                    f,
                    "the parameters name the escrow {in_parameters}, and the transaction is that of {in_domain}"
                )
            }
            Refusal::TypesMismatch => f.write_str("the types are not those of a Safe's transaction"),
            Refusal::OperationNotAllowed { operation } => {
                write!(f, "the operation {operation} of a Safe is not allowed here")
            }
            Refusal::GasPriceNotZero { price } => {
                write!(f, "the Safe is to pay {price} for each unit of gas")
            }
            Refusal::TransactionHashMismatch { in_parameters, calculated } => {
                write!(
                    f,
                    "the parameters name the hash {in_parameters}, and that of the transaction is {calculated}"
                )
            }
            Refusal::UnexpectedTransfer { token, recipient, amount_in_smallest_units: units } => write!(
                f,
                "the Safe pays {units} units of {token} to {recipient}, which nobody expects; if it is right, expect \
                 it by `expect_transfer`"
            ),
            Refusal::MissingTransfer { recipient, amount_in_smallest_units: Some(units) } => {
                write!(f, "the Safe does not pay {units} units to {recipient}, as is expected")
            }
            Refusal::MissingTransfer { recipient, amount_in_smallest_units: None } => {
                write!(f, "the Safe does not pay {recipient}, as the parameters say")
            }
            Refusal::MissingExpectedRecipient { in_calldata } => write!(
                f,
                "the calldata pays {in_calldata}, which is named nowhere; if it is right, expect it by `expect_recipient`"
            ),
            Refusal::WrongDestination { requested, in_parameters } => {
                write!(f, "asked for the destination {requested:?}, and got {in_parameters:?}")
            }
            Refusal::MessageWithoutSigner { signer } => {
                write!(f, "the message does not contain the address {signer}")
            }
            Refusal::WrongDomain { expected, in_parameters } => {
                write!(f, "the domain has `{expected}`, and the parameters say `{in_parameters}`")
            }
            Refusal::NotATransfer => f.write_str("the calldata is no transfer of a token and nothing else"),
            Refusal::RecipientMismatch { in_parameters, in_calldata } => {
                write!(
                    f,
                    "the parameters name the recipient {in_parameters}, and the calldata pays {in_calldata}"
                )
            }
            Refusal::AmountMismatch { in_parameters, in_calldata } => {
                write!(
                    f,
                    "the parameters name the amount {in_parameters}, and the calldata pays {in_calldata}"
                )
            }
            Refusal::AmountsDisagree {
                amount_in_tokens: tokens,
                amount_in_smallest_units: units,
                decimals,
            } => {
                write!(f, "{tokens} tokens with {decimals} decimals are not {units} units")
            }
            Refusal::UnexpectedRecipient { expected, actual } => {
                write!(f, "the recipient {expected} is expected, and it is {actual}")
            }
            Refusal::UnexpectedAmount { expected, in_parameters } => {
                write!(f, "the amount {expected} is expected, and it is {in_parameters}")
            }
            Refusal::DeadlineOutOfRange { max_time_to_deadline: longest, seconds_to_deadline: seconds } => {
                let longest = longest.as_secs();
                write!(f, "the deadline is {seconds} s ahead, and 1 to {longest} s are allowed")
            }
            Refusal::NativeCurrencySent { value } => {
                write!(f, "the transfer sends {value} of the chain's own currency along")
            }
            Refusal::InvalidSignature { digest, signer } => {
                write!(f, "what the signer returned for {digest} is no signature of {signer}")
            }
        }
    }
}

impl std::error::Error for Refusal {}

/// The reason why a step that signs something failed.
///
/// `?` also converts an [`Error`] or a [`WaitError`] into a `SigningError`, so that a function that calls, waits and signs
/// has one error type. Both become [`Api`](SigningError::Api).
#[derive(Debug)]
#[non_exhaustive]
pub enum SigningError {
    /// The client refused to sign the parameters, or to send the signature that the signer returned.
    Refused(Box<Refusal>),
    /// The signer failed. Nothing was sent.
    Signer(alloy_signer::Error),
    /// The parameters could not be fetched. Nothing was signed.
    Fetch(Error),
    /// The call that submits the signature failed. An error that `?` converts, of another call or of a wait, has this
    /// variant too. The error tells whether the call may have been executed.
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
    pub fn api_error(&self) -> Option<&Error> {
        match self {
            SigningError::Fetch(error) | SigningError::Api(error) => Some(error),
            SigningError::Refused(_) | SigningError::Signer(_) => None,
        }
    }

    /// Whether the server may have executed the request that failed; see [`Error::may_have_executed`]. This is false if
    /// nothing was submitted: the parameters were refused or could not be fetched, or the signer failed. After a wait
    /// that failed this is always true, because a wait follows a request that may have been executed.
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

/// [`Error::wait_error`] returns the original `WaitError`.
impl<T: fmt::Debug + Send + Sync + 'static> From<WaitError<T>> for SigningError {
    fn from(error: WaitError<T>) -> SigningError {
        SigningError::Api(error.into())
    }
}
