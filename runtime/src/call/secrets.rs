//! What a call sends as a secret, so that its error does not show it. It is collected only when there is an error.

use reqwest::Url;

use super::RequestContext;
use super::attempt::ActiveCall;
use super::request::add_secrets;
use crate::Error;
use crate::error::Secrets;

impl RequestContext {
    /// The secrets that are known before there is a request.
    fn credentials(&self) -> Secrets {
        let mut secrets = Secrets::default();
        if let Some(key) = self.transport.key() {
            secrets.credential(key);
        }
        secrets
    }

    /// Removes the API key from what an error shows.
    pub(super) fn without_credentials(&self, error: Error) -> Error {
        error.without(&self.credentials())
    }

    /// The URL as a span may show it, without the parameters that are sensitive.
    pub(super) fn traced(&self, url: &Url) -> String {
        let mut secrets = Secrets::default();
        secrets.url(url, self.operation.path, self.transport.api().sensitive);
        secrets.hide(url.as_str())
    }
}

impl ActiveCall {
    /// Removes everything that was sent as a secret from what an error shows.
    pub(super) fn without_secrets(&self, error: Error) -> Error {
        let RequestContext { operation, transport, .. } = &self.context;
        let mut secrets = self.context.credentials();
        let names = transport.api().sensitive;
        self.template.add_secrets(&mut secrets, operation.path, names);
        if let Some(request) = &self.attempt.after_hooks {
            add_secrets(request, &mut secrets, operation.path, names);
        }
        error.without(&secrets)
    }
}
