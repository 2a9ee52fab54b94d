//! Tries a fault of a server on three calls: a read, which may be retried, and an order and an upload, which must not
//! be.
//!
//! Whatever the fault, an order or upload that the server may have executed is sent once, and the error says that the
//! request may have been executed. The error of a read never says so, because a read has no effect.

use std::time::Duration;

use partner_client::unigox::{Client, KycDocumentType};
use partner_client::{ClientBuilder, Error, ErrorKind, RetryPolicy, TimeLimit, Upload};
use partner_tests::case::uuid;

use crate::server::{Behavior, Server, in_time, order, response};

/// The three calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CallKind {
    /// A `GET`.
    Read,
    /// A `POST` that moves money.
    Order,
    /// A `POST` with a file that does not fit into the buffers between client and server.
    Upload,
}

const UPLOADED: usize = 2_000_000;

/// The expected result of a call.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Expected {
    kind: Option<ErrorKind>,
    attempts: u32,
    /// How many complete requests reach the server.
    requests: usize,
    status: Option<u16>,
    deadline: Option<TimeLimit>,
    may_have_executed: bool,
}

/// Expects a success after this number of requests.
pub(crate) const fn succeeds(requests: usize) -> Expected {
    Expected { kind: None, attempts: 0, requests, status: None, deadline: None, may_have_executed: false }
}

/// Expects an error after this number of attempts. Each of them reached the server completely, and may have been
/// executed unless the call is a read.
pub(crate) const fn fails(kind: ErrorKind, attempts: u32) -> Expected {
    let kind = Some(kind);
    Expected {
        kind,
        attempts,
        requests: attempts as usize,
        status: None,
        deadline: None,
        may_have_executed: true,
    }
}

impl Expected {
    /// Expects this number of complete requests at the server.
    pub(crate) const fn requests(mut self, requests: usize) -> Expected {
        self.requests = requests;
        self
    }

    /// Expects an error with this status.
    pub(crate) const fn status(mut self, status: u16) -> Expected {
        self.status = Some(status);
        self
    }

    /// Expects that this deadline was exceeded.
    pub(crate) const fn deadline(mut self, deadline: TimeLimit) -> Expected {
        self.deadline = Some(deadline);
        self
    }

    /// Expects that the server has not executed the request.
    pub(crate) const fn not_executed(mut self) -> Expected {
        self.may_have_executed = false;
        self
    }
}

/// The expected result of a transient fault: three attempts where retrying is harmless, one otherwise.
pub(crate) fn repeated_if_harmless(call_kind: CallKind, once: Expected) -> Expected {
    match (call_kind, once.requests) {
        (CallKind::Read, 0) => Expected { attempts: 3, ..once },
        (CallKind::Read, _) => Expected { attempts: 3, requests: 3, ..once },
        _ => once,
    }
}

/// A body that is a success of all three calls.
pub(crate) const ACCEPTED: &str = r#"{"success":true,"data":{"message":"fine","document_id":"1","document_type":"selfie","file_name":"a.jpg"}}"#;

/// The response with that body.
pub(crate) fn accepted() -> Vec<u8> {
    response("200 OK", &format!("content-length: {}\r\n", ACCEPTED.len()), ACCEPTED)
}

/// Makes one of the calls. Returns the status of its response.
pub(crate) async fn call(client: &Client, call_kind: CallKind) -> Result<u16, Error> {
    Ok(match call_kind {
        CallKind::Read => in_time(client.verify_auth().into_future()).await?.http_status(),
        CallKind::Order => in_time(order(client).into_future()).await?.http_status(),
        CallKind::Upload => {
            let selfie = Upload::from_bytes("a.jpg", vec![b'x'; UPLOADED]);
            let call = client.upload_kyc_document(uuid().into(), KycDocumentType::Selfie, selfie);
            in_time(call.into_future()).await?.http_status()
        }
    }
    .as_u16())
}

/// Makes the three calls, each against a server of its own with this behavior, and checks their results.
pub(crate) async fn each_call(then: Behavior, end: impl Fn(CallKind) -> Expected) -> Vec<FinishedCall> {
    each_call_with(then, |builder| builder, end).await
}

/// A call that has ended as expected.
pub(crate) struct FinishedCall {
    pub(crate) call_kind: CallKind,
    pub(crate) server: Server,
    pub(crate) error: Option<Error>,
}

/// Like [`each_call`], with a client that is configured further.
pub(crate) async fn each_call_with(
    then: Behavior,
    configure: impl Fn(ClientBuilder<Client>) -> ClientBuilder<Client>,
    end: impl Fn(CallKind) -> Expected,
) -> Vec<FinishedCall> {
    let finish = async |call_kind| {
        let server = Server::start(then.clone()).await;
        let retry = RetryPolicy::default().base_delay(Duration::from_millis(20));
        let builder = Client::builder().api_key("key").base_url(&server.base_url).retry(retry);
        let result = call(&configure(builder).build().unwrap(), call_kind).await;
        FinishedCall { call_kind, error: check(call_kind, end(call_kind), &server, result), server }
    };
    // Most faults take a while, so the calls run at the same time.
    let (read, order, upload) =
        tokio::join!(finish(CallKind::Read), finish(CallKind::Order), finish(CallKind::Upload));
    vec![read, order, upload]
}

fn check(call_kind: CallKind, end: Expected, server: &Server, result: Result<u16, Error>) -> Option<Error> {
    let reached = (server.requests(), server.executed());
    assert_eq!(reached.0, end.requests, "{call_kind:?}: requests that reached the server: {result:?}");
    assert!(
        call_kind == CallKind::Read || reached.1 <= 1,
        "{call_kind:?}: carried out more than once: {result:?}"
    );
    match (result, end.kind) {
        (Ok(_), None) => None,
        (Err(error), Some(kind)) => {
            assert_error(call_kind, &error, &Expected { kind: Some(kind), ..end });
            assert!(
                error.may_have_executed() || reached.1 == 0 || call_kind == CallKind::Read,
                "{call_kind:?}: it was carried out: {error:?}"
            );
            Some(error)
        }
        (result, _) => panic!("{call_kind:?} must end with {end:?}: {result:?}"),
    }
}

/// Checks an error against what is expected.
pub(crate) fn assert_error(call_kind: CallKind, error: &Error, end: &Expected) {
    assert_eq!(Some(error.kind()), end.kind, "{call_kind:?}: {error:?}");
    assert_eq!(error.attempt_count(), end.attempts, "{call_kind:?}: {error:?}");
    assert_eq!(error.status().map(|status| status.as_u16()), end.status, "{call_kind:?}: {error:?}");
    assert_eq!(error.exceeded_time_limit(), end.deadline, "{call_kind:?}: {error:?}");
    let may_have_executed = end.may_have_executed && call_kind != CallKind::Read;
    assert_eq!(error.may_have_executed(), may_have_executed, "{call_kind:?}: {error:?}");
    assert!(end.attempts < 2 || error.is_retryable(), "{call_kind:?}: {error:?}");
    let operation = error.operation().map(|operation| operation.id);
    let expected = match call_kind {
        CallKind::Read => "verify_auth",
        CallKind::Order => "initiate_off_ramp",
        CallKind::Upload => "upload_kyc_document",
    };
    assert_eq!(operation, Some(expected), "{error:?}");
}
