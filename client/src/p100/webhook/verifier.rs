use http::header;

use super::{Event, WebhookKind};
use crate::webhooks::{self, Delivery, Refusal, Secret, Secrets};

/// The default limit of a body. The largest documented payload has less than 1 KiB.
const BODY_LIMIT: usize = 256 * 1024;

/// The path of P100's health check.
const HEALTH: &str = "/webhook/health";

/// Checks the token that P100 sends in `Authorization`.
///
/// A delivery has neither a signature nor a timestamp, so everyone who has seen one delivery can forge others. Receive them only
/// over TLS, and confirm events that move money with the operations of [`Client`](crate::p100::Client).
#[derive(Debug, Clone)]
pub struct Verifier {
    tokens: Secrets,
    routes: Vec<(String, WebhookKind)>,
    body_limit: usize,
}

impl Verifier {
    /// A verifier with the token that P100 has issued for webhooks, as the whole value of the header.
    pub fn new(token: Secret) -> Verifier {
        Verifier { tokens: token.into(), routes: Vec::new(), body_limit: BODY_LIMIT }
    }

    /// Accepts another token as well, while one is being replaced.
    #[must_use]
    pub fn also_accept(mut self, token: Secret) -> Verifier {
        self.tokens.push(token);
        self
    }

    /// Sets which webhook P100 delivers to a path. The whole path is compared. Documented paths need no route, whatever their
    /// prefix is.
    #[must_use]
    pub fn route(mut self, path: impl Into<String>, kind: WebhookKind) -> Verifier {
        self.routes.push((path.into(), kind));
        self
    }

    /// Sets how large a body may be, in bytes. The default is 256 KiB.
    #[must_use]
    pub fn body_limit(self, body_limit: usize) -> Verifier {
        Verifier { body_limit, ..self }
    }

    fn kind(&self, path: &str) -> Option<WebhookKind> {
        let own = self.routes.iter().find(|(route, _)| route == path).map(|(_, kind)| *kind);
        own.or_else(|| WebhookKind::from_path(path))
    }
}

impl webhooks::Verifier for Verifier {
    type Event = Event;

    fn verify(&self, delivery: &Delivery) -> Result<Event, Refusal> {
        delivery.check_body(self.body_limit)?;
        let token = delivery.single_header(&header::AUTHORIZATION)?;
        match self.tokens.contain(token) {
            true => Event::read(delivery, self.kind(&delivery.path)),
            false => Err(Refusal::WrongToken),
        }
    }

    fn restore(&self, delivery: &Delivery) -> Result<Event, Refusal> {
        Event::read(delivery, self.kind(&delivery.path))
    }

    fn body_limit(&self) -> usize {
        self.body_limit
    }

    /// The docs have the path of the health check, but not its method, and not whether it has the token.
    fn is_health_check(&self, path: &str) -> bool {
        path.ends_with(HEALTH)
    }
}
