//! Sends a single call to a server, and returns the request or the result of the call.

use std::fmt::Debug;

use httpmock::MockServer;
use partner_client::{Error, Response};

use crate::capture::{Capture, Received};
use crate::secrets::error_texts;
use crate::watch;

/// Sends a call to a server that responds with a failure, and returns the request that the server has received.
pub(crate) async fn sent<C, T, F>(client: fn(&str) -> C, call: impl FnOnce(C) -> F) -> Received
where
    F: IntoFuture<Output = Result<T, Error>>,
{
    let server = Capture::responding(503, "text/plain", "").await;
    assert!(call(client(server.base_url())).await.is_err());
    server.single_request()
}

/// Returns the error of a call that fails before a request is sent. Panics if a request was sent.
pub(crate) async fn unsent<C, T, F>(client: fn(&str) -> C, call: impl FnOnce(C) -> F) -> Error
where
    F: IntoFuture<Output = Result<T, Error>>,
{
    let server = Capture::responding(503, "text/plain", "").await;
    let error = call(client(server.base_url())).await.err().expect("the call fails");
    assert_eq!(server.received().len(), 0, "requests that were received");
    watch::record(&error_texts(&error));
    error
}

/// Sends a call to a server that gives this response, and returns the result of the call.
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
        Err(error) => watch::record(&error_texts(error)),
    }
    assert_eq!(mock.calls_async().await, 1);
    result
}

/// Defines the functions of this module for the client of one API, in the module of that API.
macro_rules! exchange {
    () => {
        /// Sends a call to a server that responds with a failure, and returns the request that the server has received.
        pub async fn sent<T, F>(call: impl FnOnce(Client) -> F) -> crate::capture::Received
        where
            F: IntoFuture<Output = Result<T, partner_client::Error>>,
        {
            crate::exchange::sent(client, call).await
        }

        /// Returns the error of a call that fails before a request is sent. Panics if a request was sent.
        pub async fn unsent<T, F>(call: impl FnOnce(Client) -> F) -> partner_client::Error
        where
            F: IntoFuture<Output = Result<T, partner_client::Error>>,
        {
            crate::exchange::unsent(client, call).await
        }

        /// Sends a call to a server that gives this response, and returns the result of the call.
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

        /// Sends a call to a server that responds with this JSON text, and returns the result of the call.
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
