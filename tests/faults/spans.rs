//! What is traced of calls: one span for each call, one event for each attempt, and no secret.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::{Arc, Mutex, Once};

use partner_client::http::Method;
use partner_client::unigox::Client;
use partner_tests::case::uuid;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};
use tracing_subscriber::registry::LookupSpan;

use crate::server::{Behavior, Server, empty_response, in_time, response};

type Fields = BTreeMap<String, String>;

/// The fields of all spans and events of the client in one test.
#[derive(Clone, Default)]
struct Recorded {
    spans: Arc<Mutex<Vec<(Id, Fields)>>>,
    events: Arc<Mutex<Vec<Fields>>>,
}

tokio::task_local! {
    /// What is recorded for the test that runs in this task. All tests share one subscriber, because a process can have
    /// only one.
    static RECORDED: Recorded;
}

/// Records every span and event for the test that it happens in.
struct Listener;

struct Recorder<'a>(&'a mut Fields);

impl Visit for Recorder<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.insert(field.name().to_owned(), format!("{value:?}"));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.insert(field.name().to_owned(), value.to_owned());
    }
}

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Listener {
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, _: Context<'_, S>) {
        if attributes.metadata().target() == "partner_client" {
            let mut fields = Fields::new();
            attributes.record(&mut Recorder(&mut fields));
            let _ = RECORDED.try_with(|recorded| recorded.spans.lock().unwrap().push((id.clone(), fields)));
        }
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, _: Context<'_, S>) {
        let _ = RECORDED.try_with(|recorded| {
            let mut spans = recorded.spans.lock().unwrap();
            if let Some((_, fields)) = spans.iter_mut().find(|(known, _)| known == id) {
                values.record(&mut Recorder(fields));
            }
        });
    }

    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        if event.metadata().target() == "partner_client" {
            let mut fields = Fields::from([
                (String::from("level"), event.metadata().level().to_string()),
                (String::from("in a span"), context.event_span(event).is_some().to_string()),
            ]);
            event.record(&mut Recorder(&mut fields));
            let _ = RECORDED.try_with(|recorded| recorded.events.lock().unwrap().push(fields));
        }
    }
}

impl Recorded {
    /// Makes a call. Returns its span, and the events of its attempts.
    async fn record<T>(call: impl Future<Output = T>) -> (Fields, Vec<Fields>) {
        static LISTEN: Once = Once::new();
        LISTEN.call_once(|| {
            tracing::subscriber::set_global_default(tracing_subscriber::registry().with(Listener)).unwrap();
        });
        let recorded = Recorded::default();
        let _ = RECORDED.scope(recorded.clone(), call).await;
        let spans = std::mem::take(&mut *recorded.spans.lock().unwrap());
        let events = std::mem::take(&mut *recorded.events.lock().unwrap());
        let [(_, span)] = &spans[..] else { panic!("one span a call: {spans:?}") };
        (span.clone(), events)
    }
}

#[track_caller]
fn assert_fields(fields: &Fields, expected: &[(&str, &str)]) {
    for (name, value) in expected {
        assert_eq!(fields.get(*name).map(String::as_str), Some(*value), "{name} of {fields:?}");
    }
}

fn wallet() -> Vec<u8> {
    let body = r#"{"success":true,"data":{}}"#;
    response("200 OK", &format!("content-length: {}\r\n", body.len()), body)
}

#[tokio::test]
async fn a_call_is_one_span_in_the_words_of_opentelemetry() {
    let server =
        Server::start(Behavior::WriteInTurn(vec![empty_response("503 Unavailable", ""), wallet()])).await;
    let (span, events) =
        Recorded::record(in_time(server.client().get_partner_user(uuid().into()).into_future())).await;
    let port = server.base_url.rsplit(':').next().unwrap();
    assert_fields(
        &span,
        &[
            ("otel.name", "GET /api/v1/partner/users/{user_uuid}"),
            ("otel.kind", "client"),
            ("http.request.method", "GET"),
            ("http.request.resend_count", "1"),
            ("http.response.status_code", "200"),
            ("url.template", "/api/v1/partner/users/{user_uuid}"),
            ("server.address", "127.0.0.1"),
            ("server.port", port),
            ("partner.operation", "get_partner_user"),
        ],
    );
    for absent in ["error.type", "otel.status_code", "url.full", "partner.error.code"] {
        assert!(!span.contains_key(absent), "{absent}");
    }
    let [first, second] = &events[..] else { panic!("one event an attempt: {events:?}") };
    assert_fields(
        first,
        &[
            ("level", "WARN"),
            ("attempt", "1"),
            ("error.type", "503"),
            ("http.response.status_code", "503"),
            ("in a span", "true"),
        ],
    );
    assert!(first.contains_key("retry_in_ms") && first.contains_key("duration_ms"), "{first:?}");
    assert_fields(
        second,
        &[("level", "DEBUG"), ("attempt", "2"), ("http.request.body.size", "0"), ("in a span", "true")],
    );
    assert_fields(second, &[("http.response.body.size", "26"), ("http.response.status_code", "200")]);
}

#[tokio::test]
async fn a_failure_is_traced_with_its_code() {
    let body = r#"{"success":false,"error":{"code":"ORDER_NOT_FOUND","message":"private words"}}"#;
    let failure = response("404 Not Found", &format!("content-length: {}\r\n", body.len()), body);
    let server = Server::start(Behavior::Write(failure)).await;
    let (span, events) =
        Recorded::record(in_time(server.client().get_order(uuid().into()).into_future())).await;
    let expected = [
        ("otel.status_code", "ERROR"),
        ("error.type", "404"),
        ("http.response.status_code", "404"),
        ("partner.error.code", "ORDER_NOT_FOUND"),
    ];
    assert_fields(&span, &expected);
    assert!(!span.contains_key("http.request.resend_count"), "it was sent once");
    let [event] = &events[..] else { panic!("one event an attempt: {events:?}") };
    assert_fields(event, &expected[1..]);
    assert_fields(event, &[("level", "DEBUG"), ("final_because", "permanent")]);
    assert!(!format!("{span:?}{events:?}").contains("private words"), "messages stay out");
}

#[tokio::test]
async fn words_in_the_place_of_a_code_are_not_traced() {
    for code in
        ["Jan Example has no account", "user@example.com", "PL61109010140000071219812874", &"A".repeat(65)]
    {
        let body = format!(r#"{{"success":false,"error":{{"code":"{code}"}}}}"#);
        let failure = response("404 Not Found", &format!("content-length: {}\r\n", body.len()), &body);
        let server = Server::start(Behavior::Write(failure)).await;
        let (span, events) =
            Recorded::record(in_time(server.client().get_order(uuid().into()).into_future())).await;
        assert_fields(&span, &[("error.type", "404")]);
        assert!(!format!("{span:?}{events:?}").contains(code), "{span:?} {events:?}");
    }
}

#[tokio::test]
async fn a_response_that_does_not_fit_is_traced_as_such() {
    let server = Server::start(Behavior::Write(response("200 OK", "content-length: 1\r\n", "7"))).await;
    let (span, _) = Recorded::record(in_time(server.client().get_order(uuid().into()).into_future())).await;
    assert_fields(&span, &[("error.type", "decode"), ("http.response.status_code", "200")]);
}

#[tokio::test]
async fn a_server_that_is_not_reached_is_traced_as_such() {
    let client = Client::builder().api_key("key").base_url("http://127.0.0.1:1").build().unwrap();
    let (span, events) = Recorded::record(in_time(client.get_order(uuid().into()).into_future())).await;
    assert_fields(&span, &[("error.type", "connect"), ("http.request.resend_count", "2")]);
    assert!(!span.contains_key("http.response.status_code"));
    assert_eq!(events.len(), 3);
    assert_fields(&events[2], &[("final_because", "attempts")]);
}

#[tokio::test]
async fn addresses_and_ids_are_not_traced_unless_asked_for() {
    let server = Server::start(Behavior::Write(wallet())).await;
    let builder = || Client::builder().api_key("top-secret").base_url(&server.base_url);
    let client = builder().build().unwrap();
    let (span, events) =
        Recorded::record(in_time(client.get_partner_user(uuid().into()).into_future())).await;
    let text = format!("{span:?}{events:?}");
    assert!(!text.contains("top-secret") && !text.contains(&uuid().to_string()), "{text}");

    let asked = builder().trace_urls(true).build().unwrap();
    let (span, events) = Recorded::record(in_time(asked.get_partner_user(uuid().into()).into_future())).await;
    let url = format!("{}/api/v1/partner/users/{}", server.base_url, uuid());
    assert_fields(&span, &[("url.full", &url)]);
    assert!(!format!("{span:?}{events:?}").contains("top-secret"));

    let call = asked.raw(Method::GET, "/v1/users").query("email", "a+b@example.com").query("page", 7);
    let (span, _) = Recorded::record(in_time(call.bytes())).await;
    assert_fields(&span, &[("url.full", &format!("{}/v1/users?email=[redacted]&page=7", server.base_url))]);
}

#[tokio::test]
async fn an_api_key_in_the_place_of_a_code_is_not_traced() {
    // It looks like a code; only its value shows that it is the key.
    let body = r#"{"success":false,"error":{"code":"PARTNER_KEY_ABCDEFGH"}}"#;
    let failure = response("404 Not Found", &format!("content-length: {}\r\n", body.len()), body);
    let server = Server::start(Behavior::Write(failure)).await;
    let client =
        Client::builder().api_key("PARTNER_KEY_ABCDEFGH").base_url(&server.base_url).build().unwrap();
    let (span, events) = Recorded::record(in_time(client.get_order(uuid().into()).into_future())).await;
    assert_fields(&span, &[("error.type", "404")]);
    assert!(!format!("{span:?}{events:?}").contains("ABCDEFGH"), "{span:?} {events:?}");
}

#[tokio::test]
async fn a_raw_call_has_no_template() {
    let server = Server::start(Behavior::Write(wallet())).await;
    let (span, _) = Recorded::record(in_time(server.client().raw(Method::GET, "/v1/users/42").bytes())).await;
    assert_fields(&span, &[("otel.name", "GET"), ("partner.operation", "raw")]);
    assert!(!span.contains_key("url.template") && !format!("{span:?}").contains("42/"));
}

#[tokio::test]
async fn fields_that_do_not_fit_are_counted_and_not_shown() {
    let body = r#"{"success":true,"data":{"authenticated":"4111111111111111","message":4111111111111111}}"#;
    let sent = response("200 OK", &format!("content-length: {}\r\n", body.len()), body);
    let server = Server::start(Behavior::Write(sent)).await;
    let client = server.client();
    let (span, events) =
        Recorded::record(async { in_time(client.verify_auth().into_future()).await.unwrap() }).await;
    assert_eq!(span.get("partner.unreadable_fields").map(String::as_str), Some("2"), "{span:?}");
    assert!(!format!("{span:?} {events:?}").contains("4111"), "{span:?} {events:?}");
}
