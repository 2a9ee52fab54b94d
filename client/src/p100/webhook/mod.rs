//! Webhooks of P100: verified deliveries, and typed payloads.
//!
//! A payload does not say to which kind of webhook it belongs, but P100 delivers each kind to a separate path. The
//! verifier knows the documented paths, and [`Verifier::route`] adds others.
//!
//! ```
//! use partner_client::p100::webhook::{Payload, Verifier, WebhookKind};
//! use partner_client::webhooks::{Delivery, Secret, Verifier as _};
//!
//! # use partner_client::p100::webhook::testing;
//! # let token = Secret::new("p100-webhook-token")?;
//! # let headers = testing::authorized_headers(&token);
//! let verifier = Verifier::new(token).route("/p100/crypto-deposit", WebhookKind::CryptoDeposit);
//! let body = r#"{"externalUserId": "customer-42", "status": "ACTIVE"}"#;
//! let event = verifier.verify(&Delivery::new("/webhook/user/status", headers, body))?;
//! match event.parse_payload() {
//!     Payload::UserBalanceGeneration(user) => println!("{} has balances", user.external_user_id),
//!     Payload::CryptoDeposit(deposit) => println!("{:?}: {:?}", deposit.crypto_deposit_id, deposit.status),
//!     Payload::Unreadable(reason) => eprintln!("{}: {reason}", event.path()),
//!     _ => {}
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! P100 requires an immediate response. It attempts the delivery of an event five times within about 120 seconds, and
//! then gives up.

mod event;
mod kind;
mod payload;
pub mod testing;
mod verifier;

pub use event::Event;
pub use kind::WebhookKind;
pub use payload::{KycVerificationUpdate, Payload, SepaTransferUpdate};
pub use verifier::Verifier;
