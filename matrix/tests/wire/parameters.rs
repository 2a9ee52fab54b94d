//! Parameters: OpenAPI 3.0.3 (Style Values), RFC 6570, RFC 3986 and RFC 3339.

use std::collections::BTreeMap;

use partner_matrix::parameters::{Client, Filter, FilterState, Point, PointRequired};
use partner_runtime::chrono::{DateTime, NaiveDate, Utc};
use partner_runtime::{Decimal, Hook};

use crate::capture::{Capture, Received};

async fn server() -> Capture {
    Capture::raw("HTTP/1.1 204 Fine\r\ncontent-length: 0\r\nconnection: close\r\n\r\n").await
}

fn client(server: &Capture) -> Client {
    Client::builder().api_key("fake-key").base_url(format!("{}/v1", server.base_url())).build().unwrap()
}

fn moment() -> DateTime<Utc> {
    "2026-11-26T10:00:00Z".parse().unwrap()
}

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

#[track_caller]
fn assert_sent(received: &Received, method: &str, target: &str) {
    assert_eq!((received.method.as_str(), received.target.as_str()), (method, target));
    assert_eq!(received.header("x-api-key"), Some("fake-key"));
}

#[tokio::test]
async fn a_date_time_is_that_of_rfc_3339_in_every_place() {
    let server = server().await;
    client(&server).get_moment(moment(), "2").x_at(moment()).q(moment()).await.unwrap();
    let received = server.single_request();
    assert_sent(&received, "GET", "/v1/moments/2026-11-26T10%3A00%3A00Z?q=2026-11-26T10%3A00%3A00Z");
    assert_eq!(received.header("x-at"), Some("2026-11-26T10:00:00Z"));
    assert_eq!(received.header("api-version"), Some("2"));
}

#[tokio::test]
async fn lists_are_written_in_the_style_of_their_place() {
    let server = server().await;
    let days = ["2026-01-02", "2026-03-04"].map(|day| day.parse::<NaiveDate>().unwrap());
    let call = client(&server).get_lists(["a/b".to_owned(), "c,d".to_owned()], days);
    call.x_tags(["one".to_owned(), "two words".to_owned()])
        .x_note("a note")
        .amounts([decimal("0.10"), decimal("2")])
        .moments([moment(), moment()])
        .piped([1, 2])
        .await
        .unwrap();
    let received = server.single_request();
    let moments = "moments=2026-11-26T10%3A00%3A00Z&moments=2026-11-26T10%3A00%3A00Z";
    let query = format!("amounts=0.10,2&{moments}&piped=1%7C2");
    assert_sent(&received, "GET", &format!("/v1/lists/a%2Fb,c%2Cd/2026-01-02,2026-03-04?{query}"));
    assert_eq!(received.header("x-tags"), Some("one,two words"));
    assert_eq!(received.header("x-note"), Some("a note"));
}

#[tokio::test]
async fn objects_are_written_in_the_style_of_their_place() {
    let server = server().await;
    let point = Point::new(PointRequired { x: 1, y: decimal("2.50") });
    let filter = Filter::new().from(moment()).state(FilterState::Open);
    client(&server)
        .get_objects(point.clone())
        .x_point(point.clone())
        .filter(filter)
        .spread(BTreeMap::from([("a".to_owned(), 1), ("b c".to_owned(), 2)]))
        .page(point)
        .rates([decimal("0.10")])
        .await
        .unwrap();
    let received = server.single_request();
    let filter = "filter%5Bfrom%5D=2026-11-26T10%3A00%3A00Z&filter%5Bstate%5D=open";
    let query = format!("{filter}&a=1&b%20c=2&page=x,1,y,2.50&rates=%5B0.10%5D");
    assert_sent(&received, "GET", &format!("/v1/objects/;x=1;y=2.50?{query}"));
    assert_eq!(received.header("x-point"), Some("x=1,y=2.50"));
}

#[tokio::test]
async fn every_method_and_every_name_is_sent() {
    let server = server().await;
    client(&server).trace_words().request("a b").url("u").value("v").await.unwrap();
    assert_sent(&server.single_request(), "TRACE", "/v1/words?request=a%20b&url=u&value=v");
    // A hook that changes nothing is no reason to refuse the method.
    let builder = Client::builder().api_key("fake-key").base_url(format!("{}/v1", server.base_url()));
    builder.hook(Quiet).build().unwrap().trace_words().await.unwrap();
    assert_sent(&server.received()[1], "TRACE", "/v1/words");
}

struct Quiet;

impl Hook for Quiet {}

#[tokio::test]
async fn a_space_in_a_query_is_escaped_whoever_writes_it() {
    let server = server().await;
    client(&server).head_words().text("a b+c").await.unwrap();
    assert_sent(&server.single_request(), "HEAD", "/v1/words?text=a%20b%2Bc");
}

#[tokio::test]
async fn what_cannot_be_a_part_of_the_path_is_refused_before_anything_is_sent() {
    let server = server().await;
    for ids in [Vec::new(), vec![String::new()], vec!["..".to_owned()]] {
        let error = client(&server).get_lists(ids, Vec::new()).await.unwrap_err();
        assert!(error.to_string().contains("`ids`"), "{error}");
    }
    assert!(server.received().is_empty());
}
