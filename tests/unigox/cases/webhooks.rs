//! Where events are sent.

use partner_client::unigox::{Client, NewWebhook};
use partner_tests::case::{Case, call};

pub(super) fn cases() -> Vec<Case<Client>> {
    vec![
        Case::json::<NewWebhook>("register_webhook", "registerWebhook", |client, with| {
            call(client.register_webhook(with.body()))
        }),
        Case::bare("get_webhook", "getWebhook", |client, _| call(client.get_webhook())),
        Case::bare("test_webhook", "testWebhook", |client, _| call(client.test_webhook())),
        Case::bare("delete_webhook", "deleteWebhook", |client, with| {
            call(client.delete_webhook(with.path("id")))
        }),
    ]
}
