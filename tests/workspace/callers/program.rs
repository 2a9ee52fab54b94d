//! A correct program of a caller.

use partner_client::chrono::NaiveDate;
use partner_client::p100::{CountryCode, ExternalUserId, NewUserAccount, NewUserAccountRequired};
use partner_client::unigox::signing::{ExpectedAmount, Signer};
use partner_client::unigox::{Client, OrderId, UserUuid, WithdrawalId};

pub fn account(first_name: String, last_name: String) -> NewUserAccount {
    let country = CountryCode::from("PL");
    NewUserAccount::new(NewUserAccountRequired {
        external_user_id: ExternalUserId::from("user-1"),
        email: String::from("a@example.com"),
        phone: String::from("+48000000000"),
        first_name,
        last_name,
        street: String::from("Street"),
        house_number: String::from("1"),
        city: String::from("City"),
        post_code: String::from("00-000"),
        country: country.clone(),
        citizenship: country,
        birth_date: NaiveDate::MIN,
        has_accepted_p100_terms: true,
    })
}

pub fn withdrawal(client: &Client, user_uuid: UserUuid, withdrawal_id: WithdrawalId) {
    drop(client.get_customer_withdrawal(user_uuid, withdrawal_id));
}

pub fn transfer(
    client: &Client,
    order_id: OrderId,
    amount: ExpectedAmount,
    wallet: &(impl Signer + Send + Sync),
) {
    drop(client.sign_and_submit_crypto_transfer(order_id, amount, wallet));
}
