//! Signs refunds, and consents to settlements. Both are transactions of the escrow, which is a Safe (a wallet contract)
//! that the signer owns.

use alloy_primitives::{Address, B256, U256, hex};
use alloy_signer::Signer;
use alloy_sol_types::{Eip712Domain, SolCall, SolStruct};
use serde::Deserialize;

use super::checks::{self, DescribedPayment, verify_and_encode_signature};
use super::typed::{SafeTx, multiSendCall};
use super::values::{parse_address, parse_chain_id, parse_hex_bytes, parse_u256, require_field};
use super::{
    ExpectedAmount, PendingSignature, Policy, Refusal, SignAndSubmit, SignableParameters, SigningError,
    SigningStep, SigningTerms,
};
use crate::unigox::{
    Client, OrderId, RefundAuthorization, RefundAuthorizationParameters, SafeDomain, SafeTransaction,
    SettlementConsent, SettlementConsentParameters, SignedConsent, SignedConsentRequired, SignedRefund,
};
use crate::{Decimal, Error, JsonObject, Response};

impl RefundAuthorizationParameters {
    /// Checks and signs the refund, without submitting the signature. `.await` starts the signing. The [`Policy`] has
    /// to allow the Safe and the token. If the refund consists of several calls, it also has to allow the `multiSend`
    /// contract.
    pub fn sign<'a, S: Signer + Send + Sync>(
        &'a self,
        amount: ExpectedAmount,
        signer: &'a S,
    ) -> PendingSignature<'a, Self, S> {
        PendingSignature::new(self, amount, signer)
    }
}

impl SettlementConsentParameters {
    /// Checks and signs the consent to the settlement, without submitting the signature. Nothing is signed before the
    /// `.await`. The [`Policy`] has to allow the Safe (a wallet contract) and the token. If the settlement consists of
    /// several calls, it also has to allow the `multiSend` contract.
    pub fn sign<'a, S: Signer + Send + Sync>(
        &'a self,
        amount: ExpectedAmount,
        signer: &'a S,
    ) -> PendingSignature<'a, Self, S> {
        PendingSignature::new(self, amount, signer)
    }
}

impl Client {
    /// Authorizes the refund of an order: fetches the parameters, checks and signs them, and submits the signature.
    /// `.await` starts the refund; see [`RefundAuthorizationParameters::sign`] for the required [`Policy`].
    pub fn sign_and_submit_refund<'a, S: Signer + Send + Sync>(
        &'a self,
        order_id: OrderId,
        amount: ExpectedAmount,
        signer: &'a S,
    ) -> SignAndSubmit<'a, RefundStep, S> {
        SignAndSubmit::new(self, RefundStep { order_id }, amount, signer)
    }

    /// Consents to the settlement of an order: fetches the parameters, checks and signs them, and submits the
    /// signature. `.await` starts the consent; see [`SettlementConsentParameters::sign`] for the required [`Policy`].
    ///
    /// If this fails, but [may have been executed](SigningError::may_have_executed), read the order before you do
    /// anything else.
    pub fn sign_and_submit_settlement_consent<'a, S: Signer + Send + Sync>(
        &'a self,
        order_id: OrderId,
        amount: ExpectedAmount,
        signer: &'a S,
    ) -> SignAndSubmit<'a, SettlementConsentStep, S> {
        SignAndSubmit::new(self, SettlementConsentStep { order_id }, amount, signer)
    }
}

/// The [`SigningStep`] that authorizes the refund of an order.
#[derive(Debug, Clone, Copy)]
pub struct RefundStep {
    order_id: OrderId,
}

/// The [`SigningStep`] that consents to the settlement of an order.
#[derive(Debug, Clone, Copy)]
pub struct SettlementConsentStep {
    order_id: OrderId,
}

/// A Safe's transaction that passed all checks and may be signed. A Safe is a wallet contract.
pub struct CheckedSafeTransaction {
    transaction: SafeTx,
    domain: Eip712Domain,
}

impl SigningStep for RefundStep {
    type Parameters = RefundAuthorizationParameters;
    type ResponseBody = RefundAuthorization;

    async fn fetch_parameters(
        &self,
        client: &Client,
    ) -> Result<Response<RefundAuthorizationParameters>, Error> {
        client.get_refund_authorization_parameters(self.order_id).await
    }

    fn check_parameters_match_request(
        &self,
        parameters: &RefundAuthorizationParameters,
    ) -> Result<(), Refusal> {
        checks::check_order_id(self.order_id, parameters.order_id.as_ref())
    }

    async fn submit_signature(
        &self,
        client: &Client,
        signed: SignedRefund,
    ) -> Result<Response<RefundAuthorization>, Error> {
        client.authorize_refund(self.order_id, signed).await
    }
}

impl SigningStep for SettlementConsentStep {
    type Parameters = SettlementConsentParameters;
    type ResponseBody = SettlementConsent;

    async fn fetch_parameters(
        &self,
        client: &Client,
    ) -> Result<Response<SettlementConsentParameters>, Error> {
        client.get_settlement_consent_parameters(self.order_id).await
    }

    fn check_parameters_match_request(
        &self,
        parameters: &SettlementConsentParameters,
    ) -> Result<(), Refusal> {
        checks::check_order_id(self.order_id, Some(&parameters.order_id))
    }

    async fn submit_signature(
        &self,
        client: &Client,
        signed: SignedConsent,
    ) -> Result<Response<SettlementConsent>, Error> {
        client.submit_settlement_consent(self.order_id, signed).await
    }
}

impl SignableParameters for RefundAuthorizationParameters {
    type CheckedParameters = CheckedSafeTransaction;
    type SignedBody = SignedRefund;

    fn check_against_terms<S: Signer>(
        &self,
        signer: &S,
        terms: &SigningTerms,
    ) -> Result<CheckedSafeTransaction, Refusal> {
        let parameters = SafeTransactionParameters {
            escrow: parse_address("escrow_address", self.escrow_address.as_ref())?,
            signer: parse_address("signer_address", self.signer_address.as_ref())?,
            recipient: parse_address("recipient_address", self.recipient_address.as_ref())?,
            amount_in_tokens: *require_field("amount_human", self.amount_human.as_ref())?,
            decimals: *require_field("crypto_decimals", self.crypto_decimals.as_ref())?,
            transaction: require_field("safe_params", self.safe_params.as_ref())?,
            domain: require_field("domain", self.domain.as_ref())?,
            types: self.types.as_ref(),
        };
        parameters.check_and_build_transaction(signer, terms)
    }

    async fn sign_checked_parameters<S: Signer + Send + Sync>(
        checked: &CheckedSafeTransaction,
        signer: &S,
    ) -> Result<SignedRefund, SigningError> {
        Ok(SignedRefund::new(checked.sign(signer).await?).signed_data(checked.encode_calldata()))
    }
}

impl SignableParameters for SettlementConsentParameters {
    type CheckedParameters = CheckedSafeTransaction;
    type SignedBody = SignedConsent;

    fn check_against_terms<S: Signer>(
        &self,
        signer: &S,
        terms: &SigningTerms,
    ) -> Result<CheckedSafeTransaction, Refusal> {
        let parameters = SafeTransactionParameters {
            escrow: parse_address("escrow_address", Some(&self.escrow_address))?,
            signer: parse_address("signer_address", Some(&self.signer_address))?,
            recipient: parse_address("recipient_address", Some(&self.recipient_address))?,
            amount_in_tokens: self.amount_human,
            decimals: self.crypto_decimals,
            transaction: &self.safe_params,
            domain: &self.domain,
            types: Some(&self.types),
        };
        let checked = parameters.check_and_build_transaction(signer, terms)?;
        let in_parameters = parse_hex_bytes("tx_hash", Some(&self.tx_hash))?;
        let calculated = checked.compute_digest();
        match in_parameters[..] == calculated[..] {
            true => Ok(checked),
            false => Err(Refusal::TransactionHashMismatch {
                hash_in_parameters: in_parameters,
                calculated_hash: calculated,
            }),
        }
    }

    async fn sign_checked_parameters<S: Signer + Send + Sync>(
        checked: &CheckedSafeTransaction,
        signer: &S,
    ) -> Result<SignedConsent, SigningError> {
        Ok(SignedConsent::new(SignedConsentRequired {
            signature: checked.sign(signer).await?,
            signed_data: checked.encode_calldata(),
        }))
    }
}

impl CheckedSafeTransaction {
    /// Computes the EIP-712 digest of the transaction, which is the hash that is signed.
    fn compute_digest(&self) -> B256 {
        self.transaction.eip712_signing_hash(&self.domain)
    }

    /// Encodes the calldata of the transaction as hex.
    fn encode_calldata(&self) -> String {
        hex::encode_prefixed(&self.transaction.data)
    }

    async fn sign<S: Signer + Send + Sync>(&self, signer: &S) -> Result<String, SigningError> {
        let signature = signer.sign_typed_data(&self.transaction, &self.domain).await?;
        Ok(verify_and_encode_signature(&signature, self.compute_digest(), signer.address())?)
    }
}

/// The parameters from the API that refunds and settlement consents have in common. They describe a transaction of a
/// Safe (a wallet contract).
struct SafeTransactionParameters<'a> {
    escrow: Address,
    signer: Address,
    recipient: Address,
    amount_in_tokens: Decimal,
    decimals: i64,
    transaction: &'a SafeTransaction,
    domain: &'a SafeDomain,
    types: Option<&'a JsonObject>,
}

impl SafeTransactionParameters<'_> {
    /// Checks the parameters, and builds the transaction that the owner of the Safe (a wallet contract) signs.
    fn check_and_build_transaction<S: Signer>(
        &self,
        signer: &S,
        terms: &SigningTerms,
    ) -> Result<CheckedSafeTransaction, Refusal> {
        let policy = &terms.policy;
        let chain_id = parse_chain_id("domain.chainId", self.domain.chain_id.as_ref())?;
        let safe = parse_address("domain.verifyingContract", self.domain.verifying_contract.as_ref())?;
        let transaction = parse_transaction(self.transaction)?;

        policy.check_chain_is_allowed(chain_id)?;
        checks::check_signer_address_and_chain(signer, self.signer, chain_id)?;
        if safe != self.escrow {
            return Err(Refusal::EscrowMismatch {
                escrow_address_in_parameters: self.escrow,
                safe_address_in_domain: safe,
            });
        }
        policy.check_safe_is_allowed(safe)?;
        self.types.map_or(Ok(()), check_safe_tx_types)?;
        if !transaction.gasPrice.is_zero() {
            return Err(Refusal::GasPriceNotZero { gas_price: transaction.gasPrice });
        }
        terms.check_expected_recipient(self.recipient)?;
        terms.expected_amount.check_amount_in_parameters(self.amount_in_tokens)?;
        match decode_transfers(&transaction, policy) {
            Ok(transfers) => self.check_transfers(transfers, terms)?,
            Err(Refusal::NotATokenTransfer) if terms.allows_undecoded_calldata => {}
            Err(refusal) => return Err(refusal),
        }
        let domain = Eip712Domain::new(None, None, Some(U256::from(chain_id)), Some(safe), None);
        Ok(CheckedSafeTransaction { transaction, domain })
    }

    /// Checks the transfers that a transaction makes: the transfer that the parameters describe, the additional
    /// transfers that the caller expects, and no others.
    fn check_transfers(
        &self,
        transfers: Vec<SafeTokenTransfer>,
        terms: &SigningTerms,
    ) -> Result<(), Refusal> {
        let mut expected = terms.expected_additional_transfers.clone();
        let mut paid = false;
        for SafeTokenTransfer { token, recipient, amount_in_smallest_units: units } in transfers {
            if !paid && recipient == self.recipient {
                let SafeTransactionParameters { amount_in_tokens: tokens, decimals, .. } = *self;
                terms.policy.check_token_decimals(token, decimals)?;
                checks::check_amounts_agree(&DescribedPayment {
                    recipient,
                    amount_in_smallest_units: units,
                    amount_in_tokens: tokens,
                    decimal_count: decimals,
                })?;
                paid = true;
                continue;
            }
            match expected.iter().position(|transfer| *transfer == (recipient, units)) {
                Some(at) => drop(expected.swap_remove(at)),
                None => {
                    return Err(Refusal::UnexpectedTransfer {
                        token_address: token,
                        recipient,
                        amount_in_smallest_units: units,
                    });
                }
            }
        }
        match (paid, expected.pop()) {
            (true, None) => Ok(()),
            (false, _) => {
                Err(Refusal::MissingTransfer { recipient: self.recipient, amount_in_smallest_units: None })
            }
            (true, Some((recipient, units))) => {
                Err(Refusal::MissingTransfer { recipient, amount_in_smallest_units: Some(units) })
            }
        }
    }
}

/// Parses the transaction that has to be signed. In the parameters from the API, most fields of the transaction are
/// strings.
fn parse_transaction(transaction: &SafeTransaction) -> Result<SafeTx, Refusal> {
    let SafeTransaction { to, value, data, operation, safe_tx_gas, base_gas, .. } = transaction;
    let operation = *require_field("safe_params.operation", operation.as_ref())?;
    Ok(SafeTx {
        to: parse_address("safe_params.to", to.as_ref())?,
        value: parse_u256("safe_params.value", value.as_ref())?,
        data: parse_hex_bytes("safe_params.data", data.as_ref())?,
        operation: u8::try_from(operation)
            .map_err(|_| Refusal::OperationNotAllowed { operation_number: operation })?,
        safeTxGas: parse_u256("safe_params.safeTxGas", safe_tx_gas.as_ref())?,
        baseGas: parse_u256("safe_params.baseGas", base_gas.as_ref())?,
        gasPrice: parse_u256("safe_params.gasPrice", transaction.gas_price.as_ref())?,
        gasToken: parse_address("safe_params.gasToken", transaction.gas_token.as_ref())?,
        refundReceiver: parse_address("safe_params.refundReceiver", transaction.refund_receiver.as_ref())?,
        nonce: parse_u256("safe_params.nonce", transaction.nonce.as_ref())?,
    })
}

/// A token transfer in a transaction of a Safe (a wallet that is a smart contract).
struct SafeTokenTransfer {
    token: Address,
    recipient: Address,
    amount_in_smallest_units: U256,
}

/// The value of the field `operation` in a Safe's transaction for a normal call, in which the called code runs with the
/// rights of the called contract.
const NORMAL_CALL_OPERATION: u8 = 0;
/// The value of the field `operation` in a Safe's transaction for a delegate call, in which the called code runs with
/// the rights of the Safe.
const DELEGATE_CALL_OPERATION: u8 = 1;

/// Decodes the calldata (the encoded contract call) of a transaction of a Safe (a wallet contract). Returns the token
/// transfers that the transaction makes: one for a normal call, any number for a `multiSend`.
fn decode_transfers(transaction: &SafeTx, policy: &Policy) -> Result<Vec<SafeTokenTransfer>, Refusal> {
    let SafeTx { to, value, data, operation, .. } = transaction;
    match *operation {
        NORMAL_CALL_OPERATION => Ok(vec![decode_and_check_transfer(*to, *value, data, policy)?]),
        // A delegate call runs the code of the contract with the rights of the Safe. So the policy has to allow the
        // contract, whatever the calldata is.
        DELEGATE_CALL_OPERATION => {
            policy.check_multi_send_is_allowed(*to)?;
            let calls = multiSendCall::abi_decode_validate(data).map_err(|_| Refusal::NotATokenTransfer)?;
            if calls.abi_encode() != data[..] || !value.is_zero() {
                return Err(Refusal::NotATokenTransfer);
            }
            decode_multi_send_transfers(&calls.transactions, policy)
        }
        operation => Err(Refusal::OperationNotAllowed { operation_number: operation.into() }),
    }
}

/// Decodes the calls of a `multiSend`, and returns the token transfers that these calls make. The calls are packed one
/// after the other. Each call consists of an operation, an address, a value, a length and the calldata.
fn decode_multi_send_transfers(
    mut packed: &[u8],
    policy: &Policy,
) -> Result<Vec<SafeTokenTransfer>, Refusal> {
    let mut transfers = Vec::new();
    while !packed.is_empty() {
        let (head, rest) = packed.split_at_checked(1 + 20 + 32 + 32).ok_or(Refusal::NotATokenTransfer)?;
        let length =
            usize::try_from(U256::from_be_slice(&head[53..])).map_err(|_| Refusal::NotATokenTransfer)?;
        let (data, rest) = rest.split_at_checked(length).ok_or(Refusal::NotATokenTransfer)?;
        if head[0] != NORMAL_CALL_OPERATION {
            return Err(Refusal::OperationNotAllowed { operation_number: head[0].into() });
        }
        let (to, value) = (Address::from_slice(&head[1..21]), U256::from_be_slice(&head[21..53]));
        transfers.push(decode_and_check_transfer(to, value, data, policy)?);
        packed = rest;
    }
    Ok(transfers)
}

/// Decodes a call that must be exactly one token transfer, and checks that the policy allows the token.
fn decode_and_check_transfer(
    token: Address,
    value: U256,
    data: &[u8],
    policy: &Policy,
) -> Result<SafeTokenTransfer, Refusal> {
    if !value.is_zero() {
        return Err(Refusal::NativeCurrencySent { amount_in_smallest_units: value });
    }
    let transfer = checks::decode_token_transfer(data)?;
    policy.check_token_is_allowed(token)?;
    Ok(SafeTokenTransfer { token, recipient: transfer.to, amount_in_smallest_units: transfer.amount })
}

/// A field of an EIP-712 type declaration.
#[derive(Deserialize, PartialEq)]
struct Eip712Field {
    name: String,
    #[serde(rename = "type")]
    type_: String,
}

/// The fields of the EIP-712 type `SafeTx`, as pairs of name and type.
const SAFE_TX_FIELDS: [(&str, &str); 10] = [
    ("to", "address"),
    ("value", "uint256"),
    ("data", "bytes"),
    ("operation", "uint8"),
    ("safeTxGas", "uint256"),
    ("baseGas", "uint256"),
    ("gasPrice", "uint256"),
    ("gasToken", "address"),
    ("refundReceiver", "address"),
    ("nonce", "uint256"),
];

/// Checks that the EIP-712 types in the parameters are the types of a Safe's transaction. A type `SafeTx` that has only
/// the first few of its fields passes the check, too, because an example in the docs has only these. The signature
/// covers the complete type in any case.
fn check_safe_tx_types(types: &JsonObject) -> Result<(), Refusal> {
    for (name, fields) in types {
        if name == "EIP712Domain" {
            continue;
        }
        let fields: Vec<Eip712Field> = fields.deserialize_as().map_err(|_| Refusal::Eip712TypesMismatch)?;
        let known = fields
            .iter()
            .zip(SAFE_TX_FIELDS)
            .all(|(field, (name, type_))| field.name == name && field.type_ == type_);
        if name != "SafeTx" || fields.is_empty() || fields.len() > SAFE_TX_FIELDS.len() || !known {
            return Err(Refusal::Eip712TypesMismatch);
        }
    }
    Ok(())
}
