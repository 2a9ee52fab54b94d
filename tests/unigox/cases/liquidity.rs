//! What is on offer.

use partner_client::unigox::Client;
use partner_tests::case::{Case, call};

pub(super) fn cases() -> Vec<Case<Client>> {
    vec![Case::bare("get_liquidity", "getLiquidity", |client, _| call(client.get_liquidity()))]
}
