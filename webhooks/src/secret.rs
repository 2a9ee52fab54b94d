use std::fmt;

use sha2::{Digest, Sha256};
use subtle::{Choice, ConstantTimeEq};
use zeroize::Zeroizing;

/// A secret that a sender and its receiver share: a key for signatures, or a static token.
///
/// When the secret is dropped, its memory is overwritten. `Debug` does not show the secret.
#[derive(Clone)]
pub struct Secret(Zeroizing<String>);

/// The block size of SHA-256, in bytes.
const SHA256_BLOCK_BYTES: usize = 64;

impl Secret {
    /// Makes a secret from the text that the vendor issued.
    ///
    /// # Errors
    ///
    /// When the text is empty, begins or ends with a space, or has characters that are not allowed in a header. The
    /// usual cause is that the secret was read from the wrong place, or together with a line end.
    pub fn new(secret: impl Into<String>) -> Result<Secret, InvalidSecret> {
        let secret = Zeroizing::new(secret.into());
        if secret.is_empty() {
            return Err(InvalidSecret::Empty);
        }
        let has_header_characters = secret.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' ');
        match has_header_characters && secret.trim() == secret.as_str() {
            true => Ok(Secret(secret)),
            false => Err(InvalidSecret::ForbiddenCharacters),
        }
    }

    /// Returns the text of the secret, for tests that sign deliveries.
    pub fn expose_secret(&self) -> &str {
        &self.0
    }

    /// Returns the secret as an HMAC-SHA256 key of exactly one block, as RFC 2104 defines it: a short secret is padded
    /// with zeros, and a long one is hashed.
    pub(crate) fn to_hmac_key(&self) -> [u8; SHA256_BLOCK_BYTES] {
        let mut block = [0; SHA256_BLOCK_BYTES];
        let key = self.0.as_bytes();
        match block.get_mut(..key.len()) {
            Some(start) => start.copy_from_slice(key),
            None => block[..32].copy_from_slice(&Sha256::digest(key)),
        }
        block
    }

    /// Whether a token is equal to this secret. The SHA-256 digests of both are compared, so the duration of the
    /// comparison reveals neither the secret nor its length.
    fn equals_token(&self, token: &[u8]) -> Choice {
        Sha256::digest(self.0.as_bytes()).ct_eq(&Sha256::digest(token))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret([redacted])")
    }
}

/// One or more accepted secrets. While a secret is being replaced, some deliveries use the old secret, and others the
/// new one.
#[derive(Clone, Debug)]
pub struct AcceptedSecrets(Vec<Secret>);

impl AcceptedSecrets {
    /// Adds a secret to the accepted secrets.
    pub fn push(&mut self, secret: Secret) {
        self.0.push(secret);
    }

    /// Whether a token is equal to one of the secrets. The time of the comparison does not depend on which secret
    /// matches.
    pub fn contains_token(&self, token: &[u8]) -> bool {
        self.iter().fold(Choice::from(0), |found, secret| found | secret.equals_token(token)).into()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Secret> {
        self.0.iter()
    }
}

impl From<Secret> for AcceptedSecrets {
    fn from(secret: Secret) -> AcceptedSecrets {
        AcceptedSecrets(vec![secret])
    }
}

/// The reason why a text cannot be a secret. The error does not show the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum InvalidSecret {
    /// The text is empty.
    Empty,
    /// The text begins or ends with a space, or contains characters other than printable ASCII, such as a line end.
    ForbiddenCharacters,
}

impl fmt::Display for InvalidSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            InvalidSecret::Empty => "the webhook secret is empty",
            InvalidSecret::ForbiddenCharacters => {
                "the webhook secret has characters that no secret has; look for line ends and spaces around it"
            }
        })
    }
}

impl std::error::Error for InvalidSecret {}
