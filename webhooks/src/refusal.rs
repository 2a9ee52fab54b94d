use std::fmt;
use std::time::Duration;

use http::StatusCode;

/// The reason why a delivery is refused. The reason contains no data of the delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Refusal {
    /// The HTTP method of the delivery is not `POST`.
    WrongMethod,
    /// The body is larger than allowed.
    BodyTooLarge {
        /// The maximum accepted size of a body, in bytes.
        max_bytes: usize,
    },
    /// The body is compressed. Such a body is refused, because no sender documents compression, and because signatures
    /// cover the uncompressed body.
    CompressedBody,
    /// The body ended early, or could not be read.
    IncompleteBody,
    /// A header that authenticates the sender is missing.
    MissingHeader(&'static str),
    /// A header that authenticates the sender occurs more than once.
    RepeatedHeader(&'static str),
    /// The signature header does not have the documented format.
    MalformedSignature,
    /// The timestamp header is not a number of seconds.
    MalformedTimestamp,
    /// The signature does not match the body and the timestamp. It was checked with each of the accepted secrets.
    WrongSignature,
    /// The token is not one of the accepted secrets.
    WrongToken,
    /// The signature is valid, but too old.
    SignatureTooOld {
        /// The age of the signature.
        age: Duration,
        /// The maximum accepted age of a signature.
        max_age: Duration,
    },
    /// The signature is valid, but its timestamp is too far in the future, so the clock of the sender or of the
    /// receiver is wrong.
    SignatureInFuture {
        /// How far the timestamp is ahead of the receiver's clock.
        ahead_by: Duration,
        /// How far a timestamp may be ahead of the receiver's clock.
        max_clock_skew: Duration,
    },
    /// The delivery is authentic, but its body is not a JSON object. The text describes the error, and quotes nothing
    /// from the body.
    MalformedBody(String),
}

impl Refusal {
    /// Returns the HTTP status for the sender:
    ///
    /// - 401 for a delivery that is not authentic
    /// - 403 for an authentic delivery whose timestamp is not accepted
    /// - 400, 405, 413 or 415 for a wrong method or an unusable body
    pub fn status(&self) -> StatusCode {
        match self {
            Refusal::WrongMethod => StatusCode::METHOD_NOT_ALLOWED,
            Refusal::BodyTooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            Refusal::CompressedBody => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Refusal::IncompleteBody | Refusal::MalformedBody(_) => StatusCode::BAD_REQUEST,
            Refusal::SignatureTooOld { .. } | Refusal::SignatureInFuture { .. } => StatusCode::FORBIDDEN,
            Refusal::MissingHeader(_)
            | Refusal::RepeatedHeader(_)
            | Refusal::MalformedSignature
            | Refusal::MalformedTimestamp
            | Refusal::WrongSignature
            | Refusal::WrongToken => StatusCode::UNAUTHORIZED,
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::WrongMethod => f.write_str("the method of a webhook is POST"),
            Refusal::BodyTooLarge { max_bytes } => write!(f, "the body is larger than {max_bytes} bytes"),
            Refusal::CompressedBody => f.write_str("the body is compressed"),
            Refusal::IncompleteBody => f.write_str("the body could not be read to its end"),
            Refusal::MissingHeader(name) => write!(f, "the header {name} is missing"),
            Refusal::RepeatedHeader(name) => write!(f, "the header {name} is there more than once"),
            Refusal::MalformedSignature => f.write_str("the header of the signature is malformed"),
            Refusal::MalformedTimestamp => f.write_str("the header of the timestamp is no number of seconds"),
            Refusal::WrongSignature => f.write_str("the signature fits none of the secrets"),
            Refusal::WrongToken => f.write_str("the token is none of the secrets"),
            Refusal::SignatureTooOld { age, max_age } => {
                write!(f, "signed {} s ago, and {} s are tolerated", age.as_secs(), max_age.as_secs())
            }
            Refusal::SignatureInFuture { ahead_by, max_clock_skew } => {
                write!(
                    f,
                    "signed {} s ahead, and {} s are tolerated",
                    ahead_by.as_secs(),
                    max_clock_skew.as_secs()
                )
            }
            Refusal::MalformedBody(reason) => write!(f, "the body is no JSON object: {reason}"),
        }
    }
}

impl std::error::Error for Refusal {}
