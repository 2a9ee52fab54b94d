use axum_core::extract::{FromRef, FromRequest, Request};
use axum_core::response::Response;
use http::Method;

use crate::body::read_body;
use crate::{Delivery, Outcome, Refusal, Verifier};

/// An axum extractor that verifies a delivery and yields its event. The verifier comes from the router's state.
///
/// The extractor uses no store: the route's handler has to recognize repeated deliveries of an event itself, and has to
/// choose the status of the response.
#[derive(Debug)]
pub struct VerifiedEvent<V: Verifier>(pub V::Event);

impl<V, S> FromRequest<S> for VerifiedEvent<V>
where
    V: Verifier + FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        let verifier = V::from_ref(state);
        verify(&verifier, request)
            .await
            .map(VerifiedEvent)
            .map_err(|refusal| Outcome::Refused(refusal).to_response())
    }
}

async fn verify<V: Verifier>(verifier: &V, request: Request) -> Result<V::Event, Refusal> {
    if request.method() != Method::POST {
        return Err(Refusal::WrongMethod);
    }
    let (parts, body) = request.into_parts();
    let body = read_body(body, verifier.max_body_bytes()).await?;
    verifier.verify(&Delivery::new(parts.uri.path(), parts.headers, body))
}
