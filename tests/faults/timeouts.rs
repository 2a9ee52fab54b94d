//! Answers that do not come in time.

use std::time::{Duration, Instant};

use partner_client::unigox::{Client, KycDocumentType};
use partner_client::{ClientBuilder, Deadline, ErrorKind, Upload, reqwest};

use partner_tests::case::uuid;

use crate::server::{Server, Then, answer, assert_is, handed_in, in_time, order, post};
use crate::three::{ACCEPTED, End, Which, accepted, assert_error, call, fails};
use crate::three::{repeated_if_harmless, succeeds, three_with};

/// Long enough for a small request to be sent, also when this machine has much to do.
const SHORT: Duration = Duration::from_millis(600);

/// How long an upload of the three calls takes at most, and everything that is said at once.
const ENOUGH: Duration = Duration::from_millis(1200);

/// An attempt that nothing, or not everything, comes back from in time.
const OUT_OF_TIME: End = fails(ErrorKind::Timeout, 1).deadline(Deadline::Attempt);

#[tokio::test]
async fn a_head_that_stalls_is_out_of_time() {
    for begun in ["", "HTTP/1.1 200 OK\r\ncontent-"] {
        three_with(
            Then::WriteAndStall(begun.into()),
            |builder| builder.attempt_timeout(ENOUGH),
            |which| repeated_if_harmless(which, OUT_OF_TIME),
        )
        .await;
    }
}

#[tokio::test]
async fn a_body_that_stalls_is_out_of_time_and_keeps_its_status() {
    let head = format!("content-length: {}\r\n", ACCEPTED.len());
    for half in [answer("200 OK", &head, ""), answer("200 OK", &head, &ACCEPTED[..20])] {
        three_with(
            Then::WriteAndStall(half),
            |builder| builder.attempt_timeout(ENOUGH),
            |which| repeated_if_harmless(which, OUT_OF_TIME.status(200)),
        )
        .await;
    }
}

#[tokio::test]
async fn an_answer_that_drips_is_out_of_time() {
    // Something always comes, so that only the time of the whole attempt can end it.
    let slow = Then::Drip(accepted(), Duration::from_millis(50));
    let end = |which| repeated_if_harmless(which, OUT_OF_TIME);
    three_with(slow, |builder| builder.attempt_timeout(ENOUGH), end).await;
    let patient = Duration::from_secs(15);
    let bearable = Then::Drip(accepted(), Duration::from_millis(5));
    three_with(bearable, |builder| builder.attempt_timeout(patient), |_| succeeds(1)).await;
}

#[tokio::test]
async fn a_call_that_stalls_is_over_when_its_time_is() {
    three_with(
        Then::WriteAndStall(Vec::new()),
        |builder| builder.timeout(ENOUGH),
        |_| fails(ErrorKind::Timeout, 1).deadline(Deadline::Call),
    )
    .await;
}

#[tokio::test]
async fn a_call_gives_up_at_its_own_timeout() {
    let server = Server::that(Then::WriteAndStall(Vec::new())).await;
    let client = server.client();
    let started = Instant::now();
    let call = order(&client).timeout(SHORT);
    let error = in_time(call.into_future()).await.unwrap_err();
    assert_is(&error, ErrorKind::Timeout, true, 1);
    assert!(error.is_timeout() && error.is_retryable());
    assert_eq!(error.timed_out(), Some(Deadline::Call));
    assert!(started.elapsed() >= SHORT, "{:?}", started.elapsed());
    assert_eq!((error.status(), server.requests()), (None, 1));
}

#[tokio::test]
async fn a_body_that_stalls_is_out_of_time() {
    let half = answer("201 Created", "content-length: 100\r\n", r#"{"success":"#);
    let server = Server::that(Then::WriteAndStall(half)).await;
    let client = server.client();
    let call = order(&client).timeout(SHORT);
    let error = in_time(call.into_future()).await.unwrap_err();
    assert_is(&error, ErrorKind::Timeout, true, 1);
    assert_eq!(error.status().unwrap().as_u16(), 201);
    assert_eq!(server.requests(), 1);
}

#[tokio::test]
async fn an_attempt_gives_up_at_its_own_timeout() {
    let server = Server::that(Then::WriteAndStall(Vec::new())).await;
    let call = order(&server.client()).attempt_timeout(SHORT);
    let error = in_time(call.into_future()).await.unwrap_err();
    assert_is(&error, ErrorKind::Timeout, true, 1);
    assert_eq!(error.timed_out(), Some(Deadline::Attempt));
    assert_eq!(server.requests(), 1, "an order is not started again");
}

#[tokio::test]
async fn connecting_has_a_timeout_of_its_own() {
    // TLS is never answered, and that is a part of connecting.
    let server = Server::that(Then::WriteAndStall(Vec::new())).await;
    let base_url = server.base_url.replace("http://", "https://");
    let builder = Client::builder().api_key("key").base_url(base_url).connect_timeout(SHORT);
    let error = post(&builder.build().unwrap()).await;
    assert_is(&error, ErrorKind::Connect, false, 3);
    assert_eq!(error.timed_out(), Some(Deadline::Connect));
    assert!(error.is_timeout() && error.is_retryable());
}

#[tokio::test]
async fn a_call_that_is_over_before_there_is_a_connection_has_executed_nothing() {
    // TLS is never answered, and connecting may take longer than anything else.
    let server = Server::that(Then::WriteAndStall(Vec::new())).await;
    let base_url = server.base_url.replace("http://", "https://");
    let own = || Client::builder().api_key("key").base_url(&base_url);
    let changed = || {
        let impatient = |http: reqwest::ClientBuilder| http.timeout(Duration::from_millis(1)).no_proxy();
        Client::builder().api_key("key").base_url(&base_url).http_client(handed_in(impatient))
    };
    for which in [Which::Order, Which::Upload] {
        for builder in [&own as &dyn Fn() -> ClientBuilder<Client>, &changed] {
            let client = builder().attempt_timeout(SHORT).build().unwrap();
            let end = fails(ErrorKind::Timeout, 3).deadline(Deadline::Attempt).not_executed();
            assert_error(which, &call(&client, which).await.unwrap_err(), &end);

            let client = builder().timeout(SHORT).build().unwrap();
            let end = fails(ErrorKind::Timeout, 1).deadline(Deadline::Call).not_executed();
            assert_error(which, &call(&client, which).await.unwrap_err(), &end);
        }
    }
    assert_eq!(server.requests(), 0);
}

#[tokio::test]
async fn an_upload_that_cannot_be_opened_in_time_has_sent_nothing() {
    let server = Server::that(Then::WriteAndStall(Vec::new())).await;
    let document = Upload::reader("a.jpg", None, std::future::pending::<std::io::Result<tokio::io::Empty>>);
    let call = server.client().upload_kyc_document(uuid(), KycDocumentType::Selfie, document);
    let error = in_time(call.timeout(SHORT).into_future()).await.unwrap_err();
    assert_is(&error, ErrorKind::Timeout, false, 0);
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn a_client_that_was_handed_in_keeps_no_limit_of_its_own() {
    let server = Server::that(Then::WriteAndStall(Vec::new())).await;
    let impatient = handed_in(|builder| builder.timeout(Duration::from_millis(1)));
    let builder = Client::builder().api_key("key").base_url(&server.base_url).http_client(impatient);
    let started = Instant::now();
    let error = post(&builder.timeout(SHORT).build().unwrap()).await;
    assert_is(&error, ErrorKind::Timeout, true, 1);
    assert_eq!(error.timed_out(), Some(Deadline::Call));
    assert!(started.elapsed() >= SHORT, "{error:?} after {:?}", started.elapsed());
}
