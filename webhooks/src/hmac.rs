use ::hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use subtle::{Choice, ConstantTimeEq};

use crate::{Secret, Secrets};

/// The HMAC-SHA256 of a message in several parts.
pub fn hmac_sha256(secret: &Secret, message: &[&[u8]]) -> [u8; 32] {
    keyed(secret, message).finalize().into_bytes().into()
}

/// Whether a signature is the HMAC-SHA256 of a message with one of the secrets.
///
/// The time that this takes depends neither on which secret matches nor on where a wrong signature differs.
pub fn hmac_sha256_matches(secrets: &Secrets, message: &[&[u8]], signature: &[u8; 32]) -> bool {
    let matches = |secret: &Secret| hmac_sha256(secret, message).ct_eq(signature);
    secrets.iter().fold(Choice::from(0), |found, secret| found | matches(secret)).into()
}

fn keyed(secret: &Secret, message: &[&[u8]]) -> Hmac<Sha256> {
    // This constructor cannot fail. It takes a key of one block, to which `Secret::block` pads or hashes a secret.
    let key = secret.block();
    let mut hmac = Hmac::<Sha256>::new(&key.into());
    for part in message {
        hmac.update(part);
    }
    hmac
}
