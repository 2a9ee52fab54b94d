//! One attempt of a call: sends the request, then reads and classifies its response.

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use reqwest::Request;
use tokio::time::Instant;

use super::body::read_body;
use super::classify::{ResponseSizeLimits, classify_response, find_documented_status};
use super::guarded_body::{BodySourceFailure, GuardedBodyHandle};
use super::repeat::{AttemptLimits, AttemptRunner, repeat_attempts};
use super::request::{
    RequestTemplate, attach_streamed_body, copy_without_streamed_body, set_content_length_of_empty_body,
};
use super::{RequestContext, SuccessResponse};
use crate::credential::ProviderTokens;
use crate::error::TimeLimit;
use crate::operation::is_read_only_method;
use crate::origin::Origin;
use crate::retry::RetryDecision;
use crate::trace::AttemptSummary;
use crate::{Error, Response};

/// The difference between the timeout of a custom HTTP client and the time that is left for the attempt. The timeout of
/// the HTTP client is longer, so the attempt ends before the HTTP client times out. This is needed because an error of
/// the HTTP client does not say whether anything was sent.
const CUSTOM_CLIENT_EXTRA_TIMEOUT: Duration = Duration::from_secs(1);

/// A call that is being sent, with the state of its current attempt. It is always in a `Box`, because the future of an
/// async function stores the arguments of the function. Without the `Box`, these futures would be large.
pub(crate) struct ActiveCall {
    pub(super) context: RequestContext,
    pub(super) template: RequestTemplate,
    /// The bearer tokens that the latest attempt sent. Only tokens from a `TokenProvider` are in the list.
    pub(super) sent_provider_tokens: ProviderTokens,
    /// The number of requests that were handed to the HTTP client.
    sent_request_count: u32,
    /// The state of the current attempt.
    pub(super) attempt_state: AttemptState,
}

/// The state of one attempt while it is running.
pub(super) struct AttemptState {
    pub(super) number: u32,
    pub(super) started_at: Instant,
    /// Whether it is harmless to send the request of this attempt twice.
    is_request_repeatable: bool,
    /// Whether the request of this attempt only reads data, like a GET request.
    is_request_read_only: bool,
    /// Whether the attempt is still opening the files of the request's body. It does that before it sends the request.
    is_opening_files: bool,
    /// The request after the hooks have changed it; `None` if there are no hooks. The secrets in this request are
    /// removed from errors, including the secrets that a hook added.
    pub(super) request_after_hooks: Option<Box<Request>>,
    /// Whether the request was handed to the HTTP client.
    was_handed_to_http_client: bool,
    /// Tells whether any of the request's body was sent, and whether reading the body from its source has failed.
    /// `None` if neither matters: the request may be sent twice, and reading a body from memory does not fail.
    guarded_body_handle: Option<GuardedBodyHandle>,
    request_body_size: Option<usize>,
    response_body_size: usize,
    /// The status and headers of the response; `None` until they have arrived.
    response_head: Option<(StatusCode, HeaderMap)>,
}

impl AttemptState {
    fn new(number: u32) -> AttemptState {
        AttemptState {
            number,
            started_at: Instant::now(),
            is_request_repeatable: false,
            is_request_read_only: false,
            is_opening_files: false,
            request_after_hooks: None,
            was_handed_to_http_client: false,
            guarded_body_handle: None,
            request_body_size: None,
            response_body_size: 0,
            response_head: None,
        }
    }

    /// Revokes the request, so that it is never sent. Returns false if it is too late for this, because a server may
    /// already have received the request.
    fn try_revoke_request(&self) -> bool {
        !self.was_handed_to_http_client
            || self.guarded_body_handle.as_ref().is_some_and(GuardedBodyHandle::try_revoke_body)
    }

    /// Whether the attempt is waiting for data from the source of the request's body, like a file or a slow upload
    /// stream.
    fn is_waiting_for_body_source(&self) -> bool {
        self.is_opening_files
            || self.guarded_body_handle.as_ref().is_some_and(GuardedBodyHandle::is_waiting_for_body_source)
    }

    /// Returns an error about the source of the request's body (like a file) if reading from the source has failed.
    /// Otherwise returns `error`.
    fn prefer_body_source_error(&self, error: Error) -> Error {
        match self.guarded_body_handle.as_ref().and_then(GuardedBodyHandle::take_source_failure) {
            Some(BodySourceFailure { cause, server_may_have_received_request: may_have_been_received }) => {
                Error::unreadable_request_body(cause, may_have_been_received)
            }
            None => error,
        }
    }

    fn summarize(&self, status: Option<StatusCode>) -> AttemptSummary {
        AttemptSummary {
            number: self.number,
            started_at: self.started_at,
            request_body_size: self.request_body_size,
            response_body_size: self.response_body_size,
            status,
        }
    }
}

impl AttemptRunner for ActiveCall {
    type Success = SuccessResponse;

    async fn run_attempt(&mut self, number: u32, time: Duration) -> Result<SuccessResponse, Error> {
        self.attempt_state = AttemptState::new(number);
        match self.send_request(time).await {
            Ok(response) => {
                self.context.trace.log_attempt_success(&self.attempt_state.summarize(Some(response.status)));
                self.notify_hooks_of_attempt_end(Ok(response.status), None);
                Ok(response)
            }
            Err(error) => Err(self.complete_attempt_error(error)),
        }
    }

    fn end_timed_out_attempt(&mut self, expired_limit: TimeLimit) -> Error {
        let sent = !self.attempt_state.try_revoke_request();
        self.complete_attempt_error(match self.attempt_state.is_waiting_for_body_source() {
            true => Error::body_source_timed_out(expired_limit, sent),
            false => Error::timed_out(expired_limit, sent),
        })
    }

    fn is_request_repeatable(&self) -> bool {
        self.attempt_state.is_request_repeatable
    }

    fn is_body_replayable(&self) -> bool {
        self.template.is_body_replayable()
    }

    fn report_failed_attempt(&mut self, error: &Error, next: RetryDecision) {
        self.context.trace.log_attempt_failure(&self.attempt_state.summarize(error.status()), error, next);
        let retry_in = match next {
            RetryDecision::Retry(pause) => Some(pause),
            RetryDecision::Stop(_) => None,
        };
        self.notify_hooks_of_attempt_end(Err(error), retry_in);
    }
}

impl ActiveCall {
    pub(super) fn new(context: RequestContext, template: RequestTemplate) -> ActiveCall {
        ActiveCall {
            context,
            template,
            sent_provider_tokens: ProviderTokens::new(),
            sent_request_count: 0,
            attempt_state: AttemptState::new(0),
        }
    }

    /// Sends the call, and converts its successful response to a value of type `T` with the function `read`.
    pub(crate) async fn send_and_read<T>(
        mut self: Box<Self>,
        read: impl FnOnce(&SuccessResponse) -> Result<T, Error>,
    ) -> Result<Response<T>, Error> {
        let response = self.run().await?;
        self.convert_success_response(response, read)
    }

    async fn run(&mut self) -> Result<SuccessResponse, Error> {
        let transport = self.context.transport.clone();
        let options = &self.context.options;
        let limits = AttemptLimits {
            policy: options.retry().unwrap_or(transport.retry()),
            timeout: options.timeout().unwrap_or(transport.timeout()),
            attempt_timeout: options.attempt_timeout().or(transport.attempt_timeout()),
            client_limits: transport.limits(),
            budget: transport.retries(),
        };
        let started_at = Instant::now();
        let result = if self.context.trace.is_recorded() {
            let trace = self.context.trace.clone();
            // This future is boxed, so that a call without tracing reserves no space for it.
            Box::pin(trace.instrument_future(repeat_attempts(&limits, self))).await
        } else {
            repeat_attempts(&limits, self).await
        };
        let result = match result {
            Err(error)
                if error.status() == Some(StatusCode::UNAUTHORIZED)
                    && !self.sent_provider_tokens.is_empty() =>
            {
                let timeout = limits.timeout.saturating_sub(started_at.elapsed());
                Box::pin(self.retry_with_new_tokens(error, AttemptLimits { timeout, ..limits })).await
            }
            result => result,
        };
        result.map_err(|error| self.context.complete_error(error, self.sent_request_count))
    }

    /// Discards the bearer tokens that the API rejected. Then repeats the call once with new tokens, if sending the
    /// request twice is harmless.
    async fn retry_with_new_tokens(
        &mut self,
        error: Error,
        limits: AttemptLimits<'_>,
    ) -> Result<SuccessResponse, Error> {
        let transport = self.context.transport.clone();
        transport
            .credentials()
            .discard_rejected_tokens(&std::mem::take(&mut self.sent_provider_tokens))
            .await;
        if self.attempt_state.is_request_repeatable && self.template.is_body_replayable() {
            repeat_attempts(&limits, self).await
        } else {
            Err(error)
        }
    }

    async fn send_request(&mut self, time: Duration) -> Result<SuccessResponse, Error> {
        let mut request = self.template.build_next_request();
        if let Some(streamed_body) = self.template.streamed_body() {
            let http_client = self.context.transport.http_client().clone();
            self.attempt_state.is_opening_files = true;
            // The future that opens the files of a form or upload is boxed, so that a call without files reserves no
            // space for it.
            request = Box::pin(attach_streamed_body(http_client, request?, streamed_body)).await;
            self.attempt_state.is_opening_files = false;
        }
        let credentials = self.context.transport.credentials();
        if credentials.sends_provider_token(self.context.operation) {
            // The future that asks the token provider is boxed, so that a call without a provider reserves no space for
            // it.
            self.sent_provider_tokens =
                Box::pin(credentials.obtain_provider_tokens(self.context.operation)).await?;
        }
        let request = self.prepare_request(request?, time)?;
        // A custom HTTP client may follow redirects. So the URL is remembered here, and a response from another URL is
        // refused below.
        let has_custom_client = self.context.transport.has_custom_http_client();
        let sent_to = has_custom_client.then(|| request.url().clone());
        let response = self.context.transport.http_client().execute(request).await;
        let mut response = response
            .map_err(|error| self.attempt_state.prefer_body_source_error(Error::from_reqwest_error(error)))?;
        let headers = std::mem::take(response.headers_mut());
        self.attempt_state.response_head = Some((response.status(), headers));
        if sent_to.is_some_and(|url| url != *response.url()) {
            return Err(Error::redirected());
        }
        let body = read_body(&mut response, self.context.transport.max_body()).await;
        let body = body.map_err(|error| self.attempt_state.prefer_body_source_error(error))?;
        self.attempt_state.response_body_size = body.len();
        self.run_hooks_and_classify_response(body)
    }

    /// Calls the hooks for a request, adds the credentials, and wraps the body in a guard if it is a stream or if the
    /// request must not be sent twice. After that, the request counts as handed to the HTTP client.
    fn prepare_request(&mut self, mut request: Request, time_left: Duration) -> Result<Request, Error> {
        self.attempt_state.is_request_repeatable = self.run_request_hooks(&mut request)?;
        self.attempt_state.is_request_read_only = is_read_only_method(request.method().as_str());
        let transport = &self.context.transport;
        if !transport.hooks().is_empty() {
            self.attempt_state.request_after_hooks = Some(copy_without_streamed_body(&request));
        }
        if transport.shows_urls() {
            self.context.trace.record_url(&self.context.redact_url(request.url()));
        }
        transport.credentials().set_request_credentials(
            self.context.operation,
            &self.sent_provider_tokens,
            &mut request,
        );
        if transport.has_custom_http_client() {
            // A custom HTTP client may have its own timeout. For this request, that timeout is replaced by the time
            // that is left for the attempt, plus a second.
            *request.timeout_mut() = Some(time_left.saturating_add(CUSTOM_CLIENT_EXTRA_TIMEOUT));
        }
        self.attempt_state.was_handed_to_http_client = true;
        self.attempt_state.request_body_size =
            request.body().map_or(Some(0), |body| body.as_bytes().map(<[u8]>::len));
        self.sent_request_count += 1;
        let is_stream = request.body().is_some_and(|body| body.as_bytes().is_none());
        if is_stream || !self.attempt_state.is_request_repeatable {
            self.attempt_state.guarded_body_handle = Some(GuardedBodyHandle::guard_body(&mut request));
        } else {
            set_content_length_of_empty_body(&mut request);
        }
        Ok(request)
    }

    /// Lets the hooks change the response, and then decides whether the response is a success. The returned success or
    /// error contains the status and headers of the response.
    fn run_hooks_and_classify_response(&mut self, mut body: Bytes) -> Result<SuccessResponse, Error> {
        let RequestContext { operation, transport, .. } = &self.context;
        let (mut status, mut headers) = self.attempt_state.response_head.take().unwrap_or_default();
        if !transport.hooks().is_empty() {
            (status, headers, body) = self.run_response_hooks(status, headers, body)?;
        }
        let limits = ResponseSizeLimits {
            max_body_bytes: transport.max_body(),
            max_value_memory_bytes: transport.max_response_memory_bytes(),
        };
        if let Err(error) = classify_response(transport.api(), operation, status, &headers, &body, limits) {
            return Err(error.with_response(status, headers, body));
        }
        Ok(SuccessResponse {
            api: transport.api(),
            operation,
            status,
            documented_status: find_documented_status(operation, status),
            headers,
            body,
            envelope: transport.api().envelope.filter(|_| operation.response_is_enveloped),
            attempt_count: self.sent_request_count,
            origin: Origin::new(
                transport.api(),
                operation,
                status,
                self.sent_request_count,
                self.attempt_state.is_request_read_only,
            ),
        })
    }

    /// Completes the error of an attempt: removes secrets from its text, and adds whether the request only reads data.
    /// If the status and headers of the response have arrived, adds the status and headers as well.
    fn complete_attempt_error(&mut self, error: Error) -> Error {
        let error = match self.attempt_state.response_head.take() {
            Some((status, headers)) => error.with_response(status, headers, Bytes::new()),
            None => error,
        };
        self.redact_secrets(error.with_request_read_only(self.attempt_state.is_request_read_only))
    }

    /// Converts a successful response to a value with the function `read`. If that fails, the error contains the whole
    /// response.
    fn convert_success_response<T>(
        &self,
        response: SuccessResponse,
        read: impl FnOnce(&SuccessResponse) -> Result<T, Error>,
    ) -> Result<Response<T>, Error> {
        match read(&response) {
            Ok(body) => {
                let unreadable = response.origin.unreadable_fields().len();
                self.context.trace.record_call_success(response.status, response.attempt_count, unreadable);
                let read = Response::new(body, response.status, response.headers, response.origin);
                Ok(read.with_raw_body(response.body))
            }
            Err(error) => {
                let attempts = response.attempt_count;
                let error = error.with_response(response.status, response.headers, response.body);
                let error = error.with_request_read_only(self.attempt_state.is_request_read_only);
                // Secrets are redacted before `complete_error` shortens the text of the error, because a shortened
                // secret would not be recognized.
                Err(self.context.complete_error(self.redact_secrets(error), attempts))
            }
        }
    }
}

#[cfg(test)]
#[path = "attempt_tests.rs"]
mod tests;
