//! The `reqwest::Client` that a client of ours makes when it is not given one.

/// What it is built of. `plain` is for a server on this machine that is reached without TLS, where no certificates are needed.
pub(crate) fn http_client(plain: bool) -> reqwest::ClientBuilder {
    let builder = reqwest::Client::builder()
        // A redirect could carry the API key to another host, and a POST to a GET.
        .redirect(reqwest::redirect::Policy::none())
        // What is known of a request that was given up is known of HTTP/1, in which its head and body go together.
        .http1_only()
        .user_agent(concat!("partner-client/", env!("CARGO_PKG_VERSION")));
    // A proxy of the environment would see the key, and knows no server on this machine.
    let builder = if plain { builder.no_proxy() } else { builder };
    with_tls(builder, plain)
}

#[cfg(all(feature = "rustls", not(any(feature = "rustls-aws-lc", feature = "native-tls"))))]
fn with_tls(builder: reqwest::ClientBuilder, plain: bool) -> reqwest::ClientBuilder {
    use std::sync::Arc;

    // The provider is named here, because installing one for the whole process is not a library's business.
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let versions = rustls::ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions();
    let Ok(config) = versions else { return builder };
    // Reading the machine's certificates takes longer than many calls.
    let verifier = (!plain).then(|| rustls_platform_verifier::Verifier::new(provider));
    let config = match verifier {
        Some(Ok(verifier)) => {
            config.dangerous().with_custom_certificate_verifier(Arc::new(verifier)).with_no_client_auth()
        }
        // Trusts nobody: TLS fails with a clear error when the machine has no certificates.
        _ => config.with_root_certificates(rustls::RootCertStore::empty()).with_no_client_auth(),
    };
    builder.tls_backend_preconfigured(config)
}

#[cfg(not(all(feature = "rustls", not(any(feature = "rustls-aws-lc", feature = "native-tls")))))]
fn with_tls(builder: reqwest::ClientBuilder, _plain: bool) -> reqwest::ClientBuilder {
    builder
}
