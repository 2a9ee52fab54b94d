//! Selling crypto.

use partner_client::unigox::{Client, NewOffRampQuote, NewOrder, NewPriceEstimate};
use partner_tests::case::{Case, call};

pub(super) fn cases() -> Vec<Case<Client>> {
    vec![
        Case::json::<NewPriceEstimate>("estimate_off_ramp", "estimateOffRamp", |client, with| {
            call(client.estimate_off_ramp(with.body()))
        }),
        Case::json::<NewOffRampQuote>("quote_off_ramp", "quoteOffRamp", |client, with| {
            call(client.quote_off_ramp(with.body()))
        }),
        Case::json::<NewOrder>("initiate_off_ramp", "initiateOffRamp", |client, with| {
            call(client.initiate_off_ramp(with.body()))
        }),
    ]
}
