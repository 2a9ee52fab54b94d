//! What the partner and its users own.

use partner_client::p100::Client;
use partner_tests::case::{Case, call};

pub(super) fn cases() -> Vec<Case<Client>> {
    vec![
        Case::bare("get_partner_balances", "getPartnerBalances", |client, _| {
            call(client.get_partner_balances())
        }),
        Case::bare("get_user_balances", "getUserBalances", |client, with| {
            call(client.get_user_balances(with.path("externalUserId")))
        }),
    ]
}
