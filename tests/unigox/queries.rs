//! Optional parameters: there when set, absent when not.

use partner_client::Error;
use partner_client::unigox::{Client, OrderStatus, RampDirection};
use partner_spec::Api;
use partner_tests::capture::Capture;
use partner_tests::case::{UUID, uuid};
use partner_tests::contract::Contract;

use crate::cases::client;
use crate::wire::sent;

/// The operations that have a test of all their parameters below.
const TESTED: [&str; 12] = [
    "getBridgeAuthorizationParameters",
    "getLiquidity",
    "getSourceOfFundsRequirements",
    "getVerificationStatus",
    "listCustomerWithdrawals",
    "listFiatAccountTransactions",
    "listFiatAccounts",
    "listInstitutions",
    "listOrders",
    "listPaymentRails",
    "listRecipients",
    "listSendOutRoutes",
];

/// The pairs of a call's query, in order of their names: their order on the wire means nothing.
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

/// Fails when a query is not the expected one, or the expected one has not all that the document has.
fn is_all_of(operation: &str, query: &[(String, String)], expected: &[(&str, &str)]) {
    assert!(TESTED.contains(&operation), "{operation} is in the list");
    let contract = Contract::of(Api::Unigox);
    let mut documented = contract.operation(operation).queries();
    documented.sort_unstable();
    let pairs: Vec<(&str, &str)> =
        query.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert_eq!(pairs, expected);
    let names: Vec<&str> = expected.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, documented, "all that is documented");
}

#[test]
fn every_operation_with_parameters_is_tested() {
    let contract = Contract::of(Api::Unigox);
    let operations = contract.operations();
    let with_queries = operations.iter().filter(|operation| !operation.queries().is_empty());
    let mut documented: Vec<&str> = with_queries.map(|operation| operation.id()).collect();
    documented.sort_unstable();
    assert_eq!(documented, TESTED);
}

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

#[tokio::test]
async fn all_parameters_of_orders_are_sent() {
    let query = query(|client| {
        client.list_orders().status(OrderStatus::Completed).type_(RampDirection::Offramp).page(1).limit(20)
    })
    .await;
    is_all_of(
        "listOrders",
        &query,
        &[("limit", "20"), ("page", "1"), ("status", "completed"), ("type", "offramp")],
    );
}

#[tokio::test]
async fn all_parameters_of_recipients_are_sent() {
    let query = query(|client| {
        client
            .list_recipients()
            .search("Shenzhen & Co")
            .screening_status("cleared")
            .recipient_country("CN")
            .currency("CNY")
            .rail("cnaps")
            .limit(20)
            .offset(0)
    })
    .await;
    is_all_of(
        "listRecipients",
        &query,
        &[
            ("currency", "CNY"),
            ("limit", "20"),
            ("offset", "0"),
            ("rail", "cnaps"),
            ("recipient_country", "CN"),
            ("screening_status", "cleared"),
            ("search", "Shenzhen & Co"),
        ],
    );
}

#[tokio::test]
async fn all_parameters_of_institutions_are_sent() {
    let query = query(|client| {
        client
            .list_institutions("imps-neft-india")
            .institution_id("hdfc-bank")
            .country("IN")
            .currency("INR")
            .search("hdfc")
            .code("HDFC")
            .limit(20)
            .offset(40)
    })
    .await;
    is_all_of(
        "listInstitutions",
        &query,
        &[
            ("code", "HDFC"),
            ("country", "IN"),
            ("currency", "INR"),
            ("institution_id", "hdfc-bank"),
            ("limit", "20"),
            ("offset", "40"),
            ("rail", "imps-neft-india"),
            ("search", "hdfc"),
        ],
    );
}

#[tokio::test]
async fn all_parameters_of_payment_rails_are_sent() {
    let query =
        query(|client| client.list_payment_rails(RampDirection::Offramp).country("NG").currency("NGN")).await;
    is_all_of(
        "listPaymentRails",
        &query,
        &[("country", "NG"), ("currency", "NGN"), ("direction", "offramp")],
    );
}

#[tokio::test]
async fn all_parameters_of_liquidity_are_sent() {
    let query = query(|client| client.get_liquidity().exclude_delayed_settlement(true)).await;
    is_all_of("getLiquidity", &query, &[("exclude_delayed_settlement", "true")]);
}

#[tokio::test]
async fn all_parameters_of_withdrawals_are_sent() {
    let query = query(|client| client.list_customer_withdrawals(uuid()).limit(50).offset(100)).await;
    is_all_of("listCustomerWithdrawals", &query, &[("limit", "50"), ("offset", "100")]);
}

#[tokio::test]
async fn all_parameters_of_fiat_accounts_are_sent() {
    let query = query(|client| client.list_fiat_accounts(uuid())).await;
    is_all_of("listFiatAccounts", &query, &[("user_uuid", UUID)]);
}

#[tokio::test]
async fn all_parameters_of_transactions_of_a_fiat_account_are_sent() {
    let query = query(|client| client.list_fiat_account_transactions(uuid()).page(2)).await;
    is_all_of("listFiatAccountTransactions", &query, &[("page", "2")]);
}

#[tokio::test]
async fn all_parameters_of_send_out_routes_are_sent() {
    let query = query(|client| client.list_send_out_routes("USDT")).await;
    is_all_of("listSendOutRoutes", &query, &[("crypto", "USDT")]);
}

#[tokio::test]
async fn all_parameters_of_what_to_sign_for_a_bridge_are_sent() {
    let query =
        query(|client| client.get_bridge_authorization_parameters(uuid(), "Arbitrum One", "0x9B61")).await;
    is_all_of(
        "getBridgeAuthorizationParameters",
        &query,
        &[("destination_address", "0x9B61"), ("destination_chain", "Arbitrum One")],
    );
}

#[tokio::test]
async fn all_parameters_of_source_of_funds_requirements_are_sent() {
    let query =
        query(|client| client.get_source_of_funds_requirements(uuid()).source_of_funds("salary")).await;
    is_all_of("getSourceOfFundsRequirements", &query, &[("source_of_funds", "salary")]);
}

#[tokio::test]
async fn all_parameters_of_a_verification_status_are_sent() {
    let query = query(|client| client.get_verification_status(uuid()).verification_id("a1b2")).await;
    is_all_of("getVerificationStatus", &query, &[("verification_id", "a1b2")]);
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
