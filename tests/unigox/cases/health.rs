//! Whether the service is up.

use partner_client::unigox::Client;
use partner_tests::case::{Case, call};

pub(super) fn cases() -> Vec<Case<Client>> {
    vec![Case::bare("health_check", "healthCheck", |client, _| call(client.health_check()))]
}
