//! What can be asked of an error.

use super::{Deadline, Error, ErrorKind};

impl Error {
    /// Whether the same request may succeed later: the server was not reached, was overloaded or unavailable.
    ///
    /// This says nothing about whether it is safe to send it again; see [`may_have_executed`](Self::may_have_executed).
    pub fn is_retryable(&self) -> bool {
        self.0.outcome.is_transient()
    }

    /// Whether the server may have done what was asked, although the call failed.
    ///
    /// Where this is true, look at the server's state before sending something again that moves money. All attempts
    /// of the call count: when the first one broke off and the second found no server, the first may have been
    /// executed.
    ///
    /// It is false only where a source says that nothing was done: nothing was sent, or a status that the HTTP standards
    /// define (but not 408) refused the request and its code does not leave it open. Where a vendor
    /// uses such a status for something else as well, only a code whose documented meaning excludes it counts. It is true
    /// for everything else: 5xx but 501, "temporarily unavailable", a failure with a status of success, a response that
    /// cannot be read, and every error that was converted from a
    /// [`WaitError`](crate::WaitError).
    pub fn may_have_executed(&self) -> bool {
        self.0.executed_before || self.0.outcome.may_have_executed()
    }

    /// Which limit of time the call ran into, if it did.
    pub fn timed_out(&self) -> Option<Deadline> {
        self.0.deadline
    }

    /// Whether the call ran into a limit of time: of connecting, of an attempt, or of the whole call.
    pub fn is_timeout(&self) -> bool {
        self.0.deadline.is_some()
    }

    /// Whether the server was not reached.
    pub fn is_connect(&self) -> bool {
        self.0.kind == ErrorKind::Connect
    }

    /// Whether the API says that the key is missing, wrong, or not allowed from here.
    pub fn is_unauthorized(&self) -> bool {
        matches!(self.api_status(), Some(401 | 403))
    }

    /// Whether the API says that there is no such thing (or that it is somebody else's).
    ///
    /// When a `DELETE` was sent twice, the first attempt may have removed it:
    /// [`may_have_executed`](Self::may_have_executed) tells.
    pub fn is_not_found(&self) -> bool {
        self.api_status() == Some(404)
    }

    /// Whether the API says that the state of things forbids it.
    pub fn is_conflict(&self) -> bool {
        self.api_status() == Some(409)
    }

    /// Whether the API says that there were too many requests.
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
    use crate::retry::Processed;

    fn answered(status: u16, processed: Processed) -> Error {
        let status = StatusCode::from_u16(status).unwrap();
        Error::failure(status, Failure { processed, ..Failure::default() }).with_response(
            status,
            HeaderMap::new(),
            Bytes::new(),
        )
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
            Err(Error::hook("no".into(), false))?;
            Ok(())
        }
        let error = fails().unwrap_err();
        let ours = error.downcast_ref::<Error>().unwrap();
        assert_eq!(ours.kind(), ErrorKind::Hook);
        assert_eq!(std::error::Error::source(ours).unwrap().to_string(), "no");
    }

    #[test]
    fn an_error_knows_whether_it_is_safe_to_try_again() {
        for (error, retryable, executed) in [
            (answered(400, Processed::ByStatus), false, false),
            (answered(400, Processed::Unavailable), true, true),
            (answered(400, Processed::Unknown), false, true),
            (answered(404, Processed::ByStatus), false, false),
            (answered(408, Processed::ByStatus), true, true),
            (answered(429, Processed::ByStatus), true, false),
            (answered(429, Processed::Permanent), false, false),
            (answered(429, Processed::Unknown), true, true),
            (answered(499, Processed::ByStatus), false, true),
            (answered(500, Processed::ByStatus), false, true),
            (answered(501, Processed::ByStatus), false, false),
            (answered(502, Processed::Permanent), false, true),
            (answered(503, Processed::ByStatus), true, true),
            (answered(200, Processed::ByStatus), false, true),
            (Error::configuration("x"), false, false),
            (Error::throttled("x"), true, false),
            (Error::out_of_time(Deadline::Attempt, false), true, false),
            (Error::out_of_time(Deadline::Attempt, true), true, true),
            (Error::hook("x".into(), true), false, true),
            (Error::redirected(), false, true),
            (Error::decode("x"), false, true),
            (Error::too_large(1), false, true),
        ] {
            assert_eq!((error.is_retryable(), error.may_have_executed()), (retryable, executed), "{error:?}");
        }
    }

    #[test]
    fn an_earlier_attempt_that_may_have_run_is_not_forgotten() {
        let error = answered(404, Processed::ByStatus).executed_before(true).executed_before(false);
        assert!(error.may_have_executed() && error.is_not_found());
    }

    #[test]
    fn only_answers_of_the_api_have_a_meaning_by_status() {
        let misread = Error::decode("x").with_response(StatusCode::NOT_FOUND, HeaderMap::new(), Bytes::new());
        assert!(!misread.is_not_found() && answered(404, Processed::ByStatus).is_not_found());
        assert!(answered(401, Processed::ByStatus).is_unauthorized());
        assert!(answered(409, Processed::ByStatus).is_conflict());
        assert!(answered(429, Processed::ByStatus).is_rate_limited());
    }

    #[test]
    fn what_the_vendor_says_about_waiting_goes_before_what_a_gateway_says() {
        let wait = |seconds| Some(std::time::Duration::from_secs(seconds));
        let mut headers = HeaderMap::new();
        headers.insert(http::header::RETRY_AFTER, "7".parse().unwrap());
        let answered = |retry_after| {
            let failure = Failure { retry_after, ..Failure::default() };
            let error = Error::failure(StatusCode::CONFLICT, failure);
            error.with_response(StatusCode::CONFLICT, headers.clone(), Bytes::new()).retry_after()
        };
        assert_eq!((answered(None), answered(wait(90))), (wait(7), wait(90)));
    }
}
