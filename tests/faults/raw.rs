//! Calls of operations that the documents do not have.

use partner_client::ErrorKind;
use partner_client::http::Method;
use partner_client::serde_json::{Value, json};
use partner_client::unigox::{Client, ErrorCode};

use crate::server::{Behavior, Server, accepted, assert_outcome, empty_response, in_time, response};

fn with_body(status: &str, body: &str) -> Vec<u8> {
    response(status, &format!("content-length: {}\r\n", body.len()), body)
}

#[tokio::test]
async fn a_raw_call_is_sent_like_any_other() {
    let responses =
        vec![empty_response("429 Too Many", ""), with_body("201 Made", r#"{"success":true,"data":[1,2]}"#)];
    let server = Server::start(Behavior::WriteInTurn(responses)).await;
    let call = server.client().raw(Method::POST, "/v1/new").query("a b", "c&d").query("n", 7);
    let call = call.header("x-trace", "1").json_body(&json!({"amount": "1.10"}));
    let made = in_time(call.enveloped_json::<Vec<u8>>()).await.unwrap();
    assert_eq!((made.http_status().as_u16(), &**made), (201, &[1, 2][..]));
    assert_eq!(server.requests(), 2, "429 is retried");
    for request in server.received() {
        assert_eq!((request.method.as_str(), request.target.as_str()), ("POST", "/v1/new?a%20b=c%26d&n=7"));
        assert_eq!(request.json(), json!({"amount": "1.10"}));
        assert_eq!(request.header("content-type"), Some("application/json"));
        assert_eq!((request.header("x-api-key"), request.header("x-trace")), (Some("key"), Some("1")));
    }
}

#[tokio::test]
async fn a_response_is_read_as_bytes_json_or_data() {
    let body = r#"{"success":true,"data":{"rate":1.10}}"#;
    let server = Server::start(Behavior::Write(with_body("200 OK", body))).await;
    let call = || server.client().raw(Method::GET, "/v1/rate");
    assert_eq!(**in_time(call().bytes()).await.unwrap(), *body.as_bytes());
    let whole = in_time(call().json::<Value>()).await.unwrap();
    assert_eq!(whole["data"], json!({"rate": 1.10}));
    assert_eq!(*in_time(call().enveloped_json::<Value>()).await.unwrap(), json!({"rate": 1.10}));
}

#[tokio::test]
async fn a_refusal_is_a_failure_however_the_response_is_read() {
    let body = r#"{"success":false,"error":{"code":"KYC_NOT_CLEARED","message":"no"}}"#;
    let server = Server::start(Behavior::Write(with_body("200 OK", body))).await;
    let call = || server.client().raw(Method::GET, "/v1/rate");
    let errors = [
        in_time(call().bytes()).await.unwrap_err(),
        in_time(call().json::<Value>()).await.unwrap_err(),
        in_time(call().enveloped_json::<Value>()).await.unwrap_err(),
    ];
    for error in errors {
        assert_eq!(ErrorCode::from_error(&error), Some(ErrorCode::KycNotCleared));
        assert!(error.to_string().contains("raw GET /v1/rate: status 200, KYC_NOT_CLEARED: no"), "{error}");
    }
}

#[tokio::test]
async fn a_raw_post_is_retried_only_when_the_caller_allows_it() {
    let responses = vec![empty_response("503 Unavailable", ""), accepted()];
    let server = Server::start(Behavior::WriteInTurn(responses.clone())).await;
    let error = in_time(server.client().raw(Method::POST, "/v1/new").bytes()).await.unwrap_err();
    assert_outcome(&error, ErrorKind::Api, true, 1);
    assert_eq!(server.requests(), 1);

    let server = Server::start(Behavior::WriteInTurn(responses)).await;
    in_time(server.client().raw(Method::POST, "/v1/new").repeatable().bytes()).await.unwrap();
    assert_eq!(server.requests(), 2);
}

#[tokio::test]
async fn a_malformed_raw_call_is_refused_before_it_is_sent() {
    let server = Server::start(Behavior::Write(accepted())).await;
    let client = server.client();
    for call in [
        client.raw(Method::GET, "//evil.example/"),
        client.raw(Method::GET, "/v1/../secret"),
        client.raw(Method::GET, "v1"),
        client.raw(Method::CONNECT, "/v1"),
        client.raw(Method::POST, "/v1").body("no\ntype", "text"),
        client.raw(Method::POST, "/v1").header("x-api-key", "other"),
        client.raw(Method::POST, "/v1").json_body(&std::collections::HashMap::from([((1, 2), 3)])),
    ] {
        let error = in_time(call.bytes()).await.unwrap_err();
        assert_is_unsent(&error);
    }
    assert_eq!(server.connections(), 0);
}

fn assert_is_unsent(error: &partner_client::Error) {
    assert_eq!((error.kind(), error.attempt_count()), (ErrorKind::Request, 0), "{error:?}");
    assert!(!error.may_have_executed() && !error.is_retryable());
}

#[tokio::test]
async fn a_client_without_a_key_can_send_what_needs_none() {
    let server = Server::start(Behavior::Write(with_body("200 OK", "fine"))).await;
    let client = Client::builder().without_credentials().base_url(&server.base_url).build().unwrap();
    let response =
        in_time(client.raw(Method::PUT, "/v1/x").body("text/plain", "hello").bytes()).await.unwrap();
    assert_eq!(**response, *b"fine");
    let [request] = &server.received()[..] else { panic!("one request") };
    assert_eq!((request.header("content-type"), request.header("x-api-key")), (Some("text/plain"), None));
    assert_eq!(request.body, b"hello");
}

#[tokio::test]
async fn an_error_names_method_and_path_and_no_id() {
    let server = Server::start(Behavior::Write(empty_response("404 Not Found", ""))).await;
    let path = "/api/v1/partner/users/550e8400-e29b-41d4-a716-446655440000/aliases";
    let error =
        in_time(server.client().raw(Method::PUT, path).query("q", "secret").bytes()).await.unwrap_err();
    let template = "/api/v1/partner/users/{}/aliases";
    assert_eq!((error.method(), error.path()), (Some("PUT"), Some(template)));
    assert_eq!(error.to_string(), format!("Unigox API Gateway raw PUT {template}: status 404"));
    let error = in_time(server.client().verify_auth().into_future()).await.unwrap_err();
    assert_eq!((error.method(), error.path()), (Some("GET"), Some("/api/v1/partner/verify-auth")));
    assert_eq!(error.to_string(), "Unigox API Gateway verify_auth: status 404");
}
