//! The replacement of TLS when no TLS feature is on.

use super::{Tls, TlsVersion};

pub(super) fn apply(builder: reqwest::ClientBuilder, tls: Tls) -> Result<reqwest::ClientBuilder, String> {
    match tls.roots.is_empty() && tls.identity.is_none() && tls.min_version == TlsVersion::Tls12 {
        true => Ok(builder),
        false => {
            Err(String::from("TLS settings need one of the features `rustls`, `rustls-aws-lc`, `native-tls`"))
        }
    }
}
