//! The test key, and parameters for it.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use alloy_signer_local::PrivateKeySigner;
use partner_client::decimal;
use partner_client::unigox::TransferAuthorizationParameters;
use partner_client::unigox::signing::{Address, ExpectedAmount, Policy};
use serde_json::{Value, json};

/// The public development key 0 of Hardhat and Anvil.
pub(crate) const KEY: &str = "ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";
pub(crate) const ADDRESS: &str = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266";
pub(crate) const TOKEN: &str = "0xf86Cc81F4E480CF54Eb013FFe6929a0C2Ad5EdCA";
pub(crate) const FORWARDER: &str = "0x6fFCF38bEc8c733b096958fcd2a8E31A00530EDC";
pub(crate) const ESCROW: &str = "0x2222222222222222222222222222222222222222";
pub(crate) const ORDER: &str = "b2c3d4e5-f6a7-8901-bcde-f12345678901";
pub(crate) const DEADLINE: u64 = 1_760_000_000;
/// The amount of all parameters in these tests.
pub(crate) const AMOUNT: ExpectedAmount = ExpectedAmount::Exactly(decimal!("101.5"));

/// The calldata of the vector: a transfer of 101500000 to the escrow.
pub(crate) const CALLDATA: &str = "0xa9059cbb000000000000000000000000222222222222222222222222222222222222222200000000000000000000000000000000000000000000000000000000060cc460";

pub(crate) fn signer() -> PrivateKeySigner {
    KEY.parse().unwrap()
}

pub(crate) fn address(text: &str) -> Address {
    text.parse().unwrap()
}

/// An hour before the deadline of the vector.
pub(crate) fn now() -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(DEADLINE - 3600)
}

pub(crate) fn policy() -> Policy {
    Policy::new().allow_token(address(TOKEN), 6).allow_forwarder(address(FORWARDER)).clock(now)
}

/// The parameters whose signature is the vector.
pub(crate) fn parameters() -> Value {
    json!({
        "order_id": ORDER, "network_preset": "xai", "chain_id": "660279", "rpc_url": "https://xai-chain.net/rpc",
        "token_address": TOKEN, "forwarder_address": FORWARDER, "recipient_address": ESCROW,
        "sender_address": ADDRESS, "amount_atomic": "101500000", "amount_human": "101.500000",
        "crypto_currency": "USDT", "crypto_decimals": 6, "recommended_gas_limit": "500000",
        "recommended_ttl_seconds": 3600, "transfer_data": CALLDATA, "forwarder_nonce": "0",
        "authorization_path": "/api/v1/partner/orders/1/authorize-crypto-transfer",
    })
}

/// The parameters with some of them changed; `null` removes one.
pub(crate) fn parameters_with(changes: Value) -> TransferAuthorizationParameters {
    let mut parameters = parameters();
    for (key, value) in changes.as_object().unwrap() {
        parameters[key] = value.clone();
    }
    parameters.as_object_mut().unwrap().retain(|_, value| !value.is_null());
    serde_json::from_str(&parameters.to_string()).unwrap()
}
