//! Bodies that move money, built by hand and compared with the examples of the document.

use partner_client::p100::{
    Currency, DepositSender, Network, NewInternalTransfer, NewInternalTransferRequired, NewOrder,
    NewPartnerExchange, NewPartnerExchangeRequired, NewPartnerSepaTransfer, NewPartnerSepaTransferRequired,
    NewUserCryptoWithdrawal, NewUserCryptoWithdrawalRequired, NewUserExchange, NewUserExchangeRequired,
    NewUserSepaTransfer, NewUserSepaTransferRequired, ReceiverType, ReceiverWalletType, SenderWalletType,
    TravelRuleUpdate, TravelRuleUpdateRequired,
};
use partner_client::{Decimal, decimal};
use partner_spec::Api;
use partner_tests::case::{UUID, uuid};
use partner_tests::contract::Contract;
use serde_json::{Value, json};

use partner_tests::p100::sent;

const USER: &str = "bca65c48-df49-4831-a7b2-de7903321581";

fn example(operation: &str, name: &str) -> Value {
    Contract::read(Api::P100).operation(operation).request_example("application/json", name)
}

fn transfer() -> NewPartnerSepaTransfer {
    let amount: Decimal = "16.02".parse().unwrap();
    NewPartnerSepaTransfer::new(NewPartnerSepaTransferRequired {
        amount,
        currency: Currency::Eur,
        destination_iban: "PL09102044050000210205531111".into(),
        transfer_title: "Bank Transfer".into(),
    })
}

#[tokio::test]
async fn a_transfer_of_level_1_names_no_receiver() {
    let request = sent(|client| client.create_partner_sepa_transfer(transfer())).await;
    assert_eq!((request.method.as_str(), request.target.as_str()), ("POST", "/v1/partner/sepa-transfer"));
    assert_eq!(request.json(), example("createPartnerSepaTransfer", "level_1"));
}

#[tokio::test]
async fn a_transfer_of_level_2_names_a_person_or_a_company() {
    let person = transfer()
        .receiver_type(ReceiverType::NaturalPerson)
        .receiver_first_name("John")
        .receiver_last_name("Doe");
    let request = sent(|client| client.create_partner_sepa_transfer(person)).await;
    assert_eq!(request.json(), example("createPartnerSepaTransfer", "level_2_person"));

    let amount: Decimal = "5.51".parse().unwrap();
    let company = NewUserSepaTransfer::new(NewUserSepaTransferRequired {
        amount,
        currency: Currency::Eur,
        destination_iban: "PL61109010140000071219812874".into(),
        transfer_title: "Invoice #123".into(),
        source_external_user_id: USER.into(),
    })
    .receiver_type(ReceiverType::LegalPerson)
    .company_name("Example Ltd");
    let request = sent(|client| client.create_user_sepa_transfer(company)).await;
    assert_eq!(request.target, "/v1/sepa-transfer");
    assert_eq!(request.json(), example("createUserSepaTransfer", "level_2_company"));
}

#[tokio::test]
async fn a_transfer_inside_goes_to_a_user_or_comes_from_one() {
    let to_user = NewInternalTransfer::new(NewInternalTransferRequired {
        amount: Decimal::from(100),
        currency: Currency::Eur,
    })
    .destination_external_user_id(USER.into());
    let request = sent(|client| client.create_internal_transfer(to_user)).await;
    assert_eq!(request.json(), example("createInternalTransfer", "to_user"));

    let to_partner = NewInternalTransfer::new(NewInternalTransferRequired {
        amount: Decimal::from(100),
        currency: Currency::Eur,
    })
    .source_external_user_id(USER.into());
    let request = sent(|client| client.create_internal_transfer(to_partner)).await;
    assert_eq!(request.json(), example("createInternalTransfer", "to_partner"));
}

#[tokio::test]
async fn an_exchange_takes_the_lock_of_its_rate() {
    let lock = "ee7b2f0f-0ffb-4fce-8fb3-66db2ca1f461".parse().unwrap();
    let body = NewPartnerExchange::new(NewPartnerExchangeRequired {
        amount: Decimal::from(10),
        currency_from: Currency::Eth,
        currency_to: Currency::Eur,
        lock_id: lock,
    });
    let request = sent(|client| client.create_partner_exchange(body)).await;
    assert_eq!(request.target, "/v1/partner/exchange");
    assert_eq!(request.json(), example("createPartnerExchange", ""));

    let lock = "f4a33667-0824-4d73-88d3-3698a6f7c534".parse().unwrap();
    let body = NewUserExchange::new(NewUserExchangeRequired {
        amount: Decimal::from(10),
        currency_from: Currency::Eth,
        currency_to: Currency::Eur,
        lock_id: lock,
        source_external_user_id: USER.into(),
    });
    let request = sent(|client| client.create_user_exchange(body)).await;
    assert_eq!(request.target, "/v1/exchange");
    assert_eq!(request.json(), example("createUserExchange", ""));

    let request = sent(|client| client.create_order(NewOrder::new(uuid().into()))).await;
    assert_eq!(request.json(), json!({"lockId": UUID}));
}

#[tokio::test]
async fn a_withdrawal_may_have_a_network_and_a_memo() {
    let body = NewUserCryptoWithdrawal::new(NewUserCryptoWithdrawalRequired {
        source_external_user_id: USER.into(),
        currency: Currency::Eth,
        amount: decimal!("0.005"),
        wallet_address: "0x2e90ca5bbe46d5ae23f2df90457d020391b92673".into(),
        receiver_name: "John Doe".into(),
        wallet_type: ReceiverWalletType::Custodial,
        receiver_type: ReceiverType::NaturalPerson,
    });
    let mut expected = example("createUserCryptoWithdrawal", "default_network");
    let request = sent(|client| client.create_user_crypto_withdrawal(body.clone())).await;
    assert_eq!(request.json(), expected);

    let body = body.network(Network::Ethereum).memo("12345");
    expected["network"] = json!("ethereum");
    expected["memo"] = json!("12345");
    let request = sent(|client| client.create_user_crypto_withdrawal(body)).await;
    assert_eq!(request.json(), expected);
}

#[tokio::test]
async fn the_sender_of_a_deposit_is_the_owner_a_person_or_a_company() {
    let owner = DepositSender::new().receiver_owns_wallet(true);
    let person = DepositSender::new()
        .receiver_owns_wallet(false)
        .first_name("John")
        .last_name("Doe")
        .city("Warszawa")
        .street("ul. Marszałkowska")
        .post_code("00-001")
        .country("PL");
    let company =
        DepositSender::new().receiver_owns_wallet(false).company_name("Example Ltd").vat_id("PL0000000000");
    for (name, wallet, sender) in [
        ("owner", SenderWalletType::SelfCustody, owner),
        ("person", SenderWalletType::Custodial, person),
        ("company", SenderWalletType::Custodial, company),
    ] {
        let body = TravelRuleUpdate::new(TravelRuleUpdateRequired { wallet_type: wallet, details: sender })
            .external_user_id(USER.into());
        let request = sent(|client| client.update_travel_rule(uuid().into(), body)).await;
        assert_eq!(request.method, "PATCH");
        assert_eq!(request.target, format!("/v1/crypto-deposit/update-travel-rule/{UUID}"));
        assert_eq!(request.json(), example("updateTravelRule", name));
    }
}
