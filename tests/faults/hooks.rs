//! Hooks: what they see and what they change.

use std::sync::{Arc, Mutex};

use partner_client::bytes::Bytes;
use partner_client::hook::Attempt;
use partner_client::http::{self, HeaderValue, StatusCode};
use partner_client::unigox::Client;
use partner_client::{BoxError, Error, ErrorKind, Hook, reqwest};

use crate::server::{Server, Then, accepted, answer, assert_is, empty, in_time, order};

/// Writes down what it is shown.
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
    fn request(&self, attempt: &Attempt, request: &mut reqwest::Request) -> Result<(), BoxError> {
        assert!(!format!("{request:?}").contains("top-secret"), "the key is not shown");
        assert!(!request.headers().contains_key("x-api-key"));
        request.headers_mut().append("x-hook", HeaderValue::from_static(self.name));
        self.write(attempt, format!("{} {}", request.method(), request.url().path()));
        Ok(())
    }

    fn response(&self, attempt: &Attempt, response: &mut http::Response<Bytes>) -> Result<(), BoxError> {
        self.write(attempt, format!("{} with {} bytes", response.status(), response.body().len()));
        Ok(())
    }

    fn finished(&self, attempt: &Attempt, result: Result<StatusCode, &Error>) {
        let result = match result {
            Ok(status) => status.to_string(),
            Err(error) => format!("{:?}", error.kind()),
        };
        self.write(attempt, format!("{result}, again {}", attempt.retry_in().is_some()));
    }
}

#[tokio::test]
async fn hooks_see_every_attempt_in_their_order_and_never_the_key() {
    let answers = vec![empty("429 Too Many", ""), accepted()];
    let server = Server::that(Then::WriteInTurn(answers)).await;
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
        assert_eq!(request.all("x-hook"), ["a", "b"]);
        assert_eq!(request.header("x-api-key"), Some("top-secret"));
    }
}

/// Does one thing to a request, or to an answer.
struct Change<Q, A>(Q, A);

impl<Q, A> Hook for Change<Q, A>
where
    Q: Fn(&mut reqwest::Request) -> Result<(), BoxError> + Send + Sync + 'static,
    A: Fn(&mut http::Response<Bytes>) -> Result<(), BoxError> + Send + Sync + 'static,
{
    fn request(&self, _: &Attempt, request: &mut reqwest::Request) -> Result<(), BoxError> {
        self.0(request)
    }

    fn response(&self, _: &Attempt, response: &mut http::Response<Bytes>) -> Result<(), BoxError> {
        self.1(response)
    }
}

fn client(server: &Server, hook: impl Hook) -> Client {
    Client::builder().api_key("top-secret").base_url(&server.base_url).hook(hook).build().unwrap()
}

#[tokio::test]
async fn an_answer_is_read_as_a_hook_leaves_it() {
    let server = Server::that(Then::Write(answer("500 Oops", "content-length: 3\r\n", "???"))).await;
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
async fn a_hook_that_refuses_a_request_has_nothing_sent() {
    let server = Server::that(Then::Write(accepted())).await;
    let refuse = |_: &mut reqwest::Request| Err("not on a Sunday".into());
    let client = client(&server, Change(refuse, |_: &mut http::Response<Bytes>| Ok(())));
    let error = in_time(order(&client).into_future()).await.unwrap_err();
    assert_is(&error, ErrorKind::Hook, false, 0);
    assert_eq!(std::error::Error::source(&error).unwrap().to_string(), "not on a Sunday");
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn a_hook_that_refuses_an_answer_leaves_open_what_was_done() {
    let server = Server::that(Then::Write(accepted())).await;
    let refuse = |_: &mut http::Response<Bytes>| Err("no signature".into());
    let client = client(&server, Change(|_: &mut reqwest::Request| Ok(()), refuse));
    let error = in_time(client.verify_auth().into_future()).await.unwrap_err();
    assert_is(&error, ErrorKind::Hook, true, 1);
    assert_eq!((error.status().unwrap().as_u16(), server.requests()), (200, 1));
}

#[tokio::test]
async fn a_hook_cannot_send_the_key_to_another_server() {
    let (server, other) =
        (Server::that(Then::Write(accepted())).await, Server::that(Then::Write(accepted())).await);
    let elsewhere = other.base_url.clone();
    let divert = move |request: &mut reqwest::Request| {
        *request.url_mut() = elsewhere.parse()?;
        Ok(())
    };
    let client = client(&server, Change(divert, |_: &mut http::Response<Bytes>| Ok(())));
    let error = in_time(order(&client).into_future()).await.unwrap_err();
    assert_is(&error, ErrorKind::Hook, false, 0);
    assert_eq!((server.connections(), other.connections()), (0, 0));
}
