//! What a call sends as a secret, for its error not to show it. Collected when there is an error, and not before.

use reqwest::Url;

use super::RequestContext;
use super::attempt::Sending;
use super::request::add_secrets;
use crate::Error;
use crate::error::Secrets;

impl RequestContext {
    /// What is known before there is a request.
    fn credentials(&self) -> Secrets {
        let mut secrets = Secrets::default();
        if let Some(key) = self.transport.key() {
            secrets.credential(key);
        }
        secrets
    }

    /// The error as the caller gets it, before there is a request.
    pub(super) fn without_credentials(&self, error: Error) -> Error {
        error.without(&self.credentials())
    }

    /// The address as it can be traced: without the parameters that are sensitive.
    pub(super) fn traced(&self, url: &Url) -> String {
        let mut secrets = Secrets::default();
        secrets.url(url, self.operation.path, self.transport.api().sensitive);
        secrets.hide(url.as_str())
    }
}

impl Sending {
    /// The error as the caller gets it.
    pub(super) fn without_secrets(&self, error: Error) -> Error {
        let RequestContext { operation, transport, .. } = &self.call;
        let mut secrets = self.call.credentials();
        let names = transport.api().sensitive;
        self.template.add_secrets(&mut secrets, operation.path, names);
        if let Some(request) = &self.now.after_hooks {
            add_secrets(request, &mut secrets, operation.path, names);
        }
        error.without(&secrets)
    }
}
