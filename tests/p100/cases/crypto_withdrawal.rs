//! Crypto that is sent to a wallet elsewhere.

use partner_client::p100::{Client, Currency, NewUserCryptoWithdrawal};
use partner_tests::case::{Case, call, uuid};

pub(super) fn cases() -> Vec<Case<Client>> {
    vec![
        Case::bare("get_network_fee", "getNetworkFee", |client, with| {
            call(client.get_network_fee(Currency::from(with.query("currency").as_str())))
        }),
        Case::json::<NewUserCryptoWithdrawal>(
            "create_user_crypto_withdrawal",
            "createUserCryptoWithdrawal",
            |client, with| call(client.create_user_crypto_withdrawal(with.body())),
        ),
        Case::bare("get_user_crypto_withdrawal_details", "getUserCryptoWithdrawalDetails", |client, _| {
            call(client.get_user_crypto_withdrawal_details(uuid()))
        }),
    ]
}
