//! Both partner APIs on loopback, with state, to develop and test against.
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
//! assert_eq!(sandbox.requests()[0].operation, Some("create_partner_user"));
//! # Ok(())
//! # }
//! ```
//!
//! # How it behaves
//!
//! Paths, methods, keys, success statuses and the shape of bodies come from the client's operation tables and
//! models, so they are what the documents say. What an operation does with its state is one small function each. An
//! operation without such a function is answered with 501.
//!
//! Time does not pass in here: a check of identity ends after a few polls. It ends well, unless the person's last name
//! is [`Sandbox::REJECTED_LAST_NAME`].
//!
//! Of uploads only names, types and sizes are kept. They are counted while they come in, so they may be large; all of a
//! request together has at most 256 MiB, 100 parts, and 1 MiB of what is kept.
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

pub use body::ReceivedFile;
pub use mock::MockResponse;
pub use received::ReceivedRequest;
pub use server::Sandbox;
