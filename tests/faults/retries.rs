//! Which requests are retried, and which never are.

use std::time::{Duration, Instant};

use partner_client::unigox::{Client, KycDocumentType};
use partner_client::{ErrorKind, RetryBudget, RetryPolicy, Upload};
use partner_tests::case::uuid;

use crate::each_call;
use crate::server::{
    Behavior, Server, accepted, assert_outcome, empty_response, in_time, order, order_error, response,
};
use crate::statuses::httpdate;

async fn in_turn(responses: &[Vec<u8>]) -> Server {
    Server::start(Behavior::WriteInTurn(responses.to_vec())).await
}

#[tokio::test]
async fn a_read_succeeds_after_transient_failures() {
    for status in ["408 Timeout", "429 Too Many", "502 Bad Gateway", "503 Unavailable", "504 Timeout"] {
        let server =
            in_turn(&[empty_response(status, ""), empty_response(status, ""), each_call::accepted()]).await;
        let check = in_time(server.client().verify_auth().into_future()).await.unwrap();
        assert_eq!((check.message.as_deref(), server.requests()), (Some("fine"), 3), "{status}");
    }
}

#[tokio::test]
async fn a_read_succeeds_after_connections_that_break() {
    let half = response("200 OK", "content-length: 100\r\n", r#"{"success":"#);
    let server = in_turn(&[Vec::new(), half, each_call::accepted()]).await;
    let check = in_time(server.client().verify_auth().into_future()).await.unwrap();
    assert_eq!((check.message.as_deref(), server.requests()), (Some("fine"), 3));
}

#[tokio::test]
async fn every_attempt_is_the_same_request() {
    let server = in_turn(&[empty_response("429 Too Many", ""), accepted()]).await;
    let call = order(&server.client()).header("x-trace", "1");
    in_time(call.into_future()).await.unwrap();
    let [first, second] = &server.received()[..] else { panic!("two requests") };
    assert_eq!((&first.method, &first.target, &first.body), (&second.method, &second.target, &second.body));
    assert_eq!(first.headers, second.headers);
    assert_eq!((first.header("x-trace"), first.header("x-api-key")), (Some("1"), Some("key")));
}

#[tokio::test]
async fn an_order_that_may_have_been_started_is_not_started_again() {
    for status in ["408 Timeout", "500 Oops", "502 Bad Gateway", "503 Unavailable", "504 Timeout"] {
        let server = in_turn(&[empty_response(status, "retry-after: 0\r\n"), accepted()]).await;
        let error = order_error(&server.client()).await;
        assert_outcome(&error, ErrorKind::Api, true, 1);
        assert_eq!(server.requests(), 1, "{status}");
    }
}

#[tokio::test]
async fn a_failure_of_every_attempt_is_the_result() {
    let server = in_turn(&[empty_response("503 Unavailable", "x-request-id: r1\r\n")]).await;
    let error = in_time(server.client().verify_auth().into_future()).await.unwrap_err();
    assert_outcome(&error, ErrorKind::Api, false, 3);
    assert_eq!((error.status().unwrap().as_u16(), error.request_id()), (503, Some("r1")));
    assert_eq!(server.requests(), 3);
}

#[tokio::test]
async fn other_failures_are_not_retried() {
    for status in ["400 Bad Request", "404 Not Found", "500 Oops", "501 Not Implemented", "302 Found"] {
        let server = in_turn(&[empty_response(status, ""), each_call::accepted()]).await;
        let error = in_time(server.client().verify_auth().into_future()).await.unwrap_err();
        assert_eq!((error.attempt_count(), server.requests()), (1, 1), "{status}");
    }
}

#[tokio::test]
async fn a_retry_waits_for_as_long_as_the_server_asks() {
    for (retry_after, least) in [
        (String::from("retry-after: 1\r\n"), 1000),
        // The clock of the server is an hour ahead; a date has no fractions of a second.
        (format!("date: {}\r\nretry-after: {}\r\n", httpdate(3600), httpdate(3602)), 1000),
    ] {
        let server = in_turn(&[empty_response("429 Too Many", &retry_after), accepted()]).await;
        let started = Instant::now();
        in_time(order(&server.client()).into_future()).await.unwrap();
        assert!(started.elapsed().as_millis() >= least, "{retry_after}: {:?}", started.elapsed());
        assert!(started.elapsed().as_millis() < 5000, "{retry_after}: {:?}", started.elapsed());
    }
}

#[tokio::test]
async fn a_wait_that_exceeds_the_time_of_the_call_is_left_to_the_caller() {
    let server = in_turn(&[empty_response("429 Too Many", "retry-after: 45\r\n"), accepted()]).await;
    let started = Instant::now();
    let error = order_error(&server.client()).await;
    assert_outcome(&error, ErrorKind::Api, false, 1);
    assert_eq!(error.retry_after(), Some(Duration::from_secs(45)));
    assert!(started.elapsed() < Duration::from_secs(5));
}

#[tokio::test]
async fn a_call_can_have_its_own_retry_policy() {
    let server = in_turn(&[empty_response("503 Unavailable", "")]).await;
    let client = server.client();
    let call = client.verify_auth().retry(RetryPolicy::none());
    assert_eq!(in_time(call.into_future()).await.unwrap_err().attempt_count(), 1);
    let eager = RetryPolicy::default().max_attempts(6).base_delay(Duration::from_millis(1));
    let call = client.verify_auth().retry(eager);
    assert_eq!(in_time(call.into_future()).await.unwrap_err().attempt_count(), 6);
    assert_eq!(server.requests(), 7);
}

#[tokio::test]
async fn the_retry_budget_limits_requests_in_an_outage() {
    let server = in_turn(&[empty_response("503 Unavailable", "")]).await;
    let builder = Client::builder().api_key("key").base_url(&server.base_url);
    let eager = RetryPolicy::default().base_delay(Duration::from_millis(1));
    let client = builder.retry(eager).retry_budget(RetryBudget::new(5)).build().unwrap();
    for _ in 0..20 {
        // Clones share the budget.
        let error = in_time(client.clone().verify_auth().into_future()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Api);
    }
    assert_eq!(server.requests(), 25, "one for each call, and five retries");
}

#[tokio::test]
async fn an_upload_is_read_anew_for_each_attempt() {
    let server = in_turn(&[empty_response("429 Too Many", ""), each_call::accepted()]).await;
    let file = || async { Ok(std::io::Cursor::new(b"the contents".to_vec())) };
    let call = server.client().upload_kyc_document(
        uuid().into(),
        KycDocumentType::Selfie,
        Upload::from_reader("a.jpg", Some(12), file),
    );
    in_time(call.into_future()).await.unwrap();
    let received = server.received();
    assert_eq!(received.len(), 2);
    for request in received {
        assert!(String::from_utf8_lossy(&request.body).contains("the contents"));
    }
}

#[tokio::test]
async fn an_upload_that_can_be_read_only_once_is_sent_once() {
    let server = in_turn(&[empty_response("429 Too Many", "")]).await;
    let stream = Upload::from_one_time_reader("a.jpg", None, std::io::Cursor::new(b"the contents".to_vec()));
    let call = server.client().upload_kyc_document(uuid().into(), KycDocumentType::Selfie, stream);
    let again = call.clone();
    let error = in_time(call.into_future()).await.unwrap_err();
    assert_outcome(&error, ErrorKind::Api, false, 1);
    assert!(error.is_rate_limited());
    let error = in_time(again.into_future()).await.unwrap_err();
    assert_outcome(&error, ErrorKind::Request, false, 0);
    assert_eq!(server.requests(), 1);
}
