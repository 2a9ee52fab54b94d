//! Applies TLS settings with the platform's TLS implementation, which is OpenSSL on Linux.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use reqwest::tls::Version;
use rustls_pki_types::PrivateKeyDer;

use super::{ParsedTlsSettings, TlsVersion};

pub(super) fn apply_tls_settings(
    builder: reqwest::ClientBuilder,
    tls: ParsedTlsSettings,
) -> Result<reqwest::ClientBuilder, String> {
    let mut roots = Vec::new();
    for (number, root) in tls.roots.iter().enumerate() {
        roots.push(reqwest::Certificate::from_der(root).map_err(|_| {
            format!("certificate {} of `root_certificates` is not an X.509 certificate", number + 1)
        })?);
    }
    let builder = builder.tls_backend_native().tls_version_min(match tls.min_version {
        TlsVersion::Tls12 => Version::TLS_1_2,
        TlsVersion::Tls13 => Version::TLS_1_3,
    });
    // The certificate authorities in `roots` are added to those of the system, or replace them if those of the system
    // are not to be used.
    let builder = match tls.uses_system_roots || roots.is_empty() {
        true => builder.tls_certs_merge(roots),
        false => builder.tls_certs_only(roots),
    };
    let Some(identity) = tls.identity else { return Ok(builder) };
    let PrivateKeyDer::Pkcs8(key) = &identity.key else {
        return Err(String::from(
            "`client_key` has to be in PKCS#8 form: PEM (`-----BEGIN PRIVATE KEY-----`), or its DER",
        ));
    };
    let chain: String =
        identity.certificate_chain.iter().map(|certificate| pem("CERTIFICATE", certificate)).collect();
    let key = pem("PRIVATE KEY", key.secret_pkcs8_der());
    let identity = reqwest::Identity::from_pkcs8_pem(chain.as_bytes(), key.as_bytes()).map_err(|_| {
        String::from("`client_certificate` or `client_key` cannot be parsed by the TLS implementation")
    })?;
    Ok(builder.identity(identity))
}

fn pem(kind: &str, der: &[u8]) -> String {
    let mut text = format!("-----BEGIN {kind}-----\n");
    let encoded = STANDARD.encode(der);
    for (index, character) in encoded.chars().enumerate() {
        if index > 0 && index % 64 == 0 {
            text.push('\n');
        }
        text.push(character);
    }
    text.push_str(&format!("\n-----END {kind}-----\n"));
    text
}
