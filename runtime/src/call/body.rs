//! The body of a response, read up to a limit.

use bytes::Bytes;

use crate::Error;

/// How many bytes are reserved for a response at first, however many it announces.
const INITIAL_CAPACITY: usize = 64 * 1024;

/// Reads the body. Fails when it is larger than the limit. The response is borrowed and not moved, because a future would keep
/// room for both copies.
pub(super) async fn read(response: &mut reqwest::Response, limit: usize) -> Result<Bytes, Error> {
    let announced = response.content_length().and_then(|length| usize::try_from(length).ok());
    if announced.is_some_and(|length| length > limit) {
        return Err(Error::too_large(limit));
    }
    let first = chunk(response, 0, limit).await?.unwrap_or_default();
    let mut next = chunk(response, first.len(), limit).await?;
    if next.is_none() {
        // Most bodies come in one chunk, which is returned without a copy.
        return Ok(first);
    }
    let mut body = Vec::with_capacity(announced.unwrap_or_default().min(INITIAL_CAPACITY));
    append(&mut body, &first, limit);
    while let Some(read) = next {
        append(&mut body, &read, limit);
        next = chunk(response, body.len(), limit).await?;
    }
    Ok(body.into())
}

/// Adds a chunk. The capacity of the body doubles when it grows, up to the limit.
fn append(body: &mut Vec<u8>, chunk: &[u8], limit: usize) {
    let needed = body.len() + chunk.len();
    if needed > body.capacity() {
        let room = (2 * body.capacity()).min(limit).max(needed);
        body.reserve_exact(room - body.len());
    }
    body.extend_from_slice(chunk);
}

async fn chunk(response: &mut reqwest::Response, read: usize, limit: usize) -> Result<Option<Bytes>, Error> {
    match response.chunk().await.map_err(Error::transport)? {
        Some(chunk) if chunk.len() > limit - read => Err(Error::too_large(limit)),
        chunk => Ok(chunk),
    }
}
