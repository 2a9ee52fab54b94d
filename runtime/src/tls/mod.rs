//! TLS settings: the trusted certificate authorities, the client certificate, and the minimum TLS version.
//!
//! - `certificates_and_keys`: certificates and keys, read from PEM or DER
//! - `rustls`, `native`: applying the settings, in one module for each TLS implementation
//! - `disabled`: refusing the settings, in builds without a TLS feature

mod certificates_and_keys;

// If several TLS features are enabled, the platform's implementation (`native-tls`) is used. This can happen because
// Cargo unites the features that different dependents enable.
#[cfg(feature = "native-tls")]
#[path = "native.rs"]
mod implementation;

#[cfg(all(any(feature = "rustls", feature = "rustls-aws-lc"), not(feature = "native-tls")))]
#[path = "rustls.rs"]
mod implementation;

#[cfg(not(any(feature = "rustls", feature = "rustls-aws-lc", feature = "native-tls")))]
#[path = "disabled.rs"]
mod implementation;

use certificates_and_keys::{parse_certificates, parse_private_key};

/// A TLS version that a client can require as the minimum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TlsVersion {
    /// TLS 1.2, the oldest version that a client ever uses.
    Tls12,
    /// TLS 1.3.
    Tls13,
}

/// The TLS settings as the caller set them. Certificates and keys are still unparsed; building the client parses them.
#[derive(Default)]
pub(crate) struct TlsSettings {
    pub(crate) roots: Vec<Vec<u8>>,
    pub(crate) without_system_roots: bool,
    pub(crate) client_certificate: Option<Vec<u8>>,
    pub(crate) client_key: Option<Vec<u8>>,
    pub(crate) min_version: Option<TlsVersion>,
}

/// The TLS settings, with parsed certificates and keys.
#[cfg_attr(
    not(any(feature = "rustls", feature = "rustls-aws-lc", feature = "native-tls")),
    allow(dead_code, reason = "only TLS implementations read it")
)]
struct ParsedTlsSettings {
    roots: Vec<Certificate>,
    uses_system_roots: bool,
    identity: Option<ClientIdentity>,
    min_version: TlsVersion,
}

type Certificate = rustls_pki_types::CertificateDer<'static>;

/// The certificate with which the client authenticates to the server, and the private key of the certificate.
#[cfg_attr(
    not(any(feature = "rustls", feature = "rustls-aws-lc", feature = "native-tls")),
    allow(dead_code, reason = "only TLS implementations read it")
)]
struct ClientIdentity {
    /// The client's own certificate, followed by the intermediate certificates up to its authority.
    certificate_chain: Vec<Certificate>,
    key: rustls_pki_types::PrivateKeyDer<'static>,
}

/// Applies the TLS settings to the builder of an HTTP client. `is_plain_http` is true if no connection to a server or a
/// proxy uses TLS. In that case the system's certificates are not loaded, because loading them takes longer than many
/// calls.
///
/// The error says which setting is wrong, and which values are accepted. It never shows the value, which may be a key.
pub(crate) fn apply_tls_settings(
    builder: reqwest::ClientBuilder,
    settings: &TlsSettings,
    is_plain_http: bool,
) -> Result<reqwest::ClientBuilder, String> {
    let mut roots = Vec::new();
    for given in &settings.roots {
        roots.extend(parse_certificates("root_certificates", given)?);
    }
    if settings.without_system_roots && roots.is_empty() {
        return Err(String::from(
            "`without_system_roots` needs `root_certificates`, or no server is trusted",
        ));
    }
    let identity = match (&settings.client_certificate, &settings.client_key) {
        (Some(certificate), Some(key)) => Some(ClientIdentity {
            certificate_chain: parse_certificates("client_certificate", certificate)?,
            key: parse_private_key("client_key", key)?,
        }),
        (None, None) => None,
        (Some(_), None) => return Err(String::from("`client_certificate` needs its `client_key`")),
        (None, Some(_)) => return Err(String::from("`client_key` needs its `client_certificate`")),
    };
    let tls = ParsedTlsSettings {
        roots,
        uses_system_roots: !settings.without_system_roots && !is_plain_http,
        identity,
        min_version: settings.min_version.unwrap_or(TlsVersion::Tls12),
    };
    implementation::apply_tls_settings(builder, tls)
}
