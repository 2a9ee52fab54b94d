//! The suite of Unigox, with the facts about the API that its document does not contain.

use partner_client::RetryPolicy;
pub use partner_client::unigox::Client;
use partner_client::unigox::{ErrorCode, OPERATIONS};
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

/// Returns the suite that tests Unigox.
pub fn suite() -> Suite<Client> {
    Suite {
        contract: Contract::read(Api::Unigox),
        cases: derived::unigox::cases(),
        types: derived::unigox::types(),
        methods: OPERATIONS,
        has_everything: true,
        client,
        client_without_key,
        leaves_open: |status, code| {
            use ErrorCode as Code;
            let code = code.map(Code::from);
            let nothing_done = matches!(
                code,
                Some(
                    Code::QuoteExpired
                        | Code::PriceChangedRequote
                        | Code::NoOffersAvailable
                        | Code::ThirdPartyRailNotSupported
                        | Code::ThirdPartyPayoutAgentNotReady
                        | Code::AccountClosing
                        | Code::WalletNotLinked
                        | Code::WalletTypeMismatch
                )
            );
            (status == 409 && !nothing_done)
                || matches!(code, Some(Code::ChallengeExpired | Code::ThirdPartyPayoutUnderReview))
        },
        expected_failure,
        known_code: |error| {
            ErrorCode::from_error(error)
                .filter(|code| ErrorCode::KNOWN.contains(code))
                .map(|code| code.to_string())
        },
    }
}

/// Returns the data that the client has to read from the body of a failure, which has one of three documented shapes.
fn expected_failure(body: &Value) -> Failure {
    let text = |pointer: &str| body.pointer(pointer).and_then(Value::as_str).map(str::to_owned);
    match (&body["error"], &body["data"]) {
        (Value::String(message), _) => Failure { message: Some(message.clone()), ..Failure::default() },
        (Value::Object(error), _) => Failure {
            code: text("/error/code"),
            message: text("/error/message"),
            details: error.get("details").cloned(),
        },
        (_, Value::Object(_)) => {
            Failure { code: text("/data/error_key"), message: text("/data/message"), details: None }
        }
        _ => panic!("not a documented body of a failure: {body}"),
    }
}
