use ::hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use subtle::{Choice, ConstantTimeEq};

use crate::{AcceptedSecrets, Secret};

/// Computes the HMAC-SHA256 of a message. The parts of the message are concatenated.
pub fn hmac_sha256(secret: &Secret, message: &[&[u8]]) -> [u8; 32] {
    build_hmac(secret, message).finalize().into_bytes().into()
}

/// Whether a signature is the HMAC-SHA256 of a message with one of the secrets.
///
/// The time of the comparison depends neither on which secret matches, nor on the position of the first wrong byte.
pub fn hmac_sha256_matches(secrets: &AcceptedSecrets, message: &[&[u8]], signature: &[u8; 32]) -> bool {
    let matches = |secret: &Secret| hmac_sha256(secret, message).ct_eq(signature);
    secrets.iter().fold(Choice::from(0), |found, secret| found | matches(secret)).into()
}

/// Returns an HMAC that has processed a message, and that the caller still has to finalize. The secret is the key of
/// the HMAC.
fn build_hmac(secret: &Secret, message: &[&[u8]]) -> Hmac<Sha256> {
    // `Hmac::new` cannot fail here, because `Secret::to_hmac_key` returns a key that fills one block of SHA-256.
    let hmac_key = secret.to_hmac_key();
    let mut hmac = Hmac::<Sha256>::new(&hmac_key.into());
    for part in message {
        hmac.update(part);
    }
    hmac
}
