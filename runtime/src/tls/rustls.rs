//! Applies TLS settings with the crate `rustls`.

use std::sync::Arc;

use rustls::crypto::CryptoProvider;
use rustls::version::{TLS12, TLS13};
use rustls::{ClientConfig, RootCertStore, SupportedProtocolVersion};

use super::{Certificate, ParsedTlsSettings, TlsVersion};

static TLS12_AND_LATER: &[&SupportedProtocolVersion] = &[&TLS13, &TLS12];
static TLS13_AND_LATER: &[&SupportedProtocolVersion] = &[&TLS13];

/// Makes the crypto provider: the implementation of cryptography that rustls uses. It is passed to rustls explicitly,
/// because a library should not install a provider for the whole process.
#[cfg(feature = "rustls-aws-lc")]
fn make_crypto_provider() -> CryptoProvider {
    rustls::crypto::aws_lc_rs::default_provider()
}

#[cfg(not(feature = "rustls-aws-lc"))]
fn make_crypto_provider() -> CryptoProvider {
    rustls::crypto::ring::default_provider()
}

pub(super) fn apply_tls_settings(
    builder: reqwest::ClientBuilder,
    tls: ParsedTlsSettings,
) -> Result<reqwest::ClientBuilder, String> {
    let provider = Arc::new(make_crypto_provider());
    let versions = match tls.min_version {
        TlsVersion::Tls12 => TLS12_AND_LATER,
        TlsVersion::Tls13 => TLS13_AND_LATER,
    };
    let config = ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_protocol_versions(versions)
        .map_err(|_| String::from("the TLS implementation does not have the versions that were asked for"))?;
    let caller_roots = make_root_store(&tls.roots)?;
    let config = match tls.uses_system_roots.then(|| make_system_verifier(tls.roots, provider)) {
        Some(Ok(verifier)) => config.dangerous().with_custom_certificate_verifier(Arc::new(verifier)),
        Some(Err(_)) if !caller_roots.is_empty() => {
            return Err(String::from(
                "this platform cannot add `root_certificates` to its own; set `without_system_roots` as well",
            ));
        }
        // Only the certificate authorities that the caller set are trusted. If the caller set none, no server is
        // trusted, and connecting fails with a clear error.
        _ => config.with_root_certificates(caller_roots),
    };
    let config = match tls.identity {
        None => config.with_no_client_auth(),
        Some(identity) => {
            config.with_client_auth_cert(identity.certificate_chain, identity.key).map_err(|_| {
                String::from(
                    "`client_key` is of a kind that TLS does not use, or not the key of `client_certificate`",
                )
            })?
        }
    };
    Ok(builder.tls_backend_preconfigured(config))
}

fn make_root_store(roots: &[Certificate]) -> Result<RootCertStore, String> {
    let mut store = RootCertStore::empty();
    for (number, root) in roots.iter().enumerate() {
        store.add(root.clone()).map_err(|_| {
            format!("certificate {} of `root_certificates` is not an X.509 certificate", number + 1)
        })?;
    }
    Ok(store)
}

#[cfg(not(target_os = "android"))]
fn make_system_verifier(
    roots: Vec<Certificate>,
    provider: Arc<CryptoProvider>,
) -> Result<rustls_platform_verifier::Verifier, rustls::Error> {
    rustls_platform_verifier::Verifier::new_with_extra_roots(roots, provider)
}

/// Makes a verifier that trusts the system's certificate authorities. Fails if `roots` contains further authorities,
/// because the verifier for Android cannot add any.
#[cfg(target_os = "android")]
fn make_system_verifier(
    roots: Vec<Certificate>,
    provider: Arc<CryptoProvider>,
) -> Result<rustls_platform_verifier::Verifier, rustls::Error> {
    match roots.is_empty() {
        true => rustls_platform_verifier::Verifier::new(provider),
        false => Err(rustls::Error::General(String::from("no further roots"))),
    }
}
