//! The receiver as a service, over real sockets.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use partner_client::unigox::webhook::Event;
use partner_client::webhooks::{BoxError, MemoryStore, Outcome, Receiver, ReceiverService};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;

use crate::deliveries::{BODY, SIGNATURE_HEADER, TIMESTAMP_HEADER, signed, verifier};
use crate::receiver::Runs;

/// The outcomes that an observer was told.
#[derive(Clone, Default)]
struct Seen(Arc<Mutex<Vec<String>>>);

impl Seen {
    fn note(&self, outcome: &Outcome) {
        self.0.lock().unwrap().push(format!("{outcome:?}"));
    }

    fn outcomes(&self) -> Vec<String> {
        self.0.lock().unwrap().clone()
    }
}

/// Serves a receiver whose handler is given, on a free port. Returns its address.
async fn serve<H, R>(handler: H, seen: &Seen, within: Duration) -> String
where
    H: Fn(Event, ()) -> R + Send + Sync + 'static,
    R: Future<Output = Result<(), BoxError>> + Send + 'static,
{
    let seen = seen.clone();
    let receiver = Receiver::new(verifier(), MemoryStore::new(100), handler);
    let service =
        ReceiverService::new(receiver).response_timeout(within).on_outcome(move |outcome| seen.note(outcome));
    let router = Router::new().route_service("/webhooks/unigox", service);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    tokio::spawn(async move { axum::serve(listener, router).await });
    address
}

/// What a sender gets: the status, the head and the body.
struct Received {
    status: u16,
    head: String,
    body: String,
}

/// Sends the text of a request, and reads the response to the end of the connection.
async fn send(address: &str, request: &[u8]) -> Received {
    let mut connection = TcpStream::connect(address).await.unwrap();
    connection.write_all(request).await.unwrap();
    let mut response = String::new();
    connection.read_to_string(&mut response).await.unwrap();
    let (head, body) = response.split_once("\r\n\r\n").unwrap();
    let status = head["HTTP/1.1 ".len()..][..3].parse().unwrap();
    Received { status, head: head.to_owned(), body: body.to_owned() }
}

/// The text of a delivery: the headers are those of the vector's body, and a further line of them can be given.
fn request(method: &str, line: &str, body: &str) -> Vec<u8> {
    let headers = signed(BODY).headers;
    let of = |name: &str| headers[name].to_str().unwrap().to_owned();
    format!(
        "{method} /webhooks/unigox HTTP/1.1\r\nhost: x\r\nconnection: close\r\n{SIGNATURE_HEADER}: {}\r\n\
         {TIMESTAMP_HEADER}: {}\r\n{line}content-length: {}\r\n\r\n{body}",
        of(SIGNATURE_HEADER),
        of(TIMESTAMP_HEADER),
        body.len(),
    )
    .into_bytes()
}

async fn post(address: &str, body: &str) -> Received {
    send(address, &request("POST", "", body)).await
}

const LONG: Duration = Duration::from_secs(30);

#[tokio::test]
async fn the_response_to_a_delivery_has_the_status_of_its_outcome() {
    let (runs, seen) = (Runs::default(), Seen::default());
    let counted = runs.clone();
    let handler = move |_: Event, ()| {
        counted.add();
        std::future::ready(Ok(()))
    };
    let address = serve(handler, &seen, LONG).await;
    let accepted = post(&address, BODY).await;
    assert_eq!((accepted.status, accepted.body.as_str()), (200, "{}"));
    assert!(accepted.head.contains("content-type: application/json"), "{}", accepted.head);
    assert_eq!(post(&address, BODY).await.status, 200);
    assert_eq!(post(&address, "{}").await.status, 401);
    assert_eq!(send(&address, &request("GET", "", BODY)).await.status, 405);
    assert_eq!(runs.count(), 1);
    assert_eq!(seen.outcomes(), ["Handled", "Duplicate", "Refused(WrongSignature)", "Refused(WrongMethod)"]);
}

#[tokio::test]
async fn a_body_with_too_large_a_length_is_refused_before_it_is_sent() {
    let seen = Seen::default();
    let address = serve(|_, ()| std::future::ready(Ok(())), &seen, LONG).await;
    let mut connection = TcpStream::connect(&address).await.unwrap();
    let head = "POST /webhooks/unigox HTTP/1.1\r\nhost: x\r\ncontent-length: 10485760\r\n\r\n";
    connection.write_all(head.as_bytes()).await.unwrap();
    let mut response = vec![0; 12];
    connection.read_exact(&mut response).await.unwrap();
    assert_eq!(response, b"HTTP/1.1 413");
}

#[tokio::test]
async fn a_body_without_a_length_is_refused_at_the_limit() {
    let seen = Seen::default();
    let address = serve(|_, ()| std::future::ready(Ok(())), &seen, LONG).await;
    let mut connection = TcpStream::connect(&address).await.unwrap();
    let head = "POST /webhooks/unigox HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n";
    connection.write_all(head.as_bytes()).await.unwrap();
    let chunk = format!("10000\r\n{}\r\n", "x".repeat(0x10000));
    for _ in 0..5 {
        // The server may have hung up already.
        let _ = connection.write_all(chunk.as_bytes()).await;
    }
    let mut response = vec![0; 12];
    connection.read_exact(&mut response).await.unwrap();
    assert_eq!(response, b"HTTP/1.1 413");
    assert_eq!(seen.outcomes(), [format!("Refused(BodyTooLarge {{ max_bytes: {} }})", 256 * 1024)]);
}

#[tokio::test]
async fn a_body_that_never_ends_times_out() {
    let seen = Seen::default();
    let address = serve(|_, ()| std::future::ready(Ok(())), &seen, Duration::from_millis(200)).await;
    let mut connection = TcpStream::connect(&address).await.unwrap();
    let head = "POST /webhooks/unigox HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{";
    connection.write_all(head.as_bytes()).await.unwrap();
    let mut response = vec![0; 12];
    connection.read_exact(&mut response).await.unwrap();
    assert_eq!(response, b"HTTP/1.1 400");
    assert_eq!(seen.outcomes(), ["Refused(IncompleteBody)"]);
}

#[tokio::test]
async fn a_handler_that_takes_too_long_for_the_sender_goes_on_and_its_effect_counts() {
    let (seen, goes_on, runs) = (Seen::default(), Arc::new(Notify::new()), Runs::default());
    let (waits, counted) = (goes_on.clone(), runs.clone());
    let handler = move |_: Event, ()| {
        counted.add();
        let waits = waits.clone();
        async move {
            waits.notified().await;
            Ok(())
        }
    };
    let address = serve(handler, &seen, Duration::from_millis(200)).await;
    assert_eq!(post(&address, BODY).await.status, 503);
    assert_eq!(seen.outcomes(), ["HandlerStillRunning"]);
    assert_eq!(post(&address, BODY).await.status, 503);
    goes_on.notify_one();
    while seen.outcomes().len() < 3 {
        tokio::task::yield_now().await;
    }
    assert_eq!(post(&address, BODY).await.status, 200);
    let seen = seen.outcomes();
    assert!(seen[1].starts_with("Busy"), "{seen:?}");
    assert_eq!(seen[2..], ["Handled", "Duplicate"]);
    assert_eq!(runs.count(), 1);
}

#[tokio::test]
async fn a_handler_finishes_although_the_sender_has_hung_up() {
    let (seen, entered, goes_on) = (Seen::default(), Arc::new(Notify::new()), Arc::new(Notify::new()));
    let (in_handler, waits) = (entered.clone(), goes_on.clone());
    let handler = move |_: Event, ()| {
        let (in_handler, waits) = (in_handler.clone(), waits.clone());
        async move {
            in_handler.notify_one();
            waits.notified().await;
            Ok(())
        }
    };
    let address = serve(handler, &seen, LONG).await;
    let sender = tokio::spawn(async move { post(&address, BODY).await });
    entered.notified().await;
    sender.abort();
    assert!(sender.await.is_err_and(|error| error.is_cancelled()));
    goes_on.notify_one();
    while seen.outcomes().is_empty() {
        tokio::task::yield_now().await;
    }
    assert_eq!(seen.outcomes(), ["Handled"]);
}

#[tokio::test]
async fn a_handler_that_panics_is_a_failure_and_the_receiver_goes_on() {
    let (seen, runs) = (Seen::default(), Runs::default());
    let counted = runs.clone();
    let handler = move |event: Event, ()| {
        counted.add();
        assert!(event.id() != "evt_1", "the handler has a bug");
        std::future::ready(Ok(()))
    };
    let address = serve(handler, &seen, LONG).await;
    assert_eq!(post(&address, BODY).await.status, 503);
    assert_eq!(post(&address, BODY).await.status, 503);
    let seen = seen.outcomes();
    assert_eq!(seen[0], "HandlerPanicked");
    assert!(seen[1].starts_with("Busy"), "{seen:?}");
    assert_eq!(runs.count(), 1);
}

#[tokio::test]
async fn headers_that_are_repeated_on_the_wire_are_refused() {
    let seen = Seen::default();
    let address = serve(|_, ()| std::future::ready(Ok(())), &seen, LONG).await;
    for header in [SIGNATURE_HEADER, TIMESTAMP_HEADER] {
        let value = signed(BODY).headers[header].to_str().unwrap().to_owned();
        let repeated = request("POST", &format!("{header}: {value}\r\n"), BODY);
        assert_eq!(send(&address, &repeated).await.status, 401);
    }
}
