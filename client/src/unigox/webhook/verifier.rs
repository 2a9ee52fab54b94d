use std::fmt::Write;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use http::HeaderName;

use super::Event;
use crate::webhooks::{
    self, AcceptedSecrets, Clock, Delivery, Refusal, Secret, TimestampTolerance, hmac_sha256_matches,
};

/// The name of the header with the signature. The value of the header is `sha256=`, followed by the signature in
/// lower-case hex.
pub(super) static SIGNATURE_HEADER_NAME: HeaderName = HeaderName::from_static("x-unigox-signature");

/// The name of the header with the time of the signature in seconds since 1970.
pub(super) static TIMESTAMP_HEADER_NAME: HeaderName = HeaderName::from_static("x-unigox-timestamp");

/// How long Unigox repeats the delivery of an event that is not acknowledged, rounded up to whole hours. The documented
/// pauses between the ten attempts add up to 91 hours and 21 minutes.
pub const RETRY_WINDOW: Duration = Duration::from_secs(92 * 60 * 60);

/// The default for the accepted difference between the time of a signature and the current time. Unigox's docs do not
/// say whether a repeated delivery of an event gets a new signature. So the last delivery has to be accepted even if
/// its signature is as old as the first delivery. Deduplication protects against replays in this time.
const DEFAULT_TIMESTAMP_TOLERANCE: TimestampTolerance =
    TimestampTolerance { max_age: RETRY_WINDOW, max_clock_skew: Duration::from_secs(5 * 60) };

/// The default limit for the size of a body in bytes. The largest documented event has about 2 KiB.
const DEFAULT_MAX_BODY_BYTES: usize = 256 * 1024;

/// Checks the signatures of Unigox.
///
/// A delivery is authentic if its header `X-Unigox-Signature` holds the HMAC-SHA256 of this text: the value of the
/// header `X-Unigox-Timestamp`, a dot, and the unchanged body. The key of the HMAC is one of the verifier's secrets.
#[derive(Debug, Clone)]
pub struct Verifier {
    secrets: AcceptedSecrets,
    tolerance: TimestampTolerance,
    clock: Clock,
    max_body_bytes: usize,
}

impl Verifier {
    /// Makes a verifier with the webhook secret that Unigox issues together with the API key.
    pub fn new(secret: Secret) -> Verifier {
        Verifier {
            secrets: secret.into(),
            tolerance: DEFAULT_TIMESTAMP_TOLERANCE,
            clock: Clock::system(),
            max_body_bytes: DEFAULT_MAX_BODY_BYTES,
        }
    }

    /// Adds another accepted secret. To change the secret, add the new secret before Unigox uses it. Remove the old
    /// secret when deliveries that were signed with it are no longer repeated.
    #[must_use]
    pub fn also_accept_secret(mut self, secret: Secret) -> Verifier {
        self.secrets.push(secret);
        self
    }

    /// Sets the accepted difference between the time of a signature and the current time. The default is 92 hours in
    /// the past and 5 minutes in the future.
    ///
    /// The receiver always remembers a handled event for longer than its signature is accepted. If the tolerance in the
    /// past is shorter than [`RETRY_WINDOW`], and Unigox does not sign each repetition anew, repeated deliveries are
    /// refused when their signature is too old.
    #[must_use]
    pub fn timestamp_tolerance(self, tolerance: TimestampTolerance) -> Verifier {
        Verifier { tolerance, ..self }
    }

    /// Sets the clock by which the times of signatures are checked, for tests.
    #[must_use]
    pub fn clock(self, clock: Clock) -> Verifier {
        Verifier { clock, ..self }
    }

    /// Sets the maximum size of a body in bytes. The default is 256 KiB.
    #[must_use]
    pub fn max_body_bytes(self, max_body_bytes: usize) -> Verifier {
        Verifier { max_body_bytes, ..self }
    }

    /// Returns how long the record of a handled event has to be kept: as long as a repeated delivery of the event could
    /// be accepted. The last delivery in the retry window may have a new signature with a new timestamp. So the
    /// tolerance for timestamps is added to the retry window.
    fn compute_event_retention(&self) -> Duration {
        RETRY_WINDOW.saturating_add(self.tolerance.max_age).saturating_add(self.tolerance.max_clock_skew)
    }

    /// Checks the signature of a delivery, and that the time of the signature is within the tolerance. Returns this
    /// time.
    fn check_signature_and_time(&self, delivery: &Delivery) -> Result<SystemTime, Refusal> {
        let header = delivery.single_header(&SIGNATURE_HEADER_NAME)?;
        let timestamp = delivery.single_header(&TIMESTAMP_HEADER_NAME)?;
        let signature = parse_signature_header(header).ok_or(Refusal::MalformedSignature)?;
        let signed_at = parse_timestamp(timestamp).ok_or(Refusal::MalformedTimestamp)?;
        if !hmac_sha256_matches(&self.secrets, &[timestamp, b".", &delivery.body], &signature) {
            return Err(Refusal::WrongSignature);
        }
        self.tolerance.check_signing_time(signed_at, &self.clock)?;
        Ok(signed_at)
    }
}

impl webhooks::Verifier for Verifier {
    type Event = Event;

    fn verify(&self, delivery: &Delivery) -> Result<Event, Refusal> {
        delivery.check_body(self.max_body_bytes)?;
        let signed_at = self.check_signature_and_time(delivery)?;
        Event::from_delivery(delivery, Some(signed_at), self.compute_event_retention())
    }

    fn read_stored_event(&self, delivery: &Delivery) -> Result<Event, Refusal> {
        Event::from_delivery(delivery, None, self.compute_event_retention())
    }

    fn max_body_bytes(&self) -> usize {
        self.max_body_bytes
    }
}

/// Parses the header with the signature: `sha256=` and 64 lower-case hex digits, the only documented format.
fn parse_signature_header(header: &[u8]) -> Option<[u8; 32]> {
    let digits = header.strip_prefix(b"sha256=")?;
    let mut bytes = [0; 32];
    if digits.len() != 2 * bytes.len() {
        return None;
    }
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
        *byte = 16 * hex_digit(pair[0])? + hex_digit(pair[1])?;
    }
    Some(bytes)
}

fn hex_digit(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    }
}

/// Parses a time in seconds since 1970. Only digits are accepted, without signs and spaces.
fn parse_timestamp(header: &[u8]) -> Option<SystemTime> {
    let digits = std::str::from_utf8(header).ok()?;
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    UNIX_EPOCH.checked_add(Duration::from_secs(digits.parse().ok()?))
}

/// Encodes bytes as lower-case hex.
pub(super) fn encode_lower_hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
        // Writing to a string cannot fail, so the result of `write!` is ignored.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
