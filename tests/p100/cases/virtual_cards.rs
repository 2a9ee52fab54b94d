//! Cards of users, all of whose operations the vendor has suspended.

use partner_client::p100::{CardLimitsChange, CardPinChange, CardReference, Client, NewVirtualCard};
use partner_tests::case::{Case, call, uuid};

#[allow(deprecated, reason = "what is suspended still has to be sent as documented")]
pub(super) fn cases() -> Vec<Case<Client>> {
    vec![
        Case::json::<NewVirtualCard>("create_virtual_card", "createVirtualCard", |client, with| {
            call(client.create_virtual_card(with.body()))
        }),
        Case::bare("list_user_cards", "listUserCards", |client, with| {
            call(client.list_user_cards(with.path("externalUserId")))
        }),
        Case::bare("get_card_details", "getCardDetails", |client, with| {
            call(client.get_card_details(with.path("externalUserId"), uuid()))
        }),
        Case::json::<CardPinChange>("update_card_pin", "updateCardPin", |client, with| {
            call(client.update_card_pin(with.body()))
        }),
        Case::json::<CardReference>("block_card", "blockCard", |client, with| {
            call(client.block_card(with.body()))
        }),
        Case::json::<CardReference>("unblock_card", "unblockCard", |client, with| {
            call(client.unblock_card(with.body()))
        }),
        Case::bare("get_card_limits", "getCardLimits", |client, with| {
            call(client.get_card_limits(with.path("externalUserId"), uuid()))
        }),
        Case::json::<CardLimitsChange>("update_card_limits", "updateCardLimits", |client, with| {
            call(client.update_card_limits(with.body()))
        }),
        Case::json::<CardReference>("delete_card", "deleteCard", |client, with| {
            call(client.delete_card(with.body()))
        }),
    ]
}
