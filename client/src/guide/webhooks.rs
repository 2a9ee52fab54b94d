//! Webhooks: receiving events, handling each of them once, and noticing those that did not come.
//!
//! # Verify
//!
//! Unigox signs its deliveries, P100 sends a static token. Each API has a verifier that checks that, and makes a typed
//! event of what is authentic: [`unigox::webhook`](crate::unigox::webhook), [`p100::webhook`](crate::p100::webhook).
//!
//! The signature is over the bytes of the body, so it must not be parsed before. A delivery of P100 proves only that the sender
//! knows the token: before money moves because of it, ask the API.
//!
//! | delivery | status |
//! |---|---|
//! | handled, stored, or known already | 200 |
//! | no, two or wrong headers, a wrong signature or token | 401 |
//! | a right signature, too old or from the future | 403 |
//! | no JSON object | 400 |
//! | too large; compressed; not `POST` | 413; 415; 405 |
//! | being handled by another holder; the handler or the store failed; too slow | 503, so that it is delivered again |
//!
//! An unknown type, field or value refuses nothing: the event is `Other` or `Raw`, or has an `Unrecognized` value. An event
//! of a known type that does not fit is `Unreadable`, with its data. Handle it like the unknown ones, and report it.
//!
//! # Handle each event once
//!
//! Both vendors deliver at least once. A store remembers which events were handled, and who is handling one:
//!
//! | store | feature | an effect happens |
//! |---|---|---|
//! | memory | | once, while the process runs |
//! | SQLite | `sqlite` | exactly once, when it is written in the session |
//! | Postgres | `postgres` | exactly once, when it is written in the session |
//! | Redis | `redis` | at least once, and never twice at the same time |
//!
//! "Exactly once" is what a transaction can promise: effect and mark are committed together. An effect elsewhere, like a call
//! of another service, may be done and its mark lost, so it needs an idempotency key: `event.key()` is one. Redis also needs
//! `appendonly yes`, `appendfsync always` and `maxmemory-policy noeviction`.
#![cfg_attr(
    all(feature = "axum", feature = "postgres"),
    doc = r#"
# axum with Postgres

```no_run
use axum::Router;
use partner_client::unigox::webhook::{Event, EventData, Verifier};
use partner_client::webhooks::sqlx::{self, PgPool, Postgres, Transaction};
use partner_client::webhooks::{BoxError, PostgresStore, Receiver, Secret, Service};

async fn book(event: Event, mut tx: Transaction<'static, Postgres>) -> Result<Transaction<'static, Postgres>, BoxError> {
    if let EventData::OrderStatusChanged(order) = event.data() {
        sqlx::query("UPDATE orders SET status = $2 WHERE id::text = $1")
            .bind(order.order_id.map(|id| id.to_string()))
            .bind(order.status.map(|status| status.to_string()))
            .execute(&mut *tx)
            .await?;
    }
    // The receiver adds the mark and commits both.
    Ok(tx)
}

async fn router(pool: PgPool, secret: String) -> Result<Router, BoxError> {
    let store = PostgresStore::new(pool);
    store.migrate().await?;
    let receiver = Receiver::new(Verifier::new(Secret::new(secret)?), store, book);
    let service = Service::new(receiver).observe(|outcome| println!("webhook: {outcome:?}"));
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
//!     receiver.receive(Delivery::new(path, headers, body)).await.response()
//! }
//!
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let verifier = Verifier::new(Secret::new("p100-webhook-token")?).route("/p100/deposits", WebhookKind::CryptoDeposit);
//! let receiver = Receiver::new(verifier, MemoryStore::new(10_000), |event: Event, ()| async move {
//!     if let Payload::CryptoDeposit(deposit) = event.payload() {
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
//! Any other framework is this function: give it the bytes of the body, and bound them before. With actix-web, whose
//! `PayloadConfig` has the limit:
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
//! P100 wants to be acknowledged at once, and gives up after five attempts in two minutes. Unigox sends some events once
//! only ([`is_sent_once`](crate::unigox::webhook::Event::is_sent_once)). For both, and for handlers that are slow,
//! [`InboxReceiver`](crate::webhooks::InboxReceiver) stores a delivery and acknowledges it, and any number of
//! [`Worker`](crate::webhooks::Worker)s handle the stored deliveries, with retries. SQLite and Postgres have an inbox.
//!
//! # Late events
//!
//! Events arrive in any order. [`supersedes`](crate::unigox::webhook::Event::supersedes) says which of two events about the
//! same order is the later one, so that an old one does not undo a new one. Where it decides about money, read the order.
//!
//! # Events that do not come
//!
//! A receiver that was down for four days has lost events for good, and some are sent only once. So reconcile: a job that
//! reads what should be final by now, with the `wait_until_…` methods or the lists, and treats what it finds like the
//! event. See [waiting](super::waiting).
//!
//! # Rotate a secret
//!
//! 1. Deploy `Verifier::new(old).also_accept(new)`.
//! 2. Have the vendor use the new one.
//! 3. After the retries of the last deliveries with the old one, four days for Unigox, deploy `Verifier::new(new)`.
//!
//! # Test a receiver
//!
//! [`unigox::webhook::testing::sign`](crate::unigox::webhook::testing::sign) and
//! [`p100::webhook::testing::authorize`](crate::p100::webhook::testing::authorize) make the headers of a delivery.
//! `test_webhook` of the Unigox client has the vendor send an event.
