//! The extractor of verified events for axum.

use axum::Router;
use axum::body::Body;
use axum::extract::FromRef;
use axum::http::{Request, StatusCode};
use axum::response::IntoResponse;
use axum::routing::post;
use partner_client::unigox::webhook::Verifier;
use partner_client::webhooks::{Delivery, VerifiedEvent};

use crate::deliveries::{BODY, signed, verifier};

#[derive(Clone)]
struct App {
    verifier: Verifier,
}

impl FromRef<App> for Verifier {
    fn from_ref(app: &App) -> Verifier {
        app.verifier.clone()
    }
}

async fn respond(delivery: Delivery) -> (StatusCode, String) {
    use partner_client::webhooks::tower_service::Service;
    async fn handle(VerifiedEvent(event): VerifiedEvent<Verifier>) -> impl IntoResponse {
        event.id().to_owned()
    }
    let mut router: Router =
        Router::new().route("/webhooks/unigox", post(handle)).with_state(App { verifier: verifier() });
    let mut request = Request::post("/webhooks/unigox").body(Body::from(delivery.body)).unwrap();
    *request.headers_mut() = delivery.headers;
    let response = router.as_service::<Body>().call(request).await.unwrap();
    let status = response.status();
    let body = axum::body::to_bytes(response.into_body(), 1 << 20).await.unwrap();
    (status, String::from_utf8(body.to_vec()).unwrap())
}

#[tokio::test]
async fn a_handler_gets_a_verified_event() {
    assert_eq!(respond(signed(BODY)).await, (StatusCode::OK, "evt_1".to_owned()));
}

#[tokio::test]
async fn a_handler_does_not_run_for_what_is_refused() {
    let forged = Delivery { body: "{}".into(), ..signed(BODY) };
    assert_eq!(respond(forged).await, (StatusCode::UNAUTHORIZED, "{}".to_owned()));
    let large = signed(format!("{{\"x\":\"{}\"}}", "x".repeat(1 << 20)));
    assert_eq!(respond(large).await, (StatusCode::PAYLOAD_TOO_LARGE, "{}".to_owned()));
}
