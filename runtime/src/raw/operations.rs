//! The operation table of raw calls. A raw call has no generated operation, so it uses an entry of this table. The
//! entry contains what is known about the call: its HTTP method, whether it is harmless to send it twice, and the
//! format of the response's body.

use http::Method;

use crate::operation::{Confidence, OperationEntry, ResponseKind, SUPPORTED_HTTP_METHODS, Security};

/// The format in which the body of a response is read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum ResponseBodyFormat {
    Bytes,
    Json,
    EnvelopedJson,
}

const RESPONSE_BODY_FORMATS: [ResponseBodyFormat; 3] =
    [ResponseBodyFormat::Bytes, ResponseBodyFormat::Json, ResponseBodyFormat::EnvelopedJson];

/// One operation for each combination of three values: the HTTP method, whether sending the request twice is harmless,
/// and the format of the response's body.
static RAW_OPERATIONS: [[[OperationEntry; RESPONSE_BODY_FORMATS.len()]; 2]; SUPPORTED_HTTP_METHODS.len()] = {
    let mut table = [const {
        [const { [const { make_operation("GET", false, ResponseBodyFormat::Bytes) }; RESPONSE_BODY_FORMATS.len()] };
            2]
    }; SUPPORTED_HTTP_METHODS.len()];
    let mut at = 0;
    while at < SUPPORTED_HTTP_METHODS.len() * 2 * RESPONSE_BODY_FORMATS.len() {
        let (method, repeatable, format) = (
            at / (2 * RESPONSE_BODY_FORMATS.len()),
            at / RESPONSE_BODY_FORMATS.len() % 2,
            at % RESPONSE_BODY_FORMATS.len(),
        );
        table[method][repeatable][format] =
            make_operation(SUPPORTED_HTTP_METHODS[method], repeatable == 1, RESPONSE_BODY_FORMATS[format]);
        at += 1;
    }
    table
};

/// The assumed size in memory, in bytes, of an object in the response of a raw call. The actual size depends on the
/// caller's type, which is not known here.
const ASSUMED_OBJECT_BYTES: usize = 1024;

const fn make_operation(
    method: &'static str,
    repeatable: bool,
    format: ResponseBodyFormat,
) -> OperationEntry {
    OperationEntry::new("raw")
        .method(method)
        .security(Security::Optional)
        .documented_as_idempotent(repeatable)
        .confidence(Confidence::Inferred)
        .response_is_enveloped(matches!(format, ResponseBodyFormat::EnvelopedJson))
        .response_kind(match format {
            ResponseBodyFormat::Bytes => ResponseKind::Bytes,
            ResponseBodyFormat::Json | ResponseBodyFormat::EnvelopedJson => ResponseKind::AnyJson,
        })
        .response_type_sizes(&[ASSUMED_OBJECT_BYTES])
}

/// Returns the operation of a raw call (a call without a generated method). Returns `None` if the client does not
/// support the HTTP method `method`.
pub(super) fn find_raw_operation(
    method: &Method,
    repeatable: bool,
    format: ResponseBodyFormat,
) -> Option<&'static OperationEntry> {
    let method = SUPPORTED_HTTP_METHODS.iter().position(|known| *known == method.as_str())?;
    let format = RESPONSE_BODY_FORMATS.iter().position(|known| *known == format)?;
    RAW_OPERATIONS.get(method)?.get(usize::from(repeatable))?.get(format)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_method_has_its_operations() {
        for name in SUPPORTED_HTTP_METHODS {
            for repeatable in [false, true] {
                for format in RESPONSE_BODY_FORMATS {
                    let method = Method::from_bytes(name.as_bytes()).unwrap();
                    let found = find_raw_operation(&method, repeatable, format).unwrap();
                    assert_eq!((found.method, found.documented_as_idempotent), (name, repeatable));
                    assert_eq!(found.response_is_enveloped, format == ResponseBodyFormat::EnvelopedJson);
                    assert_eq!(
                        found.response_kind == ResponseKind::Bytes,
                        format == ResponseBodyFormat::Bytes
                    );
                }
            }
        }
        assert!(find_raw_operation(&Method::CONNECT, false, ResponseBodyFormat::Bytes).is_none());
        assert!(
            find_raw_operation(&Method::from_bytes(b"BREW").unwrap(), false, ResponseBodyFormat::Bytes)
                .is_none()
        );
    }
}
