//! The EIP-712 structs that are signed. Their names and fields are hashed, so they have to be those of the contracts.

use alloy_primitives::{Address, U256};
use alloy_sol_types::{Eip712Domain, sol};

sol! {
    /// A call that the forwarder executes for the sender.
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

    /// A transaction of a Safe.
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

    /// Several calls in one transaction of a Safe.
    #[derive(Debug)]
    function multiSend(bytes transactions);

    /// A transfer of an ERC-20 token.
    #[derive(Debug)]
    function transfer(address to, uint256 amount);
}

/// The name of the forwarder's domain, which is that of its contract.
pub(super) const FORWARDER_NAME: &str = "SyntheticAssetForwarder";
pub(super) const FORWARDER_VERSION: &str = "1";

/// The domain in which a forward request is signed.
pub(super) fn forwarder_domain(chain_id: u64, forwarder: Address) -> Eip712Domain {
    Eip712Domain::new(
        Some(FORWARDER_NAME.into()),
        Some(FORWARDER_VERSION.into()),
        Some(U256::from(chain_id)),
        Some(forwarder),
        None,
    )
}
