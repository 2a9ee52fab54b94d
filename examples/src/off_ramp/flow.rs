//! A service that sells the crypto of a customer.

use std::error::Error;
use std::time::Duration;

use alloy_signer_local::PrivateKeySigner;
use partner_client::unigox::signing::{ExpectedAmount, Policy};
use partner_client::unigox::webhook::{Event, EventData, Verifier};
use partner_client::unigox::{
    Client, CryptoCurrencyCode, FiatCurrencyCode, NewOffRampQuote, NewOffRampQuoteRequired, NewOrder,
    OffRampPayout, OrderId, OrderStatus, PaymentDetailsId, QuoteAmount, UserUuid,
};
use partner_client::webhooks::{MemoryStore, Receiver, ReceiverService, Secret};
use partner_client::{Decimal, ErrorKind};
use tokio::net::TcpListener;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use super::vendor;

type Failure = Box<dyn Error + Send + Sync>;

/// The public development key 0 of Hardhat and Anvil. A service keeps its key in a KMS, with another signer of alloy.
const SIGNING_KEY: &str = "ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";

/// The longest time to wait for an event before the status of the order is requested.
const EVENT_TIMEOUT: Duration = Duration::from_secs(10);

/// Sells 101.50 USDT of one customer. Returns a line of text for each completed step.
///
/// # Errors
///
/// The first step that failed.
pub async fn run() -> Result<Vec<String>, Failure> {
    let secret = Secret::new("whsec_example")?;
    let (receiver, mut events) = receive_webhooks(secret.clone()).await?;
    let vendor = vendor::start_vendor(secret, receiver).await?;
    let unigox = Client::builder().api_key("example-key").base_url(vendor).build()?;
    let wallet: PrivateKeySigner = SIGNING_KEY.parse()?;
    let mut story = Vec::new();

    let amount: Decimal = "101.50".parse()?;
    let quote = NewOffRampQuote::new(NewOffRampQuoteRequired {
        user_uuid: UserUuid::from(vendor::CUSTOMER_UUID),
        crypto_currency: CryptoCurrencyCode::from("USDT"),
        fiat_currency: FiatCurrencyCode::from("NGN"),
        quote_amount: QuoteAmount::Crypto(amount),
        off_ramp_payout: OffRampPayout::PaymentDetails(PaymentDetailsId::from(987)),
    });
    let quote = unigox.quote_off_ramp(quote).await?;
    story.push(format!("quoted: {} USDT for {} NGN", quote.crypto_amount()?, quote.fiat_amount()?));

    let order = unigox.initiate_off_ramp(NewOrder::new(quote.quote_id()?)).await;
    let order_id = match order.and_then(|order| order.order_id()) {
        Ok(order_id) => order_id,
        // A quote can be used only once. Only the list of orders shows whether this request has used the quote.
        Err(error) if error.may_have_executed() => return Err(format!("look for the order: {error}").into()),
        Err(error) => return Err(error.into()),
    };
    story.push(format!("initiated: order {order_id}"));

    wait_for_status(&unigox, &mut events, order_id, &OrderStatus::AwaitingCryptoTransferAuthorization)
        .await?;
    // A service gets both addresses from Unigox directly, not through the API.
    let policy = Policy::new()
        .allow_token(vendor::TOKEN_ADDRESS.parse()?, 6)
        .allow_forwarder(vendor::FORWARDER_ADDRESS.parse()?);
    unigox
        .sign_and_submit_crypto_transfer(order_id, ExpectedAmount::Exactly(amount), &wallet)
        .policy(&policy)
        .await?;
    story.push(format!("authorized: the transfer, signed by {}", wallet.address()));

    wait_for_status(&unigox, &mut events, order_id, &OrderStatus::Completed).await?;
    story.push("completed: the customer was paid".to_owned());
    Ok(story)
}

/// Starts to receive webhooks on a free port. Returns the address, and the events in the order in which they are
/// handled.
async fn receive_webhooks(secret: Secret) -> Result<(String, UnboundedReceiver<Event>), Failure> {
    let (sends, events) = unbounded_channel();
    let handler = move |event: Event, ()| {
        let sent = sends.send(event);
        async move { sent.map_err(|_| "nobody sells any longer".into()) }
    };
    // A store in memory is enough for this example. A real service needs a persistent store, because this store loses
    // its events when the process ends.
    let receiver = Receiver::new(Verifier::new(secret), MemoryStore::new(10_000), handler);
    let router = axum::Router::new().route_service("/webhooks/unigox", ReceiverService::new(receiver));
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?.to_string();
    tokio::spawn(async move { axum::serve(listener, router).await });
    Ok((address, events))
}

/// Waits until an order has the awaited status. Events may arrive late, out of order, or not at all.
async fn wait_for_status(
    unigox: &Client,
    events: &mut UnboundedReceiver<Event>,
    order_id: OrderId,
    awaited: &OrderStatus,
) -> Result<(), Failure> {
    let mut latest: Option<Event> = None;
    loop {
        let status = match tokio::time::timeout(EVENT_TIMEOUT, events.recv()).await {
            Ok(Some(event)) => {
                let EventData::OrderStatusChanged(order) = event.parse_data() else { continue };
                let is_older = latest.as_ref().is_some_and(|latest| latest.supersedes(&event) == Some(true));
                if order.order_id != Some(order_id) || is_older {
                    continue;
                }
                latest = Some(event);
                order.status
            }
            Ok(None) => return Err("the receiver has gone".into()),
            // No event arrived in time, so the status of the order is requested.
            Err(_) => match unigox.get_order(order_id).await {
                Ok(order) => order.into_inner().status,
                Err(error) if error.is_retryable() || error.kind() == ErrorKind::Connect => continue,
                Err(error) => return Err(error.into()),
            },
        };
        match status {
            Some(status) if status == *awaited => return Ok(()),
            Some(status @ (OrderStatus::Cancelled | OrderStatus::Failed)) => {
                return Err(format!("the order is {status}").into());
            }
            _ => {}
        }
    }
}
