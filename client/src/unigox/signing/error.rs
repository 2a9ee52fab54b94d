use std::fmt;
use std::time::Duration;

use alloy_primitives::{Address, B256, Bytes, U256};

use crate::unigox::OrderId;
use crate::{Decimal, Error, WaitError};

/// The reason why the client refused to sign the parameters from the API, or to send a signature.
///
/// If the server rejects a signature, the client may fetch new parameters. If the client refuses the new parameters,
/// this refusal is returned like any other. In this case, too, nothing was executed.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Refusal {
    /// The parameters from the API lack a required field.
    MissingField {
        /// The name of the field that is missing in the parameters from the API.
        field_name: &'static str,
    },
    /// A field of the parameters from the API is not in the documented format.
    MalformedField {
        /// The name of the malformed field.
        field_name: &'static str,
        /// The value of the field, or only the beginning of a long value.
        value: String,
    },
    /// The parameters from the API are for another order than the requested one.
    WrongOrder {
        /// The id of the requested order.
        requested_order_id: OrderId,
        /// The order id in the parameters from the API.
        order_id_in_parameters: OrderId,
    },
    /// The address of the signer is not the address that has to sign.
    WrongSigner {
        /// The address of the signer.
        signer_address: Address,
        /// The address that has to sign, according to the parameters from the API.
        required_address: Address,
    },
    /// The chain in the parameters, or the chain of the signer, is not the one that the policy allows.
    ChainNotAllowed {
        /// The id of the chain that the policy allows.
        allowed_chain_id: u64,
        /// The chain id that is not allowed. It is the id of the chain in the parameters, or of the signer's chain.
        actual_chain_id: u64,
    },
    /// The policy does not allow the token, or it does not allow the forwarder (the contract that executes the
    /// transfer).
    TokenOrForwarderNotAllowed {
        /// The address of the token in the parameters from the API.
        token_address: Address,
        /// Whether the policy allows the token.
        is_token_allowed: bool,
        /// The address of the forwarder in the parameters from the API.
        forwarder_address: Address,
        /// Whether the policy allows the forwarder, the contract that executes the transfer.
        is_forwarder_allowed: bool,
    },
    /// A transaction of a Safe (a wallet contract) transfers a token that the policy does not allow.
    TokenNotAllowed {
        /// The address of the token.
        token_address: Address,
    },
    /// The policy does not allow the Safe (a wallet contract) that would execute the transaction.
    SafeNotAllowed {
        /// The address of the Safe.
        safe_address: Address,
    },
    /// The policy does not allow the `multiSend` contract, which makes several calls with the rights of the Safe (a
    /// wallet contract).
    MultiSendNotAllowed {
        /// The address of the `multiSend` contract.
        contract_address: Address,
    },
    /// The parameters from the API and the policy state different numbers of decimals for the token.
    DecimalsMismatch {
        /// The number of decimals of the token, according to the policy.
        decimals_in_policy: u8,
        /// The number of decimals of the token, according to the parameters from the API.
        decimals_in_parameters: i64,
    },
    /// The Safe (a wallet contract) that would execute the transaction is not the escrow in the parameters.
    EscrowMismatch {
        /// The address of the escrow in the parameters from the API.
        escrow_address_in_parameters: Address,
        /// The address of the Safe in the EIP-712 domain of the transaction.
        safe_address_in_domain: Address,
    },
    /// The EIP-712 types in the parameters are not the types of a Safe's transaction. A Safe is a wallet contract.
    Eip712TypesMismatch,
    /// The transaction of a Safe (a wallet contract) has an operation that is neither a call nor a delegate call of
    /// `multiSend`.
    OperationNotAllowed {
        /// The number that stands for the operation in the parameters from the API. The number of a call is 0, and that
        /// of a delegate call is 1.
        operation_number: i64,
    },
    /// The gas price is not zero, so the Safe (a wallet contract) would pay for the gas. In all documented transactions
    /// the gas price is zero.
    GasPriceNotZero {
        /// The gas price in the parameters from the API.
        gas_price: U256,
    },
    /// The hash in the parameters from the API is not the hash of the transaction that the client would sign.
    TransactionHashMismatch {
        /// The hash of the transaction, according to the parameters from the API.
        hash_in_parameters: Bytes,
        /// The hash that the client has calculated for the transaction.
        calculated_hash: B256,
    },
    /// The Safe's transaction makes a transfer that is neither in the parameters nor expected by the caller.
    UnexpectedTransfer {
        /// The address of the token.
        token_address: Address,
        /// The recipient of the transfer.
        recipient: Address,
        /// The amount of the transfer in the smallest unit of the token.
        amount_in_smallest_units: U256,
    },
    /// The Safe's transaction lacks a transfer that is in the parameters, or that the caller expects.
    MissingTransfer {
        /// The recipient of the missing transfer.
        recipient: Address,
        /// The amount of the missing transfer, in the smallest unit of the token, if the caller expects the transfer.
        /// `None` if the missing transfer is the one that the parameters from the API describe.
        amount_in_smallest_units: Option<U256>,
    },
    /// The parameters from the API contain no recipient to compare with the calldata, and the caller has set no
    /// expected recipient.
    MissingExpectedRecipient {
        /// The recipient in the calldata.
        recipient_in_calldata: Address,
    },
    /// The destination address in the parameters from the API is not the requested one.
    WrongDestinationAddress {
        /// The destination address that the caller requested.
        requested_address: String,
        /// The destination address in the parameters from the API.
        address_in_parameters: String,
    },
    /// The message to sign does not contain the address of the signer.
    MessageWithoutSignerAddress {
        /// The address of the signer.
        signer_address: Address,
    },
    /// The name or version of the EIP-712 domain in the parameters from the API is not the one that the forwarder's
    /// contract defines.
    WrongDomainNameOrVersion {
        /// The name or version of the EIP-712 domain that the forwarder's contract defines.
        expected_value: &'static str,
        /// The name or version of the EIP-712 domain in the parameters from the API.
        value_in_parameters: String,
    },
    /// The calldata (the encoded call of a contract) is not a token transfer, or contains more than the transfer.
    NotATokenTransfer,
    /// The recipient in the calldata is not the recipient in the parameters.
    CalldataRecipientMismatch {
        /// The recipient in the parameters from the API.
        recipient_in_parameters: Address,
        /// The recipient in the calldata.
        recipient_in_calldata: Address,
    },
    /// The amount in the calldata is not the amount in the parameters. Both amounts are in the smallest unit of the
    /// token.
    CalldataAmountMismatch {
        /// The amount in the parameters from the API.
        amount_in_parameters: U256,
        /// The amount in the calldata.
        amount_in_calldata: U256,
    },
    /// The amount in tokens and the amount in the smallest unit of the token are not equal.
    AmountsDisagree {
        /// The amount in tokens.
        amount_in_tokens: Decimal,
        /// The amount in the smallest unit of the token.
        amount_in_smallest_units: U256,
        /// The number of decimals of the token, with which the amounts were compared.
        decimals: i64,
    },
    /// The recipient of the transfer is not the recipient that the caller expects.
    UnexpectedRecipient {
        /// The recipient that the caller expects.
        expected_recipient: Address,
        /// The recipient in the parameters from the API, or in the calldata if the parameters contain no recipient.
        actual_recipient: Address,
    },
    /// The amount in the parameters is not the amount that the caller expects.
    UnexpectedAmount {
        /// The amount that the caller expects, in tokens.
        expected_amount: Decimal,
        /// The amount in the parameters from the API, in tokens.
        amount_in_parameters: Decimal,
    },
    /// The deadline is in the past, or further ahead than the policy allows.
    DeadlineOutOfRange {
        /// The maximum time from now until the deadline of the signed request, as set in the signing policy.
        max_time_to_deadline: Duration,
        /// The seconds from now until the deadline; negative if the deadline has passed.
        seconds_to_deadline: i64,
    },
    /// The call to be signed would also send an amount of the native currency of the chain, which a token transfer
    /// never does.
    NativeCurrencySent {
        /// The sent amount, in the smallest unit of the native currency.
        amount_in_smallest_units: U256,
    },
    /// The signature that the signer returned is not valid for the address of the signer. The signature was not sent.
    InvalidSignature {
        /// The digest that had to be signed: the hash of the message or of the typed data.
        digest: B256,
        /// The address of the signer.
        signer_address: Address,
    },
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::MissingField { field_name: field } => write!(f, "the parameters have no `{field}`"),
            Refusal::MalformedField { field_name: field, value } => {
                write!(f, "`{field}` is malformed: {value}")
            }
            Refusal::WrongOrder { requested_order_id: requested, order_id_in_parameters: in_parameters } => {
                write!(f, "asked for order {requested}, and got that of {in_parameters}")
            }
            Refusal::WrongSigner { signer_address: signer, required_address: in_parameters } => {
                write!(f, "{in_parameters} has to sign, and the signer is {signer}")
            }
            Refusal::ChainNotAllowed { allowed_chain_id: allowed, actual_chain_id: chain_id } => {
                write!(f, "chain {allowed} is allowed, and it is chain {chain_id}")
            }
            Refusal::TokenOrForwarderNotAllowed {
                token_address: token,
                is_token_allowed: token_allowed,
                forwarder_address: forwarder,
                is_forwarder_allowed: forwarder_allowed,
            } => {
                let text = |allowed: &bool| if *allowed { "allowed" } else { "not allowed" };
                let (token_is, forwarder_is) = (text(token_allowed), text(forwarder_allowed));
                write!(
                    f,
                    "the token {token} is {token_is}, and the forwarder {forwarder} is {forwarder_is}; compare both \
                     with what Unigox has told you, and allow them by `Policy::allow_token` and \
                     `Policy::allow_forwarder`"
                )
            }
            Refusal::TokenNotAllowed { token_address: token } => {
                write!(
                    f,
                    "the token {token} is not allowed; if it is right, allow it by `Policy::allow_token`"
                )
            }
            Refusal::SafeNotAllowed { safe_address: safe } => {
                write!(
                    f,
                    "the Safe {safe} is not allowed; if it is the escrow, allow it by `Policy::allow_safe`"
                )
            }
            Refusal::MultiSendNotAllowed { contract_address: contract } => write!(
                f,
                "the contract {contract} is not allowed to make calls for the Safe; if it is right, allow it by \
                 `Policy::allow_multi_send`"
            ),
            Refusal::DecimalsMismatch {
                decimals_in_policy: in_policy,
                decimals_in_parameters: in_parameters,
            } => {
                write!(f, "the token has {in_policy} decimals, and the parameters say {in_parameters}")
            }
            Refusal::EscrowMismatch {
                escrow_address_in_parameters: in_parameters,
                safe_address_in_domain: in_domain,
            } => {
                write!(
                    f,
                    "the parameters name the escrow {in_parameters}, and the transaction is that of {in_domain}"
                )
            }
            Refusal::Eip712TypesMismatch => f.write_str("the types are not those of a Safe's transaction"),
            Refusal::OperationNotAllowed { operation_number: operation } => {
                write!(f, "the operation {operation} of a Safe is not allowed here")
            }
            Refusal::GasPriceNotZero { gas_price: price } => {
                write!(f, "the Safe is to pay {price} for each unit of gas")
            }
            Refusal::TransactionHashMismatch {
                hash_in_parameters: in_parameters,
                calculated_hash: calculated,
            } => {
                write!(
                    f,
                    "the parameters name the hash {in_parameters}, and that of the transaction is {calculated}"
                )
            }
            Refusal::UnexpectedTransfer {
                token_address: token,
                recipient,
                amount_in_smallest_units: units,
            } => write!(
                f,
                "the Safe pays {units} units of {token} to {recipient}, which nobody expects; if it is right, expect \
                 it by `expect_additional_transfer`"
            ),
            Refusal::MissingTransfer { recipient, amount_in_smallest_units: Some(units) } => {
                write!(f, "the Safe does not pay {units} units to {recipient}, as is expected")
            }
            Refusal::MissingTransfer { recipient, amount_in_smallest_units: None } => {
                write!(f, "the Safe does not pay {recipient}, as the parameters say")
            }
            Refusal::MissingExpectedRecipient { recipient_in_calldata: in_calldata } => write!(
                f,
                "the calldata pays {in_calldata}, which is named nowhere; if it is right, expect it by `expect_recipient`"
            ),
            Refusal::WrongDestinationAddress {
                requested_address: requested,
                address_in_parameters: in_parameters,
            } => {
                write!(f, "asked for the destination {requested:?}, and got {in_parameters:?}")
            }
            Refusal::MessageWithoutSignerAddress { signer_address: signer } => {
                write!(f, "the message does not contain the address {signer}")
            }
            Refusal::WrongDomainNameOrVersion {
                expected_value: expected,
                value_in_parameters: in_parameters,
            } => {
                write!(f, "the domain has `{expected}`, and the parameters say `{in_parameters}`")
            }
            Refusal::NotATokenTransfer => {
                f.write_str("the calldata is no transfer of a token and nothing else")
            }
            Refusal::CalldataRecipientMismatch {
                recipient_in_parameters: in_parameters,
                recipient_in_calldata: in_calldata,
            } => {
                write!(
                    f,
                    "the parameters name the recipient {in_parameters}, and the calldata pays {in_calldata}"
                )
            }
            Refusal::CalldataAmountMismatch {
                amount_in_parameters: in_parameters,
                amount_in_calldata: in_calldata,
            } => {
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
            Refusal::UnexpectedRecipient { expected_recipient: expected, actual_recipient: actual } => {
                write!(f, "the recipient {expected} is expected, and it is {actual}")
            }
            Refusal::UnexpectedAmount { expected_amount: expected, amount_in_parameters: in_parameters } => {
                write!(f, "the amount {expected} is expected, and it is {in_parameters}")
            }
            Refusal::DeadlineOutOfRange { max_time_to_deadline: longest, seconds_to_deadline: seconds } => {
                let longest = longest.as_secs();
                write!(f, "the deadline is {seconds} s ahead, and 1 to {longest} s are allowed")
            }
            Refusal::NativeCurrencySent { amount_in_smallest_units: value } => {
                write!(f, "the transfer sends {value} of the chain's own currency along")
            }
            Refusal::InvalidSignature { digest, signer_address: signer } => {
                write!(f, "what the signer returned for {digest} is no signature of {signer}")
            }
        }
    }
}

impl std::error::Error for Refusal {}

/// The error of an operation that signs something.
///
/// `?` also converts an [`Error`] or a [`WaitError`] into a `SigningError`. So a function that makes calls, waits and
/// signs needs only this error type. Both errors become [`CallFailed`](SigningError::CallFailed).
#[derive(Debug)]
#[non_exhaustive]
pub enum SigningError {
    /// The client refused to sign the parameters, or to send the signature that the signer returned.
    Refused(Box<Refusal>),
    /// The signer failed. Nothing was sent.
    SignerFailed(alloy_signer::Error),
    /// The parameters could not be fetched. Nothing was signed.
    FetchFailed(Error),
    /// The call that submits the signature failed. The error tells whether the call may have been executed. If `?`
    /// converts the error of another call or of a wait into a [`SigningError`], the result is this variant, too.
    CallFailed(Error),
}

impl SigningError {
    /// Returns the reason why the client refused to sign the parameters, or to send the signature. `None` if the error
    /// has another cause, like a failed API call.
    pub fn refusal(&self) -> Option<&Refusal> {
        match self {
            SigningError::Refused(refusal) => Some(refusal),
            SigningError::SignerFailed(_) | SigningError::FetchFailed(_) | SigningError::CallFailed(_) => {
                None
            }
        }
    }

    /// Returns the error of the API call that failed: the call that fetches the parameters, or the call that submits
    /// the signature. `None` if no API call failed.
    pub fn api_error(&self) -> Option<&Error> {
        match self {
            SigningError::FetchFailed(error) | SigningError::CallFailed(error) => Some(error),
            SigningError::Refused(_) | SigningError::SignerFailed(_) => None,
        }
    }

    /// Whether the server may have executed the failed request; see [`Error::may_have_executed`].
    ///
    /// - False if nothing was submitted: the parameters could not be fetched or were refused, or the signer failed.
    /// - True if the error comes from a wait, because a wait follows a request that may have been executed.
    pub fn may_have_executed(&self) -> bool {
        matches!(self, SigningError::CallFailed(error) if error.may_have_executed())
    }
}

impl fmt::Display for SigningError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SigningError::Refused(refusal) => write!(f, "not signed: {refusal}"),
            SigningError::SignerFailed(error) => write!(f, "the signer failed: {error}"),
            SigningError::FetchFailed(error) | SigningError::CallFailed(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for SigningError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            SigningError::Refused(refusal) => Some(refusal),
            SigningError::SignerFailed(error) => Some(error),
            SigningError::FetchFailed(error) | SigningError::CallFailed(error) => Some(error),
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
        SigningError::SignerFailed(error)
    }
}

impl From<Error> for SigningError {
    fn from(error: Error) -> SigningError {
        SigningError::CallFailed(error)
    }
}

/// Converts the error of a wait into [`SigningError::CallFailed`]. This variant contains an [`Error`], whose method
/// [`Error::wait_error`] returns the original `WaitError`.
impl<T: fmt::Debug + Send + Sync + 'static> From<WaitError<T>> for SigningError {
    fn from(error: WaitError<T>) -> SigningError {
        SigningError::CallFailed(error.into())
    }
}
