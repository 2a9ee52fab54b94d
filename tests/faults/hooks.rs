//! Hooks: what they get, and what they can change.

use std::sync::{Arc, Mutex};

use partner_client::bytes::Bytes;
use partner_client::hook::Attempt;
use partner_client::http::{self, HeaderName, HeaderValue, Method, StatusCode, Version};
use partner_client::unigox::{Client, KycDocumentType};
use partner_client::{BoxError, Error, ErrorKind, Hook, Upload, reqwest};
use partner_tests::case::uuid;

use crate::each_call;
use crate::server::{Behavior, Server, accepted, assert_outcome, empty_response, in_time, order, response};

/// Records everything that it gets.
struct Diary {
    name: &'static str,
    lines: Arc<Mutex<Vec<String>>>,
}

impl Diary {
    fn write(&self, attempt: &Attempt, line: String) {
        let line = format!("{} {} {}: {line}", self.name, attempt.operation().id, attempt.number());
        self.lines.lock().unwrap().push(line);
    }
}

impl Hook for Diary {
    fn on_request(&self, attempt: &Attempt, request: &mut reqwest::Request) -> Result<(), BoxError> {
        assert!(!format!("{request:?}").contains("top-secret"), "the key is not shown");
        assert!(!request.headers().contains_key("x-api-key"));
        request.headers_mut().append("x-hook", HeaderValue::from_static(self.name));
        self.write(attempt, format!("{} {}", request.method(), request.url().path()));
        Ok(())
    }

    fn on_response(&self, attempt: &Attempt, response: &mut http::Response<Bytes>) -> Result<(), BoxError> {
        self.write(attempt, format!("{} with {} bytes", response.status(), response.body().len()));
        Ok(())
    }

    fn on_attempt_end(&self, attempt: &Attempt, result: Result<StatusCode, &Error>) {
        let result = match result {
            Ok(status) => status.to_string(),
            Err(error) => format!("{:?}", error.kind()),
        };
        self.write(attempt, format!("{result}, again {}", attempt.retry_in().is_some()));
    }
}

#[tokio::test]
async fn hooks_see_every_attempt_in_their_order_and_never_the_key() {
    let responses = vec![empty_response("429 Too Many", ""), accepted()];
    let server = Server::start(Behavior::WriteInTurn(responses)).await;
    let lines = Arc::new(Mutex::new(Vec::new()));
    let diary = |name| Diary { name, lines: Arc::clone(&lines) };
    let builder = Client::builder().api_key("top-secret").base_url(&server.base_url);
    let client = builder.hook(diary("a")).hook(Arc::new(diary("b"))).build().unwrap();
    in_time(order(&client).into_future()).await.unwrap();

    let path = "POST /api/v1/partner/offramp/initiate";
    let expected = [
        format!("a initiate_off_ramp 1: {path}"),
        format!("b initiate_off_ramp 1: {path}"),
        String::from("b initiate_off_ramp 1: 429 Too Many Requests with 0 bytes"),
        String::from("a initiate_off_ramp 1: 429 Too Many Requests with 0 bytes"),
        String::from("b initiate_off_ramp 1: Api, again true"),
        String::from("a initiate_off_ramp 1: Api, again true"),
        format!("a initiate_off_ramp 2: {path}"),
        format!("b initiate_off_ramp 2: {path}"),
        String::from("b initiate_off_ramp 2: 200 OK with 26 bytes"),
        String::from("a initiate_off_ramp 2: 200 OK with 26 bytes"),
        String::from("b initiate_off_ramp 2: 200 OK, again false"),
        String::from("a initiate_off_ramp 2: 200 OK, again false"),
    ];
    assert_eq!(*lines.lock().unwrap(), expected);
    for request in server.received() {
        assert_eq!(request.header_values("x-hook"), ["a", "b"]);
        assert_eq!(request.header("x-api-key"), Some("top-secret"));
    }
}

/// Changes each request with one function, and each response with another one.
struct Change<Q, A>(Q, A);

impl<Q, A> Hook for Change<Q, A>
where
    Q: Fn(&mut reqwest::Request) -> Result<(), BoxError> + Send + Sync + 'static,
    A: Fn(&mut http::Response<Bytes>) -> Result<(), BoxError> + Send + Sync + 'static,
{
    fn on_request(&self, _: &Attempt, request: &mut reqwest::Request) -> Result<(), BoxError> {
        self.0(request)
    }

    fn on_response(&self, _: &Attempt, response: &mut http::Response<Bytes>) -> Result<(), BoxError> {
        self.1(response)
    }
}

fn client(server: &Server, hook: impl Hook) -> Client {
    Client::builder().api_key("top-secret").base_url(&server.base_url).hook(hook).build().unwrap()
}

#[tokio::test]
async fn a_response_is_read_as_a_hook_leaves_it() {
    let server = Server::start(Behavior::Write(response("500 Oops", "content-length: 3\r\n", "???"))).await;
    let repair = |response: &mut http::Response<Bytes>| {
        *response.status_mut() = StatusCode::OK;
        *response.body_mut() = Bytes::from_static(br#"{"success":true,"data":{"message":"repaired"}}"#);
        Ok(())
    };
    let client = client(&server, Change(|_: &mut reqwest::Request| Ok(()), repair));
    let check = in_time(client.verify_auth().into_future()).await.unwrap();
    assert_eq!(check.message.as_deref(), Some("repaired"));
}

#[tokio::test]
async fn a_request_that_a_hook_refuses_is_not_sent() {
    let server = Server::start(Behavior::Write(accepted())).await;
    let refuse = |_: &mut reqwest::Request| Err("not on a Sunday".into());
    let client = client(&server, Change(refuse, |_: &mut http::Response<Bytes>| Ok(())));
    let error = in_time(order(&client).into_future()).await.unwrap_err();
    assert_outcome(&error, ErrorKind::StoppedByHook, false, 0);
    assert_eq!(std::error::Error::source(&error).unwrap().to_string(), "not on a Sunday");
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn a_hook_that_refuses_a_response_leaves_open_what_was_done() {
    let server = Server::start(Behavior::Write(accepted())).await;
    let refuse = |_: &mut http::Response<Bytes>| Err("no signature".into());
    let client = client(&server, Change(|_: &mut reqwest::Request| Ok(()), refuse));
    let error = in_time(order(&client).into_future()).await.unwrap_err();
    assert_outcome(&error, ErrorKind::StoppedByHook, true, 1);
    assert_eq!((error.status().unwrap().as_u16(), server.requests()), (200, 1));
}

/// A hook that only changes requests.
fn changes(
    server: &Server,
    change: impl Fn(&mut reqwest::Request) -> Result<(), BoxError> + Send + Sync + 'static,
) -> Client {
    client(server, Change(change, |_: &mut http::Response<Bytes>| Ok(())))
}

#[tokio::test]
async fn a_read_that_a_hook_turns_into_a_post_is_sent_once() {
    for method in [Method::POST, Method::PATCH] {
        let server = Server::start(Behavior::Write(empty_response("503 Unavailable", ""))).await;
        let sent = method.clone();
        let client = changes(&server, move |request| {
            *request.method_mut() = sent.clone();
            Ok(())
        });
        let error = in_time(client.verify_auth().into_future()).await.unwrap_err();
        assert_outcome(&error, ErrorKind::Api, true, 1);
        let [request] = &server.received()[..] else { panic!("one request") };
        assert_eq!((request.method.as_str(), request.header("content-length")), (method.as_str(), Some("0")));
    }
}

#[tokio::test]
async fn a_post_that_a_hook_turns_into_a_read_is_retried() {
    let server =
        Server::start(Behavior::WriteInTurn(vec![empty_response("503 Unavailable", ""), accepted()])).await;
    let client = changes(&server, |request| {
        *request.method_mut() = Method::PUT;
        Ok(())
    });
    in_time(order(&client).into_future()).await.unwrap();
    assert_eq!(server.requests(), 2);
}

#[tokio::test]
async fn an_idempotent_operation_is_not_retried_at_another_address() {
    for (path, query, requests) in
        [(None, None, 3), (Some("/v1/other"), None, 1), (None, Some("mode=now"), 1), (None, Some(""), 1)]
    {
        let server = Server::start(Behavior::Write(empty_response("503 Unavailable", ""))).await;
        let client = changes(&server, move |request| {
            if let Some(path) = path {
                request.url_mut().set_path(path);
            }
            if query.is_some() {
                request.url_mut().set_query(query);
            }
            Ok(())
        });
        let error = in_time(client.raw(Method::POST, "/v1/x").repeatable().bytes()).await.unwrap_err();
        assert_outcome(&error, ErrorKind::Api, true, requests);
        assert_eq!(server.requests(), requests as usize, "{path:?} {query:?}");
    }
}

#[tokio::test]
async fn a_read_at_another_address_is_still_a_read() {
    let server = Server::start(Behavior::Write(empty_response("503 Unavailable", ""))).await;
    let client = changes(&server, |request| {
        request.url_mut().set_query(Some("signature=1"));
        Ok(())
    });
    let error = in_time(client.verify_auth().into_future()).await.unwrap_err();
    assert_outcome(&error, ErrorKind::Api, false, 3);
}

#[tokio::test]
async fn a_hook_cannot_set_a_method_that_the_client_does_not_support() {
    for name in ["CONNECT", "TRACE", "BREW", "post"] {
        let server = Server::start(Behavior::Write(accepted())).await;
        let client = changes(&server, move |request| {
            *request.method_mut() = Method::from_bytes(name.as_bytes())?;
            Ok(())
        });
        assert_outcome(
            &in_time(order(&client).into_future()).await.unwrap_err(),
            ErrorKind::StoppedByHook,
            false,
            0,
        );
        assert_eq!(server.connections(), 0, "{name}");
    }
}

#[tokio::test]
async fn a_hook_cannot_set_a_version_of_http_without_chunks() {
    for version in [Version::HTTP_09, Version::HTTP_10] {
        let server = Server::start(Behavior::Write(each_call::accepted())).await;
        let client = changes(&server, move |request| {
            *request.version_mut() = version;
            Ok(())
        });
        let upload = Upload::from_one_time_reader("a.jpg", None, std::io::Cursor::new(vec![b'x'; 10]));
        let call = client.upload_kyc_document(uuid().into(), KycDocumentType::Selfie, upload);
        assert_outcome(&in_time(call.into_future()).await.unwrap_err(), ErrorKind::StoppedByHook, false, 0);
        assert_eq!(server.connections(), 0, "{version:?}");
    }
}

/// Headers that frame a request, belong to its connection, or override its method.
const RESERVED: [(&str, &str); 17] = [
    ("host", "evil.example"),
    ("Content-Length", "5"),
    ("content-length", "0"),
    ("content_length", "5"),
    ("transfer-encoding", "chunked"),
    ("Transfer-Encoding", "identity"),
    ("connection", "upgrade"),
    ("te", "trailers"),
    ("upgrade", "websocket"),
    ("trailer", "x-checksum"),
    ("keep-alive", "timeout=5"),
    ("proxy-connection", "keep-alive"),
    ("proxy-authorization", "Basic x"),
    ("expect", "100-continue"),
    ("http2-settings", "AAMAAABkAARAAAAAAAIAAAAA"),
    ("x-http-method-override", "DELETE"),
    ("X-Method-Override", "DELETE"),
];

#[tokio::test]
async fn a_hook_cannot_set_a_header_that_frames_a_request() {
    for (name, value) in RESERVED {
        let server = Server::start(Behavior::Write(accepted())).await;
        let client = changes(&server, move |request| {
            request.headers_mut().insert(HeaderName::try_from(name)?, HeaderValue::from_static(value));
            Ok(())
        });
        let error = in_time(order(&client).into_future()).await.unwrap_err();
        assert_outcome(&error, ErrorKind::StoppedByHook, false, 0);
        assert!(
            std::error::Error::source(&error).unwrap().to_string().contains(&name.to_lowercase()),
            "{name}"
        );
        let upload = Upload::from_bytes("a.jpg", vec![b'x'; 10]);
        let call = client.upload_kyc_document(uuid().into(), KycDocumentType::Selfie, upload);
        assert_outcome(&in_time(call.into_future()).await.unwrap_err(), ErrorKind::StoppedByHook, false, 0);
        assert_eq!(server.connections(), 0, "{name}");
    }
}

#[tokio::test]
async fn a_call_cannot_set_a_header_that_frames_a_request() {
    let server = Server::start(Behavior::Write(accepted())).await;
    let client = server.client();
    for (name, value) in RESERVED {
        let call = order(&client).header(name, value);
        assert_outcome(&in_time(call.into_future()).await.unwrap_err(), ErrorKind::Request, false, 0);
        let call = client.verify_auth().header(name, value);
        assert_outcome(&in_time(call.into_future()).await.unwrap_err(), ErrorKind::Request, false, 0);
        for method in [Method::GET, Method::POST] {
            let call = client.raw(method, "/v1/x").header(name, value).body("text/plain", "hello");
            assert_outcome(&in_time(call.bytes()).await.unwrap_err(), ErrorKind::Request, false, 0);
        }
    }
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn a_body_that_a_hook_replaces_is_sent_completely_with_its_own_length() {
    let server = Server::start(Behavior::Write(each_call::accepted())).await;
    let replace = |request: &mut reqwest::Request| {
        *request.body_mut() = Some("another body".into());
        Ok(())
    };
    let client = changes(&server, replace);
    in_time(order(&client).into_future()).await.unwrap();
    in_time(client.confirm_fiat_received(uuid().into()).into_future()).await.unwrap();
    let upload = Upload::from_bytes("a.jpg", vec![b'x'; 1000]);
    in_time(client.upload_kyc_document(uuid().into(), KycDocumentType::Selfie, upload).into_future())
        .await
        .unwrap();
    for request in server.received() {
        assert_eq!((request.header("content-length"), &request.body[..]), (Some("12"), &b"another body"[..]));
    }
    assert_eq!(server.requests(), 3);
}

#[tokio::test]
async fn a_hook_cannot_send_the_key_to_another_server() {
    let (server, other) =
        (Server::start(Behavior::Write(accepted())).await, Server::start(Behavior::Write(accepted())).await);
    let elsewhere = other.base_url.clone();
    let divert = move |request: &mut reqwest::Request| {
        *request.url_mut() = elsewhere.parse()?;
        Ok(())
    };
    let client = client(&server, Change(divert, |_: &mut http::Response<Bytes>| Ok(())));
    let error = in_time(order(&client).into_future()).await.unwrap_err();
    assert_outcome(&error, ErrorKind::StoppedByHook, false, 0);
    assert_eq!((server.connections(), other.connections()), (0, 0));
}
