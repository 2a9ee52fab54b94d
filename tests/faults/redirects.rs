//! Redirects, which would send the API key to another server.

use partner_client::http::Method;
use partner_client::unigox::Client;
use partner_client::{ErrorKind, reqwest};

use crate::each_call::{accepted, each_call, fails};
use crate::server::{
    Behavior, Server, assert_outcome, empty_response, http_client_with, in_time, order_error, response,
};

#[tokio::test]
async fn a_redirect_is_not_followed_and_takes_the_key_nowhere() {
    for (status, text) in [
        (301, "301 Moved Permanently"),
        (302, "302 Found"),
        (303, "303 See Other"),
        (307, "307 Temporary Redirect"),
        (308, "308 Permanent Redirect"),
    ] {
        let other = Server::start(Behavior::Write(accepted())).await;
        let location = format!("location: {}/stolen\r\n", other.base_url);
        let end = fails(ErrorKind::Api, 1).status(status);
        for one in each_call(Behavior::Write(empty_response(text, &location)), |_| end).await {
            let error = one.error.unwrap();
            assert!(!error.is_retryable(), "{error:?}");
            let location = error.headers()["location"].to_str().unwrap();
            assert_eq!(location, format!("{}/stolen", other.base_url), "for whoever wants to know");
        }
        assert_eq!((other.requests(), other.connections()), (0, 0), "nobody went there");
    }
}

#[tokio::test]
async fn a_redirect_on_the_same_server_is_not_followed() {
    let server = Server::start(Behavior::Write(response(
        "302 Found",
        "location: /login\r\ncontent-length: 0\r\n",
        "",
    )))
    .await;
    let error = order_error(&server.client()).await;
    assert_outcome(&error, ErrorKind::Api, true, 1);
    assert_eq!(server.requests(), 1);
}

#[tokio::test]
async fn the_response_of_another_host_is_not_taken_for_the_apis() {
    let body = r#"{"success":true,"data":{"message":"stolen"}}"#;
    let headers = format!("content-length: {}\r\n", body.len());
    let other = Server::start(Behavior::Write(response("200 OK", &headers, body))).await;
    let location = format!("location: {}/stolen\r\ncontent-length: 0\r\n", other.base_url);
    let server = Server::start(Behavior::Write(response("307 Temporary", &location, ""))).await;
    let following = http_client_with(|builder| builder.redirect(reqwest::redirect::Policy::limited(3)));
    let builder = Client::builder().api_key("key").base_url(&server.base_url).http_client(following);
    let error = in_time(builder.build().unwrap().verify_auth().into_future()).await.unwrap_err();
    assert_outcome(&error, ErrorKind::Redirected, false, 1);
    assert!(error.to_string().contains("Policy::none()"), "{error}");
    assert_eq!(other.requests(), 1, "reqwest followed the redirect, which cannot be seen beforehand");
}

#[tokio::test]
async fn redirects_in_a_circle_are_not_followed_again() {
    let server =
        Server::start(Behavior::Write(response("307 Temporary", "location: /\r\ncontent-length: 0\r\n", "")))
            .await;
    let following = http_client_with(|builder| builder.redirect(reqwest::redirect::Policy::limited(3)));
    let builder = Client::builder().api_key("key").base_url(&server.base_url).http_client(following);
    let error = in_time(builder.build().unwrap().verify_auth().into_future()).await.unwrap_err();
    assert_outcome(&error, ErrorKind::Redirected, false, 1);
    assert_eq!(server.requests(), 4);
}

#[tokio::test]
async fn the_callers_http_client_works_where_nothing_redirects() {
    let body = r#"{"success":true,"data":[1]}"#;
    let headers = format!("content-length: {}\r\n", body.len());
    let server = Server::start(Behavior::Write(response("200 OK", &headers, body))).await;
    let builder = Client::builder()
        .api_key("key")
        .base_url(&server.base_url)
        .http_client(http_client_with(|http| http));
    let call = builder.build().unwrap().raw(Method::GET, "/v1/a%2Fb").query("x y", "{a|b}&c=ü#~'\"");
    assert_eq!(**in_time(call.enveloped_json::<Vec<u8>>()).await.unwrap(), [1]);
}
