use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use http_body::Body;
use http_body_util::Full;
use tokio::task::JoinHandle;
use tokio::time::{Instant, timeout_at};

use crate::body::read_body;
use crate::{BoxError, Delivery, Outcome, Receive, Refusal};

/// The default time within which the sender gets a response. According to their docs, the senders wait ten seconds for
/// a response; one of these seconds is left for the network.
const DEFAULT_RESPONSE_TIMEOUT: Duration = Duration::from_secs(9);

/// A function that is called with the outcome of each delivery.
type OutcomeObserver = Arc<dyn Fn(&Outcome) + Send + Sync>;

/// A receiver as a tower service, for `axum::Router::route_service`, hyper, and other frameworks.
///
/// - The service does not read a body beyond the size that the verifier allows.
/// - A handler runs to its end even if the sender closes the connection. If a handler takes too long, the sender gets a
///   503 and the handler continues. If it succeeds, the next delivery of the event is a duplicate.
///
/// The service needs a Tokio runtime.
#[derive(Clone)]
pub struct ReceiverService<R> {
    receiver: R,
    response_timeout: Duration,
    observer: Option<OutcomeObserver>,
}

impl<R: Receive> ReceiverService<R> {
    /// Wraps a receiver in a service.
    pub fn new(receiver: R) -> ReceiverService<R> {
        ReceiverService { receiver, response_timeout: DEFAULT_RESPONSE_TIMEOUT, observer: None }
    }

    /// Sets the maximum time until the sender gets a response. The default is 9 seconds. A delivery whose body takes
    /// longer to arrive is refused.
    #[must_use]
    pub fn response_timeout(self, time: Duration) -> Self {
        ReceiverService { response_timeout: time, ..self }
    }

    /// Sets a function that is called with the outcome of each delivery, for logs and metrics. After the outcome
    /// [`HandlerStillRunning`](Outcome::HandlerStillRunning), the function is called a second time when the handler has
    /// finished.
    #[must_use]
    pub fn on_outcome(self, observer: impl Fn(&Outcome) + Send + Sync + 'static) -> Self {
        ReceiverService { observer: Some(Arc::new(observer)), ..self }
    }

    async fn respond<B>(self, request: Request<B>) -> Outcome
    where
        B: Body + Send + 'static,
        B::Data: Send,
        B::Error: Into<BoxError>,
    {
        let deadline = Instant::now() + self.response_timeout;
        let observer = self.observer.clone();
        let observed = |outcome| {
            observer.inspect(|observe| observe(&outcome));
            outcome
        };
        let (parts, body) = request.into_parts();
        let body = match timeout_at(deadline, read_body(body, self.receiver.max_body_bytes())).await {
            Ok(Ok(body)) => body,
            Ok(Err(refusal)) => return observed(Outcome::Refused(refusal)),
            Err(_) => return observed(Outcome::Refused(Refusal::IncompleteBody)),
        };
        let delivery = Delivery {
            method: parts.method,
            path: parts.uri.path().to_owned(),
            headers: parts.headers,
            body,
        };
        match timeout_at(deadline, self.spawn_handler(delivery)).await {
            Ok(Ok(outcome)) => outcome,
            Ok(Err(_)) => observed(Outcome::HandlerPanicked),
            Err(_) => observed(Outcome::HandlerStillRunning),
        }
    }

    /// Spawns a task that handles a delivery. The task continues even if the sender closes the connection.
    fn spawn_handler(self, delivery: Delivery) -> JoinHandle<Outcome> {
        tokio::spawn(async move {
            let outcome = self.receiver.receive(delivery).await;
            self.observer.inspect(|observe| observe(&outcome));
            outcome
        })
    }
}

impl<R, B> tower_service::Service<Request<B>> for ReceiverService<R>
where
    R: Receive,
    B: Body + Send + 'static,
    B::Data: Send,
    B::Error: Into<BoxError>,
{
    type Response = Response<Full<Bytes>>;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Infallible>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        let service = self.clone();
        Box::pin(async move { Ok(service.respond(request).await.to_response()) })
    }
}
