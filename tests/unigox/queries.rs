//! Optional parameters of the query.

use partner_client::Error;
use partner_client::unigox::{Client, OrderStatus};
use partner_tests::capture::Capture;
use partner_tests::case::{UUID, uuid};

use partner_tests::unigox::client;
use partner_tests::unigox::sent;

/// The pairs of a call's query, sorted by name: their order on the wire has no meaning.
async fn query<T, F>(call: impl FnOnce(Client) -> F) -> Vec<(String, String)>
where
    F: IntoFuture<Output = Result<T, Error>>,
{
    let request = sent(call).await;
    let url = reqwest::Url::parse(&format!("http://server{}", request.target)).unwrap();
    let mut pairs: Vec<(String, String)> = url.query_pairs().into_owned().collect();
    pairs.sort_unstable();
    pairs
}

#[tokio::test]
async fn a_parameter_that_is_not_set_is_not_in_the_query() {
    let server = Capture::responding(503, "text/plain", "").await;
    assert!(client(server.base_url()).get_verification_status(uuid().into()).await.is_err());
    assert_eq!(server.single_request().target, format!("/api/v1/partner/users/{UUID}/verification-status"));
}

#[tokio::test]
async fn a_parameter_that_is_set_arrives_as_it_is() {
    for value in ["a1b2c3d4-e5f6-7890-abcd-ef1234567890", "a b&c=d#e?f", "+%2B%", "zażółć 😀", "/../", ""]
    {
        let server = Capture::responding(503, "text/plain", "").await;
        assert!(
            client(server.base_url())
                .get_verification_status(uuid().into())
                .verification_id(value.into())
                .await
                .is_err()
        );
        let request = server.single_request();
        assert_eq!(request.path(), format!("/api/v1/partner/users/{UUID}/verification-status"));
        let url = reqwest::Url::parse(&format!("http://server{}", request.target)).unwrap();
        let pairs: Vec<(String, String)> = url.query_pairs().into_owned().collect();
        assert_eq!(pairs, [(String::from("verification_id"), value.to_owned())], "{}", request.target);
        assert!(request.target.is_ascii(), "{}", request.target);
    }
}

#[tokio::test]
async fn the_last_value_of_a_parameter_counts() {
    let server = Capture::responding(503, "text/plain", "").await;
    let call = client(server.base_url())
        .get_verification_status(uuid().into())
        .verification_id("a".into())
        .verification_id("b".into());
    assert!(call.await.is_err());
    assert_eq!(server.single_request().query(), Some("verification_id=b"));
}

#[tokio::test]
async fn a_flag_that_is_set_to_false_is_sent() {
    let query = query(|client| client.get_liquidity().exclude_delayed_settlement(false)).await;
    assert_eq!(query, [(String::from("exclude_delayed_settlement"), String::from("false"))]);
}

#[tokio::test]
async fn a_status_that_this_version_does_not_know_can_be_asked_for() {
    let query = query(|client| client.list_orders().status(OrderStatus::from("pending_address"))).await;
    assert_eq!(query, [(String::from("status"), String::from("pending_address"))]);
}
