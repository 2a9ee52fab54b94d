use http::header;

use super::{Event, WebhookKind};
use crate::webhooks::{self, AcceptedSecrets, Delivery, Refusal, Secret};

/// The default for the maximum size of a delivery's body in bytes. The largest documented payload is smaller than 1
/// KiB.
const DEFAULT_MAX_BODY_BYTES: usize = 256 * 1024;

/// The end of the URL path to which P100 sends its health check.
const HEALTH_CHECK_PATH_SUFFIX: &str = "/webhook/health";

/// Verifies deliveries by the token that P100 sends in the header `Authorization`.
///
/// A delivery has neither a signature nor a timestamp, so everyone who has seen a delivery can forge deliveries.
/// Receive deliveries only over TLS, and confirm events that move money with the operations of
/// [`Client`](crate::p100::Client).
#[derive(Debug, Clone)]
pub struct Verifier {
    tokens: AcceptedSecrets,
    routes: Vec<(String, WebhookKind)>,
    max_body_bytes: usize,
}

impl Verifier {
    /// Makes a verifier with the token that P100 has issued for webhooks. The token is the whole value of the
    /// `Authorization` header.
    pub fn new(token: Secret) -> Verifier {
        Verifier { tokens: token.into(), routes: Vec::new(), max_body_bytes: DEFAULT_MAX_BODY_BYTES }
    }

    /// Also accepts deliveries with another token. P100 sends the token itself in the header `Authorization` and signs
    /// nothing, so both tokens have to be accepted while a new token replaces the old one.
    #[must_use]
    pub fn also_accept_secret(mut self, token: Secret) -> Verifier {
        self.tokens.push(token);
        self
    }

    /// Sets the kind of webhook that P100 delivers to a path. The route applies only to deliveries with exactly this
    /// path. A path that ends with one of the paths in P100's documentation needs no route.
    #[must_use]
    pub fn route(mut self, path: impl Into<String>, kind: WebhookKind) -> Verifier {
        self.routes.push((path.into(), kind));
        self
    }

    /// Sets the maximum size of a body in bytes. The default is 256 KiB.
    #[must_use]
    pub fn max_body_bytes(self, max_body_bytes: usize) -> Verifier {
        Verifier { max_body_bytes, ..self }
    }

    /// Returns the kind of the webhooks that are delivered to a path; `None` if the path is not known.
    fn find_webhook_kind_by_path(&self, path: &str) -> Option<WebhookKind> {
        let own = self.routes.iter().find(|(route, _)| route == path).map(|(_, kind)| *kind);
        own.or_else(|| WebhookKind::from_path(path))
    }
}

impl webhooks::Verifier for Verifier {
    type Event = Event;

    fn verify(&self, delivery: &Delivery) -> Result<Event, Refusal> {
        delivery.check_body(self.max_body_bytes)?;
        let token = delivery.single_header(&header::AUTHORIZATION)?;
        match self.tokens.contains_token(token) {
            true => Event::from_delivery(delivery, self.find_webhook_kind_by_path(&delivery.path)),
            false => Err(Refusal::WrongToken),
        }
    }

    fn read_stored_event(&self, delivery: &Delivery) -> Result<Event, Refusal> {
        Event::from_delivery(delivery, self.find_webhook_kind_by_path(&delivery.path))
    }

    fn max_body_bytes(&self) -> usize {
        self.max_body_bytes
    }

    /// Whether a path is the path of P100's health check. Only the path is compared, because P100's docs do not say
    /// which method a health check uses, or whether it contains the token.
    fn is_health_check_path(&self, path: &str) -> bool {
        path.ends_with(HEALTH_CHECK_PATH_SUFFIX)
    }
}
