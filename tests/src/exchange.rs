//! One call against a server: what it sends, and what the client makes of a response.

use std::fmt::Debug;

use httpmock::MockServer;
use partner_client::{Error, Response};

use crate::capture::{Capture, Received};
use crate::secrets::shown;
use crate::watch;

/// What a call sends. The response does not matter here: it is a failure.
pub(crate) async fn sent<C, T, F>(client: fn(&str) -> C, call: impl FnOnce(C) -> F) -> Received
where
    F: IntoFuture<Output = Result<T, Error>>,
{
    let server = Capture::responding(503, "text/plain", "").await;
    assert!(call(client(server.base_url())).await.is_err());
    server.single_request()
}

/// The error of a call that fails before its request reaches the server.
pub(crate) async fn unsent<C, T, F>(client: fn(&str) -> C, call: impl FnOnce(C) -> F) -> Error
where
    F: IntoFuture<Output = Result<T, Error>>,
{
    let server = Capture::responding(503, "text/plain", "").await;
    let error = call(client(server.base_url())).await.err().expect("the call fails");
    assert_eq!(server.received().len(), 0, "requests that were received");
    watch::record(&shown(&error));
    error
}

/// Responds to a call, and returns what the client makes of it.
pub(crate) async fn respond<C, T, F>(
    client: fn(&str) -> C,
    (status, content_type): (u16, &str),
    body: impl AsRef<[u8]>,
    call: impl FnOnce(C) -> F,
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
        Ok(response) => watch::record(&format!("{response:?}")),
        Err(error) => watch::record(&shown(error)),
    }
    assert_eq!(mock.calls_async().await, 1);
    result
}

/// Defines functions for one API, around its `client`.
macro_rules! exchange {
    () => {
        /// What a call sends.
        pub async fn sent<T, F>(call: impl FnOnce(Client) -> F) -> crate::capture::Received
        where
            F: IntoFuture<Output = Result<T, partner_client::Error>>,
        {
            crate::exchange::sent(client, call).await
        }

        /// The error of a call that fails before its request reaches the server.
        pub async fn unsent<T, F>(call: impl FnOnce(Client) -> F) -> partner_client::Error
        where
            F: IntoFuture<Output = Result<T, partner_client::Error>>,
        {
            crate::exchange::unsent(client, call).await
        }

        /// Responds to a call, and returns what the client makes of it.
        pub async fn respond<T, F>(
            status: u16,
            content_type: &str,
            body: impl AsRef<[u8]>,
            call: impl FnOnce(Client) -> F,
        ) -> Result<partner_client::Response<T>, partner_client::Error>
        where
            F: IntoFuture<Output = Result<partner_client::Response<T>, partner_client::Error>>,
            T: std::fmt::Debug,
        {
            crate::exchange::respond(client, (status, content_type), body, call).await
        }

        /// Responds to a call with JSON, as it is written here.
        pub async fn respond_json<T, F>(
            status: u16,
            body: &str,
            call: impl FnOnce(Client) -> F,
        ) -> Result<partner_client::Response<T>, partner_client::Error>
        where
            F: IntoFuture<Output = Result<partner_client::Response<T>, partner_client::Error>>,
            T: std::fmt::Debug,
        {
            respond(status, "application/json", body, call).await
        }
    };
}
pub(crate) use exchange;
