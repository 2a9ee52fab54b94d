//! `readOnly`, `writeOnly` and `discriminator`: OpenAPI 3.0.3 (Schema Object, Discriminator Object).

use partner_matrix::directions::{Client, HomeInput, MemberInput, MemberInputRequired, Pet};
use partner_matrix::nested;

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

/// `readOnly` and `writeOnly` where a reference, `allOf`, a list, a map, a form or a recursive type leads to the
/// property.
#[tokio::test]
async fn properties_of_one_direction_are_left_out_however_deep_they_are() {
    let text = r#"[{"id":"a-1","made":"2026-01-02","owners":[{"id":"o-1","name":"Ann"}]}]"#;
    let server = Capture::responding(201, "application/json", text).await;
    let client = nested::Client::builder().base_url(server.base_url()).build().unwrap();
    let owner = || nested::OwnerInput::new().name("Ann");
    let required = nested::AccountInputRequired { secret: "fake-secret".to_owned(), owners: vec![owner()] };
    let account = nested::AccountInput::new(required);
    let by_name = [("ann".to_owned(), owner())].into();
    let added = client.add_account(account.by_name(by_name)).await.unwrap();
    assert_eq!((added[0].id.as_str(), added[0].owners[0].id.as_str()), ("a-1", "o-1"));
    let sent = server.single_request().json();
    let owner = serde_json::json!({"name": "Ann"});
    let expected = serde_json::json!({"secret": "fake-secret", "owners": [owner], "byName": {"ann": owner}});
    assert_eq!(sent, expected);

    let server = Capture::responding(200, "application/json", r#"{"id":"n-1","text":"x"}"#).await;
    let client = nested::Client::builder().base_url(server.base_url()).build().unwrap();
    let note = client.put_note("0000", "x").await.unwrap();
    assert_eq!((note.id.as_str(), note.text.as_str()), ("n-1", "x"));
    assert_eq!(server.received()[0].body, b"pin=0000&text=x");
    // The response has no tree; the request is what is looked at.
    let required = nested::NoteInputRequired { pin: "0000".to_owned(), text: "y".to_owned() };
    client.find_notes().filter(nested::NoteInput::new(required)).await.unwrap_err();
    assert_eq!(server.received()[1].query(), Some("filter%5Bpin%5D=0000&filter%5Btext%5D=y"));

    let server = Capture::raw("HTTP/1.1 204 Fine\r\ncontent-length: 0\r\nconnection: close\r\n\r\n").await;
    let client = nested::Client::builder().base_url(server.base_url()).build().unwrap();
    let leaf = nested::TreeInput::new(vec![]).pin("0000");
    client.put_tree(nested::TreeInput::new(vec![leaf])).await.unwrap();
    let expected = serde_json::json!({"children": [{"children": [], "pin": "0000"}]});
    assert_eq!(server.single_request().json(), expected);
}
