//! People and companies that are paid, and their accounts.

use partner_client::unigox::{Client, NewRecipient, NewRecipientDestination, RecipientUpdate};
use partner_tests::case::{Case, call, uuid};

pub(super) fn cases() -> Vec<Case<Client>> {
    vec![
        Case::bare("list_recipients", "listRecipients", |client, _| call(client.list_recipients())),
        Case::json::<NewRecipient>("create_recipient", "createRecipient", |client, with| {
            call(client.create_recipient(with.body()))
        }),
        Case::bare("get_recipient", "getRecipient", |client, _| call(client.get_recipient(uuid()))),
        Case::json::<RecipientUpdate>("update_recipient", "updateRecipient", |client, with| {
            call(client.update_recipient(uuid(), with.body()))
        }),
        Case::bare("archive_recipient", "archiveRecipient", |client, _| {
            call(client.archive_recipient(uuid()))
        }),
        Case::bare("list_recipient_destinations", "listRecipientDestinations", |client, _| {
            call(client.list_recipient_destinations(uuid()))
        }),
        Case::json::<NewRecipientDestination>(
            "create_recipient_destination",
            "createRecipientDestination",
            |client, with| call(client.create_recipient_destination(uuid(), with.body())),
        ),
    ]
}
