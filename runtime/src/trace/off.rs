//! Replaces the module `on` if the feature `tracing` is disabled. All methods do nothing.

use http::StatusCode;
use reqwest::Url;

use super::AttemptSummary;
use crate::Error;
use crate::operation::OperationEntry;
use crate::retry::RetryDecision;

#[derive(Clone)]
pub(crate) struct CallTrace;

impl CallTrace {
    pub(crate) fn open_span(_: &str, _: &'static OperationEntry, _: &Url) -> CallTrace {
        CallTrace
    }

    pub(crate) fn is_recorded(&self) -> bool {
        false
    }

    pub(crate) fn instrument_future<F: Future>(&self, future: F) -> F {
        future
    }

    pub(crate) fn record_url(&self, _: &str) {}

    pub(crate) fn log_attempt_success(&self, _: &AttemptSummary) {}

    pub(crate) fn log_attempt_failure(&self, _: &AttemptSummary, _: &Error, _: RetryDecision) {}

    pub(crate) fn record_call_success(&self, _: StatusCode, _: u32, _: usize) {}

    pub(crate) fn record_call_failure(&self, _: &Error) {}
}
