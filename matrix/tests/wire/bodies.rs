//! Request bodies: OpenAPI 3.0.3 (Media Type Object, Encoding Object), RFC 7578 and RFC 1866.

use partner_matrix::bodies::{Client, Meta};
use partner_runtime::chrono::{DateTime, NaiveDate, Utc};
use partner_runtime::{Decimal, Upload};

use crate::capture::{Capture, Received};

async fn server() -> Capture {
    Capture::responding(200, "application/hal+json", r#"{"a":"b"}"#).await
}

fn client(server: &Capture) -> Client {
    Client::builder().api_key("fake-key").base_url(server.base_url()).build().unwrap()
}

fn moment() -> DateTime<Utc> {
    "2026-11-26T10:00:00Z".parse().unwrap()
}

fn meta() -> Meta {
    Meta::new("x y").n("0.10".parse::<Decimal>().unwrap())
}

#[track_caller]
fn body(received: &Received) -> &str {
    std::str::from_utf8(&received.body).unwrap()
}

#[tokio::test]
async fn a_type_that_is_written_as_json_is_sent_and_asked_for_as_the_document_says() {
    let server = server().await;
    let response = client(&server).send_hal(meta()).await.unwrap();
    assert_eq!(response.a, "b");
    let received = server.single_request();
    assert_eq!(received.header("content-type"), Some("application/merge-patch+json"));
    assert_eq!(received.header("accept"), Some("application/hal+json"));
    assert_eq!(body(&received), r#"{"a":"x y","n":0.10}"#);
}

#[tokio::test]
async fn an_url_encoded_form_has_the_styles_of_its_fields() {
    let server = server().await;
    client(&server)
        .send_form("Ann & Bob")
        .amount("1.50".parse::<Decimal>().unwrap())
        .at(moment())
        .tags(["a".to_owned(), "b c".to_owned()])
        .owner(meta())
        .details(meta())
        .await
        .unwrap();
    let received = server.single_request();
    assert_eq!(received.header("content-type"), Some("application/x-www-form-urlencoded"));
    let fields = [
        "name=Ann+%26+Bob",
        "amount=1.50",
        "at=2026-11-26T10%3A00%3A00Z",
        "tags=a&tags=b+c",
        "owner%5Ba%5D=x+y&owner%5Bn%5D=0.10",
        "details=%7B%22a%22%3A%22x+y%22%2C%22n%22%3A0.10%7D",
    ];
    assert_eq!(body(&received), fields.join("&"));
}

#[tokio::test]
async fn any_other_media_type_is_streamed_as_it_is() {
    let server = server().await;
    client(&server).send_bytes(Upload::from_bytes("scan.bin", b"%PDF".to_vec())).await.unwrap();
    let received = server.single_request();
    assert_eq!((received.method.as_str(), body(&received)), ("PUT", "%PDF"));
    assert_eq!(received.header("content-type"), Some("application/pdf"));
    assert_eq!(received.header("content-length"), Some("4"));
}

#[tokio::test]
async fn a_range_of_media_types_leaves_the_type_to_the_upload() {
    let server = server().await;
    let picture = || async { Ok(&b"picture"[..]) };
    client(&server).send_picture().body(Upload::from_reader("a.png", Some(7), picture)).await.unwrap();
    let received = server.single_request();
    assert_eq!(received.header("content-type"), Some("image/png"));
    assert_eq!((received.header("content-length"), body(&received)), (Some("7"), "picture"));
}

/// The parts of a multipart body: what is before the value of each, and the value.
pub(crate) fn parts(received: &Received) -> Vec<(String, String)> {
    let content_type = received.header("content-type").unwrap();
    let boundary = content_type.strip_prefix("multipart/form-data; boundary=").unwrap();
    let text = body(received).strip_suffix(&format!("--{boundary}--\r\n")).unwrap();
    let delimiter = format!("--{boundary}\r\n");
    let parts = text.split(delimiter.as_str()).skip(1);
    let part = |part: &str| {
        let (head, value) = part.strip_suffix("\r\n").unwrap().split_once("\r\n\r\n").unwrap();
        (head.to_ascii_lowercase().replace("content-disposition: form-data; ", ""), value.to_owned())
    };
    parts.map(part).collect()
}

#[tokio::test]
async fn parts_have_the_media_types_of_their_values_and_of_their_encoding() {
    let server = server().await;
    let day: NaiveDate = "2026-01-02".parse().unwrap();
    client(&server)
        .upload(Upload::from_bytes("scan.bin", b"%PDF".to_vec()), meta())
        .when(moment())
        .days([day])
        .moments([moment(), moment()])
        .counts([1, 2])
        .metas([meta(), Meta::new("z")])
        .note("# Note")
        .words("two words")
        .patch(Meta::new("p"))
        .pictures([Upload::from_bytes("a.png", b"1".to_vec()), Upload::from_bytes("b.jpg", b"2".to_vec())])
        .await
        .unwrap();
    let json = r#"{"a":"x y","n":0.10}"#;
    let expected = [
        ("name=\"file\"; filename=\"scan.bin\"\r\ncontent-type: application/pdf", "%PDF"),
        ("name=\"meta\"\r\ncontent-type: application/json", json),
        ("name=\"when\"", "2026-11-26T10:00:00Z"),
        ("name=\"days\"", "2026-01-02"),
        ("name=\"moments\"", "2026-11-26T10:00:00Z"),
        ("name=\"moments\"", "2026-11-26T10:00:00Z"),
        ("name=\"counts\"", "1"),
        ("name=\"counts\"", "2"),
        ("name=\"metas\"\r\ncontent-type: application/json", json),
        ("name=\"metas\"\r\ncontent-type: application/json", r#"{"a":"z"}"#),
        ("name=\"note\"\r\ncontent-type: text/markdown", "# Note"),
        ("name=\"words\"\r\ncontent-type: application/json", "\"two words\""),
        ("name=\"patch\"\r\ncontent-type: application/merge-patch+json", r#"{"a":"p"}"#),
        ("name=\"pictures\"; filename=\"a.png\"\r\ncontent-type: image/png", "1"),
        ("name=\"pictures\"; filename=\"b.jpg\"\r\ncontent-type: image/jpeg", "2"),
    ];
    let found = parts(&server.single_request());
    let found: Vec<(&str, &str)> =
        found.iter().map(|(head, value)| (head.as_str(), value.as_str())).collect();
    assert_eq!(found, expected);
}
