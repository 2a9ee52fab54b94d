//! Money moved between the partner and its users.

use partner_client::p100::{Client, NewInternalTransfer};
use partner_tests::case::{Case, call, uuid};

pub(super) fn cases() -> Vec<Case<Client>> {
    vec![
        Case::json::<NewInternalTransfer>(
            "create_internal_transfer",
            "createInternalTransfer",
            |client, with| call(client.create_internal_transfer(with.body())),
        ),
        Case::bare("get_internal_transfer_details", "getInternalTransferDetails", |client, _| {
            call(client.get_internal_transfer_details(uuid()))
        }),
    ]
}
