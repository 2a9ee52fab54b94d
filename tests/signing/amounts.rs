//! The expected amount, which every step that moves tokens requires.

use partner_client::unigox::BridgeAuthorizationParameters;
use partner_client::unigox::signing::{
    ExpectedAmount, PendingSignature, Refusal, SignableParameters, SigningError,
};
use partner_client::{Decimal, decimal};
use serde_json::json;

use crate::safe::{consent, refund, safe_policy};
use crate::wallet::{AMOUNT, ESCROW, address, parameters_with, signer};
use crate::withdrawals::{bridge, quote};

const AMOUNT_IN_PARAMETERS: Decimal = decimal!("101.5");

/// Signs with everything allowed that a step may need, so that only the amount can be refused.
async fn sign<P: SignableParameters>(
    step: PendingSignature<'_, P, alloy_signer_local::PrivateKeySigner>,
) -> Result<P::SignedBody, SigningError> {
    step.policy(&safe_policy()).expect_recipient(address(ESCROW)).allow_undecoded_calldata().await
}

#[tokio::test]
async fn each_step_that_moves_tokens_signs_the_expected_amount_alone() {
    let signer = signer();
    let bridge: BridgeAuthorizationParameters = serde_json::from_value(bridge()).unwrap();
    let (transfer, withdrawal, refund, consent) =
        (parameters_with(json!({})), quote(&[]), refund(&[]), consent(&[]));

    for amount in [AMOUNT, ExpectedAmount::Any] {
        assert!(sign(transfer.sign(amount, &signer)).await.is_ok());
        assert!(sign(bridge.sign(amount, &signer)).await.is_ok());
        assert!(sign(withdrawal.sign(amount, &signer)).await.is_ok());
        assert!(sign(refund.sign(amount, &signer)).await.is_ok());
        assert!(sign(consent.sign(amount, &signer)).await.is_ok());
    }
    for expected in [decimal!("101.49"), decimal!("101.51"), Decimal::ZERO] {
        let amount = ExpectedAmount::Exactly(expected);
        for error in [
            sign(transfer.sign(amount, &signer)).await.unwrap_err(),
            sign(bridge.sign(amount, &signer)).await.unwrap_err(),
            sign(withdrawal.sign(amount, &signer)).await.unwrap_err(),
            sign(refund.sign(amount, &signer)).await.unwrap_err(),
            sign(consent.sign(amount, &signer)).await.unwrap_err(),
        ] {
            let refusal = Refusal::UnexpectedAmount {
                expected_amount: expected,
                amount_in_parameters: AMOUNT_IN_PARAMETERS,
            };
            assert_eq!(error.refusal(), Some(&refusal));
        }
    }
}
