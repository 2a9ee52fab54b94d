//! One attempt: the request is made, sent, and its response read and classified.

use std::cell::OnceCell;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use reqwest::{Request, Url};
use tokio::time::Instant;

use super::body::read;
use super::guarded_body::{GuardedBody, SourceFailure};
use super::judge::{Limits, documented, judge};
use super::repeat::{Attempts, Rules, repeat};
use super::request::{Template, add_key, after_hooks, announce_empty, with_form};
use super::{RequestContext, SuccessResponse};
use crate::error::Deadline;
use crate::retry::Next;
use crate::trace::Seen;
use crate::{Error, ErrorKind};

/// A limit of time that is set over one of somebody else's ends later than the call's own, which knows what was sent.
const LATER: Duration = Duration::from_secs(1);

/// A call and its attempts.
pub(super) struct Sending {
    pub(super) call: RequestContext,
    pub(super) template: Template,
    /// How often a request was handed to the HTTP client.
    attempts: u32,
    /// The attempt that goes on.
    pub(super) now: Now,
}

/// A request that is under way.
struct Started<F> {
    answering: F,
    /// Where it went, when the answer may come from elsewhere.
    url: Option<Url>,
}

/// What is known of an attempt before it has ended.
pub(super) struct Now {
    pub(super) number: u32,
    pub(super) started: Instant,
    /// Whether the request can be sent twice without harm.
    repeatable: bool,
    /// Whether the parts of a form are being opened.
    opening: bool,
    /// What hooks have made of the request, for its error not to show what they have added.
    pub(super) after_hooks: Option<Box<Request>>,
    /// Whether the request was handed to the HTTP client.
    sent: bool,
    /// Its body, where it matters whether it was sent, or where it may fail.
    body: Option<GuardedBody>,
    sent_bytes: Option<usize>,
    received_bytes: usize,
    /// The head of the answer, once there is one.
    head: Option<(StatusCode, HeaderMap)>,
}

impl Now {
    fn new(number: u32) -> Now {
        Now {
            number,
            started: Instant::now(),
            repeatable: false,
            opening: false,
            after_hooks: None,
            sent: false,
            body: None,
            sent_bytes: None,
            received_bytes: 0,
            head: None,
        }
    }

    /// Revokes the attempt, so that no server carries it out; false when one may have.
    fn revoke(&self) -> bool {
        !self.sent || self.body.as_ref().is_some_and(GuardedBody::revoke)
    }

    /// Whether it goes no further because there is nothing to send yet.
    fn waits_for_source(&self) -> bool {
        self.opening || self.body.as_ref().is_some_and(GuardedBody::is_awaited)
    }

    /// What a failure of the connection comes from: the source of the body, if that has failed.
    fn cause(&self, error: Error) -> Error {
        match self.body.as_ref().and_then(GuardedBody::take_failure) {
            Some(SourceFailure { cause, begun }) => Error::body_source(cause, begun),
            None => error,
        }
    }

    fn seen(&self, status: Option<StatusCode>) -> Seen {
        Seen {
            number: self.number,
            started: self.started,
            sent_bytes: self.sent_bytes,
            received_bytes: self.received_bytes,
            status,
        }
    }
}

impl Attempts for Sending {
    type SuccessResponse = SuccessResponse;

    async fn attempt(&mut self, number: u32, time: Duration) -> Result<SuccessResponse, Error> {
        self.now = Now::new(number);
        match self.send(time).await {
            Ok(answer) => {
                self.call.trace.answered(&self.now.seen(Some(answer.status)));
                self.finished(Ok(answer.status), None);
                Ok(answer)
            }
            Err(error) => {
                let error = self.with_head(error);
                Err(self.without_secrets(error))
            }
        }
    }

    fn out_of_time(&mut self, deadline: Deadline) -> Error {
        let sent = !self.now.revoke();
        let error = match self.now.waits_for_source() {
            true => Error::source_out_of_time(deadline, sent),
            false => Error::out_of_time(deadline, sent),
        };
        let error = self.with_head(error);
        self.without_secrets(error)
    }

    fn repeatable(&self) -> bool {
        self.now.repeatable
    }

    fn body_again(&self) -> bool {
        self.template.is_left()
    }

    fn failed(&mut self, error: &Error, next: Next) {
        self.call.trace.failed(&self.now.seen(error.status()), error, next);
        let retry_in = match next {
            Next::Retry(pause) => Some(pause),
            Next::Stop(_) => None,
        };
        self.finished(Err(error), retry_in);
    }
}

impl Sending {
    pub(super) fn new(mut call: RequestContext, request: Request) -> Result<Box<Sending>, Error> {
        match Template::new(request, &mut call) {
            Ok(template) => Ok(Box::new(Sending { call, template, attempts: 0, now: Now::new(0) })),
            Err(error) => Err(call.fail(error, 0)),
        }
    }

    /// Makes the call.
    pub(super) async fn run(&mut self) -> Result<SuccessResponse, Error> {
        let transport = self.call.transport.clone();
        let options = &self.call.options;
        let rules = Rules {
            policy: options.retry().unwrap_or(transport.retry()),
            timeout: options.timeout().unwrap_or(transport.timeout()),
            attempt_timeout: options.attempt_timeout().or(transport.attempt_timeout()),
            limits: transport.limits(),
            budget: transport.retries(),
        };
        let result = if self.call.trace.is_on() {
            // In a box, so that calls that nobody looks at don't keep room for it.
            let span = self.call.trace.clone();
            Box::pin(span.within(repeat(&rules, self))).await
        } else {
            repeat(&rules, self).await
        };
        result.map_err(|error| self.call.fail(error, self.attempts))
    }

    async fn send(&mut self, time: Duration) -> Result<SuccessResponse, Error> {
        let mut request = self.template.request();
        if let Some(form) = self.template.form() {
            // In a box, so that calls without a form don't keep room for it.
            let http = self.call.transport.http().clone();
            self.now.opening = true;
            request = Box::pin(with_form(http, request?, form)).await;
            self.now.opening = false;
        }
        let Started { answering, url } = self.start(request?, time)?;
        let mut response = answering.await.map_err(|error| self.now.cause(Error::transport(error)))?;
        let headers = std::mem::take(response.headers_mut());
        self.now.head = Some((response.status(), headers));
        if url.is_some_and(|url| url != *response.url()) {
            return Err(Error::redirected());
        }
        let body = read(&mut response, self.call.transport.max_body()).await;
        let body =
            body.map_err(
                |error| if error.kind() == ErrorKind::TooLarge { error } else { self.now.cause(error) },
            )?;
        self.now.received_bytes = body.len();
        self.judge(body)
    }

    /// Hands a request to the HTTP client.
    fn start(
        &mut self,
        mut request: Request,
        time: Duration,
    ) -> Result<Started<impl Future<Output = reqwest::Result<reqwest::Response>> + use<>>, Error> {
        self.now.repeatable = self.ask_hooks(&mut request)?;
        let transport = &self.call.transport;
        if !transport.hooks().is_empty() {
            self.now.after_hooks = Some(after_hooks(&request));
        }
        add_key(&self.call, &mut request);
        // A client that was handed in may follow redirects, and may have a limit of time that this call is to override.
        let strange = transport.has_custom_http_client();
        let url = strange.then(|| request.url().clone());
        if strange {
            *request.timeout_mut() = Some(time.saturating_add(LATER));
        }
        if transport.shows_urls() {
            self.call.trace.url(&self.call.traced(request.url()));
        }
        self.now.sent = true;
        self.now.sent_bytes = request.body().map_or(Some(0), |body| body.as_bytes().map(<[u8]>::len));
        self.attempts += 1;
        let is_stream = request.body().is_some_and(|body| body.as_bytes().is_none());
        if is_stream || !self.now.repeatable {
            self.now.body = Some(GuardedBody::guard(&mut request));
        } else {
            announce_empty(&mut request);
        }
        Ok(Started { answering: transport.http().execute(request), url })
    }

    /// What the answer is worth. The head goes into it when it is a success, and into its error otherwise.
    fn judge(&mut self, body: Bytes) -> Result<SuccessResponse, Error> {
        let RequestContext { operation, transport, .. } = &self.call;
        let (mut status, mut headers) = self.now.head.take().unwrap_or_default();
        let mut body = body;
        if !transport.hooks().is_empty() {
            (status, headers, body) = self.show_hooks(status, headers, body)?;
        }
        let limits = Limits { body: transport.max_body(), values: transport.max_values() };
        if let Err(error) = judge(transport.api(), operation, status, &headers, &body, limits) {
            return Err(error.with_answer(status, headers, body));
        }
        Ok(SuccessResponse {
            api: transport.api(),
            operation,
            status,
            documented: documented(operation, status),
            headers,
            body,
            envelope: transport.api().envelope.filter(|_| operation.enveloped),
            attempts: self.attempts,
            unreadable: OnceCell::new(),
        })
    }

    /// Adds the head of an answer that could not be read to its end.
    fn with_head(&mut self, error: Error) -> Error {
        match self.now.head.take() {
            Some((status, headers)) => error.with_answer(status, headers, Bytes::new()),
            None => error,
        }
    }
}
