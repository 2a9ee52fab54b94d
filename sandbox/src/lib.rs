//! A local server with the APIs of both partners, Unigox and P100, to develop and test against.
//!
//! ```
//! use partner_client::unigox::{Client, NewPartnerUser, NewPartnerUserRequired, UserRef};
//! use partner_sandbox::Sandbox;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let sandbox = Sandbox::start().await?;
//! let unigox = Client::builder().base_url(sandbox.unigox_base_url()).api_key(Sandbox::UNIGOX_API_KEY).build()?;
//!
//! let new = NewPartnerUserRequired { user_ref: UserRef::from("customer-42"), email: "a@example.com".to_owned() };
//! let user = unigox.create_partner_user(NewPartnerUser::new(new)).await?;
//! assert_eq!(user.http_status(), 201);
//! assert_eq!(sandbox.received()[0].operation, Some("create_partner_user"));
//! # Ok(())
//! # }
//! ```
//!
//! # How it responds
//!
//! Every operation of both APIs responds with the example in its document, made consistent with the request: ids and
//! other values that occur in both the request and the example are taken from the request. Values that the vendor
//! calculates, like the amount after fees, stay as in the example. If something in the example has expired, all times
//! of the example are moved, so that a new quote can be used for a minute.
//!
//! Requests are checked against the document: key, path, query, media type, and the body or the parts of a form with
//! their types, formats, limits and enum values, and amounts that have to be more than zero. A request that does not
//! conform is refused with the kind of failure that the vendor documents for the operation, and
//! [`ReceivedRequest::problem`] has the reason.
//!
//! [`Sandbox::respond_with`] sets the response for the next call of an operation: another success, a failure, or a
//! connection that is closed without a response. [`Sandbox::received`] returns the received requests.
//!
//! Parameters that have to be signed are complete, and the wallet with the key [`Sandbox::WALLET_PRIVATE_KEY`] can sign
//! them. The sandbox does not check signatures.
//!
//! # What has state
//!
//! Only onboarding has state. These operations read or change it:
//!
//! - Unigox: `create_partner_user`, `get_partner_user`, `submit_kyc`, `upload_kyc_document`, `run_kyc_verification`,
//!   `update_kyc`, `get_verification_status`, `list_payment_details`, `create_payment_details`, `get_payment_details`
//!   and `delete_payment_details`.
//! - P100: `create_user_account`, `add_kyc_files`, `create_kyc_verification`, `get_kyc_verification_page`,
//!   `get_kyc_status`, `add_user_verification` and `add_proof_of_address_files`.
//!
//! A customer has to be created before it can be verified. An identity check ends after a few polls, however much time
//! passes between them. The person is verified, unless the last name is [`Sandbox::REJECTED_LAST_NAME`].
//!
//! # What has no state
//!
//! All other operations respond with the example, whatever was called before. So the sandbox does not show whether a
//! service makes its calls in the right order, and a vendor refuses much that the sandbox accepts:
//!
//! - Unigox: a quote can be made an order any number of times, also after it has expired. An order can be authorized,
//!   confirmed, cancelled and refunded at any time, and none of these calls changes the status that `get_order` and
//!   `list_orders` return. Customers, recipients, fiat accounts and wallets need not exist.
//! - P100: a transfer, exchange, withdrawal or order is accepted whatever the balances are, and does not change them. A
//!   rate lock can be used any number of times. Users, cards and transfers need not exist.
//! - A wait, such as `wait_until_settled`, ends only if the status in the example is final; otherwise the wait goes on
//!   until its deadline.
//! - No webhook is ever sent.
//!
//! A test sets what a vendor would respond, like `QUOTE_ALREADY_USED` or the next status of an order, with
//! [`Sandbox::respond_with`].
//!
//! # Limits
//!
//! Of uploaded files, only names, types and sizes are stored, so files may be large. The limits of one request are 256
//! MiB, 100 form parts, and 1 MiB of stored data (JSON, text fields, and the names and types of files).
//!
//! # Who may use it
//!
//! The sandbox listens on 127.0.0.1. It serves only requests whose `Host` is a loopback address or `localhost`, and
//! whose `Origin`, if present, is the sandbox itself, so web pages in a browser on this machine cannot use the sandbox.
//! The key is checked before a body is read.

mod access;
mod api_key;
mod body;
mod call;
mod document;
mod example;
mod expiry;
mod mismatch;
mod mock;
mod p100;
mod person;
mod received;
mod refusal;
mod reply;
mod request;
mod router;
mod schema;
mod server;
mod unigox;
mod vendor;

/// The page about tests in the guide of `partner-client`. The page is included here because its examples use the
/// sandbox and are run as doctests.
#[cfg(doctest)]
#[doc = include_str!("../../client/src/guide/testing.md")]
mod guide {}

pub use body::ReceivedFile;
pub use mock::MockResponse;
pub use received::ReceivedRequest;
pub use server::{Sandbox, ServedApi};
