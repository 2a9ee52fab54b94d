//! Refuses all TLS settings. This module replaces the TLS implementation if no TLS feature is enabled.

use super::{ParsedTlsSettings, TlsVersion};

pub(super) fn apply_tls_settings(
    builder: reqwest::ClientBuilder,
    tls: ParsedTlsSettings,
) -> Result<reqwest::ClientBuilder, String> {
    match tls.roots.is_empty() && tls.identity.is_none() && tls.min_version == TlsVersion::Tls12 {
        true => Ok(builder),
        false => {
            Err(String::from("TLS settings need one of the features `rustls`, `rustls-aws-lc`, `native-tls`"))
        }
    }
}
