//! What can be exchanged, and how it is paid.

use partner_client::unigox::{Client, RampDirection};
use partner_tests::case::{Case, call};

pub(super) fn cases() -> Vec<Case<Client>> {
    vec![
        Case::bare("list_crypto_currencies", "listCryptoCurrencies", |client, _| {
            call(client.list_crypto_currencies())
        }),
        Case::bare("list_blockchains", "listBlockchains", |client, _| call(client.list_blockchains())),
        Case::bare("list_fiat_currencies", "listFiatCurrencies", |client, _| {
            call(client.list_fiat_currencies())
        }),
        Case::bare("list_payment_rails", "listPaymentRails", |client, with| {
            call(client.list_payment_rails(RampDirection::from(with.query("direction").as_str())))
        }),
        Case::bare("list_institutions", "listInstitutions", |client, with| {
            call(client.list_institutions(with.query("rail")))
        }),
        Case::bare("list_corridors", "listCorridors", |client, _| call(client.list_corridors())),
    ]
}
