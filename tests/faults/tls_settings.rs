//! The TLS settings, each over a real socket: which servers are called, and which are refused.

use std::net::{Ipv4Addr, SocketAddr};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use base64::Engine as _;
use partner_client::reqwest::dns::{Addrs, Name, Resolve, Resolving};
use partner_client::unigox::Client;
use partner_client::{ClientBuilder, Error, ErrorKind, RetryPolicy, TlsVersion};
use rcgen::{KeyPair, SanType};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::server::WebPkiClientVerifier;
use tokio_rustls::rustls::version::{TLS12, TLS13};
use tokio_rustls::rustls::{RootCertStore, ServerConfig, SupportedProtocolVersion};

use crate::each_call::accepted;
use crate::server::{Behavior, Server, in_time};
use crate::tls::Authority;

/// The variables that tell a child process the addresses of the servers and the file of the authority.
const SERVERS: &str = "PARTNER_TESTS_TLS_SERVERS";
const ROOT: &str = "PARTNER_TESTS_TLS_ROOT";

static ONLY_TLS12: &[&SupportedProtocolVersion] = &[&TLS12];
static ONLY_TLS13: &[&SupportedProtocolVersion] = &[&TLS13];
static BOTH_VERSIONS: &[&SupportedProtocolVersion] = &[&TLS13, &TLS12];

/// A server with TLS, which counts its requests.
struct Tls {
    base_url: String,
    requests: Arc<AtomicUsize>,
    /// How many of the requests came with a certificate of the client.
    certified: Arc<AtomicUsize>,
}

impl Tls {
    /// A server with a certificate of this authority and these versions of TLS. It asks for client certificates when
    /// their authority is given.
    async fn new(
        authority: &Authority,
        versions: &'static [&'static SupportedProtocolVersion],
        clients: Option<&Authority>,
    ) -> Tls {
        let (certificate, key) = authority.issue("127.0.0.1", |_| {});
        Tls::presenting(certificate, &key, versions, clients).await
    }

    async fn presenting(
        certificate: CertificateDer<'static>,
        key: &KeyPair,
        versions: &'static [&'static SupportedProtocolVersion],
        clients: Option<&Authority>,
    ) -> Tls {
        let provider = Arc::new(ring::default_provider());
        let config = ServerConfig::builder_with_provider(Arc::clone(&provider));
        let config = config.with_protocol_versions(versions).unwrap();
        let config = match clients {
            None => config.with_no_client_auth(),
            Some(clients) => {
                let mut roots = RootCertStore::empty();
                roots.add(clients.certificate.der().clone()).unwrap();
                let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider);
                config.with_client_cert_verifier(verifier.build().unwrap())
            }
        };
        let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
        let config = config.with_single_cert(vec![certificate], key).unwrap();
        Tls::serving(TlsAcceptor::from(Arc::new(config))).await
    }

    async fn serving(acceptor: TlsAcceptor) -> Tls {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let base_url = format!("https://{}", listener.local_addr().unwrap());
        let server = Tls { base_url, requests: Arc::default(), certified: Arc::default() };
        let (requests, certified) = (Arc::clone(&server.requests), Arc::clone(&server.certified));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (acceptor, requests, certified) =
                    (acceptor.clone(), Arc::clone(&requests), Arc::clone(&certified));
                tokio::spawn(async move {
                    let Ok(mut stream) = acceptor.accept(stream).await else { return };
                    let has_certificate = stream.get_ref().1.peer_certificates().is_some();
                    if partner_tests::capture::receive(&mut stream).await.is_some() {
                        requests.fetch_add(1, Ordering::SeqCst);
                        certified.fetch_add(usize::from(has_certificate), Ordering::SeqCst);
                        stream.write_all(&accepted()).await.unwrap();
                        let _ = stream.shutdown().await;
                    }
                });
            }
        });
        server
    }

    /// A client that trusts this authority and no other.
    fn builder(&self, trusted: &Authority) -> ClientBuilder<Client> {
        builder_for(&self.base_url).root_certificates(trusted.certificate.pem()).without_system_roots()
    }

    fn requests(&self) -> usize {
        self.requests.load(Ordering::SeqCst)
    }
}

/// The address of a server with a certificate for these names instead of its own.
pub(crate) async fn names_of_another_host(
    authority: &Authority,
    names: impl IntoIterator<Item = String>,
) -> String {
    let names = names.into_iter().map(|name| SanType::DnsName(name.try_into().unwrap()));
    let (certificate, key) = authority.issue("x", |params| params.subject_alt_names = names.collect());
    Tls::presenting(certificate, &key, BOTH_VERSIONS, None).await.base_url
}

fn builder_for(base_url: &str) -> ClientBuilder<Client> {
    Client::builder().api_key("key").base_url(base_url).retry(RetryPolicy::none())
}

async fn read(builder: ClientBuilder<Client>) -> Result<u16, Error> {
    let call = builder.build().unwrap().verify_auth();
    in_time(call.into_future()).await.map(|response| response.http_status().as_u16())
}

#[tokio::test]
async fn only_the_authorities_that_were_set_are_trusted() {
    let (own, other) = (Authority::new("own"), Authority::new("other"));
    let (ours, theirs) =
        (Tls::new(&own, BOTH_VERSIONS, None).await, Tls::new(&other, BOTH_VERSIONS, None).await);
    assert_eq!(read(ours.builder(&own)).await.unwrap(), 200);
    let error = read(theirs.builder(&own)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connect, "{error:?}");
    assert!(!error.may_have_executed());
    assert_eq!((ours.requests(), theirs.requests()), (1, 0));

    // As DER, in one file, and one after the other.
    let (one, two) = (own.certificate.der().to_vec(), other.certificate.der().to_vec());
    let der =
        |server: &Tls| builder_for(&server.base_url).without_system_roots().root_certificates(one.clone());
    assert_eq!(read(der(&ours)).await.unwrap(), 200);
    assert!(read(der(&theirs)).await.is_err());
    assert_eq!(read(der(&theirs).root_certificates(two.clone())).await.unwrap(), 200);
    let file = format!("{}{}", own.certificate.pem(), other.certificate.pem());
    let both = builder_for(&theirs.base_url).root_certificates(file).without_system_roots();
    assert_eq!(read(both).await.unwrap(), 200);
}

#[tokio::test]
async fn authorities_are_added_to_those_of_the_system_or_replace_them() {
    let (system, own, other) = (Authority::new("system"), Authority::new("own"), Authority::new("other"));
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str, authority: &Authority| {
        let path = folder.path().join(name);
        std::fs::write(&path, authority.certificate.pem()).unwrap();
        path
    };
    let mut servers = Vec::new();
    for authority in [&system, &own, &other] {
        servers.push(Tls::new(authority, BOTH_VERSIONS, None).await);
    }
    // The system's authorities are set by the environment of a process.
    let (trusted, root) = (path("system.pem", &system), path("own.pem", &own));
    let addresses = servers.iter().map(|server| server.base_url.clone()).collect::<Vec<_>>().join(" ");
    let child = tokio::task::spawn_blocking(move || {
        Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "tls_settings::calls_in_a_child_process", "--ignored"])
            .env("SSL_CERT_FILE", trusted)
            .env_remove("SSL_CERT_DIR")
            .env(SERVERS, addresses)
            .env(ROOT, root)
            .output()
    });
    let output = child.await.unwrap().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && said.contains("1 passed"), "{said}");
    let requests: Vec<usize> = servers.iter().map(Tls::requests).collect();
    assert_eq!(requests, [2, 2, 0], "the system's, the one that was set, and another one");
}

#[tokio::test]
#[ignore = "the test above runs it in a process of its own"]
async fn calls_in_a_child_process() {
    let servers = std::env::var(SERVERS).unwrap();
    let root = std::fs::read(std::env::var(ROOT).unwrap()).unwrap();
    type Change<'a> = &'a dyn Fn(ClientBuilder<Client>) -> ClientBuilder<Client>;
    let as_it_is: Change<'_> = &|builder| builder;
    let added: Change<'_> = &|builder| builder.root_certificates(root.clone());
    let alone: Change<'_> = &|builder| builder.root_certificates(root.clone()).without_system_roots();
    for (change, trusted) in
        [(as_it_is, [true, false, false]), (added, [true, true, false]), (alone, [false, true, false])]
    {
        for (server, trusted) in servers.split(' ').zip(trusted) {
            let result = read(change(builder_for(server))).await;
            assert_eq!(result.is_ok(), trusted, "{server}: {result:?}");
        }
    }
}

#[tokio::test]
async fn a_proxy_with_tls_is_trusted_by_the_systems_authorities_when_the_server_has_no_tls() {
    let (system, other) = (Authority::new("system"), Authority::new("other"));
    let folder = tempfile::tempdir().unwrap();
    let trusted = folder.path().join("system.pem");
    std::fs::write(&trusted, system.certificate.pem()).unwrap();
    let proxies = [Tls::new(&system, BOTH_VERSIONS, None).await, Tls::new(&other, BOTH_VERSIONS, None).await];
    let addresses = format!("{} {}", proxies[0].base_url, proxies[1].base_url);
    let child = tokio::task::spawn_blocking(move || {
        Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "tls_settings::calls_through_proxies_in_a_child_process", "--ignored"])
            .env("SSL_CERT_FILE", trusted)
            .env_remove("SSL_CERT_DIR")
            .env(SERVERS, addresses)
            .output()
    });
    let output = child.await.unwrap().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && said.contains("1 passed"), "{said}");
    assert_eq!(
        proxies.each_ref().map(Tls::requests),
        [1, 0],
        "the one that the system trusts, and another one"
    );
}

#[tokio::test]
#[ignore = "the test above runs it in a process of its own"]
async fn calls_through_proxies_in_a_child_process() {
    let proxies = std::env::var(SERVERS).unwrap();
    for (proxy, trusted) in proxies.split(' ').zip([true, false]) {
        let proxy = partner_client::reqwest::Proxy::all(proxy).unwrap();
        // Nothing listens there: only the proxy can respond.
        let result = read(builder_for("http://127.0.0.1:1").proxy(proxy)).await;
        assert_eq!(result.is_ok(), trusted, "{result:?}");
    }
}

#[tokio::test]
async fn a_server_that_speaks_an_older_version_of_tls_is_not_called() {
    let authority = Authority::new("authority");
    let (old, new) =
        (Tls::new(&authority, ONLY_TLS12, None).await, Tls::new(&authority, ONLY_TLS13, None).await);
    for builder in [old.builder(&authority), old.builder(&authority).min_tls_version(TlsVersion::Tls12)] {
        assert_eq!(read(builder).await.unwrap(), 200);
    }
    let error = read(old.builder(&authority).min_tls_version(TlsVersion::Tls13)).await.unwrap_err();
    assert_eq!((error.kind(), error.may_have_executed()), (ErrorKind::Connect, false), "{error:?}");
    assert_eq!(old.requests(), 2);
    assert_eq!(read(new.builder(&authority).min_tls_version(TlsVersion::Tls13)).await.unwrap(), 200);
}

/// A certificate of a client, and its key.
fn client_of(authority: &Authority) -> (CertificateDer<'static>, KeyPair) {
    authority.issue("client.example.com", |_| {})
}

fn pem(kind: &str, der: &[u8]) -> String {
    let text = base64::engine::general_purpose::STANDARD.encode(der);
    format!("-----BEGIN {kind}-----\n{text}\n-----END {kind}-----\n")
}

#[tokio::test]
async fn a_client_presents_its_certificate_to_a_server_that_asks_for_one() {
    let (authority, clients) = (Authority::new("authority"), Authority::new("clients"));
    for versions in [ONLY_TLS12, ONLY_TLS13] {
        let server = Tls::new(&authority, versions, Some(&clients)).await;
        let (certificate, key) = client_of(&clients);
        let chain = pem("CERTIFICATE", &certificate);
        let file = format!("{}{chain}", key.serialize_pem());
        for (certificate, key) in [
            (chain.clone().into_bytes(), key.serialize_pem().into_bytes()),
            (certificate.to_vec(), key.serialize_der()),
            // One file for both.
            (file.clone().into_bytes(), file.into_bytes()),
        ] {
            let builder = server.builder(&authority).client_certificate(certificate).client_key(key);
            assert_eq!(read(builder).await.unwrap(), 200);
        }
        assert_eq!((server.requests(), server.certified.load(Ordering::SeqCst)), (3, 3));

        let error = read(server.builder(&authority)).await.unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Connect | ErrorKind::Transport), "{error:?}");
        let (certificate, key) = client_of(&authority);
        let wrong = server.builder(&authority).client_certificate(certificate.to_vec());
        assert!(read(wrong.client_key(key.serialize_der())).await.is_err());
        assert_eq!(server.requests(), 3, "neither without a certificate nor with one of somebody else");
    }
}

#[tokio::test]
async fn a_server_that_does_not_ask_gets_no_certificate() {
    let authority = Authority::new("authority");
    let server = Tls::new(&authority, BOTH_VERSIONS, None).await;
    let (certificate, key) = client_of(&authority);
    let builder = server.builder(&authority).client_certificate(certificate.to_vec());
    assert_eq!(read(builder.client_key(key.serialize_pem())).await.unwrap(), 200);
    assert_eq!((server.requests(), server.certified.load(Ordering::SeqCst)), (1, 0));
}

/// Checks that a client cannot be built, for this reason.
#[track_caller]
fn refused(builder: ClientBuilder<Client>, reason: &str) {
    let error = builder.build().expect_err(reason);
    assert_eq!(error.kind(), ErrorKind::Configuration);
    let shown = format!("{error} {error:?}");
    assert!(error.to_string().contains(reason), "`{error}` says `{reason}`");
    for secret in ["TOPSECRET", "VE9QU0VDUkVU", "84, 79, 80", "54 4f 50"] {
        assert!(!shown.contains(secret), "{shown}");
    }
}

#[test]
fn a_malformed_certificate_or_key_is_refused_and_not_shown() {
    let authority = Authority::new("authority");
    let (certificate, key) = client_of(&authority);
    let other = client_of(&authority).1;
    let builder = || builder_for("https://127.0.0.1:1");
    let with_key = |key: Vec<u8>| builder().client_certificate(certificate.to_vec()).client_key(key);

    for given in ["", "TOPSECRET", "/etc/TOPSECRET.pem", "-----BEGIN CERTIFICATE-----\nVE9QU0VDUkVU"] {
        refused(builder().root_certificates(given), "`root_certificates` takes X.509 certificates: PEM");
        refused(
            builder().client_certificate(given).client_key(key.serialize_der()),
            "`client_certificate` takes X.509 certificates: PEM",
        );
        refused(with_key(given.into()), "`client_key` takes an unencrypted private key: PEM");
    }
    let no_certificate = pem("CERTIFICATE", b"TOPSECRET");
    refused(builder().root_certificates(no_certificate), "certificate 1 of `root_certificates` is not");
    let second = format!("{}{}", authority.certificate.pem(), pem("CERTIFICATE", b"TOPSECRET"));
    refused(builder().root_certificates(second), "certificate 2 of `root_certificates` is not");
    let encrypted = pem("ENCRYPTED PRIVATE KEY", b"TOPSECRET");
    refused(with_key(encrypted.into()), "an unencrypted private key");
    refused(with_key(pem("PRIVATE KEY", b"TOPSECRET").into()), "`client_key`");
    // Other implementations find the fault themselves, when the client is built.
    let mismatch = if cfg!(feature = "native-tls") { "no HTTP client can be made" } else { "`client_key`" };
    refused(with_key(other.serialize_der()), mismatch);

    refused(
        builder().client_certificate(certificate.to_vec()),
        "`client_certificate` needs its `client_key`",
    );
    refused(builder().client_key(key.serialize_der()), "`client_key` needs its `client_certificate`");
    refused(builder().without_system_roots(), "`without_system_roots` needs `root_certificates`");
    // A second key in the file is parsed, although it is not needed.
    refused(builder_for("http://127.0.0.1:1").root_certificates("TOPSECRET"), "`root_certificates` takes");
}

#[test]
fn settings_that_the_callers_http_client_would_ignore_are_refused() {
    type Change = fn(ClientBuilder<Client>) -> ClientBuilder<Client>;
    let settings: [(&str, Change); 13] = [
        ("root_certificates", |builder| builder.root_certificates("x")),
        ("without_system_roots", |builder| builder.without_system_roots()),
        ("client_certificate", |builder| builder.client_certificate("x")),
        ("client_key", |builder| builder.client_key("x")),
        ("min_tls_version", |builder| builder.min_tls_version(TlsVersion::Tls13)),
        ("connect_timeout", |builder| builder.connect_timeout(std::time::Duration::from_secs(1))),
        ("no_proxy", |builder| builder.no_proxy()),
        ("user_agent", |builder| builder.user_agent("x")),
        ("pool_idle_timeout", |builder| builder.pool_idle_timeout(std::time::Duration::from_secs(1))),
        ("max_idle_connections_per_host", |builder| builder.max_idle_connections_per_host(1)),
        ("tcp_keepalive", |builder| builder.tcp_keepalive(std::time::Duration::from_secs(1))),
        ("local_address", |builder| builder.local_address(Ipv4Addr::LOCALHOST.into())),
        ("dns_resolver", |builder| builder.dns_resolver(Loopback)),
    ];
    for (name, set) in settings {
        let http_client_with = || crate::server::http_client_with(|http| http);
        refused(
            set(builder_for("https://127.0.0.1:1").http_client(http_client_with())),
            &format!("`{name}` has no effect"),
        );
        refused(
            set(builder_for("https://127.0.0.1:1")).http_client(http_client_with()),
            &format!("`{name}` has no effect"),
        );
    }
    refused(builder_for("https://127.0.0.1:1").user_agent("a\nb"), "the user agent has characters");
}

/// Resolves every host name to this machine.
struct Loopback;

impl Resolve for Loopback {
    fn resolve(&self, _: Name) -> Resolving {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        Box::pin(async move { Ok(Box::new(std::iter::once(address)) as Addrs) })
    }
}

#[tokio::test]
async fn plain_http_goes_to_hosts_that_were_named_and_no_others() {
    let server = Server::start(Behavior::Write(accepted())).await;
    let port = server.base_url.rsplit(':').next().unwrap().to_owned();
    let mock = |host: &str| builder_for(&format!("http://{host}:{port}")).dns_resolver(Loopback);
    for (host, allowed) in
        [("mock", "mock"), ("MOCK", "mock"), ("mock.internal", "Mock.Internal"), ("10.0.0.7", "10.0.0.7")]
    {
        let builder = mock(host).allow_http_to("another").allow_http_to(allowed);
        if host.starts_with("10.") {
            // It is not on this machine.
            assert!(builder.build().is_ok());
        } else {
            assert_eq!(read(builder).await.unwrap(), 200);
        }
    }
    let received = server.received();
    assert_eq!(received.len(), 3);
    assert!(received.iter().all(|request| request.headers.iter().any(|(_, value)| value == "key")));

    for (host, allowed) in
        [("mock", "mock2"), ("mock.evil.example", "mock"), ("evil-mock", "mock"), ("10.0.0.70", "10.0.0.7")]
    {
        refused(mock(host).allow_http_to(allowed), "the base URL is not HTTPS");
    }
    for allowed in ["", "mock:8080", "http://mock", "mock/v1", "user@mock"] {
        refused(
            mock("mock").allow_http_to(allowed),
            "`allow_http_to` takes the name or address of a host alone",
        );
    }
    assert_eq!(server.requests(), 3);
}
