//! The methods of an error by which a caller decides how to handle the error.

use super::{Error, ErrorKind, TimeLimit};

impl Error {
    /// Whether the same request may succeed later: the server was not reached, was overloaded or unavailable, the
    /// connection broke, no response came in time, or the client's own limits delayed the call for too long.
    ///
    /// This does not mean that sending the request again is safe; see [`may_have_executed`](Self::may_have_executed).
    pub fn is_retryable(&self) -> bool {
        self.0.failure_mode.is_transient()
    }

    /// Whether the server may have executed the request although the call failed.
    ///
    /// If so, query the state at the vendor before you repeat a request that moves money. All attempts of the call
    /// count: if the first attempt broke off and the second attempt did not reach the server, this is true, because the
    /// server may have executed the first attempt.
    ///
    /// This is false for a request that only reads (`GET` or `HEAD`), because there is no effect to look up. For any
    /// other request this is false only if there is evidence that the request was not executed: nothing was sent, or
    /// the status is one that the HTTP standards define as a refusal (408 excepted) and the vendor's code leaves no
    /// doubt. Where a vendor also uses such a status for other failures, only a code whose documented meaning excludes
    /// execution counts. This is true for everything else: 5xx but 501, "temporarily unavailable", a failure with a
    /// status of success, a response that cannot be read, and every error that was converted from a
    /// [`WaitError`](crate::WaitError).
    ///
    /// This is about this call alone. If a function makes a payment and then reads, the error of the read says
    /// nothing about the payment, so the function must not return it as the error of the payment.
    pub fn may_have_executed(&self) -> bool {
        self.0.may_have_executed_earlier_attempt
            || (self.0.failure_mode.may_have_executed() && !self.0.is_request_read_only)
    }

    /// Returns the exceeded time limit; `None` if the call did not run out of time.
    pub fn exceeded_time_limit(&self) -> Option<TimeLimit> {
        self.0.exceeded_time_limit
    }

    /// Whether the call exceeded a time limit: of connecting, of an attempt, or of the whole call.
    pub fn is_timeout(&self) -> bool {
        self.0.exceeded_time_limit.is_some()
    }

    /// Whether the last attempt could not connect to the server.
    pub fn is_connect(&self) -> bool {
        self.0.kind == ErrorKind::Connect
    }

    /// Whether the API reported that the API key is missing or wrong, or is not allowed from the client's IP address.
    pub fn is_unauthorized(&self) -> bool {
        matches!(self.api_status(), Some(401 | 403))
    }

    /// Whether the API reported that the resource does not exist, or belongs to another customer.
    ///
    /// When a `DELETE` was sent twice, the first attempt may have deleted the resource;
    /// [`may_have_executed`](Self::may_have_executed) is true then.
    pub fn is_not_found(&self) -> bool {
        self.api_status() == Some(404)
    }

    /// Whether the API reported a conflict with the state of the resource.
    pub fn is_conflict(&self) -> bool {
        self.api_status() == Some(409)
    }

    /// Whether the API reported that the client sent too many requests.
    pub fn is_rate_limited(&self) -> bool {
        self.api_status() == Some(429)
    }

    pub(super) fn status_code(&self) -> Option<u16> {
        self.0.status.map(|status| status.as_u16())
    }

    fn api_status(&self) -> Option<u16> {
        if self.0.kind == ErrorKind::Api { self.status_code() } else { None }
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use http::{HeaderMap, StatusCode};

    use super::*;
    use crate::api::failure::Failure;
    use crate::error::BoxError;
    use crate::retry::ProcessingEvidence;

    fn api_failure(status: u16, processed: ProcessingEvidence) -> Error {
        let status = StatusCode::from_u16(status).unwrap();
        Error::api_failure(status, Failure { processing_evidence: processed, ..Failure::default() })
            .with_response(status, HeaderMap::new(), Bytes::new())
    }

    #[test]
    fn an_error_is_small_and_can_go_anywhere() {
        fn anywhere<T: Send + Sync + std::error::Error + 'static>() {}
        anywhere::<Error>();
        assert_eq!(size_of::<Error>(), size_of::<usize>());
        assert_eq!(size_of::<Result<(), Error>>(), size_of::<usize>());
    }

    #[test]
    fn an_error_can_be_the_cause_of_others() {
        fn fails() -> Result<(), BoxError> {
            Err(Error::stopped_by_hook("no".into(), false))?;
            Ok(())
        }
        let error = fails().unwrap_err();
        let ours = error.downcast_ref::<Error>().unwrap();
        assert_eq!(ours.kind(), ErrorKind::StoppedByHook);
        assert_eq!(std::error::Error::source(ours).unwrap().to_string(), "no");
    }

    #[test]
    fn the_status_of_a_failure_decides_which_predicate_holds() {
        let predicates = |error: &Error| {
            [error.is_unauthorized(), error.is_not_found(), error.is_conflict(), error.is_rate_limited()]
        };
        for (status, expected) in [
            (400, [false, false, false, false]),
            (401, [true, false, false, false]),
            (403, [true, false, false, false]),
            (404, [false, true, false, false]),
            (409, [false, false, true, false]),
            (429, [false, false, false, true]),
            (500, [false, false, false, false]),
        ] {
            assert_eq!(predicates(&api_failure(status, ProcessingEvidence::ByStatus)), expected, "{status}");
        }
        // The predicates are true only for failures that the API reported. A response that cannot be decoded is another
        // kind of failure, so `is_conflict` is false although the status is 409.
        let decode_error =
            Error::decode("x").with_response(StatusCode::CONFLICT, HeaderMap::new(), Bytes::new());
        assert_eq!(predicates(&decode_error), [false; 4]);
    }

    #[test]
    fn an_error_knows_whether_it_is_safe_to_try_again() {
        for (error, retryable, executed) in [
            (api_failure(400, ProcessingEvidence::ByStatus), false, false),
            (api_failure(400, ProcessingEvidence::MaybeProcessedAndTransient), true, true),
            (api_failure(400, ProcessingEvidence::MaybeProcessed), false, true),
            (api_failure(404, ProcessingEvidence::ByStatus), false, false),
            (api_failure(408, ProcessingEvidence::ByStatus), true, true),
            (api_failure(429, ProcessingEvidence::ByStatus), true, false),
            (api_failure(429, ProcessingEvidence::Permanent), false, false),
            (api_failure(429, ProcessingEvidence::MaybeProcessed), true, true),
            (api_failure(499, ProcessingEvidence::ByStatus), false, true),
            (api_failure(500, ProcessingEvidence::ByStatus), false, true),
            (api_failure(501, ProcessingEvidence::ByStatus), false, false),
            (api_failure(502, ProcessingEvidence::Permanent), false, true),
            (api_failure(503, ProcessingEvidence::ByStatus), true, true),
            (api_failure(200, ProcessingEvidence::ByStatus), false, true),
            (api_failure(200, ProcessingEvidence::MaybeProcessedAndTransient), false, true),
            (Error::configuration("x"), false, false),
            (Error::throttled("x"), true, false),
            (Error::timed_out(TimeLimit::Attempt, false), true, false),
            (Error::timed_out(TimeLimit::Attempt, true), true, true),
            (Error::stopped_by_hook("x".into(), true), false, true),
            (Error::redirected(), false, true),
            (Error::decode("x"), false, true),
            (Error::response_too_large(1), false, true),
        ] {
            assert_eq!((error.is_retryable(), error.may_have_executed()), (retryable, executed), "{error:?}");
        }
    }

    #[test]
    fn a_failed_read_leaves_open_only_what_an_earlier_attempt_did() {
        let failed_read = || api_failure(503, ProcessingEvidence::ByStatus).with_request_read_only(true);
        assert!(!failed_read().may_have_executed() && failed_read().is_retryable());
        assert!(failed_read().with_possibly_executed_earlier_attempt(true).may_have_executed());
    }

    #[test]
    fn an_earlier_attempt_that_may_have_run_is_not_forgotten() {
        let error = api_failure(404, ProcessingEvidence::ByStatus)
            .with_possibly_executed_earlier_attempt(true)
            .with_possibly_executed_earlier_attempt(false);
        assert!(error.may_have_executed() && error.is_not_found());
    }

    #[test]
    fn only_a_status_that_the_api_responded_with_has_a_meaning() {
        let misread = Error::decode("x").with_response(StatusCode::NOT_FOUND, HeaderMap::new(), Bytes::new());
        assert!(!misread.is_not_found() && api_failure(404, ProcessingEvidence::ByStatus).is_not_found());
        assert!(api_failure(401, ProcessingEvidence::ByStatus).is_unauthorized());
        assert!(api_failure(409, ProcessingEvidence::ByStatus).is_conflict());
        assert!(api_failure(429, ProcessingEvidence::ByStatus).is_rate_limited());
    }

    #[test]
    fn the_wait_that_the_body_asks_for_takes_precedence_over_the_header() {
        let wait = |seconds| Some(std::time::Duration::from_secs(seconds));
        let mut headers = HeaderMap::new();
        headers.insert(http::header::RETRY_AFTER, "7".parse().unwrap());
        let retry_after = |retry_after| {
            let failure = Failure { retry_after, ..Failure::default() };
            let error = Error::api_failure(StatusCode::CONFLICT, failure);
            error.with_response(StatusCode::CONFLICT, headers.clone(), Bytes::new()).retry_after()
        };
        assert_eq!((retry_after(None), retry_after(wait(90))), (wait(7), wait(90)));
    }
}
