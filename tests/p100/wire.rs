//! One call against a server that gives one answer.

use std::fmt::Debug;

use partner_client::{Error, Response};

use crate::cases::Client;

/// The same for both APIs.
#[path = "../exchange.rs"]
mod exchange;

pub(crate) use exchange::{answered, sent};

/// What a call makes of a JSON answer, as it is written on the wire.
pub(crate) async fn json<T, F>(
    status: u16,
    body: &str,
    call: impl FnOnce(Client) -> F,
) -> Result<Response<T>, Error>
where
    F: IntoFuture<Output = Result<Response<T>, Error>>,
    T: Debug,
{
    answered(status, "application/json", body, call).await
}
