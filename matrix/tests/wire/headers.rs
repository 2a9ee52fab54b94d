//! Headers that are parameters, whatever they are called: OpenAPI 3.0.3 (Parameter Object) ignores `Accept`,
//! `Content-Type` and `Authorization` alone.

use partner_matrix::headers::{Client, WithAgentBody, WithOnlyApiVersion};
use partner_runtime::uuid::Uuid;

use crate::capture::Capture;

const FINE: &str = "HTTP/1.1 204 Fine\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";

#[tokio::test]
async fn a_header_is_sent_once_with_its_value_whatever_it_is_called() {
    let server = Capture::raw(FINE).await;
    let client = Client::builder().api_key("fake-key").base_url(server.base_url()).build().unwrap();
    let values = |header: &str| -> Vec<String> {
        let received = server.received();
        received.last().unwrap().header_values(header).into_iter().map(str::to_owned).collect()
    };
    client.with_optional().await.unwrap();
    assert_eq!(values("api-version"), [""; 0]);
    client.with_optional().api_version("2026-02").await.unwrap();
    assert_eq!(values("api-version"), ["2026-02"]);
    client.with_only(WithOnlyApiVersion::N202601).await.unwrap();
    assert_eq!(values("api-version"), ["2026-01"]);
    client.get_shared("3").await.unwrap();
    assert_eq!(values("api-version"), ["3"]);
    client.put_shared(4).await.unwrap();
    assert_eq!(values("api-version"), ["4"]);
    let id = Uuid::from_u128(7);
    let call = client.with_agent("ours/1", id, WithAgentBody::new().a("b"));
    let call = call.x_under_dot(5).if_modified_since("Thu, 26 Nov 2026 10:00:00 GMT");
    call.accept_language("de").accept_encoding("br").await.unwrap();
    let expected = [
        ("user-agent", "ours/1"),
        ("idempotency-key", "00000000-0000-0000-0000-000000000007"),
        ("x_under.dot", "5"),
        ("if-modified-since", "Thu, 26 Nov 2026 10:00:00 GMT"),
        ("accept-language", "de"),
        ("accept-encoding", "br"),
        ("content-type", "application/json"),
        ("x-api-key", "fake-key"),
    ];
    for (header, value) in expected {
        assert_eq!(values(header), [value], "{header}");
    }
}
