//! Configuring a client.

mod address;
mod builder;
mod connections;
mod key;

pub use builder::{ClientBuilder, DEFAULT_CONNECT_TIMEOUT, DEFAULT_MAX_BODY, DEFAULT_TIMEOUT};

use crate::api::Api;
use crate::transport::Transport;

/// What the generated clients have in common. Not to be implemented elsewhere.
///
/// A client is cheap to clone, and to be shared: clones use the same connections, limits and retry budget. Several
/// clients with different keys or servers live side by side.
pub trait ApiClient: Sized {
    /// The servers that the vendor runs.
    type Environment: ServerUrl;

    #[doc(hidden)]
    const API: &'static Api;

    #[doc(hidden)]
    fn from_transport(transport: Transport) -> Self;
}

/// A server that is known by name.
pub trait ServerUrl {
    /// Its base URL.
    fn server_url(self) -> &'static str;
}

#[cfg(test)]
#[cfg(feature = "unigox")]
mod tests {
    use crate::unigox::Client;

    fn client() -> Client {
        Client::builder().api_key("key").base_url("http://127.0.0.1:1").build().unwrap()
    }

    #[test]
    fn a_client_is_cheap_to_clone_and_can_be_shared() {
        fn shared<T: Clone + Send + Sync + 'static>() {}
        shared::<Client>();
        assert_eq!(size_of::<Client>(), size_of::<usize>());
    }

    #[test]
    fn a_call_can_wait_on_any_thread_and_keeps_little() {
        fn sendable(_: &(impl Send + 'static)) {}
        let call = client().verify_auth().into_future();
        sendable(&call);
        sendable(&client().raw(http::Method::GET, "/").bytes());
        // Ten thousand calls that wait at once take so many times this.
        assert!(size_of_val(&*call) < 4096, "{}", size_of_val(&*call));
    }
}
