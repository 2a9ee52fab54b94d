//! The same fault for three calls: one that may be repeated, one that must not, and an upload, which must not either.
//!
//! Whatever the fault, what a server may have carried out is sent once, unless it may be repeated, and an error says
//! that it may have been.

use std::time::Duration;

use partner_client::unigox::{Client, KycDocumentType};
use partner_client::{ClientBuilder, Deadline, Error, ErrorKind, RetryPolicy, Upload};
use partner_tests::case::uuid;

use crate::server::{Server, Then, answer, in_time, order};

/// One of the three calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Which {
    /// A `GET`.
    Read,
    /// A `POST` that moves money.
    Order,
    /// A `POST` with a file, long enough that it does not fit into the buffers between the two.
    Upload,
}

const UPLOADED: usize = 2_000_000;

/// How a call has to end.
#[derive(Clone, Copy, Debug)]
pub(crate) struct End {
    kind: Option<ErrorKind>,
    attempts: u32,
    /// How many requests reach the server as a whole.
    requests: usize,
    status: Option<u16>,
    deadline: Option<Deadline>,
    may_have_executed: bool,
}

/// It succeeds after so many requests.
pub(crate) const fn succeeds(requests: usize) -> End {
    End { kind: None, attempts: 0, requests, status: None, deadline: None, may_have_executed: false }
}

/// It fails after so many attempts, of which each reached the server as a whole, and the server may have done it.
pub(crate) const fn fails(kind: ErrorKind, attempts: u32) -> End {
    let kind = Some(kind);
    End { kind, attempts, requests: attempts as usize, status: None, deadline: None, may_have_executed: true }
}

impl End {
    /// So many requests reached the server as a whole.
    pub(crate) const fn requests(mut self, requests: usize) -> End {
        self.requests = requests;
        self
    }

    /// The error has this status.
    pub(crate) const fn status(mut self, status: u16) -> End {
        self.status = Some(status);
        self
    }

    /// It was this limit of time.
    pub(crate) const fn deadline(mut self, deadline: Deadline) -> End {
        self.deadline = Some(deadline);
        self
    }

    /// The server has not done it.
    pub(crate) const fn not_executed(mut self) -> End {
        self.may_have_executed = false;
        self
    }
}

/// How a fault ends that passes: it is attempted three times where that is harmless.
pub(crate) fn repeated_if_harmless(which: Which, once: End) -> End {
    match (which, once.requests) {
        (Which::Read, 0) => End { attempts: 3, ..once },
        (Which::Read, _) => End { attempts: 3, requests: 3, ..once },
        _ => once,
    }
}

/// What the API answers to all three.
pub(crate) const ACCEPTED: &str = r#"{"success":true,"data":{"message":"fine","document_id":"1","document_type":"selfie","file_name":"a.jpg"}}"#;

/// That answer.
pub(crate) fn accepted() -> Vec<u8> {
    answer("200 OK", &format!("content-length: {}\r\n", ACCEPTED.len()), ACCEPTED)
}

/// Makes one of the calls, and gives its status.
pub(crate) async fn call(client: &Client, which: Which) -> Result<u16, Error> {
    Ok(match which {
        Which::Read => in_time(client.verify_auth().into_future()).await?.status(),
        Which::Order => in_time(order(client).into_future()).await?.status(),
        Which::Upload => {
            let selfie = Upload::bytes("a.jpg", vec![b'x'; UPLOADED]);
            let call = client.upload_kyc_document(uuid(), KycDocumentType::Selfie, selfie);
            in_time(call.into_future()).await?.status()
        }
    }
    .as_u16())
}

/// Makes the three calls, each against a server of its own that has this fault.
pub(crate) async fn three(then: Then, end: impl Fn(Which) -> End) -> Vec<Three> {
    three_with(then, |builder| builder, end).await
}

/// One of the three, when it is over.
pub(crate) struct Three {
    pub(crate) which: Which,
    pub(crate) server: Server,
    pub(crate) error: Option<Error>,
}

/// The same with another client.
pub(crate) async fn three_with(
    then: Then,
    configure: impl Fn(ClientBuilder<Client>) -> ClientBuilder<Client>,
    end: impl Fn(Which) -> End,
) -> Vec<Three> {
    let one = async |which| {
        let server = Server::that(then.clone()).await;
        let retry = RetryPolicy::default().base_delay(Duration::from_millis(20));
        let builder = Client::builder().api_key("key").base_url(&server.base_url).retry(retry);
        let result = call(&configure(builder).build().unwrap(), which).await;
        Three { which, error: check(which, end(which), &server, result), server }
    };
    // Most faults take their time.
    let (read, order, upload) = tokio::join!(one(Which::Read), one(Which::Order), one(Which::Upload));
    vec![read, order, upload]
}

fn check(which: Which, end: End, server: &Server, result: Result<u16, Error>) -> Option<Error> {
    let reached = (server.requests(), server.executed());
    assert_eq!(reached.0, end.requests, "{which:?}: requests that reached the server: {result:?}");
    assert!(which == Which::Read || reached.1 <= 1, "{which:?}: carried out more than once: {result:?}");
    match (result, end.kind) {
        (Ok(_), None) => None,
        (Err(error), Some(kind)) => {
            assert_error(which, &error, &End { kind: Some(kind), ..end });
            assert!(error.may_have_executed() || reached.1 == 0, "{which:?}: it was carried out: {error:?}");
            Some(error)
        }
        (result, _) => panic!("{which:?} must end with {end:?}: {result:?}"),
    }
}

/// Checks what an error says.
pub(crate) fn assert_error(which: Which, error: &Error, end: &End) {
    assert_eq!(Some(error.kind()), end.kind, "{which:?}: {error:?}");
    assert_eq!(error.attempts(), end.attempts, "{which:?}: {error:?}");
    assert_eq!(error.status().map(|status| status.as_u16()), end.status, "{which:?}: {error:?}");
    assert_eq!(error.timed_out(), end.deadline, "{which:?}: {error:?}");
    assert_eq!(error.may_have_executed(), end.may_have_executed, "{which:?}: {error:?}");
    assert!(end.attempts < 2 || error.is_retryable(), "{which:?}: {error:?}");
    let operation = error.operation().map(|operation| operation.id);
    let expected = match which {
        Which::Read => "verify_auth",
        Which::Order => "initiate_off_ramp",
        Which::Upload => "upload_kyc_document",
    };
    assert_eq!(operation, Some(expected), "{error:?}");
}
