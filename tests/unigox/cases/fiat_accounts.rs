//! Bank accounts of customers.

use partner_client::unigox::{Client, NewFiatAccount};
use partner_tests::case::{Case, call, uuid};

pub(super) fn cases() -> Vec<Case<Client>> {
    vec![
        Case::bare("get_fiat_account_config", "getFiatAccountConfig", |client, _| {
            call(client.get_fiat_account_config())
        }),
        Case::bare("list_fiat_accounts", "listFiatAccounts", |client, with| {
            call(client.list_fiat_accounts(with.query("user_uuid").parse().unwrap()))
        }),
        Case::json::<NewFiatAccount>("issue_fiat_account", "issueFiatAccount", |client, with| {
            call(client.issue_fiat_account(with.body()))
        }),
        Case::bare("get_fiat_account", "getFiatAccount", |client, _| call(client.get_fiat_account(uuid()))),
        Case::bare("list_fiat_account_transactions", "listFiatAccountTransactions", |client, _| {
            call(client.list_fiat_account_transactions(uuid()))
        }),
    ]
}
