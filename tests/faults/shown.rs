//! What errors show when a server sends hostile text: in `Display`, `Debug`, messages, codes, causes and traces.

use std::collections::BTreeMap;
use std::error::Error as _;
use std::sync::{Arc, Mutex};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use partner_client::hook::Attempt;
use partner_client::http::{HeaderValue, Method, StatusCode};
use partner_client::unigox::{Client, KycDocumentType};
use partner_client::{BoxError, ClientBuilder, Error, ErrorKind, Hook, RetryPolicy, Upload};
use partner_tests::case::uuid;
use serde_json::{Value, json};

use crate::server::{Behavior, Server, in_time, order, response};
use crate::tls::Authority;
use crate::tls_settings::names_of_another_host;

const KEY: &str = "pk_live_0123456789abcdef+/Zz9";

fn with_key(server: &Server) -> ClientBuilder<Client> {
    Client::builder().api_key(KEY).base_url(&server.base_url).retry(RetryPolicy::none())
}

fn failing(status: &str, headers: &str, body: &str) -> Behavior {
    Behavior::Write(response(status, &format!("content-length: {}\r\n{headers}", body.len()), body))
}

fn refusal(code: &str, message: &str) -> String {
    json!({"success": false, "error": {"code": code, "message": message, "details": {"echo": message}}})
        .to_string()
}

/// Everything that an error shows, as separate texts.
fn shown(error: &Error) -> Vec<String> {
    let mut texts = vec![format!("{error}"), format!("{error:?}"), format!("{error:#?}")];
    texts
        .extend([error.message(), error.code(), error.request_id()].into_iter().flatten().map(str::to_owned));
    let mut cause = error.source();
    while let Some(error) = cause {
        texts.extend([format!("{error}"), format!("{error:?}")]);
        cause = error.source();
    }
    texts
}

/// Checks that an error is short, and shows no character that ends a line, controls a terminal or reverses the text.
#[track_caller]
fn harmless(error: &Error) {
    for text in shown(error) {
        // Only `{:#?}` has several lines, which come from its own formatting.
        let line_ends = text.starts_with("Error {\n");
        let harmful = |c: &char| {
            (c.is_control() && !(line_ends && *c == '\n'))
                || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
        };
        assert_eq!(text.chars().find(harmful), None, "{text}");
        assert!(text.chars().count() < 1500, "{} characters", text.chars().count());
    }
}

#[track_caller]
fn without(error: &Error, secrets: &[&str]) {
    for text in shown(error) {
        for secret in secrets {
            assert!(!text.to_lowercase().contains(&secret.to_lowercase()), "`{secret}` is in `{text}`");
        }
    }
}

async fn refused(then: Behavior) -> Error {
    let server = Server::start(then).await;
    let client = with_key(&server).build().unwrap();
    let error = in_time(order(&client).into_future()).await.unwrap_err();
    harmless(&error);
    error
}

#[tokio::test]
async fn a_message_and_a_code_stay_in_their_line_and_control_no_terminal() {
    let forged = "no\r\n2026-11-26 INFO payment made\u{1b}[2J\u{1b}]8;;http://evil\u{7}\u{9b}31m\u{202e}000,1\u{2066}\u{200b}\u{2028}";
    let error = refused(failing("409 Conflict", "", &refusal(forged, forged))).await;
    let message = error.message().unwrap();
    assert!(
        message.starts_with("no  2026-11-26 INFO payment made�[2J�]8;;http://evil��31m�000,1��"),
        "{message}"
    );
    assert!(error.code().unwrap().starts_with("no  2026"), "a code is the vendor's text as well");
    // The raw body is kept completely.
    assert_eq!(error.details().unwrap().get("echo").unwrap().as_str().unwrap(), forged);
    assert!(error.body().windows(4).any(|bytes| bytes == b"2026"));
}

#[tokio::test]
async fn a_message_of_15_million_characters_is_cut() {
    let long = "ä".repeat(7_500_000);
    for key in ["message", "code"] {
        let error = refused(failing("409 Conflict", "", &json!({"error": {key: long}}).to_string())).await;
        assert_eq!(error.message().or(error.code()).unwrap().chars().count(), 200);
        assert!(error.body().len() > 15_000_000, "the body is whole");
    }
}

#[tokio::test]
async fn a_text_that_is_no_json_is_cleaned_too() {
    let body = format!("{KEY}\n\u{1b}[31m{}", "x".repeat(1000));
    let then = Behavior::Write(
        format!(
            "HTTP/1.1 502 Bad\r\ncontent-type: text/plain\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        )
        .into(),
    );
    let error = refused(then).await;
    assert!(error.message().unwrap().starts_with("[redacted] �[31mxxx"), "{error}");
}

#[tokio::test]
async fn an_echoed_key_is_not_shown_however_it_is_written() {
    let url: String = KEY.bytes().map(|byte| format!("%{byte:02X}")).collect();
    let json: String = KEY.chars().map(|c| format!("\\u{:04x}", u32::from(c))).collect();
    let html = KEY.replace('+', "&#43;").replace('/', "&#x2f;");
    let split = KEY.replace("0123", "01\r\n23");
    let base64 = STANDARD.encode(KEY);
    let basic = STANDARD.encode(format!("{KEY}:"));
    let part = &KEY[..18];
    for echo in
        [KEY, &KEY.to_uppercase(), &url, &url.to_lowercase(), &json, &html, &split, &base64, &basic, part]
    {
        for (code, message) in
            [("BAD", format!("Invalid API key: {echo} (denied)")), (echo, String::from("denied"))]
        {
            let error = refused(failing("409 Conflict", "", &refusal(code, &message))).await;
            without(&error, &[echo, KEY, "0123456789abcdef", &base64[..base64.len() - 6]]);
            assert!(
                format!("{error}").contains("[redacted]") && format!("{error}").contains("denied"),
                "{error}"
            );
        }
    }
}

#[tokio::test]
async fn a_key_at_the_end_of_what_is_shown_is_not_shown_in_part() {
    for before in 150..=205 {
        let message = format!("{}{KEY}{}", "x".repeat(before), "y".repeat(20_000));
        let error = refused(failing("409 Conflict", "", &refusal("BAD", &message))).await;
        without(&error, &["pk_live"]);
    }
    let error = refused(failing("409 Conflict", "", &refusal("BAD", &KEY.repeat(10_000)))).await;
    without(&error, &["pk_live", "0123"]);
}

#[tokio::test]
async fn an_echoed_key_is_not_in_a_request_id() {
    let error = refused(failing("409 Conflict", &format!("x-request-id: {KEY}\r\n"), "{}")).await;
    assert_eq!(error.request_id(), Some("[redacted]"));
    without(&error, &[KEY]);
    let error =
        refused(failing("409 Conflict", &format!("x-request-id: {}\r\n", "7".repeat(5000)), "{}")).await;
    assert_eq!(error.request_id().unwrap().chars().count(), 200);
    let error = refused(failing("409 Conflict", "x-request-id: req-4711\r\n", "{}")).await;
    assert_eq!(error.request_id(), Some("req-4711"));
}

#[tokio::test]
async fn a_success_that_does_not_fit_shows_no_property_name_that_the_server_chose() {
    let name = format!("{KEY}\n\u{1b}[31m");
    for body in
        [json!({"success": true, "data": name}), json!({"success": true, "data": {(name.as_str()): "x"}})]
    {
        let server = Server::start(failing("200 OK", "", &body.to_string())).await;
        let call = with_key(&server).build().unwrap().raw(Method::GET, "/v1/x");
        let error = in_time(call.enveloped_json::<BTreeMap<String, u8>>()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode, "{error}");
        harmless(&error);
        without(&error, &[KEY]);
    }
}

#[tokio::test]
async fn a_success_that_does_not_fit_shows_no_map_key_that_the_server_chose() {
    for body in [
        format!(r#"{{"success":true,"data":["{KEY}\u001b[31m"]}}"#),
        // The path of a fault names the properties that lead to it.
        format!(r#"{{"success":true,"data":{{"{KEY}":tru}}}}"#),
        format!(r#"{{"success":true,"data":{{"{KEY}\u001b[31m":{{"a":1]}}}}"#),
        format!(r#"{{"success":true,"data":{{"{}":"#, "k".repeat(1_000_000)),
    ] {
        let error = refused(failing("200 OK", "", &body)).await;
        assert_eq!(error.kind(), ErrorKind::Decode, "{error}");
        without(&error, &[KEY]);
        let path = error.json_path().unwrap();
        assert!(path.starts_with("data") && !path.contains(KEY) && path.len() < 200, "{path}");
    }
}

#[tokio::test]
async fn a_refused_api_key_with_an_undocumented_body_shows_only_a_message() {
    for body in [
        format!(r#"{{"you":"sent {KEY} with secret-of-ours"}}"#),
        String::from(r#"{"headers":{"x":"secret-of-ours"}}"#),
        String::from("\"secret-of-ours\""),
        String::from("<html>secret-of-ours</html>"),
    ] {
        for status in ["401 Unauthorized", "403 Forbidden"] {
            let error = refused(failing(status, "", &body)).await;
            assert_eq!((error.message(), error.code()), (None, None), "{body}");
            without(&error, &["secret-of-ours", KEY]);
        }
    }
    let error = refused(failing("403 Forbidden", "", &format!(r#"{{"message":"no {KEY}"}}"#))).await;
    assert_eq!(error.message(), Some("no [redacted]"));
}

/// What an error shows of a message that repeats a value that the call has sent.
async fn repeated<F: Future<Output = Error>>(message: &str, call: impl Fn(Client) -> F) -> String {
    let server = Server::start(failing("400 Bad Request", "", &refusal("BAD", message))).await;
    let error = call(with_key(&server).build().unwrap()).await;
    harmless(&error);
    error.message().unwrap().to_owned()
}

async fn sent<T>(call: partner_client::RawCall) -> Error
where
    T: serde::de::DeserializeOwned,
{
    in_time(call.json::<T>()).await.err().unwrap()
}

#[tokio::test]
async fn what_was_sent_as_sensitive_is_not_shown() {
    let body = json!({
        "user_ref": "customer-42",
        "email": "anna@example.com",
        "details": {"iban": "DE89370400440532013000", "holder": "Anna Müller", "pin": 4711},
    });
    let message = "customer-42: anna@example.com, DE89 3704 0044 0532 0130 00, ANNA M\u{fc}LLER, Anna M%C3%BCller, 4711, 14711";
    let send = |client: Client| sent::<Value>(client.raw(Method::POST, "/v1/x").json_body(&body));
    assert_eq!(
        repeated(message, send).await,
        "customer-42: [redacted], [redacted], [redacted], [redacted], [redacted], 14711"
    );

    // The last attempt consumes the request, and its error is still cleaned of the values in it.
    let send = |client: Client| {
        let policy = RetryPolicy::default().max_attempts(2).base_delay(std::time::Duration::ZERO);
        sent::<Value>(client.raw(Method::PUT, "/v1/x").json_body(&body).retry(policy))
    };
    assert_eq!(repeated("no anna@example.com", send).await, "no [redacted]");
}

#[tokio::test]
async fn what_was_sent_in_a_query_a_header_or_a_form_is_not_shown() {
    let send = |client: Client| {
        sent::<Value>(client.raw(Method::GET, "/v1/x").query("email", "a+b@example.com").query("page", 7))
    };
    assert_eq!(
        repeated("a+b@example.com on page 7, a%2Bb%40example.com", send).await,
        "[redacted] on page 7, [redacted]"
    );

    let token = "Bearer abcdef0123456789";
    let send = |client: Client| {
        sent::<Value>(
            client.raw(Method::GET, "/v1/x").header("authorization", token).header("x-trace", "trace-4711"),
        )
    };
    assert_eq!(repeated("abcdef0123456789 of trace-4711", send).await, "[redacted] of trace-4711");

    let send = |client: Client| {
        let passport = Upload::from_bytes("passport-anna-mueller.jpg", vec![1, 2, 3]);
        let call = client.upload_kyc_document(uuid().into(), KycDocumentType::Selfie, passport);
        async { in_time(call.into_future()).await.unwrap_err() }
    };
    assert_eq!(repeated("passport-anna-mueller.jpg is no selfie", send).await, "[redacted] is no selfie");
}

#[tokio::test]
async fn what_was_sent_as_sensitive_is_not_shown_when_a_success_does_not_fit_either() {
    const IBAN: &str = "DE89370400440532013000";
    let body = json!({"email": "Anna Müller", "details": {"iban": IBAN}});
    // A request id comes from a header, and an undocumented name is a part of the path of a fault.
    let mut responses = vec![(format!("x-request-id: {IBAN}\r\n"), json!(["x"]))];
    for before in (0..64).chain(150..200) {
        let text = format!("{}{IBAN}{}", "x ".repeat(before / 2), " y".repeat(200));
        responses.push((String::new(), json!({"x": 1, (text): "x"})));
    }
    responses.push((String::new(), json!({"for Anna Müller": "x"})));
    responses.push((String::new(), json!({"for Anna\u{7} Müller": "x"})));
    for (headers, data) in responses {
        let text = json!({"success": true, "data": data}).to_string();
        let server = Server::start(failing("200 OK", &headers, &text)).await;
        let call = with_key(&server).build().unwrap().raw(Method::POST, "/v1/x").json_body(&body);
        let error = in_time(call.enveloped_json::<BTreeMap<String, u8>>()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode, "{error}");
        harmless(&error);
        without(&error, &["DE893704", "Anna"]);
        without(&error, &["DE89"]);
    }
}

#[tokio::test]
async fn a_failure_that_is_found_in_the_data_shows_nothing_that_was_sent() {
    const IBAN: &str = "DE89370400440532013000";
    let body = json!({"details": {"iban": IBAN}});
    for before in [150, 170, 178, 185, 190, 198, 199, 200] {
        let message = format!("{}{IBAN}", "x".repeat(before - 1) + " ");
        let text =
            json!({"success": true, "data": 1, "error": {"code": "BAD", "message": message}}).to_string();
        let server = Server::start(failing("200 OK", "", &text)).await;
        let call = with_key(&server).build().unwrap().raw(Method::POST, "/v1/x").json_body(&body);
        let error = in_time(call.enveloped_json::<BTreeMap<String, u8>>()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Api, "{error}");
        without(&error, &["DE8"]);
    }
}

#[tokio::test]
async fn pages_that_contradict_each_other_do_not_show_what_was_sent() {
    let page =
        json!({"success": true, "data": {"orders": [{"id": uuid()}], "pagination": {"total_pages": 9}}});
    let server =
        Server::start(failing("200 OK", &format!("x-request-id: {KEY}\r\n"), &page.to_string())).await;
    let mut pages = with_key(&server).build().unwrap().list_orders().pages();
    assert!(pages.next().await.unwrap().is_ok());
    let error = pages.next().await.unwrap().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode, "{error}");
    harmless(&error);
    without(&error, &[KEY]);
    assert_eq!((error.request_id(), error.headers()["x-request-id"].as_bytes()), (None, KEY.as_bytes()));
}

/// Adds a secret to each request.
struct Signs;

impl Hook for Signs {
    fn on_request(
        &self,
        _: &Attempt,
        request: &mut partner_client::reqwest::Request,
    ) -> Result<(), BoxError> {
        let mut signature = HeaderValue::from_static("signature-0123456789");
        signature.set_sensitive(true);
        request.headers_mut().insert("x-signature", signature);
        *request.body_mut() = Some(r#"{"email":"hook@example.com"}"#.into());
        Ok(())
    }
}

#[tokio::test]
async fn what_a_hook_has_added_is_not_shown() {
    let message = "signature-0123456789 of hook@example.com";
    let server = Server::start(failing("400 Bad Request", "", &refusal("BAD", message))).await;
    let client = with_key(&server).hook(Signs).build().unwrap();
    let error = in_time(order(&client).into_future()).await.unwrap_err();
    assert_eq!(error.message(), Some("[redacted] of [redacted]"));
}

/// Records the errors of the attempts.
struct Ends(Arc<Mutex<Vec<String>>>);

impl Hook for Ends {
    fn on_attempt_end(&self, _: &Attempt, result: Result<StatusCode, &Error>) {
        self.0.lock().unwrap().push(format!("{:?} {}", result, result.unwrap_err()));
    }
}

#[tokio::test]
async fn the_error_that_a_hook_gets_shows_no_secret_either() {
    let server = Server::start(failing("503 Busy", "", &refusal(KEY, &format!("{KEY}\n{KEY}")))).await;
    let ends = Arc::new(Mutex::new(Vec::new()));
    let policy = RetryPolicy::default().base_delay(std::time::Duration::ZERO);
    let builder = with_key(&server).retry(policy).hook(Ends(Arc::clone(&ends)));
    let error = in_time(builder.build().unwrap().verify_auth().into_future()).await.unwrap_err();
    without(&error, &[KEY]);
    let ends = ends.lock().unwrap();
    assert_eq!(ends.len(), 3);
    assert!(
        ends.iter().all(|end| !end.contains("pk_live") && end.contains("[redacted] [redacted]")),
        "{ends:?}"
    );
}

/// Refuses each response with an error that quotes the body.
struct Repeats;

impl Hook for Repeats {
    fn on_response(
        &self,
        _: &Attempt,
        response: &mut partner_client::http::Response<partner_client::bytes::Bytes>,
    ) -> Result<(), BoxError> {
        Err(String::from_utf8_lossy(response.body()).into_owned().into())
    }
}

#[tokio::test]
async fn the_message_of_a_hook_is_cleaned_where_the_error_shows_it() {
    let server =
        Server::start(failing("200 OK", "", &format!("{KEY}\n\u{1b}[31m{}", "x".repeat(1000)))).await;
    let error = in_time(with_key(&server).hook(Repeats).build().unwrap().verify_auth().into_future())
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::StoppedByHook);
    for text in [format!("{error}"), format!("{error:?}")] {
        assert!(!text.contains("pk_live") && !text.contains(['\u{1b}', '\n']) && text.len() < 1500, "{text}");
    }
    assert!(error.source().unwrap().to_string().contains(KEY), "the hook's own error is the hook's");
}

#[tokio::test]
async fn the_message_of_a_broken_connection_is_one_short_line() {
    for bytes in
        [&b"HTTP/1.1 200 OK\r\n\x1b[31m: x\r\n\r\n"[..], b"\x1b[2J\r\n\r\n", b"HTTP/9.9 200 OK\r\n\r\n"]
    {
        let error = refused(Behavior::Write(bytes.to_vec())).await;
        assert_eq!(error.kind(), ErrorKind::Transport);
        assert!(error.source().is_some());
    }
}

#[tokio::test]
async fn names_in_a_certificate_are_shown_in_one_short_line() {
    let authority = Authority::new("authority");
    let names = (0..100).map(|number| format!("{number}.{KEY_HOST}.example"));
    let base_url = names_of_another_host(&authority, names).await;
    let builder = Client::builder().api_key(KEY_HOST).base_url(base_url).retry(RetryPolicy::none());
    let builder = builder.root_certificates(authority.certificate.pem()).without_system_roots();
    let error = in_time(builder.build().unwrap().verify_auth().into_future()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connect);
    harmless(&error);
    without(&error, &[KEY_HOST]);
    assert!(error.source().is_some_and(|cause| cause.to_string().contains("certificate")));
}

/// An API key that could be part of a host name.
const KEY_HOST: &str = "pk0live0123456789";

#[test]
fn an_address_with_a_key_in_it_is_not_shown() {
    for url in [
        "https://api.example.com/?key=pk_live_1",
        "https://api.example.com/#pk_live_1",
        "https://user:pk_live_1@api.example.com",
        "https://pk_live_1@api.example.com/",
        "http://api.example.com/pk_live_1",
        "pk_live_1",
        "https://[pk_live_1]/",
        "ftp://127.0.0.1/pk_live_1",
    ] {
        let builder = Client::builder().api_key("key").base_url(url);
        let shown = format!("{builder:?} {builder:#?}");
        assert!(!shown.contains("pk_live_1"), "{shown}");
        let error = builder.build().unwrap_err();
        without(&error, &["pk_live_1"]);
    }
    let client =
        Client::builder().api_key("key").base_url("https://api.example.com/pk_live_1/").build().unwrap();
    let shown = format!("{client:?}");
    assert!(shown.contains("https://api.example.com") && !shown.contains("pk_live_1"), "{shown}");
    let host = "a\u{1b}b.pk_live_1";
    let error =
        Client::builder().api_key("key").allow_http_to(host).base_url("https://x").build().unwrap_err();
    without(&error, &["pk_live_1"]);
    let proxy = partner_client::reqwest::Proxy::all("http://user:pk_live_1@127.0.0.1:1").unwrap();
    let shown = format!("{:?}", Client::builder().api_key("key").proxy(proxy));
    assert!(!shown.contains("pk_live_1"), "{shown}");
}

#[tokio::test]
async fn the_path_of_an_upload_is_not_shown() {
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("anna-mueller").join("passport-of-anna.jpg");
    for path in [missing.as_path(), folder.path()] {
        let error = Upload::from_file(path).await.unwrap_err();
        harmless(&error);
        without(&error, &["anna", "passport", folder.path().to_str().unwrap()]);
        let cause = error.source().unwrap().downcast_ref::<std::io::Error>();
        assert!(cause.is_some(), "why it cannot be read is for the caller to know");
    }
}

#[tokio::test]
async fn a_header_that_cannot_be_sent_is_not_shown() {
    let server = Server::start(failing("200 OK", "", "{}")).await;
    let client = with_key(&server).build().unwrap();
    // Name and value were swapped.
    let error =
        in_time(client.verify_auth().header("Bearer pk_live_1\n\u{1b}", "authorization").into_future()).await;
    let error = error.unwrap_err();
    harmless(&error);
    without(&error, &["pk_live_1"]);
    let error =
        in_time(client.verify_auth().header("x-note", "pk_live_1\n").into_future()).await.unwrap_err();
    without(&error, &["pk_live_1"]);
    assert!(error.to_string().contains("`x-note`"), "{error}");
    assert_eq!(server.requests(), 0);
}
