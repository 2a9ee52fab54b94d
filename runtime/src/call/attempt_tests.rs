//! Tests of attempts over a real socket: the requests that are sent again, the errors of time limits, and the effects
//! of hooks, tokens and streamed bodies.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use http::{Method, StatusCode};
use reqwest::Request;
use tokio::io::{AsyncReadExt, AsyncWriteExt, duplex};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::Instant;

use crate::api::{Api, Scheme};
use crate::call::{CallOptions, RequestContext, RequestError, SuccessResponse};
use crate::client::{ApiClient, ServerUrl};
use crate::credential::Credential;
use crate::error::Deadline;
use crate::hook::{Attempt, Hook};
use crate::operation::{Operation, ResponseKind, Security};
use crate::transport::Transport;
use crate::{BoxError, ClientBuilder, Error, ErrorKind, RetryPolicy, Token, TokenProvider, Upload};

const fn operation(id: &'static str, method: &'static str) -> Operation {
    Operation::new(id).method(method).path("/orders").success(&[200]).response(ResponseKind::Text)
}

const fn with_token(operation: Operation) -> Operation {
    operation.security(Security::Required).credentials(&[&[0]])
}

static API: Api = Api::new("Sample").schemes(&[Scheme::Bearer], &[]);
static GET: Operation = operation("get_orders", "GET");
static POST: Operation = operation("create_order", "POST");
static PUT: Operation = operation("replace_orders", "PUT");
static GET_WITH_TOKEN: Operation = with_token(operation("get_orders", "GET"));
static POST_WITH_TOKEN: Operation = with_token(operation("create_order", "POST"));
static PUT_WITH_TOKEN: Operation = with_token(operation("replace_orders", "PUT"));

struct Client(Transport);

struct NoEnvironment(Infallible);

impl ServerUrl for NoEnvironment {
    fn server_url(self) -> &'static str {
        match self.0 {}
    }
}

impl ApiClient for Client {
    type Environment = NoEnvironment;
    const API: &'static Api = &API;

    fn from_transport(transport: Transport) -> Client {
        Client(transport)
    }
}

/// Returns a builder for a client of this server. The client waits only a millisecond before it sends a request again.
fn builder(url: &str) -> ClientBuilder<Client> {
    ClientBuilder::new()
        .without_key()
        .base_url(url)
        .retry(RetryPolicy::default().base_delay(Duration::from_millis(1)))
}

impl Client {
    /// Sends a call with a small body, or without a body if the operation only reads.
    async fn send(&self, operation: &'static Operation) -> Result<String, Error> {
        let body = if operation.is_read_only() { "" } else { "1.50" };
        self.send_with(operation, body, None).await
    }

    async fn upload(&self, operation: &'static Operation, body: Upload) -> Result<String, Error> {
        self.send_with(operation, "", Some(body)).await
    }

    async fn send_with(
        &self,
        operation: &'static Operation,
        body: &'static str,
        upload: Option<Upload>,
    ) -> Result<String, Error> {
        let mut context = RequestContext::new(&self.0, operation, CallOptions::default());
        let url = context.address(format_args!("{}", operation.path));
        let method = Method::from_bytes(operation.method.as_bytes()).unwrap();
        let mut request = context.http().request(method, url);
        if !body.is_empty() {
            request = request.body(body);
        }
        if let Some(upload) = upload {
            context.upload("application/octet-stream", upload);
        }
        let call = context.into_active_call(request.build().map_err(RequestError::from))?;
        Ok(call.send(SuccessResponse::text).await?.into_inner())
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
    fn token(&self) -> Pin<Box<dyn Future<Output = Result<String, BoxError>> + Send + '_>> {
        let number = self.0.fetch_add(1, Ordering::Relaxed) + 1;
        Box::pin(async move { Ok(format!("fake-token-{number}")) })
    }
}

/// A provider that never returns a token.
struct NoToken;

impl TokenProvider for NoToken {
    fn token(&self) -> Pin<Box<dyn Future<Output = Result<String, BoxError>> + Send + '_>> {
        Box::pin(std::future::pending())
    }
}

fn token_client(url: &str, provider: impl TokenProvider, timeout: Duration) -> Client {
    let credential = Credential::token(0, Token::from_provider(provider));
    builder(url).credential(credential).timeout(timeout).build().unwrap()
}

const SHORT: Duration = Duration::from_millis(300);
const LONG: Duration = Duration::from_secs(20);

#[tokio::test]
async fn a_request_that_got_no_response_may_have_been_executed_unless_it_only_reads() {
    for operation in [&GET, &POST] {
        let server = Server::start([Silence]).await;
        let client = builder(&server.url).timeout(SHORT).build().unwrap();
        let error = client.send(operation).await.unwrap_err();
        assert_eq!(error.timed_out(), Some(Deadline::Call));
        assert_eq!(error.may_have_executed(), operation.method == "POST", "{}", operation.method);
        assert!(error.is_timeout() && !error.is_connect());
        assert_eq!((error.attempts(), server.received().len()), (1, 1));
        assert!(error.to_string().contains("no response came"), "{error}");
    }
}

#[tokio::test]
async fn no_attempt_of_a_read_leaves_open_whether_something_was_done() {
    static HEAD: Operation = operation("check_orders", "HEAD");
    for operation in [&GET, &HEAD] {
        for last in [Respond(500, "failed"), Respond(503, "busy"), Redirect] {
            let server = Server::start([Respond(503, "busy"), last]).await;
            let client = builder(&server.url).retry(RetryPolicy::default().max_attempts(2)).build().unwrap();
            let error = client.send(operation).await.unwrap_err();
            assert_eq!((error.attempts(), error.may_have_executed()), (2, false), "{error:?}");
        }
    }
}

#[tokio::test]
async fn a_call_that_runs_out_of_time_while_it_waits_for_a_token_has_sent_nothing() {
    let server = Server::start([]).await;
    let client = token_client(&server.url, NoToken, SHORT);
    let error = client.send(&POST_WITH_TOKEN).await.unwrap_err();
    assert_eq!(error.timed_out(), Some(Deadline::Call));
    assert!(!error.may_have_executed());
    assert_eq!((error.attempts(), server.received().len()), (0, 0));
}

#[tokio::test]
async fn a_request_that_no_connection_took_is_revoked_when_its_time_is_over() {
    // The TLS handshake never ends, because the server does not take part in it.
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    let client = builder(&url).timeout(SHORT).build().unwrap();
    let error = client.send(&POST).await.unwrap_err();
    assert_eq!(error.timed_out(), Some(Deadline::Call));
    assert!(!error.may_have_executed());
    // A streamed body is revoked even if the operation can be repeated without harm.
    let error = client.upload(&PUT, Upload::once("order.bin", Some(4), &b"1.50"[..])).await.unwrap_err();
    assert_eq!(error.timed_out(), Some(Deadline::Call));
    assert!(!error.may_have_executed());
}

#[tokio::test]
async fn a_time_limit_is_blamed_on_the_source_of_the_body_while_that_has_nothing_to_send() {
    let server = Server::start([Silence]).await;
    let client = builder(&server.url).timeout(SHORT).build().unwrap();
    let (_writer, reader) = duplex(64);
    let error = client.upload(&PUT, Upload::once("order.bin", None, reader)).await.unwrap_err();
    assert!(error.to_string().contains("contents of the body did not come"), "{error}");
    assert_eq!(error.attempts(), 1);

    let never = Upload::reader("order.bin", None, std::future::pending::<std::io::Result<&[u8]>>);
    let error = client.upload(&POST, never).await.unwrap_err();
    assert!(error.to_string().contains("contents of the body did not come"), "{error}");
    assert!(!error.may_have_executed());
    assert_eq!(error.attempts(), 0);
}

#[tokio::test]
async fn an_unavailable_server_is_asked_again_only_where_a_repeat_is_harmless() {
    static IDEMPOTENT_POST: Operation = operation("create_order", "POST").idempotent(true);
    for (operation, attempts) in [(&GET, 2), (&PUT, 2), (&IDEMPOTENT_POST, 2), (&POST, 1)] {
        let server = Server::start([Respond(503, "busy"), Respond(200, "done")]).await;
        let client = builder(&server.url).build().unwrap();
        let result = client.send(operation).await;
        assert_eq!(server.received().len(), attempts, "{}", operation.method);
        match result {
            Ok(body) => assert_eq!((body.as_str(), attempts), ("done", 2)),
            Err(error) => {
                assert_eq!(error.status(), Some(StatusCode::SERVICE_UNAVAILABLE));
                assert_eq!((error.attempts(), attempts), (1, 1));
            }
        }
    }
}

#[tokio::test]
async fn a_server_that_is_not_there_is_no_time_limit_and_has_executed_nothing() {
    let address = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let client = builder(&format!("http://{address}")).retry(RetryPolicy::none()).build().unwrap();
    let error = client.send(&POST).await.unwrap_err();
    assert!(error.is_connect() && !error.is_timeout());
    assert!(!error.may_have_executed());
}

#[tokio::test]
async fn a_success_that_is_not_documented_counts_as_the_first_documented_one() {
    static OPERATION: Operation = operation("create_order", "POST").success(&[201, 202]);
    for (sent, counts_as) in [(201, 201), (202, 202), (200, 201), (299, 201)] {
        let server = Server::start([Respond(sent, "done")]).await;
        let client = builder(&server.url).build().unwrap();
        let context = RequestContext::new(&client.0, &OPERATION, CallOptions::default());
        let url = context.address(format_args!("/orders"));
        let request = context.http().request(Method::POST, url).build();
        let call = context.into_active_call(request.map_err(RequestError::from)).unwrap();
        let status = call.send(|response| Ok(response.documented_status())).await.unwrap();
        assert_eq!((status.status().as_u16(), *status), (sent, counts_as));
    }
}

#[tokio::test]
async fn an_error_counts_all_attempts() {
    let server = Server::start([Respond(503, ""); 3]).await;
    let client = builder(&server.url).build().unwrap();
    assert_eq!(client.send(&GET).await.unwrap_err().attempts(), 3);
}

#[tokio::test]
async fn a_body_that_can_be_read_once_is_sent_once() {
    let server = Server::start([Respond(503, "busy"), Respond(200, "done")]).await;
    let client = builder(&server.url).build().unwrap();
    let error = client.upload(&PUT, Upload::once("order.bin", Some(4), &b"1.50"[..])).await.unwrap_err();
    assert_eq!(error.status(), Some(StatusCode::SERVICE_UNAVAILABLE));
    assert_eq!(server.received().len(), 1);
    // A body of bytes can be sent again, unlike a stream.
    let server = Server::start([Respond(503, "busy"), Respond(200, "done")]).await;
    let client = builder(&server.url).build().unwrap();
    client.upload(&PUT, Upload::bytes("order.bin", "1.50")).await.unwrap();
    let received = server.received();
    assert_eq!(received.len(), 2);
    assert!(received.iter().all(|request| request.ends_with("\r\n\r\n1.50")), "{received:?}");
}

/// Records the calls of a client's hooks, and adds a secret header to each request.
#[derive(Clone, Default)]
struct Recorder(Arc<Mutex<Vec<String>>>);

impl Hook for Recorder {
    fn request(&self, _: &Attempt, request: &mut Request) -> Result<(), BoxError> {
        request.headers_mut().insert(http::header::COOKIE, "fake-session".parse()?);
        Ok(())
    }

    fn response(&self, attempt: &Attempt, response: &mut http::Response<Bytes>) -> Result<(), BoxError> {
        self.0.lock().unwrap().push(format!("{}: response {}", attempt.number(), response.status().as_u16()));
        Ok(())
    }

    fn finished(&self, attempt: &Attempt, result: Result<StatusCode, &Error>) {
        let is_retried = attempt.retry_in().is_some();
        let result = result.map_or_else(|_| String::from("failed"), |status| status.as_u16().to_string());
        self.0.lock().unwrap().push(format!("{}: {result}, retried: {is_retried}", attempt.number()));
    }
}

#[tokio::test]
async fn hooks_see_each_response_and_how_each_attempt_ended() {
    let recorder = Recorder::default();
    let server = Server::start([Respond(503, ""), Respond(200, "done")]).await;
    let client = builder(&server.url).hook(recorder.clone()).build().unwrap();
    client.send(&GET).await.unwrap();
    let expected =
        ["1: response 503", "1: failed, retried: true", "2: response 200", "2: 200, retried: false"];
    assert_eq!(*recorder.0.lock().unwrap(), expected);
}

#[tokio::test]
async fn an_error_does_not_show_a_secret_that_a_hook_added_to_the_request() {
    let server = Server::start([Respond(400, r#"{"message":"wrong header: fake-session"}"#)]).await;
    let client = builder(&server.url).hook(Recorder::default()).build().unwrap();
    let error = client.send(&POST).await.unwrap_err();
    assert!(server.received()[0].contains("cookie: fake-session"));
    assert!(error.to_string().contains("wrong header"), "{error}");
    assert!(!format!("{error:?} {error}").contains("fake-session"), "{error:?}");
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
    assert_eq!((error.status(), error.attempts()), (Some(StatusCode::UNAUTHORIZED), 1));
    assert_eq!(server.received().len(), 1);
    client.send(&POST_WITH_TOKEN).await.unwrap();
    assert_eq!(tokens(&server.received()), ["fake-token-1", "fake-token-2"]);

    let server = Server::start([Respond(401, ""), Respond(200, "done")]).await;
    let client = token_client(&server.url, CountingTokens::default(), LONG);
    let body = Upload::once("order.bin", Some(4), &b"1.50"[..]);
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
    let client = builder(&server.url).credential(credential).build().unwrap();
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
    assert_eq!(error.timed_out(), Some(Deadline::Call));
    assert_eq!(server.received().len(), 2);
    assert!(started.elapsed() < Duration::from_secs(2) + pause / 2, "{:?}", started.elapsed());
}

#[tokio::test]
async fn a_response_after_a_redirect_is_refused() {
    #[cfg(feature = "rustls")]
    let _ = rustls::crypto::ring::default_provider().install_default();
    let following = |server: &Server| {
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        builder(&server.url).http_client(http).build().unwrap()
    };
    let server = Server::start([Redirect, Respond(200, "from elsewhere")]).await;
    let error = following(&server).send(&GET).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Redirected);
    assert_eq!(server.received().len(), 2);
    let server = Server::start([Respond(200, "done")]).await;
    assert_eq!(following(&server).send(&GET).await.unwrap(), "done");
}
