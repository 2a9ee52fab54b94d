use bytes::Bytes;
use http_body::Body;
use http_body_util::{BodyExt, LengthLimitError, Limited};

use crate::{BoxError, Refusal};

/// Reads the body of a request, and refuses a body of more than `limit` bytes. If the request announces a greater
/// length, nothing is read.
pub(crate) async fn read_body<B>(body: B, limit: usize) -> Result<Bytes, Refusal>
where
    B: Body,
    B::Error: Into<BoxError>,
{
    if body.size_hint().lower() > u64::try_from(limit).unwrap_or(u64::MAX) {
        return Err(Refusal::BodyTooLarge { max_bytes: limit });
    }
    match std::pin::pin!(Limited::new(body, limit)).collect().await {
        Ok(body) => Ok(body.to_bytes()),
        Err(error) if error.is::<LengthLimitError>() => Err(Refusal::BodyTooLarge { max_bytes: limit }),
        Err(_) => Err(Refusal::IncompleteBody),
    }
}
