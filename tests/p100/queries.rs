//! Parameters in the query.

use partner_client::p100::{Currency, Network};

use partner_tests::p100::sent;

#[tokio::test]
async fn a_network_that_is_not_set_is_not_in_the_query() {
    let request = sent(|client| client.get_network_fee(Currency::Eth)).await;
    assert_eq!(request.target, "/v1/crypto-withdrawal/get-network-fee?currency=eth");
}

#[tokio::test]
async fn a_network_that_is_set_follows_the_currency() {
    let request = sent(|client| client.get_network_fee(Currency::Usdc).network(Network::Polygon)).await;
    assert_eq!(request.query(), Some("currency=usdc&network=polygon"));
}

#[tokio::test]
async fn values_that_this_version_does_not_know_can_be_sent() {
    let call =
        sent(|client| client.get_network_fee(Currency::from("sol&x")).network(Network::from("POLYGON")));
    assert_eq!(call.await.query(), Some("currency=sol%26x&network=POLYGON"));
}
