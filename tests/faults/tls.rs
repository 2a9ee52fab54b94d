//! Servers with wrong certificates, over real TLS.
//!
//! A client trusts the certificates of its machine. So the calls are made in child processes, whose environment trusts
//! only the authority of these tests.

use std::net::Ipv4Addr;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use partner_client::{ClientBuilder, ErrorKind, RetryPolicy, unigox};
use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, IsCa, Issuer, KeyPair, KeyUsagePurpose,
    date_time_ymd,
};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

use crate::each_call::{ACCEPTED, CallKind, assert_error, call, fails};
use crate::server::response;

/// The variables that tell the child process the address of the server and the expected result.
const ADDRESS: &str = "PARTNER_TESTS_TLS_ADDRESS";
const EXPECTED: &str = "PARTNER_TESTS_TLS_EXPECTED";

/// A certificate authority that the child process trusts.
pub(crate) struct Authority {
    issuer: Issuer<'static, KeyPair>,
    pub(crate) certificate: rcgen::Certificate,
}

impl Authority {
    pub(crate) fn new(name: &str) -> Authority {
        let mut params = CertificateParams::default();
        params.distinguished_name = named(name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign];
        let key = KeyPair::generate().unwrap();
        let certificate = params.self_signed(&key).unwrap();
        Authority { issuer: Issuer::new(params, key), certificate }
    }

    /// A server's certificate for a name or address.
    fn certificate(&self, of: &str, change: impl FnOnce(&mut CertificateParams)) -> TlsAcceptor {
        let (certificate, key) = self.issue(of, change);
        acceptor(certificate, &key)
    }

    /// A certificate for a name or address, and its key.
    pub(crate) fn issue(
        &self,
        of: &str,
        change: impl FnOnce(&mut CertificateParams),
    ) -> (CertificateDer<'static>, KeyPair) {
        let mut params = CertificateParams::new([of.to_owned()]).unwrap();
        params.distinguished_name = named("a server of these tests");
        change(&mut params);
        let key = KeyPair::generate().unwrap();
        let certificate = params.signed_by(&key, &self.issuer).unwrap();
        (certificate.der().clone(), key)
    }
}

fn named(name: &str) -> DistinguishedName {
    let mut distinguished = DistinguishedName::new();
    distinguished.push(DnType::CommonName, name);
    distinguished
}

fn acceptor(certificate: CertificateDer<'static>, key: &KeyPair) -> TlsAcceptor {
    let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .unwrap();
    TlsAcceptor::from(Arc::new(config))
}

/// The calls of a child process against a server with this certificate.
struct Calls {
    connections: usize,
    /// How many connections a request arrived on.
    requests: usize,
}

/// Makes the three calls.
async fn calls(trusted: &Authority, server: Option<TlsAcceptor>, expected: &'static str) -> Calls {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    let (connections, requests) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let counted = (Arc::clone(&connections), Arc::clone(&requests));
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            counted.0.fetch_add(1, Ordering::SeqCst);
            tokio::spawn(serve(stream, server.clone(), Arc::clone(&counted.1)));
        }
    });

    let folder = tempfile::tempdir().unwrap();
    let trust = folder.path().join("trusted.pem");
    std::fs::write(&trust, trusted.certificate.pem()).unwrap();
    let child = tokio::task::spawn_blocking(move || {
        Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "tls::each_call_in_a_child_process", "--ignored"])
            .env("SSL_CERT_FILE", trust)
            .env_remove("SSL_CERT_DIR")
            .env(ADDRESS, format!("https://{address}"))
            .env(EXPECTED, expected)
            .output()
    });
    let output = child.await.unwrap().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && said.contains("1 passed"), "{said}");
    Calls { connections: connections.load(Ordering::SeqCst), requests: requests.load(Ordering::SeqCst) }
}

async fn serve(mut stream: TcpStream, acceptor: Option<TlsAcceptor>, requests: Arc<AtomicUsize>) {
    let Some(acceptor) = acceptor else {
        // The handshake is begun and never finished.
        let _ = stream.read_u8().await;
        stream.set_zero_linger().unwrap();
        return;
    };
    let Ok(mut stream) = acceptor.accept(stream).await else { return };
    if partner_tests::capture::receive(&mut stream).await.is_some() {
        requests.fetch_add(1, Ordering::SeqCst);
        // Without the header, the next call could be sent over a connection that is being closed.
        let headers = format!("connection: close\r\ncontent-length: {}\r\n", ACCEPTED.len());
        stream.write_all(&response("200 OK", &headers, ACCEPTED)).await.unwrap();
        let _ = stream.shutdown().await;
    }
}

#[tokio::test]
#[ignore = "the tests below run it in processes of their own"]
async fn each_call_in_a_child_process() {
    let expected = std::env::var(EXPECTED).unwrap();
    let retry = RetryPolicy::default().base_delay(Duration::from_millis(20));
    let builder: ClientBuilder<unigox::Client> = unigox::Client::builder();
    let builder = builder.api_key("key").base_url(std::env::var(ADDRESS).unwrap()).retry(retry);
    let client = builder.build().unwrap();
    for call_kind in [CallKind::Read, CallKind::Order, CallKind::Upload] {
        let result = call(&client, call_kind).await;
        match expected.as_str() {
            "success" => assert_eq!(result.unwrap(), 200, "{call_kind:?}"),
            "reset" => {
                assert_error(call_kind, &result.unwrap_err(), &fails(ErrorKind::Connect, 3).not_executed())
            }
            why => {
                let error = result.unwrap_err();
                assert_error(call_kind, &error, &fails(ErrorKind::Connect, 1).not_executed());
                assert!(!error.is_retryable(), "the certificate is the same the next time");
                let causes = std::iter::successors(std::error::Error::source(&error), |error| error.source());
                let causes: Vec<String> = causes.map(|cause| format!("{cause} {cause:?}")).collect();
                assert!(
                    causes.iter().any(|cause| cause.contains(why)),
                    "{call_kind:?} for {why}: {causes:?}"
                );
            }
        }
    }
}

#[tokio::test]
async fn a_server_with_a_valid_certificate_is_called() {
    // Without this test, the others of this file would also pass if no call ever succeeded.
    let authority = Authority::new("the authority");
    let server = authority.certificate("127.0.0.1", |_| {});
    let calls = calls(&authority, Some(server), "success").await;
    assert_eq!(calls.requests, 3);
}

#[tokio::test]
async fn a_certificate_that_has_expired_ends_the_call_before_anything_is_sent() {
    let authority = Authority::new("the authority");
    let server = authority.certificate("127.0.0.1", |params| {
        params.not_before = date_time_ymd(2020, 1, 1);
        params.not_after = date_time_ymd(2021, 1, 1);
    });
    let calls = calls(&authority, Some(server), "certificate expired").await;
    assert_eq!((calls.connections, calls.requests), (3, 0), "one connection for each call");
}

#[tokio::test]
async fn a_certificate_of_the_future_ends_the_call_before_anything_is_sent() {
    let authority = Authority::new("the authority");
    let server = authority.certificate("127.0.0.1", |params| params.not_before = date_time_ymd(4000, 1, 1));
    let calls = calls(&authority, Some(server), "certificate not valid yet").await;
    assert_eq!((calls.connections, calls.requests), (3, 0));
}

#[tokio::test]
async fn a_certificate_of_another_host_ends_the_call_before_anything_is_sent() {
    let authority = Authority::new("the authority");
    let server = authority.certificate("api.example.com", |_| {});
    let calls = calls(&authority, Some(server), "certificate not valid for name").await;
    assert_eq!((calls.connections, calls.requests), (3, 0));
}

#[tokio::test]
async fn a_certificate_of_an_unknown_authority_ends_the_call_before_anything_is_sent() {
    let (authority, unknown) = (Authority::new("the authority"), Authority::new("somebody"));
    let server = unknown.certificate("127.0.0.1", |_| {});
    let calls = calls(&authority, Some(server), "UnknownIssuer").await;
    assert_eq!((calls.connections, calls.requests), (3, 0));
}

#[tokio::test]
async fn a_handshake_that_breaks_off_is_tried_again() {
    let authority = Authority::new("the authority");
    let calls = calls(&authority, None, "reset").await;
    assert_eq!((calls.connections, calls.requests), (9, 0), "nothing was sent, and so three for each call");
}
