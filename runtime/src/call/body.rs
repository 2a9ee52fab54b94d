//! The body of a response, read up to a limit.

use bytes::Bytes;

use crate::Error;

/// The most bytes of memory that are reserved for the body of a response before any of the body has arrived, even if
/// the response announces a longer body.
const MAX_INITIAL_CAPACITY: usize = 64 * 1024;

/// Reads the body of a response. Fails if the body is larger than `limit` bytes. The response is borrowed, because a
/// future reserves space for two copies of an argument that is moved into it.
pub(super) async fn read_body(response: &mut reqwest::Response, limit: usize) -> Result<Bytes, Error> {
    let announced = response.content_length().and_then(|length| usize::try_from(length).ok());
    if announced.is_some_and(|length| length > limit) {
        return Err(Error::too_large(limit));
    }
    let first = chunk(response, 0, limit).await?.unwrap_or_default();
    let mut next = chunk(response, first.len(), limit).await?;
    if next.is_none() {
        // The body came in one chunk, like most bodies, so it is returned without a copy.
        return Ok(first);
    }
    let mut body = Vec::with_capacity(announced.unwrap_or_default().min(MAX_INITIAL_CAPACITY));
    append_chunk(&mut body, &first, limit);
    while let Some(read) = next {
        append_chunk(&mut body, &read, limit);
        next = chunk(response, body.len(), limit).await?;
    }
    Ok(body.into())
}

/// Appends a chunk to the body. If the body is full, its capacity doubles, up to the limit.
fn append_chunk(body: &mut Vec<u8>, chunk: &[u8], limit: usize) {
    let needed = body.len() + chunk.len();
    if needed > body.capacity() {
        let room = (2 * body.capacity()).min(limit).max(needed);
        body.reserve_exact(room - body.len());
    }
    body.extend_from_slice(chunk);
}

async fn chunk(response: &mut reqwest::Response, read: usize, limit: usize) -> Result<Option<Bytes>, Error> {
    match response.chunk().await.map_err(Error::from_reqwest)? {
        Some(chunk) if chunk.len() > limit - read => Err(Error::too_large(limit)),
        chunk => Ok(chunk),
    }
}
