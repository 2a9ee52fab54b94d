//! Answers that do not come in time.

use std::time::{Duration, Instant};

use partner_client::ErrorKind;
use partner_client::unigox::{Client, NewPartnerUser};

use crate::server::{Server, Then, answer, assert_is, in_time, post};

const SHORT: Duration = Duration::from_millis(200);

#[tokio::test]
async fn a_call_gives_up_at_its_own_timeout() {
    let server = Server::that(Then::WriteAndStall(Vec::new())).await;
    let client = server.client();
    let started = Instant::now();
    let call = client.create_partner_user(NewPartnerUser::new("1", "a@example.com")).timeout(SHORT);
    let error = in_time(call.into_future()).await.unwrap_err();
    assert_is(&error, ErrorKind::Timeout, true, 1);
    assert!(error.is_timeout() && error.is_retryable());
    assert!(started.elapsed() >= SHORT, "{:?}", started.elapsed());
    assert_eq!((error.status(), server.requests()), (None, 1));
}

#[tokio::test]
async fn a_client_gives_up_at_its_timeout() {
    let server = Server::that(Then::WriteAndStall(Vec::new())).await;
    let builder = Client::builder().api_key("key").base_url(&server.base_url);
    let error = post(&builder.timeout(SHORT).build().unwrap()).await;
    assert_is(&error, ErrorKind::Timeout, true, 1);
    assert_eq!(server.requests(), 1);
}

#[tokio::test]
async fn a_body_that_stalls_is_out_of_time() {
    let half = answer("201 Created", "content-length: 100\r\n", r#"{"success":"#);
    let server = Server::that(Then::WriteAndStall(half)).await;
    let client = server.client();
    let call = client.create_partner_user(NewPartnerUser::new("1", "a@example.com")).timeout(SHORT);
    let error = in_time(call.into_future()).await.unwrap_err();
    assert_is(&error, ErrorKind::Timeout, true, 1);
    assert_eq!(error.status().unwrap().as_u16(), 201);
    assert_eq!(server.requests(), 1);
}
