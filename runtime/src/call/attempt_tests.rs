//! Tests of attempts over a real socket: the requests that are sent again, the errors of time limits, and the effects
//! of hooks, tokens and streamed bodies.

use std::pin::Pin;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderValue, Method, StatusCode};
use reqwest::Request;
use tokio::io::{AsyncReadExt, AsyncWriteExt, duplex};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::Instant;
use tokio_util::io::ReaderStream;

use crate::call::parameters::{ParameterStyle, UrlEncodedForm};
use crate::call::test_client::{Client, make_client_builder};
use crate::call::{CallOptions, RequestBuildError, RequestContext, SuccessResponse};
use crate::credential::Credential;
use crate::error::TimeLimit;
use crate::hook::{Attempt, Hook};
use crate::multipart::Form;
use crate::operation::{OperationEntry, ResponseKind, Security};
use crate::{BoxError, Error, ErrorKind, JsonObject, RetryPolicy, Token, TokenProvider, Upload};

const fn operation(id: &'static str, method: &'static str) -> OperationEntry {
    OperationEntry::new(id)
        .method(method)
        .path("/orders")
        .success_statuses(&[200])
        .response_kind(ResponseKind::Text)
}

const fn with_token(operation: OperationEntry) -> OperationEntry {
    operation.security(Security::Required).credential_alternatives(&[&[0]])
}

static GET: OperationEntry = operation("get_orders", "GET");
static POST: OperationEntry = operation("create_order", "POST");
static PUT: OperationEntry = operation("replace_orders", "PUT");
static GET_WITH_TOKEN: OperationEntry = with_token(operation("get_orders", "GET"));
static POST_WITH_TOKEN: OperationEntry = with_token(operation("create_order", "POST"));
static PUT_WITH_TOKEN: OperationEntry = with_token(operation("replace_orders", "PUT"));

impl Client {
    /// Sends a call with a small body, or without a body if the operation only reads.
    async fn send(&self, operation: &'static OperationEntry) -> Result<String, Error> {
        let attach = |context: &mut RequestContext| match operation.is_read_only() {
            true => {}
            false => context.set_body(HeaderValue::from_static("text/plain"), Bytes::from_static(b"1.50")),
        };
        self.send_with(operation, attach).await
    }

    async fn upload(&self, operation: &'static OperationEntry, body: Upload) -> Result<String, Error> {
        self.send_with(operation, |context| context.set_upload_body("application/octet-stream", body)).await
    }

    /// Sends a call with the body that `attach` sets.
    async fn send_with(
        &self,
        operation: &'static OperationEntry,
        attach: impl FnOnce(&mut RequestContext),
    ) -> Result<String, Error> {
        let mut context = RequestContext::new(&self.0, operation, CallOptions::default());
        let url = context.build_url(format_args!("{}", operation.path));
        let method = Method::from_bytes(operation.method.as_bytes()).unwrap();
        let request = context.http_client().request(method, url).build();
        attach(&mut context);
        let call = context.into_active_call(request.map_err(RequestBuildError::from))?;
        Ok(call.send_and_read(SuccessResponse::read_text).await?.into_inner())
    }
}

/// The reaction of the server to a request.
#[derive(Clone, Copy)]
enum Reaction {
    /// The server responds with this status and body.
    Respond(u16, &'static str),
    /// The server responds with this status after a pause.
    RespondAfter(Duration, u16),
    /// The server redirects to another path.
    Redirect,
    /// The server keeps the connection open, and does not respond.
    Silence,
}

use Reaction::{Redirect, Respond, RespondAfter, Silence};

/// A server that reacts to each request as the test defines, and responds with the status 500 to further requests.
struct Server {
    url: String,
    received: Arc<Mutex<Vec<String>>>,
}

impl Server {
    async fn start<const N: usize>(reactions: [Reaction; N]) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let received = Arc::new(Mutex::new(Vec::new()));
        let log = received.clone();
        tokio::spawn(async move {
            let mut reactions = reactions.into_iter();
            let mut silent = Vec::new();
            while let Ok((mut stream, _)) = listener.accept().await {
                let request = read_request(&mut stream).await;
                log.lock().unwrap().push(request);
                let response = match reactions.next().unwrap_or(Respond(500, "not expected")) {
                    Respond(status, body) => response(status, "", body),
                    RespondAfter(pause, status) => {
                        tokio::time::sleep(pause).await;
                        response(status, "", "late")
                    }
                    Redirect => response(307, "location: /elsewhere\r\n", ""),
                    Silence => {
                        silent.push(stream);
                        continue;
                    }
                };
                // The result is ignored, because a client that has given up does not read the response.
                let _ = stream.write_all(response.as_bytes()).await;
            }
        });
        Server { url, received }
    }

    /// Returns the received requests, each as the text of its head and body.
    fn received(&self) -> Vec<String> {
        self.received.lock().unwrap().clone()
    }
}

fn response(status: u16, headers: &str, body: &str) -> String {
    let length = body.len();
    format!(
        "HTTP/1.1 {status} Status\r\nconnection: close\r\n{headers}content-length: {length}\r\n\r\n{body}"
    )
}

/// Reads a request: its head, and as many bytes of the body as the head announces.
async fn read_request(stream: &mut TcpStream) -> String {
    let mut text = String::new();
    let mut buffer = [0; 4096];
    loop {
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
            if body.len() >= length.map_or(0, |length| length.parse().unwrap()) {
                return text;
            }
        }
        match stream.read(&mut buffer).await {
            Ok(0) | Err(_) => return text,
            Ok(count) => text.push_str(std::str::from_utf8(&buffer[..count]).unwrap()),
        }
    }
}

/// A provider that returns a new token with each call.
#[derive(Default)]
struct CountingTokens(AtomicU32);

impl TokenProvider for CountingTokens {
    fn fetch_token(&self) -> Pin<Box<dyn Future<Output = Result<String, BoxError>> + Send + '_>> {
        let number = self.0.fetch_add(1, Ordering::Relaxed) + 1;
        Box::pin(async move { Ok(format!("fake-token-{number}")) })
    }
}

/// A provider that never returns a token.
struct NoToken;

impl TokenProvider for NoToken {
    fn fetch_token(&self) -> Pin<Box<dyn Future<Output = Result<String, BoxError>> + Send + '_>> {
        Box::pin(std::future::pending())
    }
}

fn token_client(url: &str, provider: impl TokenProvider, timeout: Duration) -> Client {
    let credential = Credential::token(0, Token::from_provider(provider));
    make_client_builder(url).credential(credential).timeout(timeout).build().unwrap()
}

const SHORT: Duration = Duration::from_millis(300);
const LONG: Duration = Duration::from_secs(20);

#[tokio::test]
async fn a_request_that_got_no_response_may_have_been_executed_unless_it_only_reads() {
    for operation in [&GET, &POST] {
        let server = Server::start([Silence]).await;
        let client = make_client_builder(&server.url).timeout(SHORT).build().unwrap();
        let error = client.send(operation).await.unwrap_err();
        assert_eq!(error.exceeded_time_limit(), Some(TimeLimit::Call));
        assert_eq!(error.may_have_executed(), operation.method == "POST", "{}", operation.method);
        assert!(error.is_timeout() && !error.is_connect());
        assert_eq!((error.attempt_count(), server.received().len()), (1, 1));
        assert!(error.to_string().contains("no response came"), "{error}");
    }
}

#[tokio::test]
async fn no_attempt_of_a_read_leaves_open_whether_something_was_done() {
    static HEAD: OperationEntry = operation("check_orders", "HEAD");
    for operation in [&GET, &HEAD] {
        for last in [Respond(500, "failed"), Respond(503, "busy"), Redirect] {
            let server = Server::start([Respond(503, "busy"), last]).await;
            let client = make_client_builder(&server.url)
                .retry(RetryPolicy::default().max_attempts(2))
                .build()
                .unwrap();
            let error = client.send(operation).await.unwrap_err();
            assert_eq!((error.attempt_count(), error.may_have_executed()), (2, false), "{error:?}");
        }
    }
}

#[tokio::test]
async fn a_call_that_runs_out_of_time_while_it_waits_for_a_token_has_sent_nothing() {
    let server = Server::start([]).await;
    let client = token_client(&server.url, NoToken, SHORT);
    let error = client.send(&POST_WITH_TOKEN).await.unwrap_err();
    assert_eq!(error.exceeded_time_limit(), Some(TimeLimit::Call));
    assert!(!error.may_have_executed());
    assert_eq!((error.attempt_count(), server.received().len()), (0, 0));
}

#[tokio::test]
async fn a_request_that_no_connection_took_is_revoked_when_its_time_is_over() {
    // The TLS handshake never ends, because the server does not take part in it.
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    let client = make_client_builder(&url).timeout(SHORT).build().unwrap();
    let error = client.send(&POST).await.unwrap_err();
    assert_eq!(error.exceeded_time_limit(), Some(TimeLimit::Call));
    assert!(!error.may_have_executed());
    // A streamed body is revoked even if the operation can be repeated without harm.
    let error = client
        .upload(&PUT, Upload::from_one_time_reader("order.bin", Some(4), &b"1.50"[..]))
        .await
        .unwrap_err();
    assert_eq!(error.exceeded_time_limit(), Some(TimeLimit::Call));
    assert!(!error.may_have_executed());
}

#[tokio::test]
async fn a_time_limit_is_blamed_on_the_source_of_the_body_while_that_has_nothing_to_send() {
    let server = Server::start([Silence]).await;
    let client = make_client_builder(&server.url).timeout(SHORT).build().unwrap();
    let (_writer, reader) = duplex(64);
    let error =
        client.upload(&PUT, Upload::from_one_time_reader("order.bin", None, reader)).await.unwrap_err();
    let expected = "the contents of the body did not come within the time of the call";
    assert!(error.to_string().contains(expected), "{error}");
    assert_eq!(error.attempt_count(), 1);

    let never = Upload::from_reader("order.bin", None, std::future::pending::<std::io::Result<&[u8]>>);
    let error = client.upload(&POST, never).await.unwrap_err();
    assert!(error.to_string().contains("contents of the body did not come"), "{error}");
    assert!(!error.may_have_executed());
    assert_eq!(error.attempt_count(), 0);
}

#[tokio::test]
async fn an_unavailable_server_is_asked_again_only_where_a_repeat_is_harmless() {
    static IDEMPOTENT_POST: OperationEntry = operation("create_order", "POST").documented_as_idempotent(true);
    for (operation, attempts) in [(&GET, 2), (&PUT, 2), (&IDEMPOTENT_POST, 2), (&POST, 1)] {
        let server = Server::start([Respond(503, "busy"), Respond(200, "done")]).await;
        let client = make_client_builder(&server.url).build().unwrap();
        let result = client.send(operation).await;
        let received = server.received();
        assert_eq!(received.len(), attempts, "{}", operation.method);
        assert!(received.iter().all(|request| *request == received[0]), "{received:?}");
        match result {
            Ok(body) => assert_eq!((body.as_str(), attempts), ("done", 2)),
            Err(error) => {
                assert_eq!(error.status(), Some(StatusCode::SERVICE_UNAVAILABLE));
                assert_eq!((error.attempt_count(), attempts), (1, 1));
            }
        }
    }
}

#[tokio::test]
async fn a_server_that_is_not_there_is_no_time_limit_and_has_executed_nothing() {
    let address = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let client =
        make_client_builder(&format!("http://{address}")).retry(RetryPolicy::none()).build().unwrap();
    let error = client.send(&POST).await.unwrap_err();
    assert!(error.is_connect() && !error.is_timeout());
    assert!(!error.may_have_executed());
}

#[tokio::test]
async fn a_success_that_is_not_documented_counts_as_the_first_documented_one() {
    static OPERATION: OperationEntry = operation("create_order", "POST").success_statuses(&[201, 202]);
    for (sent, counts_as) in [(201, 201), (202, 202), (200, 201), (299, 201)] {
        let server = Server::start([Respond(sent, "done")]).await;
        let client = make_client_builder(&server.url).build().unwrap();
        let context = RequestContext::new(&client.0, &OPERATION, CallOptions::default());
        let url = context.build_url(format_args!("/orders"));
        let request = context.http_client().request(Method::POST, url).build();
        let call = context.into_active_call(request.map_err(RequestBuildError::from)).unwrap();
        let status = call.send_and_read(|response| Ok(response.documented_status())).await.unwrap();
        assert_eq!((status.http_status().as_u16(), *status), (sent, counts_as));
    }
}

#[tokio::test]
async fn an_error_counts_all_attempts() {
    let server = Server::start([Respond(503, ""); 3]).await;
    let client = make_client_builder(&server.url).build().unwrap();
    assert_eq!(client.send(&GET).await.unwrap_err().attempt_count(), 3);
}

#[tokio::test]
async fn a_body_that_can_be_read_once_is_sent_once() {
    let server = Server::start([Respond(503, "busy"), Respond(200, "done")]).await;
    let client = make_client_builder(&server.url).build().unwrap();
    let error = client
        .upload(&PUT, Upload::from_one_time_reader("order.bin", Some(4), &b"1.50"[..]))
        .await
        .unwrap_err();
    assert_eq!(error.status(), Some(StatusCode::SERVICE_UNAVAILABLE));
    let received = server.received();
    assert!(received[0].contains("\r\ncontent-length: 4\r\n"), "{received:?}");
    assert_eq!(received.len(), 1);
    // A body of bytes can be sent again, unlike a stream.
    let server = Server::start([Respond(503, "busy"), Respond(200, "done")]).await;
    let client = make_client_builder(&server.url).build().unwrap();
    client.upload(&PUT, Upload::from_bytes("order.bin", "1.50")).await.unwrap();
    let received = server.received();
    assert_eq!(received.len(), 2);
    assert!(received.iter().all(|request| request.ends_with("\r\n\r\n1.50")), "{received:?}");
}

#[tokio::test]
async fn a_body_is_sent_with_its_content_type() {
    type Attach = fn(&mut RequestContext);
    let cases: [(Attach, &str, &str); 4] = [
        (|context| context.set_json_body(&["1.50"]).unwrap(), "application/json", r#"["1.50"]"#),
        (
            |context| context.set_json_body_with_content_type("application/patch+json", &["1.50"]).unwrap(),
            "application/patch+json",
            r#"["1.50"]"#,
        ),
        (
            |context| context.set_body(HeaderValue::from_static("text/csv"), Bytes::from_static(b"1.50")),
            "text/csv",
            "1.50",
        ),
        (
            |context| {
                let mut form = UrlEncodedForm::new();
                form.add_field("amount", ParameterStyle::Form.with_explode(), &"1.50");
                context.set_url_encoded_body(form).unwrap();
            },
            "application/x-www-form-urlencoded",
            "amount=1.50",
        ),
    ];
    for (attach, content_type, body) in cases {
        let server = Server::start([Respond(200, "done")]).await;
        let client = make_client_builder(&server.url).build().unwrap();
        client.send_with(&POST, attach).await.unwrap();
        let received = server.received().remove(0);
        assert!(received.contains(&format!("\r\ncontent-type: {content_type}\r\n")), "{received}");
        assert!(received.ends_with(&format!("\r\n\r\n{body}")), "{received}");
    }
}

#[tokio::test]
async fn a_form_is_sent_again_unless_a_part_of_it_can_be_read_only_once() {
    let replayable = Upload::from_bytes("receipt.txt", "paid");
    let once = Upload::from_one_time_reader("receipt.txt", Some(4), &b"paid"[..]);
    for (receipt, attempts) in [(replayable, 2), (once, 1)] {
        let server = Server::start([Respond(503, "busy"), Respond(200, "done")]).await;
        let client = make_client_builder(&server.url).build().unwrap();
        let form = Form::new().text("amount", String::from("1.50")).file("receipt", receipt);
        let result = client.send_with(&PUT, |context| context.set_multipart_body(form)).await;
        assert_eq!(result.is_ok(), attempts == 2);
        let received = server.received();
        assert_eq!(received.len(), attempts);
        for request in received {
            let (head, body) = request.split_once("\r\n\r\n").unwrap();
            assert!(head.contains("content-length: ") && head.contains("multipart/form-data"), "{head}");
            assert!(body.contains("\r\n\r\n1.50\r\n") && body.contains("\r\n\r\npaid\r\n"), "{body}");
        }
    }
}

#[tokio::test]
async fn a_stream_in_the_built_request_is_sent_once() {
    let server = Server::start([Respond(503, "busy"), Respond(200, "done")]).await;
    let client = make_client_builder(&server.url).build().unwrap();
    let context = RequestContext::new(&client.0, &PUT, CallOptions::default());
    let stream = reqwest::Body::wrap_stream(ReaderStream::new(&b"1.50"[..]));
    let request = context.http_client().put(context.build_url(format_args!("/orders"))).body(stream).build();
    let call = context.into_active_call(request.map_err(RequestBuildError::from)).unwrap();
    let error = call.send_and_read(SuccessResponse::read_text).await.unwrap_err();
    assert_eq!((error.status(), error.attempt_count()), (Some(StatusCode::SERVICE_UNAVAILABLE), 1));
    assert_eq!(server.received().len(), 1);
}

/// Records the calls of a client's hooks, and adds a secret header to each request.
#[derive(Clone, Default)]
struct Recorder(Arc<Mutex<Vec<String>>>);

impl Hook for Recorder {
    fn on_request(&self, _: &Attempt, request: &mut Request) -> Result<(), BoxError> {
        request.headers_mut().insert(http::header::COOKIE, "fake-session".parse()?);
        Ok(())
    }

    fn on_response(&self, attempt: &Attempt, response: &mut http::Response<Bytes>) -> Result<(), BoxError> {
        self.0.lock().unwrap().push(format!("{}: response {}", attempt.number(), response.status().as_u16()));
        Ok(())
    }

    fn on_attempt_end(&self, attempt: &Attempt, result: Result<StatusCode, &Error>) {
        let is_retried = attempt.retry_in().is_some();
        let result = result.map_or_else(|_| String::from("failed"), |status| status.as_u16().to_string());
        self.0.lock().unwrap().push(format!("{}: {result}, retried: {is_retried}", attempt.number()));
    }
}

#[tokio::test]
async fn hooks_see_each_response_and_how_each_attempt_ended() {
    let recorder = Recorder::default();
    let server = Server::start([Respond(503, ""), Respond(200, "done")]).await;
    let client = make_client_builder(&server.url).hook(recorder.clone()).build().unwrap();
    client.send(&GET).await.unwrap();
    let expected =
        ["1: response 503", "1: failed, retried: true", "2: response 200", "2: 200, retried: false"];
    assert_eq!(*recorder.0.lock().unwrap(), expected);
}

/// A hook that sets the method and the path of each request.
struct SetTarget(Method, &'static str);

impl Hook for SetTarget {
    fn on_request(&self, _: &Attempt, request: &mut Request) -> Result<(), BoxError> {
        *request.method_mut() = self.0.clone();
        request.url_mut().set_path(self.1);
        Ok(())
    }
}

#[tokio::test]
async fn a_request_that_a_hook_changed_is_repeated_only_where_that_is_harmless() {
    static IDEMPOTENT_POST: OperationEntry = operation("create_order", "POST").documented_as_idempotent(true);
    for (operation, method, path, attempts) in [
        (&GET, Method::POST, "/orders", 1),
        (&GET, Method::GET, "/others", 2),
        (&POST, Method::POST, "/orders", 1),
        (&POST, Method::GET, "/orders", 2),
        // The vendor documents only for this method and this path that a repetition is harmless.
        (&IDEMPOTENT_POST, Method::POST, "/orders", 2),
        (&IDEMPOTENT_POST, Method::POST, "/others", 1),
        (&IDEMPOTENT_POST, Method::PATCH, "/orders", 1),
    ] {
        let server = Server::start([Respond(503, "busy"), Respond(200, "done")]).await;
        let client = make_client_builder(&server.url).hook(SetTarget(method.clone(), path)).build().unwrap();
        assert_eq!(client.send(operation).await.is_ok(), attempts == 2, "{operation:?} {method} {path}");
        assert_eq!(server.received().len(), attempts, "{operation:?} {method} {path}");
    }
}

/// A hook that stops each call, before it is sent or after its response has arrived.
enum Stop {
    BeforeRequest,
    AfterResponse,
}

impl Hook for Stop {
    fn on_request(&self, _: &Attempt, _: &mut Request) -> Result<(), BoxError> {
        match self {
            Stop::BeforeRequest => Err("stopped".into()),
            Stop::AfterResponse => Ok(()),
        }
    }

    fn on_response(&self, _: &Attempt, _: &mut http::Response<Bytes>) -> Result<(), BoxError> {
        Err("stopped".into())
    }
}

#[tokio::test]
async fn a_hook_that_stops_a_call_after_the_response_leaves_it_possibly_executed() {
    for (hook, sent) in [(Stop::BeforeRequest, 0), (Stop::AfterResponse, 1)] {
        let server = Server::start([Respond(202, "done")]).await;
        let client = make_client_builder(&server.url).hook(hook).build().unwrap();
        let error = client.send(&POST).await.unwrap_err();
        assert_eq!((error.kind(), error.is_retryable()), (ErrorKind::StoppedByHook, false));
        assert_eq!(error.may_have_executed(), sent == 1);
        assert_eq!((error.attempt_count() as usize, server.received().len()), (sent, sent));
        assert_eq!(error.status(), (sent == 1).then_some(StatusCode::ACCEPTED));
        assert_eq!(error.body(), if sent == 1 { "done" } else { "" });
    }
}

/// A hook that replaces each response.
struct Replace(u16, &'static str);

impl Hook for Replace {
    fn on_response(&self, _: &Attempt, response: &mut http::Response<Bytes>) -> Result<(), BoxError> {
        *response.status_mut() = StatusCode::from_u16(self.0)?;
        *response.body_mut() = Bytes::from_static(self.1.as_bytes());
        Ok(())
    }
}

#[tokio::test]
async fn a_response_is_classified_as_the_hooks_leave_it() {
    let replaced_by = async |status, body| {
        let server = Server::start([Respond(202, "received")]).await;
        let client = make_client_builder(&server.url).hook(Replace(status, body)).build().unwrap();
        client.send(&POST).await
    };
    assert_eq!(replaced_by(200, "decrypted").await.unwrap(), "decrypted");
    let error = replaced_by(404, r#"{"message":"no such order"}"#).await.unwrap_err();
    assert!(error.is_not_found() && error.message() == Some("no such order"));
}

#[tokio::test]
async fn an_error_does_not_show_a_secret_that_a_hook_added_to_the_request() {
    let server = Server::start([Respond(400, r#"{"message":"wrong header: fake-session"}"#)]).await;
    let client = make_client_builder(&server.url).hook(Recorder::default()).build().unwrap();
    let error = client.send(&POST).await.unwrap_err();
    assert!(server.received()[0].contains("cookie: fake-session"));
    assert!(error.to_string().contains("wrong header"), "{error}");
    assert!(!format!("{error:?} {error}").contains("fake-session"), "{error:?}");
}

#[tokio::test]
async fn an_error_does_not_show_a_sensitive_value_that_was_sent() {
    type Attach = fn(&mut RequestContext);
    let cases: [(Attach, &str); 2] = [
        (|context| context.set_json_body(&JsonObject::from([("pin", "47118833")])).unwrap(), "47118833"),
        (
            |context| context.set_upload_body("image/png", Upload::from_bytes("alice-example.png", "x")),
            "alice-example.png",
        ),
    ];
    for (attach, sensitive) in cases {
        let repeats = r#"{"message":"refused: 47118833, alice-example.png"}"#;
        let server = Server::start([Respond(400, repeats)]).await;
        let client = make_client_builder(&server.url).build().unwrap();
        let text = client.send_with(&POST, attach).await.unwrap_err().to_string();
        assert!(text.contains("refused: ") && !text.contains(sensitive), "{text}");
    }
}

#[tokio::test]
async fn a_rejected_token_is_replaced_and_the_call_repeated_once_where_that_is_harmless() {
    let server = Server::start([Respond(401, ""), Respond(200, "done")]).await;
    let client = token_client(&server.url, CountingTokens::default(), LONG);
    assert_eq!(client.send(&GET_WITH_TOKEN).await.unwrap(), "done");
    let tokens = |requests: &[String]| -> Vec<String> {
        let token =
            |request: &String| request.split_once("Bearer ").unwrap().1.lines().next().unwrap().to_owned();
        requests.iter().map(token).collect()
    };
    assert_eq!(tokens(&server.received()), ["fake-token-1", "fake-token-2"]);

    let server = Server::start([Respond(401, ""), Respond(200, "done")]).await;
    let client = token_client(&server.url, CountingTokens::default(), LONG);
    let error = client.send(&POST_WITH_TOKEN).await.unwrap_err();
    assert_eq!((error.status(), error.attempt_count()), (Some(StatusCode::UNAUTHORIZED), 1));
    assert_eq!(server.received().len(), 1);
    client.send(&POST_WITH_TOKEN).await.unwrap();
    assert_eq!(tokens(&server.received()), ["fake-token-1", "fake-token-2"]);

    let server = Server::start([Respond(401, ""), Respond(200, "done")]).await;
    let client = token_client(&server.url, CountingTokens::default(), LONG);
    let body = Upload::from_one_time_reader("order.bin", Some(4), &b"1.50"[..]);
    client.upload(&PUT_WITH_TOKEN, body).await.unwrap_err();
    assert_eq!(server.received().len(), 1);
}

#[tokio::test]
async fn only_a_rejected_token_of_a_provider_is_replaced() {
    let server = Server::start([Respond(404, ""), Respond(200, "done")]).await;
    let client = token_client(&server.url, CountingTokens::default(), LONG);
    client.send(&GET_WITH_TOKEN).await.unwrap_err();
    assert_eq!(server.received().len(), 1);

    let server = Server::start([Respond(401, ""), Respond(200, "done")]).await;
    let credential = Credential::token(0, Token::from("fake-token"));
    let client = make_client_builder(&server.url).credential(credential).build().unwrap();
    client.send(&GET_WITH_TOKEN).await.unwrap_err();
    assert_eq!(server.received().len(), 1);
}

#[tokio::test]
async fn a_call_that_is_repeated_with_a_new_token_has_the_time_that_is_left() {
    let pause = Duration::from_millis(1600);
    let server = Server::start([RespondAfter(pause, 401), Silence]).await;
    let client = token_client(&server.url, CountingTokens::default(), Duration::from_secs(2));
    let started = Instant::now();
    let error = client.send(&GET_WITH_TOKEN).await.unwrap_err();
    assert_eq!(error.exceeded_time_limit(), Some(TimeLimit::Call));
    assert_eq!(server.received().len(), 2);
    assert!(started.elapsed() < Duration::from_secs(2) + pause / 2, "{:?}", started.elapsed());
}

#[tokio::test]
async fn a_response_after_a_redirect_is_refused() {
    #[cfg(feature = "rustls")]
    let _ = rustls::crypto::ring::default_provider().install_default();
    let following = |server: &Server| {
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        make_client_builder(&server.url).http_client(http).build().unwrap()
    };
    let server = Server::start([Redirect, Respond(200, "from elsewhere")]).await;
    let error = following(&server).send(&GET).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Redirected);
    assert_eq!(server.received().len(), 2);
    let server = Server::start([Respond(200, "done")]).await;
    assert_eq!(following(&server).send(&GET).await.unwrap(), "done");
}
