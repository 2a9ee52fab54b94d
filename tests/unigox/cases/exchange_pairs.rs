//! Which tokens go with which currencies.

use partner_client::unigox::Client;
use partner_tests::case::{Case, call};

pub(super) fn cases() -> Vec<Case<Client>> {
    vec![Case::bare("list_exchange_pairs", "listExchangePairs", |client, _| {
        call(client.list_exchange_pairs())
    })]
}
