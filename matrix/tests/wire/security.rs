//! Credentials: each goes where its security scheme says, for the operations that need it, and nowhere else.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use partner_matrix::open;
use partner_matrix::security::{Client, credentials};
use partner_runtime::{BoxError, Credential, Login, Token, TokenProvider};

use crate::capture::{Capture, Received};

async fn server(status: u16) -> Capture {
    Capture::raw(format!("HTTP/1.1 {status} Any\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")).await
}

fn client(server: &Capture, given: impl IntoIterator<Item = Credential>) -> Client {
    let builder = Client::builder().base_url(server.base_url());
    given.into_iter().fold(builder, |builder, one| builder.credential(one)).build().unwrap()
}

fn all_credentials() -> [Credential; 4] {
    [
        credentials::partner("fake-partner"),
        credentials::admin("fake admin".replace(' ', "/")),
        credentials::login(Login::for_user("Aladdin").password("open sesame")),
        credentials::user("fake-token"),
    ]
}

/// What was sent as a credential, wherever.
fn sent(received: &Received) -> [Option<&str>; 3] {
    [received.header("x-api-key"), received.header("authorization"), received.query()]
}

#[tokio::test]
async fn each_operation_sends_the_credentials_that_it_needs_and_no_others() {
    let server = server(204).await;
    let client = client(&server, all_credentials());
    client.as_partner().await.unwrap();
    client.as_admin().q("a b").await.unwrap();
    client.as_both().await.unwrap();
    client.by_login().await.unwrap();
    client.as_either().await.unwrap();
    client.as_anyone().await.unwrap();
    client.as_nobody().await.unwrap();
    client.read_as_user().await.unwrap();
    let received = server.received();
    let sent: Vec<_> = received.iter().map(sent).collect();
    // RFC 7617, 2.
    let login = Some("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
    let expected = [
        [Some("fake-partner"), None, None],
        [None, None, Some("q=a%20b&admin%20key=fake%2Fadmin")],
        [Some("fake-partner"), Some("Bearer fake-token"), None],
        [None, login, None],
        [None, login, None],
        [None, None, Some("admin%20key=fake%2Fadmin")],
        [None, None, None],
        [None, Some("Bearer fake-token"), None],
    ];
    assert_eq!(sent, expected);
}

#[tokio::test]
async fn the_first_alternative_is_chosen_of_which_the_client_has_all_credentials() {
    let server = server(204).await;
    let admin = client(&server, [credentials::admin("fake-admin")]);
    admin.as_either().await.unwrap();
    assert_eq!(sent(&server.single_request()), [None, None, Some("admin%20key=fake-admin")]);
    let partner = client(&server, [credentials::partner("fake-partner")]);
    partner.as_anyone().await.unwrap();
    assert_eq!(sent(&server.received()[1]), [None, None, None]);
    for error in [partner.as_both().await, partner.as_admin().await, partner.as_either().await] {
        assert!(error.unwrap_err().to_string().contains("needs credentials"));
    }
    assert_eq!(server.received().len(), 2);
}

#[tokio::test]
async fn nobody_can_set_the_header_of_a_credential() {
    let server = server(204).await;
    let client = client(&server, all_credentials());
    for header in ["Authorization", "x-api-key"] {
        client.as_nobody().header(header, "other").await.unwrap_err();
    }
    assert!(server.received().is_empty());
}

#[tokio::test]
async fn no_error_shows_a_credential() {
    let text =
        "rejected fake-partner, fake%2Fadmin and fake/admin, open sesame, QWxhZGRpbjpvcGVuIHNlc2FtZQ==";
    let server = Capture::responding(403, "text/plain", text).await;
    let client = client(&server, all_credentials());
    for result in [client.as_partner().await, client.as_admin().await, client.by_login().await] {
        let error = result.unwrap_err();
        let shown = format!("{error} {error:?}");
        assert!(!shown.contains("fake-partner") && !shown.contains("fake/admin"), "{shown}");
        assert!(!shown.contains("QWxhZGRpbjpvcGVuIHNlc2FtZQ"), "{shown}");
    }
    let shown = format!("{:?}", all_credentials());
    assert!(!shown.contains("fake") && !shown.contains("sesame"), "{shown}");
}

/// Numbers its tokens.
#[derive(Clone, Default)]
struct Numbers(Arc<AtomicUsize>);

impl TokenProvider for Numbers {
    fn fetch_token(&self) -> Pin<Box<dyn Future<Output = Result<String, BoxError>> + Send + '_>> {
        Box::pin(async { Ok(format!("fake-{}", self.0.fetch_add(1, Ordering::SeqCst))) })
    }
}

fn tokens(server: &Capture) -> Vec<String> {
    let received = server.received();
    received.iter().filter_map(|request| request.header("authorization").map(str::to_owned)).collect()
}

#[tokio::test]
async fn a_provider_is_asked_once_until_a_token_is_rejected() {
    let server = server(204).await;
    let numbers = Numbers::default();
    let client = client(&server, [credentials::user(Token::from_provider(numbers.clone()))]);
    client.read_as_user().await.unwrap();
    client.pay_as_user().await.unwrap();
    client.as_nobody().await.unwrap();
    assert_eq!(tokens(&server), ["Bearer fake-0", "Bearer fake-0"]);
    assert_eq!(numbers.0.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_call_is_repeated_once_with_a_new_token_when_that_is_harmless() {
    let server = server(401).await;
    let client = client(&server, [credentials::user(Token::from_provider(Numbers::default()))]);
    let error = client.read_as_user().await.unwrap_err();
    assert_eq!(error.status().unwrap().as_u16(), 401);
    assert_eq!(tokens(&server), ["Bearer fake-0", "Bearer fake-1"]);
}

#[tokio::test]
async fn a_call_that_is_not_repeatable_returns_its_401_and_the_next_call_sends_a_new_token() {
    let server = server(401).await;
    let client = client(&server, [credentials::user(Token::from_provider(Numbers::default()))]);
    client.pay_as_user().await.unwrap_err();
    client.pay_as_user().await.unwrap_err();
    assert_eq!(tokens(&server), ["Bearer fake-0", "Bearer fake-1"]);
}

#[tokio::test]
async fn nothing_is_sent_without_a_token() {
    struct Fails;
    impl TokenProvider for Fails {
        fn fetch_token(&self) -> Pin<Box<dyn Future<Output = Result<String, BoxError>> + Send + '_>> {
            Box::pin(async { Err("the token server is down".into()) })
        }
    }
    let server = server(204).await;
    let error = client(&server, [credentials::user(Token::from_provider(Fails))]).read_as_user().await;
    let error = error.unwrap_err();
    assert!(!error.may_have_executed() && error.to_string().contains("token provider"), "{error}");
    assert!(server.received().is_empty());
}

#[tokio::test]
async fn a_document_without_security_schemes_needs_no_key() {
    let server = server(204).await;
    open::Client::builder().base_url(server.base_url()).build().unwrap().get_open().await.unwrap();
    assert_eq!(sent(&server.single_request()), [None, None, None]);
    assert!(open::Client::builder().base_url(server.base_url()).api_key("fake").build().is_err());
}
