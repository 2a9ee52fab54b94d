//! Signing: the steps that a wallet has to authorize, and the checks before something is signed.
//!
//! A sale of crypto needs a signature: the wallet signs a transfer into escrow, and Unigox has the transfer executed.
//! Signatures are also needed for refunds, consents to a settlement, bridges, and the wallets of customers.
//!
//! # One call for the whole step
//!
//! ```no_run
//! use partner_client::unigox::{Client, OrderId};
//! use partner_client::unigox::signing::{ExpectedAmount, Policy, Refusal, Signer, SigningError};
//! use partner_client::Decimal;
//!
//! # fn alert(refusal: &Refusal) {}
//! async fn fund(
//!     unigox: &Client,
//!     order_id: OrderId,
//!     amount: Decimal,
//!     policy: &Policy,
//!     wallet: &(impl Signer + Send + Sync),
//! ) -> Result<(), SigningError> {
//!     unigox.wait_until_crypto_transfer_due(order_id).await?;
//!     let step = unigox.sign_and_submit_crypto_transfer(order_id, ExpectedAmount::Exactly(amount), wallet);
//!     step.policy(policy).await.map(|_| ()).inspect_err(|error| {
//!         // These parameters were not signed. A person should look at them before it is tried again.
//!         error.refusal().inspect(|refusal| alert(refusal));
//!     })
//! }
//! ```
//!
//! | step | call | needs in the policy |
//! |---|---|---|
//! | crypto of a sale into escrow | `sign_and_submit_crypto_transfer` | token, forwarder |
//! | bought crypto to another chain | `sign_and_submit_bridge` | token, forwarder |
//! | a customer's withdrawal | `sign_and_submit_customer_withdrawal` | token, forwarder, and `expect_recipient` |
//! | a refund | `sign_and_submit_refund` | Safe, token, perhaps `multiSend` |
//! | a consent to a settlement | `sign_and_submit_settlement_consent` | Safe, token, perhaps `multiSend` |
//! | a link of a customer's wallet | `sign_and_submit_wallet_link` | nothing |
//!
//! Each step has a counterpart without API calls, for services whose key is on another machine: fetch the parameters,
//! send them to that machine, and call `parameters.sign(amount, &wallet).policy(&policy).await?` there.
//!
//! `?` turns the error of a call or a wait into a [`SigningError`](crate::unigox::signing::SigningError), too, so a
//! function that does all of them has one error type.
//!
//! # The policy
//!
//! The responses of the API decide what is signed, so an attacker who can change a response could get any signature. A
//! [`Policy`](crate::unigox::signing::Policy) limits the signatures to contracts whose addresses come from another
//! source:
//!
//! ```
//! use partner_client::unigox::signing::Policy;
//!
//! let policy = Policy::new()
//!     // The token's contract, and its decimals.
//!     .allow_token("0xf86Cc81F4E480CF54Eb013FFe6929a0C2Ad5EdCA".parse()?, 6)
//!     .allow_forwarder("0x6fFCF38bEc8c733b096958fcd2a8E31A00530EDC".parse()?)
//!     // The escrow of an order whose refund is signed: where its transfer went.
//!     .allow_safe("0x9f8eF448C2c0694383B848e32D4d2857eBAEdB94".parse()?);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! These addresses are examples. The docs list no addresses, so ask Unigox for the addresses of your environment, and
//! store them in the configuration of the service. Without a policy nothing is signed, and the error shows the
//! addresses that the API named.
//!
//! # The amount
//!
//! The policy does not limit amounts. So every step that moves tokens requires an
//! [`ExpectedAmount`](crate::unigox::signing::ExpectedAmount): a call without it does not compile. Only
//! `sign_and_submit_customer_withdrawal` needs none, because the amount is in its request, and
//! `sign_and_submit_wallet_link`, which moves nothing. The escrow of a sale is known only from the parameters, so there
//! the amount is what protects the wallet. `ExpectedAmount::Any` gives up this protection, and is visible in a review.
//!
//! Which amount to expect for an order with a fee of the partner is unclear: a text of Unigox says that a sale is funded
//! with `crypto_amount` plus `partner_fee`, and its example of the parameters has the `crypto_amount` alone. Ask Unigox,
//! or compare both with the parameters of a small order, before a service signs such orders.
//!
//! If the service knows more, it sets that too: `expect_recipient`, and, for a Safe with several transfers,
//! `expect_additional_transfer`. If a value differs, signing fails with a [`Refusal`](crate::unigox::signing::Refusal)
//! that has both values.
//!
//! # Where the key is
//!
//! Any [`Signer`](crate::unigox::signing::Signer) of alloy 1 can be used: `alloy-signer-local` for a key or a keystore
//! file, `alloy-signer-aws`, `alloy-signer-gcp` and `alloy-signer-ledger` for keys that never leave a KMS or a device.
//! The client sees only the address and the signature. Each signature is verified against the signer's address before
//! it is sent.
//!
//! # What is done twice
//!
//! A second signature is submitted only if the server has refused the first one without executing anything, and newer
//! parameters show the reason: the forwarder expects another nonce, or the deadline has passed. Then the newer
//! parameters are checked, signed and submitted, once. After a failure that [may have been
//! executed](crate::unigox::signing::SigningError::may_have_executed), read the order before you sign again: the nonce
//! keeps a transfer from being executed twice, but a second transfer would have another nonce.
