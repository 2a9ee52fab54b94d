//! One call against a server that gives one answer.

use httpmock::MockServer;
use partner_client::p100::Client;
use partner_client::{Error, Response};
use partner_tests::capture::{Capture, Received};

use crate::cases::client;

/// What a call makes of an answer.
pub(crate) async fn answered<T, F>(
    status: u16,
    content_type: &str,
    body: impl AsRef<[u8]>,
    call: impl FnOnce(Client) -> F,
) -> Result<Response<T>, Error>
where
    F: IntoFuture<Output = Result<Response<T>, Error>>,
{
    let server = MockServer::start_async().await;
    let mock = server
        .mock_async(|when, then| {
            let _ = when.any_request();
            let _ = then.status(status).header("content-type", content_type).body(body);
        })
        .await;
    let result = call(client(&server.base_url())).await;
    assert_eq!(mock.calls_async().await, 1);
    result
}

/// What a call makes of a JSON answer, as it is written on the wire.
pub(crate) async fn json<T, F>(
    status: u16,
    body: &str,
    call: impl FnOnce(Client) -> F,
) -> Result<Response<T>, Error>
where
    F: IntoFuture<Output = Result<Response<T>, Error>>,
{
    answered(status, "application/json", body, call).await
}

/// What a call sends. What is answered does not matter here.
pub(crate) async fn sent<T, F>(call: impl FnOnce(Client) -> F) -> Received
where
    F: IntoFuture<Output = Result<T, Error>>,
{
    let server = Capture::answering(503, "text/plain", "").await;
    assert!(call(client(server.base_url())).await.is_err());
    server.one()
}
