//! Webhooks of Unigox: verified deliveries, and typed events.
//!
//! ```
//! use partner_client::unigox::webhook::{EventData, Verifier};
//! use partner_client::webhooks::{Delivery, Secret, Verifier as _};
//!
//! # use partner_client::unigox::webhook::testing;
//! # let secret = Secret::new("whsec_example")?;
//! # let now = std::time::SystemTime::now();
//! # let body = br#"{"event_id":"evt_1","event_type":"user.kyc.updated","data":{"kyc_status":"VERIFIED"}}"#;
//! # let headers = testing::signed_headers(&secret, now, body);
//! let verifier = Verifier::new(secret);
//! let event = verifier.verify(&Delivery::new("/webhooks/unigox", headers, &body[..]))?;
//! match event.parse_data() {
//!     EventData::UserKycUpdated(update) => println!("{:?}: {:?}", update.user_uuid, update.kyc_status),
//!     EventData::OrderStatusChanged(order) => println!("{:?}: {:?}", order.order_id, order.status),
//!     EventData::Unreadable(reason) => eprintln!("{}: {reason}", event.id()),
//!     _ => {}
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The module [`webhooks`](crate::webhooks) has the receivers of deliveries: [`Receiver`](crate::webhooks::Receiver)
//! and [`ReceiverService`](crate::webhooks::ReceiverService).

mod event;
mod event_order;
pub mod testing;
mod verifier;

pub use event::{Event, EventData};
pub use verifier::{RETRY_WINDOW, Verifier};
