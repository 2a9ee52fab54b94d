//! The operation table of raw calls. Only the method, and how the body is read, are known of them.

use http::Method;

use crate::operation::{Confidence, METHODS, Operation, ResponseKind, Security};

/// How the body is read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    Bytes,
    Json,
    Data,
}

const READINGS: [Reading; 3] = [Reading::Bytes, Reading::Json, Reading::Data];

/// The operations by method, by whether they are repeatable, and by how the body is read.
static OPERATIONS: [[[Operation; READINGS.len()]; 2]; METHODS.len()] = {
    let mut table = [const { [const { [const { operation("GET", false, Reading::Bytes) }; READINGS.len()] }; 2] };
        METHODS.len()];
    let mut at = 0;
    while at < METHODS.len() * 2 * READINGS.len() {
        let (method, repeatable, reading) =
            (at / (2 * READINGS.len()), at / READINGS.len() % 2, at % READINGS.len());
        table[method][repeatable][reading] = operation(METHODS[method], repeatable == 1, READINGS[reading]);
        at += 1;
    }
    table
};

/// The assumed size in memory of the caller's types, in bytes.
const OBJECT_SIZE: usize = 1024;

const fn operation(method: &'static str, repeatable: bool, reading: Reading) -> Operation {
    Operation::new("raw")
        .method(method)
        .security(Security::Optional)
        .idempotent(repeatable)
        .confidence(Confidence::Inferred)
        .enveloped(matches!(reading, Reading::Data))
        .response(match reading {
            Reading::Bytes => ResponseKind::Bytes,
            Reading::Json | Reading::Data => ResponseKind::Any,
        })
        .object_sizes(&[OBJECT_SIZE])
}

/// The operation of a raw call. None when a client does not send its method.
pub(super) fn find(method: &Method, repeatable: bool, reading: Reading) -> Option<&'static Operation> {
    let method = METHODS.iter().position(|known| *known == method.as_str())?;
    let reading = READINGS.iter().position(|known| *known == reading)?;
    OPERATIONS.get(method)?.get(usize::from(repeatable))?.get(reading)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_method_has_its_operations() {
        for name in METHODS {
            for repeatable in [false, true] {
                for reading in READINGS {
                    let method = Method::from_bytes(name.as_bytes()).unwrap();
                    let found = find(&method, repeatable, reading).unwrap();
                    assert_eq!((found.method, found.idempotent), (name, repeatable));
                    assert_eq!(found.enveloped, reading == Reading::Data);
                    assert_eq!(found.response == ResponseKind::Bytes, reading == Reading::Bytes);
                }
            }
        }
        assert!(find(&Method::CONNECT, false, Reading::Bytes).is_none());
        assert!(find(&Method::from_bytes(b"BREW").unwrap(), false, Reading::Bytes).is_none());
    }
}
