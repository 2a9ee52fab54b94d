//! Webhooks: receiving events, handling each event once, and noticing missing events.
//!
//! # Verify
//!
//! Unigox signs its deliveries, and P100 sends a static token. Each API has a verifier that checks the signature or
//! token, and reads a typed event from an authentic delivery: [`unigox::webhook`](crate::unigox::webhook),
//! [`p100::webhook`](crate::p100::webhook).
//!
//! The signature covers the bytes of the body, so do not parse the body before the verification. A delivery from P100
//! proves only that the sender knows the token, so confirm the event with the API before it causes a payment.
//!
//! | delivery | status |
//! |---|---|
//! | handled, stored, or a duplicate | 200 |
//! | missing, repeated or malformed headers, a wrong signature or token | 401 |
//! | a valid signature that is too old or from the future | 403 |
//! | the body is not a JSON object | 400 |
//! | too large; compressed; not `POST` | 413; 415; 405 |
//! | being handled by another holder; the handler or the store failed; too slow | 503, so that it is delivered again |
//!
//! Events with an unknown type, field or value are accepted: the event is `Other`, or has an `Unrecognized` value. An event of a known type whose data cannot be read as that type is `Unreadable`. Handle such an event like an
//! unknown one, and report it.
//!
//! # Handle each event once
//!
//! Both vendors deliver at least once. A store records which events were handled, and which are being handled:
//!
//! | store | feature | an effect happens |
//! |---|---|---|
//! | memory | | once, while the process runs |
//! | SQLite | `sqlite` | exactly once, when it is written in the session |
//! | Postgres | `postgres` | exactly once, when it is written in the session |
//! | Redis | `redis` | at least once, and never twice at the same time |
//!
//! "Exactly once" is guaranteed by a transaction that commits the effect together with the record of the event. For an
//! effect outside of the transaction, like a call of another service, the record may be lost after the effect has
//! happened. So such an effect needs an idempotency key, for example `event.key()`. Redis also needs `appendonly yes`,
//! `appendfsync always` and `maxmemory-policy noeviction`.
#![cfg_attr(
    all(feature = "axum", feature = "postgres"),
    doc = r#"
# axum with Postgres

```no_run
use axum::Router;
use partner_client::unigox::webhook::{Event, EventData, Verifier};
use partner_client::webhooks::sqlx::{self, PgPool, Postgres, Transaction};
use partner_client::webhooks::{BoxError, PostgresStore, Receiver, ReceiverService, Secret};

async fn book(event: Event, mut tx: Transaction<'static, Postgres>) -> Result<Transaction<'static, Postgres>, BoxError> {
    if let EventData::OrderStatusChanged(order) = event.parse_data() {
        sqlx::query("UPDATE orders SET status = $2 WHERE id::text = $1")
            .bind(order.order_id.map(|id| id.to_string()))
            .bind(order.status.map(|status| status.to_string()))
            .execute(&mut *tx)
            .await?;
    }
    // The receiver records the event as handled, and commits both.
    Ok(tx)
}

async fn router(pool: PgPool, secret: String) -> Result<Router, BoxError> {
    let store = PostgresStore::new(pool);
    store.create_tables().await?;
    let receiver = Receiver::new(Verifier::new(Secret::new(secret)?), store, book);
    let service = ReceiverService::new(receiver).on_outcome(|outcome| println!("webhook: {outcome:?}"));
    Ok(Router::new().route_service("/webhooks/unigox", service))
}
```

The service responds within 9 seconds, because Unigox waits for 10. A handler that takes longer continues, and so does one
whose sender has hung up.
"#
)]
//!
//! # Without a framework
//!
//! ```
//! use partner_client::http::{HeaderMap, Response};
//! use partner_client::p100::webhook::{Event, Payload, Verifier, WebhookKind};
//! use partner_client::webhooks::{Delivery, MemoryStore, Receive, Receiver, Secret};
//!
//! async fn receive(receiver: &impl Receive, path: &str, headers: HeaderMap, body: Vec<u8>) -> Response<&'static str> {
//!     receiver.receive(Delivery::new(path, headers, body)).await.to_response()
//! }
//!
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let verifier = Verifier::new(Secret::new("p100-webhook-token")?).route("/p100/deposits", WebhookKind::CryptoDeposit);
//! let receiver = Receiver::new(verifier, MemoryStore::new(10_000), |event: Event, ()| async move {
//!     if let Payload::CryptoDeposit(deposit) = event.parse_payload() {
//!         println!("{:?}: {:?}", deposit.crypto_deposit_id, deposit.status);
//!     }
//!     Ok(())
//! });
//! let response = receive(&receiver, "/p100/deposits", HeaderMap::new(), b"{}".to_vec()).await;
//! assert_eq!(response.status(), 401);
//! # Ok(())
//! # }
//! # tokio::runtime::Builder::new_current_thread().build()?.block_on(example())?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! In any other framework, call such a function with the bytes of the body, and limit the size of the body before. With
//! actix-web, `PayloadConfig` sets the limit:
//!
//! ```text
//! async fn webhook(
//!     request: HttpRequest,
//!     body: web::Bytes,
//!     receiver: web::Data<Unigox>,
//! ) -> Result<HttpResponse, Box<dyn std::error::Error>> {
//!     let mut headers = HeaderMap::new();
//!     for (name, value) in request.headers() {
//!         headers.append(HeaderName::from_bytes(name.as_ref())?, HeaderValue::from_bytes(value.as_bytes())?);
//!     }
//!     let delivery = Delivery::new(request.path(), headers, body);
//!     let outcome = tokio::spawn(async move { receiver.receive(delivery).await }).await?;
//!     Ok(HttpResponse::build(StatusCode::from_u16(outcome.status().as_u16())?).body("{}"))
//! }
//! ```
//!
//! # Acknowledge first, handle later
//!
//! P100 requires an immediate acknowledgement, and gives up after five attempts in two minutes. Unigox sends some
//! events once only ([`is_sent_once`](crate::unigox::webhook::Event::is_sent_once)). For both, and for handlers that
//! are slow, [`InboxReceiver`](crate::webhooks::InboxReceiver) stores a delivery and acknowledges it, and any number of
//! [`InboxWorker`](crate::webhooks::InboxWorker)s handle the stored deliveries, with retries. SQLite and Postgres have
//! an inbox.
//!
//! # Late events
//!
//! Events arrive in any order. [`supersedes`](crate::unigox::webhook::Event::supersedes) determines which of two events
//! about the same order is newer, so that an older event does not overwrite a newer state. Before a payment depends on
//! the state, read the order.
//!
//! # Events that do not come
//!
//! A receiver that was down for four days has lost events permanently, and some events are sent only once. So run a job
//! that reads the orders and transfers that should be final by now, with the `wait_until_…` methods or the lists, and
//! handles a final state in the same way as the event. See [waiting](super::waiting).
//!
//! # Rotate a secret
//!
//! 1. Deploy a `Verifier::new(old)` that also accepts the new secret, by `also_accept_secret`.
//! 2. Have the vendor use the new secret.
//! 3. When deliveries with the old secret are no longer repeated, which takes four days for Unigox, deploy
//!    `Verifier::new(new)`.
//!
//! # Test a receiver
//!
//! [`unigox::webhook::testing::signed_headers`](crate::unigox::webhook::testing::signed_headers) and
//! [`p100::webhook::testing::authorized_headers`](crate::p100::webhook::testing::authorized_headers) make the headers
//! of a delivery. `test_webhook` of the Unigox client makes the vendor send an event.
