//! All methods of the client, page by page. A new operation needs a line in the file of its page.

mod balances_and_transaction_history;
mod crypto_deposits;
mod crypto_withdrawal;
mod currency_exchange;
mod internal_transfers;
mod onboarding_and_kyc_flow;
mod orders;
mod sepa_transfers;
mod virtual_cards;

use partner_client::RetryPolicy;
pub(crate) use partner_client::p100::Client;
use partner_client::p100::{ErrorCode, OPERATIONS};
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
        contract: Contract::of(Api::P100),
        cases: cases(),
        methods: OPERATIONS,
        client,
        key_header: "x-api-key",
        envelope: None,
        leaves_open: |status, code| match code {
            Some("P411" | "P500" | "P501") | None => status == 400,
            Some(code) => status == 400 && matches!(ErrorCode::from(code), ErrorCode::Unrecognized(_)),
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
        onboarding_and_kyc_flow::cases(),
        balances_and_transaction_history::cases(),
        currency_exchange::cases(),
        sepa_transfers::cases(),
        crypto_withdrawal::cases(),
        crypto_deposits::cases(),
        orders::cases(),
        internal_transfers::cases(),
        virtual_cards::cases(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// A failure without a text is told by its name.
fn failure(body: &Value) -> Failure {
    let text = |key: &str| body[key].as_str().map(str::to_owned);
    Failure { code: text("errorCode"), message: text("errorMessage").or(text("errorName")), details: None }
}
