//! Crypto payments that become fiat money.

use partner_client::p100::{Client, NewOrder, NewOrderRateLock};
use partner_tests::case::{Case, call, uuid};

pub(super) fn cases() -> Vec<Case<Client>> {
    vec![
        Case::json::<NewOrderRateLock>("lock_order_rate", "lockOrderRate", |client, with| {
            call(client.lock_order_rate(with.body()))
        }),
        Case::json::<NewOrder>("create_order", "createOrder", |client, with| {
            call(client.create_order(with.body()))
        }),
        Case::bare("get_order_details", "getOrderDetails", |client, _| {
            call(client.get_order_details(uuid()))
        }),
    ]
}
