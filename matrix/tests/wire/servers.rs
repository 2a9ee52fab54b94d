//! Servers of paths and operations, and variables in addresses. The server object nearest to an operation says where
//! its requests go (OpenAPI 3.0.3, Path Item Object and Operation Object, `servers`), and no credential goes anywhere
//! else.

use partner_matrix::servers::variables::{Color, color, other_port, port};
use partner_matrix::servers::{Client, Environment};
use partner_runtime::hook::Attempt;
use partner_runtime::http::Method;
use partner_runtime::reqwest::{Request, Url};
use partner_runtime::{BoxError, ClientBuilder, Hook};

use crate::capture::Capture;

const FINE: &str = "HTTP/1.1 204 Fine\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";

fn port_of(server: &Capture) -> String {
    server.base_url().rsplit(':').next().unwrap().to_owned()
}

fn builder(environment: Environment, servers: [&Capture; 2]) -> ClientBuilder<Client> {
    let [first, other] = servers.map(port_of);
    let builder = Client::builder().api_key("fake-key").environment(environment);
    builder.server_variable(port(first)).server_variable(other_port(other))
}

/// What a server received: the method and target of each request, and the key.
fn received(server: &Capture) -> Vec<(String, Option<String>)> {
    let received = server.received();
    let lines = received.iter().map(|request| {
        let key = request.header("x-api-key").map(str::to_owned);
        (format!("{} {}", request.method, request.target), key)
    });
    lines.collect()
}

fn with_key(line: &str) -> (String, Option<String>) {
    (line.to_owned(), Some(String::from("fake-key")))
}

#[tokio::test]
async fn each_operation_goes_to_the_nearest_server_with_the_credentials_that_it_needs_there() {
    let (first, other) = (Capture::raw(FINE).await, Capture::raw(FINE).await);
    let client = builder(Environment::Live, [&first, &other]).build().unwrap();
    client.list_gadgets().await.unwrap();
    client.list_widgets().q("a").await.unwrap();
    client.count_widgets().await.unwrap();
    client.upload_widget(Default::default()).await.unwrap();
    client.get_widget("7").await.unwrap();
    client.raw(Method::GET, "/raw").bytes().await.unwrap();
    let to_first = ["GET /v1/gadgets", "POST /uploads/widgets", "GET /v1/raw"].map(with_key);
    assert_eq!(received(&first), to_first);
    let without_key = (String::from("PUT /v9/widgets"), None);
    let to_other = [with_key("GET /v9/widgets?q=a"), without_key, with_key("GET /v9/widgets/7")];
    assert_eq!(received(&other), to_other);
}

#[tokio::test]
async fn an_operation_goes_to_its_server_of_the_same_environment() {
    let (first, other) = (Capture::raw(FINE).await, Capture::raw(FINE).await);
    let live = builder(Environment::Live, [&first, &other]).build().unwrap();
    live.list_shades().await.unwrap();
    let colored = builder(Environment::Colored, [&first, &other]).build().unwrap();
    colored.list_gadgets().await.unwrap();
    colored.list_shades().await.unwrap();
    let green = builder(Environment::Colored, [&first, &other]).server_variable(color(Color::Green));
    let green = green.build().unwrap();
    green.list_gadgets().await.unwrap();
    green.list_shades().await.unwrap();
    let to_first = ["GET /dark-blue/v1/gadgets", "GET /green/v1/gadgets"].map(with_key);
    assert_eq!(received(&first), to_first);
    let to_other = ["GET /live/shades", "GET /red/shades", "GET /green/shades"].map(with_key);
    assert_eq!(received(&other), to_other);
}

#[tokio::test]
async fn all_operations_go_to_a_base_url() {
    let server = Capture::raw(FINE).await;
    let base_url = format!("{}/sandbox", server.base_url());
    let builder = Client::builder().api_key("fake-key").environment(Environment::Live);
    let client = builder.base_url(base_url).build().unwrap();
    client.list_gadgets().await.unwrap();
    client.list_widgets().await.unwrap();
    client.upload_widget(Default::default()).await.unwrap();
    let expected = ["GET /sandbox/gadgets", "GET /sandbox/widgets", "POST /sandbox/widgets"].map(with_key);
    assert_eq!(received(&server), expected);
}

#[tokio::test]
async fn a_variable_without_an_effect_and_a_value_that_is_not_of_the_server_are_refused() {
    let server = Capture::raw(FINE).await;
    let refused = |builder: ClientBuilder<Client>, expected: &str| {
        let message = builder.build().unwrap_err().to_string();
        assert!(message.contains(expected), "{message}");
    };
    let live = || builder(Environment::Live, [&server, &server]);
    refused(live().server_variable(color(Color::Green)), "`color` has no effect");
    refused(live().base_url(server.base_url()), "`port` has no effect");
    refused(live().server_variable(port("1/evil")), "`port` cannot have this value");
    refused(live().server_variable(port("http")), "not a URL");
    // Red is a color of another server only.
    let colored = builder(Environment::Colored, [&server, &server]);
    refused(colored.server_variable(color(Color::Red)), "`color` cannot have this value");
    assert!(server.received().is_empty());
}

#[tokio::test]
async fn a_redirect_to_another_server_of_the_document_is_not_followed() {
    let other = Capture::raw(FINE).await;
    let location = format!("{}/v9/widgets", other.base_url());
    let moved = format!(
        "HTTP/1.1 307 Moved\r\nlocation: {location}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
    );
    let first = Capture::raw(moved).await;
    let client = builder(Environment::Live, [&first, &other]).build().unwrap();
    assert_eq!(client.list_gadgets().await.unwrap_err().status().unwrap().as_u16(), 307);
    assert!(other.received().is_empty());
}

/// Sends all requests to one server.
struct Detour(Url);

impl Hook for Detour {
    fn on_request(&self, _: &Attempt, request: &mut Request) -> Result<(), BoxError> {
        *request.url_mut() = self.0.clone();
        Ok(())
    }
}

#[tokio::test]
async fn a_hook_cannot_move_an_operation_to_another_server_of_the_document() {
    let (first, other) = (Capture::raw(FINE).await, Capture::raw(FINE).await);
    for (to, from) in [(&first, &other), (&other, &first)] {
        let detour = Detour(Url::parse(to.base_url()).unwrap());
        let client = builder(Environment::Live, [&first, &other]).hook(detour).build().unwrap();
        let moved = match std::ptr::eq(from, &other) {
            true => client.list_widgets().await,
            false => client.list_gadgets().await,
        };
        let shown = format!("{:?}", moved.unwrap_err());
        assert!(shown.contains("must stay on the server"), "{shown}");
    }
    assert!(first.received().is_empty() && other.received().is_empty());
}
