//! What the law asks about crypto that comes in.

use partner_client::p100::{Client, TravelRuleUpdate};
use partner_tests::case::{Case, call, uuid};

pub(super) fn cases() -> Vec<Case<Client>> {
    vec![Case::json::<TravelRuleUpdate>("update_travel_rule", "updateTravelRule", |client, with| {
        call(client.update_travel_rule(uuid(), with.body()))
    })]
}
