//! The body of a response, read up to a limit.

use bytes::{Bytes, BytesMut};

use crate::Error;

/// How much is set aside for a response, however much it announces.
const SET_ASIDE: usize = 64 * 1024;

/// Reads the body. Nothing beyond the limit is kept. The response is borrowed, since a future keeps room for what it is
/// given, and then again for where it puts it.
pub(super) async fn read(response: &mut reqwest::Response, limit: usize) -> Result<Bytes, Error> {
    let announced = response.content_length().and_then(|length| usize::try_from(length).ok());
    if announced.is_some_and(|length| length > limit) {
        return Err(Error::too_large(limit));
    }
    let first = chunk(response, 0, limit).await?.unwrap_or_default();
    let mut next = chunk(response, first.len(), limit).await?;
    if next.is_none() {
        // Mostly there is one chunk, which then is the body.
        return Ok(first);
    }
    let mut body = BytesMut::with_capacity(announced.unwrap_or_default().min(SET_ASIDE));
    body.extend_from_slice(&first);
    while let Some(read) = next {
        body.extend_from_slice(&read);
        next = chunk(response, body.len(), limit).await?;
    }
    Ok(body.freeze())
}

async fn chunk(response: &mut reqwest::Response, read: usize, limit: usize) -> Result<Option<Bytes>, Error> {
    match response.chunk().await.map_err(Error::transport)? {
        Some(chunk) if chunk.len() > limit - read => Err(Error::too_large(limit)),
        chunk => Ok(chunk),
    }
}
