//! The EIP-712 structs that are signed. A signature covers the names of the struct and of its fields, so all these
//! names have to be the same as in the contracts.

use alloy_primitives::{Address, U256};
use alloy_sol_types::{Eip712Domain, sol};

sol! {
    /// A call that the forwarder (a contract) executes for the wallet that has signed the call.
    #[derive(Debug)]
    struct ForwardRequest {
        address from;
        address to;
        uint256 value;
        uint256 gas;
        uint256 nonce;
        uint48 deadline;
        bytes data;
    }

    /// A transaction of a Safe (a wallet contract).
    #[derive(Debug)]
    struct SafeTx {
        address to;
        uint256 value;
        bytes data;
        uint8 operation;
        uint256 safeTxGas;
        uint256 baseGas;
        uint256 gasPrice;
        address gasToken;
        address refundReceiver;
        uint256 nonce;
    }

    /// Executes several calls in one transaction of a Safe (a wallet contract).
    #[derive(Debug)]
    function multiSend(bytes transactions);

    /// Transfers an amount of an ERC-20 token.
    #[derive(Debug)]
    function transfer(address to, uint256 amount);
}

/// The name in the forwarder's EIP-712 domain, as the forwarder's contract defines it.
pub(super) const FORWARDER_DOMAIN_NAME: &str = "SyntheticAssetForwarder";
/// The version in the forwarder's EIP-712 domain, as the forwarder's contract defines it.
pub(super) const FORWARDER_DOMAIN_VERSION: &str = "1";

/// Returns the EIP-712 domain for signing a forward request.
pub(super) fn create_forwarder_domain(chain_id: u64, forwarder: Address) -> Eip712Domain {
    Eip712Domain::new(
        Some(FORWARDER_DOMAIN_NAME.into()),
        Some(FORWARDER_DOMAIN_VERSION.into()),
        Some(U256::from(chain_id)),
        Some(forwarder),
        None,
    )
}
