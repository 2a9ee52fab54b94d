//! Bodies of every shape that are as large as the limit, read as types that accept any JSON.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use partner_client::client::DEFAULT_MAX_RESPONSE_BYTES;
use partner_client::reqwest::Method;
use partner_client::unigox::{Client, OrderPage};
use partner_client::{Error, ErrorKind, Json, JsonObject, RetryPolicy};
use partner_tests::case::uuid;
use serde::de::DeserializeOwned;

use crate::server::Server;
use crate::{assert_bounded, measured, run};

const LIMIT: usize = 2 * 1024 * 1024;

fn client(server: &Server, limit: usize) -> Client {
    let builder = Client::builder().api_key("key").base_url(&server.base_url).retry(RetryPolicy::none());
    builder.max_response_bytes(limit).build().unwrap()
}

/// A text of at most this number of bytes: an item that is repeated between a beginning and an end.
fn filled(begin: &str, item: impl Fn(usize) -> String, end: &str, bytes: usize) -> String {
    let mut body = String::with_capacity(bytes);
    body.push_str(begin);
    for number in 0.. {
        let item = item(number);
        if body.len() + item.len() + end.len() + 1 > bytes {
            break;
        }
        if number > 0 {
            body.push(',');
        }
        body.push_str(&item);
    }
    body.push_str(end);
    body
}

fn list(item: &str, bytes: usize) -> String {
    filled("[", |_| item.to_owned(), "]", bytes)
}

fn map(value: &str, bytes: usize) -> String {
    filled("{", |number| format!("\"{number:x}\":{value}"), "}", bytes)
}

/// JSON of all shapes, of so many bytes at most.
pub(crate) fn shapes(bytes: usize) -> Vec<(&'static str, String)> {
    let deep = |length: usize| "[".repeat(length) + &"]".repeat(length);
    let half = bytes / 2 - 10;
    let list = |item| list(item, bytes);
    let map = |value| map(value, bytes);
    vec![
        ("empty objects", list("{}")),
        ("objects with a key", list(r#"{"":1}"#)),
        ("objects in lists", list(r#"[{"a":[{}]}]"#)),
        ("empty lists", list("[]")),
        ("lists of lists", list("[[[[[[1]]]]]]")),
        ("numbers", list("1")),
        ("empty strings", list("\"\"")),
        ("decimals", list("0.1")),
        ("a map of numbers", map("1")),
        ("a map of objects", map("{}")),
        ("a map of lists", map("[[]]")),
        ("a string", format!("\"{}\"", "x".repeat(2 * half))),
        ("a string with escapes", format!("\"{}\"", r"\n".repeat(half))),
        ("a string of escapes", format!("\"{}\"", r"\u00e9".repeat(half / 3))),
        ("a key", format!("{{\"{}\":1}}", r"\n".repeat(half))),
        ("a number", "1".repeat(2 * half)),
        ("deep lists", deep(half)),
        ("deep lists that do not end", "[".repeat(2 * half)),
        ("deep objects that do not end", r#"{"a":"#.repeat(2 * half / 5)),
        ("spaces", format!("[{}]", " ".repeat(2 * half))),
        ("commas", format!("[{}", ",".repeat(2 * half))),
    ]
}

async fn raw<T: DeserializeOwned>(client: &Client) -> Result<(), Error> {
    client.raw(Method::GET, "/anything").json::<T>().await.map(drop)
}

#[test]
fn sixteen_mebibytes_of_empty_orders_are_refused_before_they_take_gigabytes() {
    run(async {
        let server = Server::start();
        let begin = r#"{"success":true,"data":{"orders":["#;
        server.set(200, &filled(begin, |_| "{}".to_owned(), "]}}", DEFAULT_MAX_RESPONSE_BYTES));
        let builder = Client::builder().api_key("key").base_url(&server.base_url);
        let client = builder.build().unwrap();
        let (result, peak) = measured(client.list_orders().into_future()).await;
        let error = result.unwrap_err();
        assert_eq!((error.kind(), error.attempt_count()), (ErrorKind::ResponseTooLarge, 1), "{error}");
        assert_eq!(error.status().map(|status| status.as_u16()), Some(200));
        assert!(!error.may_have_executed() && !error.is_retryable());
        assert!(error.to_string().contains("`max_response_bytes`"), "{error}");
        assert!(error.body().len() > DEFAULT_MAX_RESPONSE_BYTES - 10, "the raw body is kept");
        assert_bounded(peak, DEFAULT_MAX_RESPONSE_BYTES, "16 MiB of orders");
    });
}

#[test]
fn a_page_of_five_thousand_orders_is_read() {
    run(async {
        let server = Server::start();
        let order =
            r#"{"order_id":"550e8400-e29b-41d4-a716-446655440000","status":"completed","type":"offramp"}"#;
        let orders = vec![order; 5_000].join(",");
        server.set(200, &format!(r#"{{"success":true,"data":{{"orders":[{orders}]}}}}"#));
        let page = client(&server, DEFAULT_MAX_RESPONSE_BYTES).list_orders().await.unwrap();
        assert_eq!(page.orders.as_ref().unwrap().len(), 5_000);
    });
}

#[test]
fn a_stream_of_items_keeps_no_page_while_it_reads_the_next_one() {
    run(async {
        let server = Server::start();
        // Almost as many orders as the limit allows.
        let orders = vec!["{}"; 1200].join(",");
        let text = "x".repeat(LIMIT / 2);
        let body =
            format!(r#"{{"success":true,"data":{{"orders":[{orders},{{"deposit_address":"{text}"}}]}}}}"#);
        server.set(200, &body);
        let client = client(&server, LIMIT);
        let (items, peak) = measured(async {
            let mut items = client.list_orders().items();
            let mut count = 0;
            // The second page repeats the first one, which is an error.
            while let Some(Ok(_)) = items.next().await {
                count += 1;
            }
            count
        })
        .await;
        assert_eq!(items, 1201);
        // The text of one page and its items take less than twice the limit; the page before must not be kept.
        assert!(peak <= 3 * LIMIT, "{} % of the limit", peak * 100 / LIMIT);
    });
}

#[test]
fn json_of_any_shape_takes_no_more_than_eight_times_the_limit() {
    run(async {
        let server = Server::start();
        let client = client(&server, LIMIT);
        for (what, body) in shapes(LIMIT - 100) {
            server.set(200, &body);
            for (kind, peak) in [
                ("Json", measured(raw::<Json>(&client)).await.1),
                ("JsonObject", measured(raw::<JsonObject>(&client)).await.1),
                ("Vec<Json>", measured(raw::<Vec<Json>>(&client)).await.1),
                ("Vec<String>", measured(raw::<Vec<String>>(&client)).await.1),
                ("Vec<OrderPage>", measured(raw::<Vec<OrderPage>>(&client)).await.1),
                ("Value", measured(raw::<serde_json::Value>(&client)).await.1),
            ] {
                assert_bounded(peak, LIMIT, &format!("{what} as {kind}"));
            }
        }
    });
}

#[test]
fn a_failure_of_any_shape_takes_no_more_than_eight_times_the_limit() {
    run(async {
        let server = Server::start();
        let unigox = client(&server, LIMIT);
        let builder = partner_client::p100::Client::builder().api_key("key").base_url(&server.base_url);
        let p100 = builder.max_response_bytes(LIMIT).retry(RetryPolicy::none()).build().unwrap();
        for (what, shape) in shapes(LIMIT - 100) {
            for body in [
                shape.clone(),
                format!(r#"{{"success":false,"error":{shape}}}"#),
                format!(r#"{{"error":{{"code":{shape}}}}}"#),
                format!(r#"{{"errorCode":"P403","errorMessage":{shape}}}"#),
            ] {
                for status in [200, 400] {
                    server.set(status, &body);
                    let (result, peak) = measured(unigox.get_order(uuid().into()).into_future()).await;
                    assert_bounded(peak, LIMIT, &format!("{status} with {what}"));
                    if let Err(error) = result {
                        assert_eq!(error.status().map(|status| status.as_u16()), Some(status), "{what}");
                    }
                    let (result, peak) = measured(p100.get_user_balances("1".into()).into_future()).await;
                    assert_bounded(peak, LIMIT, &format!("{status} with {what}"));
                    assert!(status == 200 || result.is_err_and(|error| error.kind() == ErrorKind::Api));
                }
            }
        }
    });
}

/// Recipients whose screening is pending, as large as the limit: with a long text, with as many values as are just not
/// refused, and with an optional field that does not fit, for which the text is deserialized twice.
fn pending_recipients() -> Vec<(&'static str, String)> {
    let recipient = |name: &str, screened_at: &str, details: &str| {
        let uuid = "550e8400-e29b-41d4-a716-446655440000";
        let date = "2026-01-02T03:04:05Z";
        format!(
            r#"{{"success":true,"data":{{"recipient":{{"id":"{uuid}","kind":"individual","recipient_name":"{name}",
            "recipient_country":"DE","lifecycle":"active","version":1,"screening_status":"pending",
            "screened_at":{screened_at},"created_at":"{date}"}},"recipient_destination":{{"id":"{uuid}",
            "recipient_id":"{uuid}","payment_method_id":1,"payment_network_id":1,"country_code":"DE","currency":"EUR",
            "details":{{{details}}},"version":1,"lifecycle":"active","created_at":"{date}"}}}}}}"#
        )
    };
    let details: Vec<String> = (0..60_000).map(|number| format!("\"{number:x}\":1")).collect();
    let details = details.join(",");
    let name = "x".repeat(LIMIT - details.len() - 2_000);
    vec![
        ("a text", recipient(&"x".repeat(LIMIT - 2_000), "null", "")),
        ("values and a text", recipient(&name, "null", &details)),
        ("values, a text and a field that does not fit", recipient(&name, "\"\"", &details)),
    ]
}

#[test]
fn a_wait_takes_no_more_than_eight_times_the_limit() {
    run(async {
        let server = Server::start();
        let client = client(&server, LIMIT);
        for (what, body) in pending_recipients() {
            server.set(200, &body);
            let wait =
                client.wait_until_recipient_cleared(uuid().into()).initial_delay(Duration::from_millis(10));
            let requests = Arc::new(AtomicUsize::new(0));
            let count = Arc::clone(&requests);
            let wait = wait.deadline(Duration::from_secs(2)).on_progress(move |_| {
                count.fetch_add(1, Ordering::Relaxed);
            });
            let (result, peak) = measured(wait.into_future()).await;
            let error = result.unwrap_err();
            assert!(error.is_deadline_exceeded() && error.last_response().is_some(), "{what}: {error}");
            assert!(
                requests.load(Ordering::Relaxed) > 1,
                "{what}: a response is kept while the next one is read"
            );
            assert_bounded(peak, LIMIT, what);
        }
    });
}

#[test]
fn a_wait_whose_requests_begin_to_fail_takes_no_more_than_eight_times_the_limit() {
    run(async {
        let server = Arc::new(Server::start());
        let client = client(&server, LIMIT);
        // The text is made before anything is measured, because the listener runs while the whole response is in
        // memory.
        let details = map("1", LIMIT - 100);
        let details = details[..details.len() - 100].rsplit_once(',').unwrap().0;
        let failure =
            Arc::new(format!(r#"{{"success":false,"error":{{"code":"X","details":{details}}}}}}}"#));
        for (what, body) in pending_recipients() {
            server.set(200, &body);
            let (failing, failure) = (Arc::clone(&server), Arc::clone(&failure));
            let wait =
                client.wait_until_recipient_cleared(uuid().into()).initial_delay(Duration::from_millis(10));
            let wait = wait.deadline(Duration::from_secs(2)).on_progress(move |_| failing.set(503, &failure));
            let (result, peak) = measured(wait.into_future()).await;
            let error = result.unwrap_err();
            assert!(error.last_response().is_some(), "{what}: {error}");
            assert_eq!(
                error.last_request_error().and_then(Error::status).map(|status| status.as_u16()),
                Some(503)
            );
            assert_bounded(peak, LIMIT, what);
        }
    });
}
