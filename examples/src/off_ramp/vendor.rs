//! A scripted vendor with one customer and one order. The vendor checks the signature, and delivers signed webhooks.

use std::error::Error;
use std::time::SystemTime;

use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Json, Router};
use partner_client::serde_json::{Value, json};
use partner_client::unigox::webhook::testing;
use partner_client::uuid::{Uuid, uuid};
use partner_client::webhooks::Secret;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// The UUID of the customer who sells crypto.
pub const CUSTOMER_UUID: Uuid = uuid!("550e8400-e29b-41d4-a716-446655440000");
/// The address of the contract of the token that is sold.
pub const TOKEN_ADDRESS: &str = "0xf86Cc81F4E480CF54Eb013FFe6929a0C2Ad5EdCA";
/// The address of the forwarder contract, which executes the transfer.
pub const FORWARDER_ADDRESS: &str = "0x6fFCF38bEc8c733b096958fcd2a8E31A00530EDC";

const QUOTE: &str = "a1b2c3d4-e5f6-4890-abcd-ef1234567890";
const ORDER: &str = "b2c3d4e5-f6a7-8901-bcde-f12345678901";
const SELLER: &str = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266";
const CALLDATA: &str = "0xa9059cbb000000000000000000000000222222222222222222222222222222222222222200000000000000000000000000000000000000000000000000000000060cc460";

/// The state of the vendor: the secret that signs webhooks, and the address of their receiver.
#[derive(Clone)]
struct Vendor {
    secret: Secret,
    receiver: String,
}

/// Starts the vendor on a free port. Returns its base URL.
///
/// # Errors
///
/// When no port can be opened.
pub async fn start_vendor(secret: Secret, receiver: String) -> Result<String, Box<dyn Error + Send + Sync>> {
    let router = Router::new()
        .route("/api/v1/partner/offramp/quote", post(quote))
        .route("/api/v1/partner/offramp/initiate", post(initiate))
        .route("/api/v1/partner/orders/{order}/transfer-authorization-parameters", get(parameters))
        .route("/api/v1/partner/orders/{order}/authorize-crypto-transfer", post(authorize))
        .with_state(Vendor { secret, receiver });
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let base_url = format!("http://{}", listener.local_addr()?);
    tokio::spawn(async move { axum::serve(listener, router).await });
    Ok(base_url)
}

async fn quote(Json(asked): Json<Value>) -> (StatusCode, Json<Value>) {
    if asked["user_uuid"] != json!(CUSTOMER_UUID) || asked["crypto_amount"] != "101.50" {
        return failure_response("INVALID_REQUEST");
    }
    let quote = json!({"quote_id": QUOTE, "crypto_amount": "101.50", "fiat_amount": "152880.00"});
    (StatusCode::OK, Json(json!({"success": true, "data": quote})))
}

async fn initiate(State(vendor): State<Vendor>, Json(order): Json<Value>) -> (StatusCode, Json<Value>) {
    if order["quote_id"] != QUOTE {
        return failure_response("QUOTE_EXPIRED");
    }
    vendor.deliver(&["awaiting_liquidity_provider", "awaiting_crypto_transfer_authorization"]);
    let order = json!({"order_id": ORDER, "status": "awaiting_liquidity_provider"});
    (StatusCode::CREATED, Json(json!({"success": true, "data": order})))
}

async fn parameters() -> Json<Value> {
    Json(json!({"success": true, "data": {
        "order_id": ORDER, "network_preset": "xai", "chain_id": "660279", "token_address": TOKEN_ADDRESS,
        "forwarder_address": FORWARDER_ADDRESS, "recipient_address": "0x2222222222222222222222222222222222222222",
        "sender_address": SELLER, "amount_atomic": "101500000", "amount_human": "101.500000",
        "crypto_currency": "USDT", "crypto_decimals": 6, "recommended_gas_limit": "500000",
        "recommended_ttl_seconds": 3600, "transfer_data": CALLDATA, "forwarder_nonce": "0",
    }}))
}

async fn authorize(State(vendor): State<Vendor>, Json(signed): Json<Value>) -> (StatusCode, Json<Value>) {
    let request = &signed["forward_request"];
    let is_right = request["from"] == SELLER && request["to"] == TOKEN_ADDRESS && request["data"] == CALLDATA;
    let is_signature = signed["signature"].as_str().is_some_and(|signature| signature.len() == 132);
    if !is_right || !is_signature {
        return failure_response("INVALID_REQUEST");
    }
    // The events `completed` and `fiat_payment_started` are out of order, and `crypto_received` is delivered twice.
    vendor.deliver(&["crypto_received", "completed", "crypto_received", "fiat_payment_started"]);
    (StatusCode::OK, Json(json!({"success": true})))
}

/// Returns a failure with this code.
fn failure_response(code: &str) -> (StatusCode, Json<Value>) {
    let error = json!({"code": code, "message": "refused"});
    (StatusCode::BAD_REQUEST, Json(json!({"success": false, "error": error})))
}

impl Vendor {
    /// Delivers an event for each of these statuses of the order, one after the other.
    fn deliver(&self, statuses: &'static [&'static str]) {
        let vendor = self.clone();
        tokio::spawn(async move {
            for status in statuses {
                let event = json!({
                    "event_id": format!("evt_{status}"), "event_type": "order.status.changed",
                    "created_at": "2026-02-01T12:00:05Z", "data": {"order_id": ORDER, "status": status},
                });
                // A failed delivery is not repeated, because the receiver of this example accepts all deliveries.
                let _ = vendor.post(&event.to_string()).await;
            }
        });
    }

    async fn post(&self, body: &str) -> std::io::Result<()> {
        let headers = testing::signed_headers(&self.secret, SystemTime::now(), body.as_bytes());
        let signed: String = headers
            .iter()
            .map(|(name, value)| format!("{name}: {}\r\n", value.to_str().unwrap_or_default()))
            .collect();
        let request = format!(
            "POST /webhooks/unigox HTTP/1.1\r\nhost: {}\r\ncontent-length: {}\r\nconnection: close\r\n{signed}\r\n{body}",
            self.receiver,
            body.len()
        );
        let mut connection = TcpStream::connect(&self.receiver).await?;
        connection.write_all(request.as_bytes()).await?;
        connection.read_to_end(&mut Vec::new()).await?;
        Ok(())
    }
}
