//! One call against a server: what it sends, and what it makes of an answer. Part of the tests of each API, which
//! say with which client.

use std::fmt::Debug;

use httpmock::MockServer;
use partner_client::{Error, Response};
use partner_tests::capture::{Capture, Received};
use partner_tests::secrets::shown;
use partner_tests::watch;

use crate::cases::{Client, client};

/// What a call sends. What is answered does not matter here.
pub(crate) async fn sent<T, F>(call: impl FnOnce(Client) -> F) -> Received
where
    F: IntoFuture<Output = Result<T, Error>>,
{
    let server = Capture::answering(503, "text/plain", "").await;
    assert!(call(client(server.base_url())).await.is_err());
    server.one()
}

/// What a call makes of an answer.
pub(crate) async fn answered<T, F>(
    status: u16,
    content_type: &str,
    body: impl AsRef<[u8]>,
    call: impl FnOnce(Client) -> F,
) -> Result<Response<T>, Error>
where
    F: IntoFuture<Output = Result<Response<T>, Error>>,
    T: Debug,
{
    let server = MockServer::start_async().await;
    let mock = server
        .mock_async(|when, then| {
            let _ = when.any_request();
            let _ = then
                .status(status)
                .header("content-type", content_type)
                .header("x-request-id", "r-1")
                .body(body);
        })
        .await;
    let result = call(client(&server.base_url())).await;
    match &result {
        Ok(response) => watch::see(&format!("{response:?}")),
        Err(error) => watch::see(&shown(error)),
    }
    assert_eq!(mock.calls_async().await, 1);
    result
}
