//! One attempt of a call: the request is sent, and its response is read and classified.

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use reqwest::Request;
use tokio::time::Instant;

use super::body;
use super::classify::{Limits, classify_response, documented_status};
use super::guarded_body::{GuardedBody, SourceFailure};
use super::repeat::{Attempts, Rules, repeat};
use super::request::{Template, announce_empty, copy_without_stream, with_streamed};
use super::{RequestContext, SuccessResponse};
use crate::credential::Tokens;
use crate::error::Deadline;
use crate::origin::Origin;
use crate::retry::Next;
use crate::trace::AttemptSummary;
use crate::{Error, ErrorKind, Response};

/// How much later than the call's own limit the limit of a custom HTTP client is set: the call's own has to expire
/// first, because only the call knows what was sent.
const CUSTOM_CLIENT_MARGIN: Duration = Duration::from_secs(1);

/// A call that is being sent. It lives in a box, because a future keeps room for everything that it was given.
pub(crate) struct ActiveCall {
    pub(super) context: RequestContext,
    pub(super) template: Template,
    /// The tokens that were sent last.
    pub(super) tokens: Tokens,
    /// How many requests were handed to the HTTP client.
    attempts: u32,
    /// The attempt that is under way.
    pub(super) attempt: AttemptState,
}

/// What is known of an attempt before it has ended.
pub(super) struct AttemptState {
    pub(super) number: u32,
    pub(super) started: Instant,
    /// Whether sending this request twice is harmless.
    is_repeatable: bool,
    /// Whether the parts of a form are being opened.
    is_opening_parts: bool,
    /// The request as the hooks left it. Its error must not show what they have added.
    pub(super) after_hooks: Option<Box<Request>>,
    /// Whether the request was handed to the HTTP client.
    is_sent: bool,
    /// The body, if it matters whether any of it was sent, or if its source may fail.
    body: Option<GuardedBody>,
    sent_bytes: Option<usize>,
    received_bytes: usize,
    /// Status and headers of the response, once they have come.
    head: Option<(StatusCode, HeaderMap)>,
}

impl AttemptState {
    fn new(number: u32) -> AttemptState {
        AttemptState {
            number,
            started: Instant::now(),
            is_repeatable: false,
            is_opening_parts: false,
            after_hooks: None,
            is_sent: false,
            body: None,
            sent_bytes: None,
            received_bytes: 0,
            head: None,
        }
    }

    /// Revokes the request, so that no server carries it out. Returns false when one may have.
    fn revoke(&self) -> bool {
        !self.is_sent || self.body.as_ref().is_some_and(GuardedBody::revoke)
    }

    /// Whether the attempt is stalled because the source of the body has nothing to send yet.
    fn waits_for_source(&self) -> bool {
        self.is_opening_parts || self.body.as_ref().is_some_and(GuardedBody::is_awaited)
    }

    /// The cause of a connection error: the source of the body where that has failed, and otherwise the connection.
    fn cause(&self, error: Error) -> Error {
        match self.body.as_ref().and_then(GuardedBody::take_failure) {
            Some(SourceFailure { cause, begun }) => Error::body_source(cause, begun),
            None => error,
        }
    }

    fn summary(&self, status: Option<StatusCode>) -> AttemptSummary {
        AttemptSummary {
            number: self.number,
            started: self.started,
            sent_bytes: self.sent_bytes,
            received_bytes: self.received_bytes,
            status,
        }
    }
}

impl Attempts for ActiveCall {
    type Success = SuccessResponse;

    async fn attempt(&mut self, number: u32, time: Duration) -> Result<SuccessResponse, Error> {
        self.attempt = AttemptState::new(number);
        match self.send_request(time).await {
            Ok(response) => {
                self.context.trace.attempt_succeeded(&self.attempt.summary(Some(response.status)));
                self.tell_hooks_finished(Ok(response.status), None);
                Ok(response)
            }
            Err(error) => {
                let error = self.with_head(error);
                Err(self.without_secrets(error))
            }
        }
    }

    fn time_out(&mut self, deadline: Deadline) -> Error {
        let sent = !self.attempt.revoke();
        let error = match self.attempt.waits_for_source() {
            true => Error::source_out_of_time(deadline, sent),
            false => Error::out_of_time(deadline, sent),
        };
        let error = self.with_head(error);
        self.without_secrets(error)
    }

    fn is_repeatable(&self) -> bool {
        self.attempt.is_repeatable
    }

    fn is_body_replayable(&self) -> bool {
        self.template.is_replayable()
    }

    fn attempt_failed(&mut self, error: &Error, next: Next) {
        self.context.trace.attempt_failed(&self.attempt.summary(error.status()), error, next);
        let retry_in = match next {
            Next::Retry(pause) => Some(pause),
            Next::Stop(_) => None,
        };
        self.tell_hooks_finished(Err(error), retry_in);
    }
}

impl ActiveCall {
    pub(super) fn new(context: RequestContext, template: Template) -> ActiveCall {
        ActiveCall { context, template, tokens: Tokens::new(), attempts: 0, attempt: AttemptState::new(0) }
    }

    /// Sends the call, and reads the contents of its response with the given function.
    pub(crate) async fn send<T>(
        mut self: Box<Self>,
        read: impl FnOnce(&SuccessResponse) -> Result<T, Error>,
    ) -> Result<Response<T>, Error> {
        let response = self.run().await?;
        self.read(response, read)
    }

    async fn run(&mut self) -> Result<SuccessResponse, Error> {
        let transport = self.context.transport.clone();
        let options = &self.context.options;
        let rules = Rules {
            policy: options.retry().unwrap_or(transport.retry()),
            timeout: options.timeout().unwrap_or(transport.timeout()),
            attempt_timeout: options.attempt_timeout().or(transport.attempt_timeout()),
            limits: transport.limits(),
            budget: transport.retries(),
        };
        let started = Instant::now();
        let result = if self.context.trace.is_on() {
            // A box, so that calls that are not traced don't keep room for it.
            let trace = self.context.trace.clone();
            Box::pin(trace.within(repeat(&rules, self))).await
        } else {
            repeat(&rules, self).await
        };
        let result = match result {
            Err(error) if error.status() == Some(StatusCode::UNAUTHORIZED) && !self.tokens.is_empty() => {
                let timeout = rules.timeout.saturating_sub(started.elapsed());
                Box::pin(self.renew_tokens(error, Rules { timeout, ..rules })).await
            }
            result => result,
        };
        result.map_err(|error| self.context.fail(error, self.attempts))
    }

    /// Forgets the tokens that the API rejected, and repeats the call once where that is harmless.
    async fn renew_tokens(&mut self, error: Error, rules: Rules<'_>) -> Result<SuccessResponse, Error> {
        let transport = self.context.transport.clone();
        transport.credentials().reject(&std::mem::take(&mut self.tokens)).await;
        if self.attempt.is_repeatable && self.template.is_replayable() {
            repeat(&rules, self).await
        } else {
            Err(error)
        }
    }

    async fn send_request(&mut self, time: Duration) -> Result<SuccessResponse, Error> {
        let mut request = self.template.request();
        if let Some(streamed) = self.template.streamed() {
            // A box, so that calls without a form or a file don't keep room for it.
            let http = self.context.transport.http().clone();
            self.attempt.is_opening_parts = true;
            request = Box::pin(with_streamed(http, request?, streamed)).await;
            self.attempt.is_opening_parts = false;
        }
        let credentials = self.context.transport.credentials();
        if credentials.need_tokens(self.context.operation) {
            // A box, so that calls without a provider don't keep room for it.
            self.tokens = Box::pin(credentials.tokens(self.context.operation)).await?;
        }
        let request = self.finish(request?, time)?;
        // A custom HTTP client may follow redirects, and then the response is another server's.
        let has_custom_client = self.context.transport.has_custom_http_client();
        let sent_to = has_custom_client.then(|| request.url().clone());
        let response = self.context.transport.http().execute(request).await;
        let mut response = response.map_err(|error| self.attempt.cause(Error::transport(error)))?;
        let headers = std::mem::take(response.headers_mut());
        self.attempt.head = Some((response.status(), headers));
        if sent_to.is_some_and(|url| url != *response.url()) {
            return Err(Error::redirected());
        }
        let body = body::read(&mut response, self.context.transport.max_body()).await;
        let body = body.map_err(|error| match error.kind() {
            ErrorKind::TooLarge => error,
            _ => self.attempt.cause(error),
        })?;
        self.attempt.received_bytes = body.len();
        self.classify(body)
    }

    /// Completes the request of an attempt, and notes that it is handed to the HTTP client.
    fn finish(&mut self, mut request: Request, time: Duration) -> Result<Request, Error> {
        self.attempt.is_repeatable = self.show_hooks_request(&mut request)?;
        let transport = &self.context.transport;
        if !transport.hooks().is_empty() {
            self.attempt.after_hooks = Some(copy_without_stream(&request));
        }
        if transport.shows_urls() {
            self.context.trace.url(&self.context.traced(request.url()));
        }
        transport.credentials().add(self.context.operation, &self.tokens, &mut request);
        if transport.has_custom_http_client() {
            // It may have a limit of its own, which the call's replaces.
            *request.timeout_mut() = Some(time.saturating_add(CUSTOM_CLIENT_MARGIN));
        }
        self.attempt.is_sent = true;
        self.attempt.sent_bytes = request.body().map_or(Some(0), |body| body.as_bytes().map(<[u8]>::len));
        self.attempts += 1;
        let is_stream = request.body().is_some_and(|body| body.as_bytes().is_none());
        if is_stream || !self.attempt.is_repeatable {
            self.attempt.body = Some(GuardedBody::guard(&mut request));
        } else {
            announce_empty(&mut request);
        }
        Ok(request)
    }

    /// Classifies the response. Its head goes into the success, or into the error.
    fn classify(&mut self, mut body: Bytes) -> Result<SuccessResponse, Error> {
        let RequestContext { operation, transport, .. } = &self.context;
        let (mut status, mut headers) = self.attempt.head.take().unwrap_or_default();
        if !transport.hooks().is_empty() {
            (status, headers, body) = self.show_hooks_response(status, headers, body)?;
        }
        let limits = Limits { body: transport.max_body(), values: transport.max_values() };
        if let Err(error) = classify_response(transport.api(), operation, status, &headers, &body, limits) {
            return Err(error.with_response(status, headers, body));
        }
        Ok(SuccessResponse {
            api: transport.api(),
            operation,
            status,
            documented: documented_status(operation, status),
            headers,
            body,
            envelope: transport.api().envelope.filter(|_| operation.enveloped),
            attempts: self.attempts,
            origin: Origin::new(transport.api(), operation, status, self.attempts),
        })
    }

    /// Adds status and headers of a response that could not be read to its end.
    fn with_head(&mut self, error: Error) -> Error {
        match self.attempt.head.take() {
            Some((status, headers)) => error.with_response(status, headers, Bytes::new()),
            None => error,
        }
    }

    /// Reads the contents of a success. An error keeps the whole response.
    fn read<T>(
        &self,
        response: SuccessResponse,
        read: impl FnOnce(&SuccessResponse) -> Result<T, Error>,
    ) -> Result<Response<T>, Error> {
        match read(&response) {
            Ok(body) => {
                let unreadable = response.origin.unreadable().len();
                self.context.trace.succeeded(response.status, response.attempts, unreadable);
                let read = Response::new(body, response.status, response.headers, response.origin);
                Ok(read.with_raw_body(response.body))
            }
            Err(error) => {
                let attempts = response.attempts;
                let error = error.with_response(response.status, response.headers, response.body);
                // The secrets are removed from the whole texts, before `fail` shortens what is shown.
                Err(self.context.fail(self.without_secrets(error), attempts))
            }
        }
    }
}
