//! Rates, locks on them, and exchanges.

use std::collections::BTreeMap;

use partner_client::p100::{Client, NewPartnerExchange, NewUserExchange};
use partner_client::{Decimal, Json, JsonObject};
use partner_tests::case::{Case, call, call_with, written};
use serde_json::Value;

pub(super) fn cases() -> Vec<Case<Client>> {
    vec![
        Case::bare("get_exchange_rates", "getExchangeRates", |client, _| {
            call_with(client.get_exchange_rates(), numbers)
        }),
        Case::bare("lock_user_exchange_rate", "lockUserExchangeRate", |client, with| {
            call(client.lock_user_exchange_rate(with.path("externalUserId")))
        }),
        Case::json::<NewUserExchange>("create_user_exchange", "createUserExchange", |client, with| {
            call(client.create_user_exchange(with.body()))
        }),
        Case::json::<NewPartnerExchange>(
            "create_partner_exchange",
            "createPartnerExchange",
            |client, with| call(client.create_partner_exchange(with.body())),
        ),
    ]
}

/// A map of decimals has no fields that could say that it holds numbers.
fn numbers(rates: &BTreeMap<String, Decimal>) -> Value {
    written(&rates.iter().map(|(name, rate)| (name, Json::number(rate))).collect::<JsonObject>())
}
