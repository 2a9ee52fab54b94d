//! Optional parameters: there when set, absent when not.

use partner_tests::capture::Capture;
use partner_tests::case::{UUID, uuid};

use crate::cases::client;

#[tokio::test]
async fn a_parameter_that_is_not_set_is_not_in_the_query() {
    let server = Capture::answering(503, "text/plain", "").await;
    assert!(client(server.base_url()).get_verification_status(uuid()).await.is_err());
    assert_eq!(server.one().target, format!("/api/v1/partner/users/{UUID}/verification-status"));
}

#[tokio::test]
async fn a_parameter_that_is_set_arrives_as_it_is() {
    for value in ["a1b2c3d4-e5f6-7890-abcd-ef1234567890", "a b&c=d#e?f", "+%2B%", "zażółć 😀", "/../", ""]
    {
        let server = Capture::answering(503, "text/plain", "").await;
        assert!(
            client(server.base_url()).get_verification_status(uuid()).verification_id(value).await.is_err()
        );
        let request = server.one();
        assert_eq!(request.path(), format!("/api/v1/partner/users/{UUID}/verification-status"));
        let url = reqwest::Url::parse(&format!("http://server{}", request.target)).unwrap();
        let pairs: Vec<(String, String)> = url.query_pairs().into_owned().collect();
        assert_eq!(pairs, [(String::from("verification_id"), value.to_owned())], "{}", request.target);
        assert!(request.target.is_ascii(), "{}", request.target);
    }
}

#[tokio::test]
async fn the_last_value_of_a_parameter_counts() {
    let server = Capture::answering(503, "text/plain", "").await;
    let call =
        client(server.base_url()).get_verification_status(uuid()).verification_id("a").verification_id("b");
    assert!(call.await.is_err());
    assert_eq!(server.one().query(), Some("verification_id=b"));
}
