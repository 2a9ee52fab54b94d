//! Euro that come in from a bank and go out to one.

use partner_client::p100::{Client, NewPartnerSepaTransfer, NewUserSepaTransfer};
use partner_tests::case::{Case, call, uuid};

pub(super) fn cases() -> Vec<Case<Client>> {
    vec![
        Case::bare("get_partner_sepa_deposit_info", "getPartnerSepaDepositInfo", |client, _| {
            call(client.get_partner_sepa_deposit_info())
        }),
        Case::json::<NewPartnerSepaTransfer>(
            "create_partner_sepa_transfer",
            "createPartnerSepaTransfer",
            |client, with| call(client.create_partner_sepa_transfer(with.body())),
        ),
        Case::json::<NewUserSepaTransfer>(
            "create_user_sepa_transfer",
            "createUserSepaTransfer",
            |client, with| call(client.create_user_sepa_transfer(with.body())),
        ),
        Case::bare("get_sepa_transfer_details", "getSepaTransferDetails", |client, _| {
            call(client.get_sepa_transfer_details(uuid()))
        }),
    ]
}
