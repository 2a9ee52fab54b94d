//! Media types with the suffix `+json` (RFC 6839, 3.1), with parameters, and those that no client can read as values.

use partner_matrix::media::{Client, Two};

use crate::capture::Capture;

#[tokio::test]
async fn json_is_sent_and_asked_for_under_the_name_that_the_document_has() {
    let two = || Two::new("x");
    for content_type in ["application/problem+json", "application/json; charset=utf-8", "APPLICATION/JSON"] {
        let server = Capture::responding(200, content_type, r#"{"b":"y"}"#).await;
        let client = Client::builder().base_url(server.base_url()).build().unwrap();
        assert_eq!(client.post_a(two()).await.unwrap().b, "y");
        assert_eq!(client.patch_b(vec![two()]).await.unwrap().b, "y");
        assert_eq!(client.get_d().await.unwrap().b, "y");
        assert_eq!(client.get_h().await.unwrap().b, "y");
        let received = server.received();
        let sent = |index: usize| (received[index].header("content-type"), received[index].header("accept"));
        let expected = Some("application/vnd.api+json; version=2");
        assert_eq!(sent(0), (expected, Some("application/problem+json")));
        assert_eq!(sent(1).0, Some("application/json-patch+json"));
        assert_eq!(received[1].body, br#"[{"b":"x"}]"#);
        assert_eq!(sent(2), (None, Some("application/hal+json, application/json")));
        assert_eq!(sent(3), (None, Some("text/json")));
    }
    let server = Capture::responding(200, "application/vnd.example.v2+json", "[1,2]").await;
    let client = Client::builder().base_url(server.base_url()).build().unwrap();
    assert_eq!(*client.get_c().await.unwrap(), [1, 2]);
}

#[tokio::test]
async fn what_is_no_json_is_read_as_it_came() {
    let text = "<two><b>y</b></two>";
    let server = Capture::responding(200, "application/xml", text).await;
    let client = Client::builder().base_url(server.base_url()).build().unwrap();
    for body in [client.get_f().await, client.get_g().await, client.get_i().await] {
        assert_eq!(*body.unwrap(), text.as_bytes());
    }
}
