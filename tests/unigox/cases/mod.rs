//! All methods of the client, page by page. A new operation needs a line in the file of its page.

mod customer_wallets;
mod exchange_pairs;
mod fiat_accounts;
mod health;
mod liquidity;
mod off_ramp;
mod on_ramp;
mod orders;
mod recipients;
mod supported_resources;
mod user_management;
mod webhooks;

use partner_client::RetryPolicy;
pub(crate) use partner_client::unigox::Client;
use partner_client::unigox::{API, ErrorCode, OPERATIONS};
use partner_spec::Api;
use partner_tests::case::Case;
use partner_tests::contract::Contract;
use partner_tests::suite::{Failure, KEY, Suite};
use partner_tests::watch;
use serde_json::Value;

/// A client for a server on this machine. It sends what it is told once, whatever is answered: what is sent again is
/// another matter, with tests of its own.
pub(crate) fn client(base_url: &str) -> Client {
    watch::begin();
    Client::builder().api_key(KEY).base_url(base_url).retry(RetryPolicy::none()).build().unwrap()
}

/// The API under test.
pub(crate) fn suite() -> Suite<Client> {
    Suite {
        contract: Contract::of(Api::Unigox),
        cases: cases(),
        methods: OPERATIONS,
        client,
        key_header: "x-api-key",
        envelope: Some(API.envelope.unwrap().data),
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
        failure,
        known_code: |error| {
            ErrorCode::from_error(error)
                .filter(|code| ErrorCode::KNOWN.contains(code))
                .map(|code| code.to_string())
        },
    }
}

fn cases() -> Vec<Case<Client>> {
    [
        health::cases(),
        supported_resources::cases(),
        exchange_pairs::cases(),
        user_management::cases(),
        customer_wallets::cases(),
        on_ramp::cases(),
        liquidity::cases(),
        off_ramp::cases(),
        recipients::cases(),
        fiat_accounts::cases(),
        orders::cases(),
        webhooks::cases(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The three bodies of failures, each told by the type of `error` or `data`.
fn failure(body: &Value) -> Failure {
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
