//! The replacement of spans without the feature `tracing`, which does nothing.

use http::StatusCode;
use reqwest::Url;

use super::AttemptSummary;
use crate::Error;
use crate::operation::Operation;
use crate::retry::Next;

#[derive(Clone)]
pub(crate) struct CallTrace;

impl CallTrace {
    pub(crate) fn start(_: &str, _: &'static Operation, _: &Url) -> CallTrace {
        CallTrace
    }

    pub(crate) fn is_on(&self) -> bool {
        false
    }

    pub(crate) fn within<F: Future>(&self, future: F) -> F {
        future
    }

    pub(crate) fn url(&self, _: &str) {}

    pub(crate) fn attempt_succeeded(&self, _: &AttemptSummary) {}

    pub(crate) fn attempt_failed(&self, _: &AttemptSummary, _: &Error, _: Next) {}

    pub(crate) fn succeeded(&self, _: StatusCode, _: u32, _: usize) {}

    pub(crate) fn failed(&self, _: &Error) {}
}
