//! Fields that do not fit their types: an optional one is left out and reported, a required one is an error that keeps
//! the body.

use partner_client::unigox::{
    Client, KycDocumentUpload, NewOrder, RampDirection, SignedConsent, SignedConsentRequired,
};
use partner_client::{Decimal, ErrorKind, Json, UnreadableField};
use partner_tests::case::{UUID, uuid};
use serde::Deserialize;
use serde_json::{Value, json};

use partner_tests::unigox::respond;

const JSON: &str = "application/json";

fn success(data: &Value) -> String {
    json!({"success": true, "data": data}).to_string()
}

#[tokio::test]
async fn the_id_of_an_order_that_was_just_made_is_not_lost_with_an_amount() {
    for wrong in [json!(""), json!("-"), json!("1,5"), json!({"value": "1"}), json!([1]), json!(true)] {
        let body = success(
            &json!({"order_id": UUID, "amounts": {"rate": "1", "crypto_amount": wrong}, "created_at": ""}),
        );
        let call = |client: Client| client.initiate_off_ramp(NewOrder::new(uuid().into()));
        let order = respond(200, JSON, &body, call).await.unwrap();
        let amounts = order.amounts.as_ref().unwrap();
        assert_eq!(
            (order.order_id, amounts.rate, amounts.crypto_amount),
            (Some(uuid().into()), Some(1.into()), None)
        );
        let paths: Vec<String> = order.unreadable_fields().iter().map(UnreadableField::path).collect();
        assert_eq!(paths, ["data.amounts.crypto_amount", "data.created_at"], "{wrong}");
    }
}

#[tokio::test]
async fn a_page_keeps_its_items_and_what_fits_of_them() {
    let body = success(&json!({
        "orders": [
            {"order_id": UUID, "amounts": {"crypto_amount": "101.5", "fiat_amount": "-"}},
            {"order_id": "not an id", "order_type": "offramp"},
            {"order_id": UUID, "created_at": "2026-13-01", "order_type": 5},
        ],
        "pagination": {"page": 1, "total_count": "many"},
    }));
    let page = respond(200, JSON, &body, |client| client.list_orders()).await.unwrap();
    let orders = page.orders.as_ref().unwrap();
    assert_eq!(
        orders.iter().map(|order| order.order_id).collect::<Vec<_>>(),
        [Some(uuid().into()), None, Some(uuid().into())]
    );
    assert_eq!(orders[0].amounts.as_ref().unwrap().crypto_amount, "101.5".parse::<Decimal>().ok());
    assert_eq!(orders[1].order_type, Some(RampDirection::OffRamp));
    assert_eq!(page.pagination.as_ref().unwrap().page, Some(1));
    let paths: Vec<String> = page.unreadable_fields().iter().map(UnreadableField::path).collect();
    assert_eq!(
        paths,
        [
            "data.orders[0].amounts.fiat_amount",
            "data.orders[1].order_id",
            "data.orders[2].created_at",
            "data.orders[2].order_type",
            "data.pagination.total_count",
        ]
    );
}

#[tokio::test]
async fn what_fits_leaves_nothing_out() {
    let body = success(&json!({"order_id": UUID, "amounts": null, "not documented": [1]}));
    let call = |client: Client| client.initiate_off_ramp(NewOrder::new(uuid().into()));
    assert!(respond(200, JSON, &body, call).await.unwrap().unreadable_fields().is_empty());
}

#[tokio::test]
async fn an_order_without_a_field_that_is_required_keeps_the_body() {
    let consent = json!({"order_id": UUID, "consent_signed": "yes", "status": "x", "release_started": true});
    let body = success(&consent);
    let signed =
        SignedConsent::new(SignedConsentRequired { signature: "0x1".into(), signed_data: "0x2".into() });
    let call = |client: Client| client.submit_settlement_consent(uuid().into(), signed);
    let error = respond(200, JSON, &body, call).await.unwrap_err();
    assert_eq!((error.kind(), error.json_path()), (ErrorKind::Decode, Some("data.consent_signed")));
    assert!(error.to_string().contains("`data.consent_signed` at line 1 column "), "{error}");
    assert!(error.may_have_executed(), "a success that cannot be read was carried out");

    #[derive(Deserialize)]
    struct Envelope {
        data: Consent,
    }
    #[derive(Deserialize)]
    struct Consent {
        order_id: uuid::Uuid,
    }
    assert_eq!(error.body_as::<Envelope>().unwrap().data.order_id, uuid());
    assert_eq!(error.body_as::<Json>().unwrap().as_json_text(), body);
    assert!(error.body_as::<Vec<u8>>().is_err());
}

#[tokio::test]
async fn a_path_leads_through_alternatives_and_open_objects() {
    // A union that is discriminated by its properties is deserialized from its own part of the text.
    let call = |client: Client| {
        let selfie = partner_client::Upload::from_bytes("a.jpg", "x");
        client.upload_kyc_document(uuid().into(), partner_client::unigox::KycDocumentType::Selfie, selfie)
    };
    let batch =
        json!({"uploaded": [{"document_id": "1"}, {"document_id": "2", "document_type": 5}], "message": "m"});
    let upload = respond(200, JSON, success(&batch), call).await.unwrap();
    let KycDocumentUpload::BatchAccepted(accepted) = &*upload else { panic!("{upload:?}") };
    assert_eq!((accepted.uploaded.len(), accepted.uploaded[1].document_id.clone()), (2, Some("2".into())));
    let [unreadable] = upload.unreadable_fields() else { panic!("{:?}", upload.unreadable_fields()) };
    assert_eq!(unreadable.path(), "data.uploaded[1].document_type");

    let accepted = json!({"document_id": "1", "document_type": 5, "file_name": "a.jpg", "message": "m"});
    let error = respond(200, JSON, success(&accepted), call).await.unwrap_err();
    assert_eq!((error.kind(), error.json_path()), (ErrorKind::Decode, Some("data.document_type")));
}

#[tokio::test]
async fn a_body_that_is_cut_off_names_the_field_that_it_ends_in() {
    let body = r#"{"success":true,"data":{"recipients":[],"total":0,"limit":1"#;
    let error = respond(200, JSON, body, |client| client.list_recipients()).await.unwrap_err();
    assert_eq!((error.kind(), error.json_path()), (ErrorKind::Decode, Some("data.limit")));
}
