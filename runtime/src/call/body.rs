//! Reads the body of a response, unless the body is larger than a limit.

use bytes::Bytes;

use crate::Error;

/// The maximum initial capacity, in bytes, of the buffer for the body of a response, even if the response announces a
/// longer body.
const MAX_INITIAL_BODY_CAPACITY_BYTES: usize = 65_536;

/// Reads the body of a response. Fails if the body is larger than `limit` bytes. The response is passed by reference:
/// if it were owned, the future of this function would reserve space for two copies of the response.
pub(super) async fn read_body(response: &mut reqwest::Response, limit: usize) -> Result<Bytes, Error> {
    let announced = response.content_length().and_then(|length| usize::try_from(length).ok());
    if announced.is_some_and(|length| length > limit) {
        return Err(Error::response_too_large(limit));
    }
    let first_chunk = read_chunk(response, 0, limit).await?.unwrap_or_default();
    let mut next = read_chunk(response, first_chunk.len(), limit).await?;
    if next.is_none() {
        // The body came in one chunk, like most bodies, so it is returned without a copy.
        return Ok(first_chunk);
    }
    let mut body = Vec::with_capacity(announced.unwrap_or_default().min(MAX_INITIAL_BODY_CAPACITY_BYTES));
    append_chunk(&mut body, &first_chunk, limit);
    while let Some(read) = next {
        append_chunk(&mut body, &read, limit);
        next = read_chunk(response, body.len(), limit).await?;
    }
    Ok(body.into())
}

/// Appends a chunk to the body. If the chunk does not fit into the buffer, the capacity of the buffer doubles, up to
/// `limit`.
fn append_chunk(body: &mut Vec<u8>, chunk: &[u8], limit: usize) {
    let needed = body.len() + chunk.len();
    if needed > body.capacity() {
        let room = (2 * body.capacity()).min(limit).max(needed);
        body.reserve_exact(room - body.len());
    }
    body.extend_from_slice(chunk);
}

async fn read_chunk(
    response: &mut reqwest::Response,
    read: usize,
    limit: usize,
) -> Result<Option<Bytes>, Error> {
    match response.chunk().await.map_err(Error::from_reqwest_error)? {
        Some(chunk) if chunk.len() > limit - read => Err(Error::response_too_large(limit)),
        chunk => Ok(chunk),
    }
}

#[cfg(test)]
mod tests {
    use tokio_util::io::ReaderStream;

    use super::*;
    use crate::ErrorKind;

    const BODY: &str = "12345678";

    async fn read(body: reqwest::Body, limit: usize) -> Result<Bytes, Error> {
        read_body(&mut http::Response::new(body).into(), limit).await
    }

    #[tokio::test]
    async fn a_body_is_read_up_to_the_limit() {
        for (limit, is_read) in [(0, false), (4, false), (7, false), (8, true), (9, true), (usize::MAX, true)]
        {
            let announced = read(BODY.into(), limit).await;
            let chunks = [1, 3, 7, 8].map(|size| ReaderStream::with_capacity(BODY.as_bytes(), size));
            let mut results = vec![announced];
            for stream in chunks {
                results.push(read(reqwest::Body::wrap_stream(stream), limit).await);
            }
            for result in results {
                match is_read {
                    true => assert_eq!(result.unwrap(), BODY, "{limit}"),
                    false => assert_eq!(result.unwrap_err().kind(), ErrorKind::ResponseTooLarge, "{limit}"),
                }
            }
        }
        assert_eq!(read(reqwest::Body::default(), 0).await.unwrap(), "");
    }

    #[test]
    fn the_memory_for_a_body_doubles_up_to_the_limit() {
        let mut body = Vec::with_capacity(4);
        let capacity_after = |chunk: &str| {
            append_chunk(&mut body, chunk.as_bytes(), 10);
            body.capacity()
        };
        let capacities = ["1234", "5", "678", "9", "0"].map(capacity_after);
        assert_eq!((capacities, body.as_slice()), ([4, 8, 8, 10, 10], &b"1234567890"[..]));
    }
}
