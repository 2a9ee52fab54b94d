//! The suite of P100, with the facts about the API that its document does not contain.

use partner_client::RetryPolicy;
pub use partner_client::p100::Client;
use partner_client::p100::{ErrorCode, OPERATIONS};
use partner_spec::Api;
use serde_json::Value;

use crate::contract::Contract;
use crate::derived;
use crate::suite::{Failure, KEY, Suite};
use crate::watch;

crate::exchange::exchange!();

/// Returns a client for a server on this machine. The client never retries, because retries have tests of their own.
pub fn client(base_url: &str) -> Client {
    watch::begin_recording();
    Client::builder().api_key(KEY).base_url(base_url).retry(RetryPolicy::none()).build().unwrap()
}

/// Returns a client without an API key for a server on this machine.
pub fn client_without_key(base_url: &str) -> Client {
    Client::builder().without_credentials().base_url(base_url).build().unwrap()
}

/// Returns the suite that tests P100.
pub fn suite() -> Suite<Client> {
    Suite {
        contract: Contract::read(Api::P100),
        cases: derived::p100::cases(),
        types: derived::p100::types(),
        methods: OPERATIONS,
        has_everything: true,
        client,
        client_without_key,
        leaves_open: |status, code| match code {
            Some("P411" | "P500" | "P501") | None => status == 400,
            Some(code) => status == 400 && matches!(ErrorCode::from(code), ErrorCode::Unrecognized(_)),
        },
        expected_failure,
        known_code: |error| {
            ErrorCode::from_error(error).filter(|code| ErrorCode::KNOWN.contains(code)).map(|code| code.to_string())
        },
    }
}

/// Returns the data that the client has to read from the body of a failure. If the failure has no message, its name is
/// the message.
fn expected_failure(body: &Value) -> Failure {
    let text = |key: &str| body[key].as_str().map(str::to_owned);
    Failure { code: text("errorCode"), message: text("errorMessage").or(text("errorName")), details: None }
}
