//! The cases of the matrix: what the generated clients send with each value, and what they read.

use std::fmt::Display;

use partner_runtime::plumbing::BoxFuture;
use partner_runtime::{Error, Upload};
use serde::de::DeserializeOwned;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpListener;
use tokio::sync::mpsc;

use crate::bodies::parts;
use crate::capture::{Received, receive};

/// Sends a request to the server at an address.
type Call = fn(&str) -> BoxFuture<Result<partner_runtime::Response<()>, Error>>;

/// A request with a value.
pub(crate) struct Request {
    /// The case and the value.
    pub(crate) name: &'static str,
    pub(crate) call: Call,
    pub(crate) target: &'static str,
    pub(crate) expected: Expected,
}

/// What a request has besides its target.
pub(crate) enum Expected {
    Nothing,
    /// A header, and its value.
    Header(&'static str, Option<&'static str>),
    Json(&'static str),
    Form(&'static str),
    /// The headers of each part, and its value.
    Parts(&'static [(&'static str, &'static str)]),
}

/// A response with a value.
pub(crate) struct Response {
    /// The case and the value.
    pub(crate) name: &'static str,
    pub(crate) header: &'static str,
    pub(crate) body: &'static str,
    /// Sends the request, and writes what was read.
    pub(crate) call: fn(&str) -> BoxFuture<Result<String, Error>>,
    pub(crate) expected: &'static str,
}

impl Response {
    pub(crate) const EMPTY: Response = Response {
        name: "",
        header: "",
        body: "",
        call: |_| Box::pin(async { Ok(String::new()) }),
        expected: "",
    };
}

/// A value from its JSON.
pub(crate) fn json<T: DeserializeOwned>(text: &str) -> T {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// Whether a value is the one that the JSON says.
pub(crate) fn same<T: DeserializeOwned + PartialEq>(value: &T, text: &str) -> bool {
    *value == json::<T>(text)
}

/// A file with this content.
pub(crate) fn file(content: &'static str) -> Upload {
    Upload::from_bytes("a.bin", content.as_bytes().to_vec())
}

/// A server that gives these responses, one to each connection, and passes on what it receives.
async fn server(responses: Vec<String>) -> (String, mpsc::UnboundedReceiver<Received>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let (sender, receiver) = mpsc::unbounded_channel();
    tokio::spawn(async move {
        for response in responses {
            let (mut stream, _) = listener.accept().await.unwrap();
            sender.send(receive(&mut stream).await.unwrap()).unwrap();
            stream.write_all(response.as_bytes()).await.unwrap();
        }
    });
    (url, receiver)
}

/// What of a request differs from what the specifications say, in words.
fn difference(received: &Received, request: &Request) -> Option<String> {
    let differs =
        |found: &dyn Display, expected: &dyn Display| Some(format!("sent {found}, expected {expected}"));
    if received.target != request.target {
        return differs(&received.target, &request.target);
    }
    let body = std::str::from_utf8(&received.body).unwrap();
    let content_type = received.header("content-type").unwrap_or_default();
    let (found, expected) = match request.expected {
        Expected::Nothing => (String::from(body), String::new()),
        Expected::Header(name, value) => (format!("{:?}", received.header(name)), format!("{value:?}")),
        Expected::Json(json) => (format!("{content_type} {body}"), format!("application/json {json}")),
        Expected::Form(form) => {
            (format!("{content_type} {body}"), format!("application/x-www-form-urlencoded {form}"))
        }
        Expected::Parts(expected) => (format!("{:?}", parts(received)), format!("{expected:?}")),
    };
    if found == expected { None } else { differs(&found, &expected) }
}

async fn send_all(requests: &[Request]) {
    let response = "HTTP/1.1 204 Fine\r\nconnection: close\r\n\r\n".to_owned();
    let (url, mut received) = server(vec![response; requests.len()]).await;
    let mut wrong = Vec::new();
    for request in requests {
        match (request.call)(&url).await {
            Err(error) if error.attempt_count() > 0 => panic!("{}: {error}", request.name),
            Err(error) => wrong.push(format!("{}: {error}", request.name)),
            Ok(_) => {
                let received = received.recv().await.unwrap();
                wrong.extend(difference(&received, request).map(|what| format!("{}: {what}", request.name)));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {} are wrong:\n{}", wrong.len(), requests.len(), wrong.join("\n"));
}

async fn read_all(responses: &[Response]) {
    let texts = responses.iter().map(|Response { header, body, .. }| match header.is_empty() {
        false => format!("HTTP/1.1 204 Fine\r\nx-value: {header}\r\nconnection: close\r\n\r\n"),
        true => format!(
            "HTTP/1.1 200 Fine\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
            body.len()
        ),
    });
    let (url, _received) = server(texts.collect()).await;
    let mut wrong = Vec::new();
    for response in responses {
        match (response.call)(&url).await {
            Ok(read) if read == response.expected => {}
            Ok(read) => wrong.push(format!("{}: read {read}, expected {}", response.name, response.expected)),
            Err(error) => wrong.push(format!("{}: {error}", response.name)),
        }
    }
    assert!(wrong.is_empty(), "{} of {} are wrong:\n{}", wrong.len(), responses.len(), wrong.join("\n"));
}

#[allow(clippy::all, unused, reason = "the build script writes it")]
mod calls {
    include!(concat!(env!("OUT_DIR"), "/calls.rs"));
}

/// A test for each place.
macro_rules! tests {
    ($($name:ident: $run:ident $module:ident;)*) => {
        $(
            #[tokio::test]
            async fn $name() {
                for calls in calls::$module {
                    $run(calls).await;
                }
            }
        )*
    };
}

tests! {
    path_parameters_are_sent_as_the_specifications_say: send_all IN_PATH;
    query_parameters_are_sent_as_the_specifications_say: send_all IN_QUERY;
    headers_are_sent_as_the_specifications_say: send_all IN_HEADER;
    parts_are_sent_as_the_specifications_say: send_all IN_PART;
    fields_of_forms_are_sent_as_the_specifications_say: send_all IN_FIELD;
    properties_are_sent_as_the_specifications_say: send_all IN_JSON;
    bodies_are_sent_as_the_specifications_say: send_all IN_BODY;
    properties_of_responses_come_back_the_same: read_all IN_RESPONSE;
    responses_come_back_the_same: read_all IN_SUCCESS;
    headers_of_responses_come_back_the_same: read_all IN_RESPONSE_HEADER;
}

#[tokio::test]
async fn every_word_can_name_an_item() {
    for requests in calls::NAMES {
        send_all(requests).await;
    }
}
