//! Rates, locks on them, and exchanges.

use partner_client::p100::{Client, NewPartnerExchange, NewUserExchange};
use partner_tests::case::{Case, call};

pub(super) fn cases() -> Vec<Case<Client>> {
    vec![
        Case::bare("get_exchange_rates", "getExchangeRates", |client, _| call(client.get_exchange_rates())),
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
