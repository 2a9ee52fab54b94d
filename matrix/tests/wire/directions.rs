//! `readOnly`, `writeOnly` and `discriminator`: OpenAPI 3.0.3 (Schema Object, Discriminator Object).

use partner_matrix::directions::{Client, HomeInput, MemberInput, MemberInputRequired, Pet};

use crate::capture::Capture;

fn client(server: &Capture) -> Client {
    Client::builder().base_url(server.base_url()).build().unwrap()
}

#[tokio::test]
async fn requests_have_no_read_only_property_and_responses_need_no_write_only_one() {
    let text = r#"{"id":"m-1","name":"Ann","home":{"since":"2026-01-02","city":"Ghent"}}"#;
    let server = Capture::responding(201, "application/json", text).await;
    let member = MemberInput::new(MemberInputRequired {
        name: "Ann".to_owned(),
        pin: "0000".to_owned(),
        home: HomeInput::new().city("Ghent"),
    });
    let added = client(&server).add_member(member).await.unwrap();
    assert_eq!((added.id.as_str(), added.home.since.to_string().as_str()), ("m-1", "2026-01-02"));
    let sent = server.single_request().json();
    assert_eq!(sent, serde_json::json!({"name": "Ann", "pin": "0000", "home": {"city": "Ghent"}}));
}

#[tokio::test]
async fn a_discriminator_says_which_alternative_a_value_is() {
    for (kind, is_dog, is_cat) in
        [("canine", true, false), ("c1", false, true), ("c2", false, true), ("Dog", false, false)]
    {
        let text = format!(r#"{{"kind":"{kind}","name":"Rex"}}"#);
        let server = Capture::responding(200, "application/json", text).await;
        let pet = client(&server).get_pet().await.unwrap().into_inner();
        assert_eq!((matches!(pet, Pet::Dog(_)), matches!(pet, Pet::Cat(_))), (is_dog, is_cat), "{kind}");
    }
}
