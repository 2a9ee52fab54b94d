//! More places of date-times, lists and objects: OpenAPI 3.0.3 (Style Values, Encoding Object), RFC 3339, RFC 6570 and
//! RFC 7578.

use std::collections::BTreeMap;

use partner_matrix::places::{
    Account, Client, GetListsXState, Point, Range, SendPartsInline, Stamped, StampedRequired,
};
use partner_runtime::chrono::{DateTime, NaiveDate, Utc};
use partner_runtime::uuid::Uuid;
use partner_runtime::{Decimal, JsonObject, Upload};

use crate::bodies::parts;
use crate::capture::{Capture, Received};

async fn server() -> Capture {
    Capture::raw("HTTP/1.1 204 Fine\r\ncontent-length: 0\r\nconnection: close\r\n\r\n").await
}

fn client(server: &Capture) -> Client {
    Client::builder().api_key("fake-key").base_url(format!("{}/v1", server.base_url())).build().unwrap()
}

fn moment(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

#[tokio::test]
async fn a_date_time_in_a_label_or_a_list_has_an_escaped_offset_and_all_digits() {
    let server = server().await;
    // RFC 3339 has four digits for the year, and as many digits of a second as the value has.
    let moments = [moment("0001-01-01T00:00:00Z"), moment("2026-11-26T10:00:00.123456789Z")];
    client(&server)
        .get_labelled(moment("2026-11-26T11:30:00+01:30"))
        .x_moments(moments)
        .moments(moments)
        .await
        .unwrap();
    let received = server.single_request();
    let query = "moments=0001-01-01T00%3A00%3A00Z,2026-11-26T10%3A00%3A00.123456789Z";
    assert_eq!(received.target, format!("/v1/labelled/.2026-11-26T10%3A00%3A00Z?{query}"));
    assert_eq!(received.header("x-moments"), Some("0001-01-01T00:00:00Z,2026-11-26T10:00:00.123456789Z"));
}

#[tokio::test]
async fn a_date_time_in_an_object_is_written_like_one_alone() {
    let server = server().await;
    let range = Range::new().from(moment("2026-11-26T10:00:00Z")).to(moment("2026-11-27T00:00:00Z"));
    client(&server)
        .get_matrix(moment("2026-11-26T10:00:00Z"))
        .x_range(range.clone())
        .range(range.clone())
        .json(range)
        .await
        .unwrap();
    let received = server.single_request();
    let form = "from=2026-11-26T10%3A00%3A00Z&to=2026-11-27T00%3A00%3A00Z";
    let json =
        "%7B%22from%22%3A%222026-11-26T10%3A00%3A00Z%22%2C%22to%22%3A%222026-11-27T00%3A00%3A00Z%22%7D";
    assert_eq!(received.target, format!("/v1/matrix/;at=2026-11-26T10%3A00%3A00Z?{form}&json={json}"));
    assert_eq!(received.header("x-range"), Some("from,2026-11-26T10:00:00Z,to,2026-11-27T00:00:00Z"));
}

#[tokio::test]
async fn lists_of_every_kind_of_item_are_written_in_paths_and_headers() {
    let server = server().await;
    let days = ["2026-01-02", "2026-03-04"].map(|day| day.parse::<NaiveDate>().unwrap());
    client(&server)
        .get_lists(["a/b".to_owned(), "c,d".to_owned()], [1, -2], [true, false], days)
        .x_states([GetListsXState::Open, GetListsXState::Closed])
        .x_rates([decimal("0.10"), decimal("2")])
        .x_users([Uuid::from_u128(1), Uuid::from_u128(2)])
        .await
        .unwrap();
    let received = server.single_request();
    assert_eq!(received.target, "/v1/lists/;ids=a%2Fb;ids=c%2Cd/.1.-2/true,false");
    assert_eq!(received.header("x-days"), Some("2026-01-02,2026-03-04"));
    assert_eq!(received.header("x-states"), Some("open,closed"));
    assert_eq!(received.header("x-rates"), Some("0.10,2"));
    let users = "00000000-0000-0000-0000-000000000001,00000000-0000-0000-0000-000000000002";
    assert_eq!(received.header("x-users"), Some(users));
}

#[track_caller]
fn assert_parts(received: &Received, expected: &[(&str, &str)]) {
    let found = parts(received);
    let found: Vec<(&str, &str)> =
        found.iter().map(|(head, value)| (head.as_str(), value.as_str())).collect();
    assert_eq!(found, expected);
}

#[tokio::test]
async fn an_object_of_any_kind_is_a_part_of_json() {
    let server = server().await;
    let stamped =
        Stamped::new(StampedRequired { at: moment("2026-11-26T10:00:00Z"), amount: decimal("0.10") });
    let anything: JsonObject = serde_json::from_str(r#"{"a":[1,null]}"#).unwrap();
    client(&server)
        .send_parts(stamped.point(Point::new(1)).points([Point::new(2), Point::new(3)]))
        .counts(BTreeMap::from([("a b".to_owned(), 1), ("é".to_owned(), 2)]))
        .means(Account::new("fake-iban"))
        .anything(anything)
        .listed([Point::new(4), Point::new(5)])
        .inline(SendPartsInline::new().deep(Point::new(6)))
        .await
        .unwrap();
    let stamped = r#"{"at":"2026-11-26T10:00:00Z","amount":0.10,"point":{"x":1},"points":[{"x":2},{"x":3}]}"#;
    assert_parts(
        &server.single_request(),
        &[
            ("name=\"stamped\"\r\ncontent-type: application/json", stamped),
            ("name=\"counts\"\r\ncontent-type: application/json", r#"{"a b":1,"é":2}"#),
            ("name=\"means\"\r\ncontent-type: application/json", r#"{"kind":"account","iban":"fake-iban"}"#),
            ("name=\"anything\"\r\ncontent-type: application/json", r#"{"a":[1,null]}"#),
            ("name=\"listed\"\r\ncontent-type: application/json", r#"{"x":4}"#),
            ("name=\"listed\"\r\ncontent-type: application/json", r#"{"x":5}"#),
            ("name=\"inline\"\r\ncontent-type: application/vnd.example+json", r#"{"deep":{"x":6}}"#),
        ],
    );
}

/// A quotation mark, CR and LF in the name of a part are percent-escaped as browsers do it (HTML, "multipart/form-data
/// encoding algorithm"), and nothing else is. A quotation mark and a backslash in a file name are escaped as in any
/// quoted string (RFC 7578, 4.2, by RFC 2183), and other characters than ASCII are UTF-8 (RFC 7578, 5.1).
#[tokio::test]
async fn no_name_of_a_part_or_a_file_ends_its_header() {
    let server = server().await;
    let file_name = "a\"\r\nx-injected: 1\r\n\r\nb\\zażółć%22.png";
    client(&server)
        .send_names()
        .say_hi("1")
        .two_lines("2")
        .back_slash("3")
        .percent_25("4")
        .scan_1(Upload::from_bytes(file_name, b"5".to_vec()))
        .await
        .unwrap();
    let received = server.single_request();
    let content_type = received.header("content-type").unwrap();
    let boundary = content_type.strip_prefix("multipart/form-data; boundary=").unwrap();
    let part = |names: &str, value: &str| {
        format!("--{boundary}\r\nContent-Disposition: form-data; {names}\r\n\r\n{value}\r\n")
    };
    let expected = [
        part(r#"name="say %22hi%22""#, "1"),
        part(r#"name="two%0D%0Alines""#, "2"),
        part(r#"name="back\slash""#, "3"),
        part(r#"name="percent%25""#, "4"),
        part(
            "name=\"scan %221%22\"; filename=\"a\\\"%0D%0Ax-injected: 1%0D%0A%0D%0Ab\\\\zażółć%22.png\"\r\nContent-Type: image/png",
            "5",
        ),
        format!("--{boundary}--\r\n"),
    ];
    assert_eq!(String::from_utf8(received.body.clone()).unwrap(), expected.concat());
}
