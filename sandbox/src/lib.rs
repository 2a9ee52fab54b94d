//! Both partner APIs on loopback, to develop and test against.
//!
//! ```
//! use partner_client::unigox::{Client, NewPartnerUser};
//! use partner_sandbox::Sandbox;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let sandbox = Sandbox::start().await?;
//! let unigox = Client::builder().base_url(sandbox.unigox_url()).api_key(Sandbox::UNIGOX_KEY).build()?;
//!
//! let user = unigox.create_partner_user(NewPartnerUser::new("customer-42", "a@example.com")).await?;
//! assert_eq!(user.status(), 201);
//! assert_eq!(sandbox.received()[0].operation, Some("create_partner_user"));
//! # Ok(())
//! # }
//! ```
//!
//! # How it responds
//!
//! Every operation of both APIs responds with the example of its document. The response is consistent with the request:
//! ids and other values of the request that the example has as well are those that were sent. What a vendor calculates,
//! like the amount after fees, stays as in the example. Where something in the example has expired, its times are moved
//! together, so that a new quote can be used for a minute.
//!
//! Requests are checked as the document says: key, path, query, media type, and the body or the parts of a form with
//! their types, formats, limits and enum values. What does not fit is refused in the form that the vendor documents for
//! the operation, and [`ReceivedRequest::problem`] says why.
//!
//! The operations of onboarding (Unigox's User Management, P100's Onboarding & KYC Flow) have state: a customer has to be
//! created before it can be verified. Time does not matter there: a check of identity ends after a few polls. It ends
//! well, unless the person's last name is [`Sandbox::REJECTED_LAST_NAME`].
//!
//! [`Sandbox::respond_with`] sets what the next call of an operation gets: another success, a failure, or a connection
//! that is closed without a response. [`Sandbox::received`] has the requests that came.
//!
//! # Limits
//!
//! Of uploads only names, types and sizes are kept. They are counted while they arrive, so they may be large. A request
//! may have at most 256 MiB, 100 parts, and 1 MiB that is kept.
//!
//! # Who may use it
//!
//! It listens on 127.0.0.1 and serves only requests whose `Host` is a loopback address or `localhost`, and whose
//! `Origin`, if they have one, is its own: other pages in a browser on this machine cannot use it. The key is checked
//! before a body is read.

mod access;
mod body;
mod call;
mod document;
mod example;
mod expiry;
mod key;
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

/// Compiles the examples of the client's guide that use the sandbox.
#[cfg(doctest)]
#[doc = include_str!("../../client/src/guide/testing.md")]
mod guide {}

pub use body::ReceivedFile;
pub use mock::MockResponse;
pub use received::ReceivedRequest;
pub use server::Sandbox;
