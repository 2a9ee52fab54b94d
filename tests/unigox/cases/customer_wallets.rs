//! Customers with a wallet of their own.

use partner_client::unigox::{
    Client, DepositChainType, NewDepositAddresses, NewWalletChallenge, NewWithdrawalQuote,
    SignedWalletChallenge, SignedWithdrawal,
};
use partner_tests::case::{Case, call, uuid};

pub(super) fn cases() -> Vec<Case<Client>> {
    vec![
        Case::json::<NewWalletChallenge>(
            "create_wallet_challenge",
            "createWalletChallenge",
            |client, with| call(client.create_wallet_challenge(uuid(), with.body())),
        ),
        Case::json::<SignedWalletChallenge>("link_customer_wallet", "linkCustomerWallet", |client, with| {
            call(client.link_customer_wallet(uuid(), with.body()))
        }),
        Case::bare("get_customer_wallet", "getCustomerWallet", |client, _| {
            call(client.get_customer_wallet(uuid()))
        }),
        Case::bare("list_customer_deposit_addresses", "listCustomerDepositAddresses", |client, _| {
            call(client.list_customer_deposit_addresses(uuid()))
        }),
        Case::json::<NewDepositAddresses>(
            "allocate_customer_deposit_addresses",
            "allocateCustomerDepositAddresses",
            |client, with| {
                let chain_type = DepositChainType::from(with.path("chain_type").as_str());
                call(client.allocate_customer_deposit_addresses(uuid(), chain_type).body(with.body()))
            },
        ),
        Case::json::<NewWithdrawalQuote>(
            "quote_customer_withdrawal",
            "quoteCustomerWithdrawal",
            |client, with| call(client.quote_customer_withdrawal(uuid(), with.body())),
        ),
        Case::json::<SignedWithdrawal>(
            "create_customer_withdrawal",
            "createCustomerWithdrawal",
            |client, with| call(client.create_customer_withdrawal(uuid(), with.body())),
        ),
        Case::bare("list_customer_withdrawals", "listCustomerWithdrawals", |client, _| {
            call(client.list_customer_withdrawals(uuid()))
        }),
        Case::bare("get_customer_withdrawal", "getCustomerWithdrawal", |client, _| {
            call(client.get_customer_withdrawal(uuid(), uuid()))
        }),
    ]
}
