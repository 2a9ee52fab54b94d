//! What a call sends as a secret, for its error not to show it. Collected when there is an error, and not before.

use reqwest::Url;

use super::Call;
use super::attempt::Sending;
use crate::Error;
use crate::error::{REDACTED, Secrets};

impl Call {
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

    /// The address as it can be traced.
    pub(super) fn traced(&self, url: &Url) -> Url {
        let (names, mut traced) = (self.transport.api().sensitive, url.clone());
        let is_sensitive = |name: &str| names.contains(&name);
        if url.query_pairs().any(|(name, _)| is_sensitive(&name)) {
            let pairs = url.query_pairs();
            let pairs = pairs.map(|(name, value)| match is_sensitive(&name) {
                true => (name, REDACTED.into()),
                false => (name, value),
            });
            traced.query_pairs_mut().clear().extend_pairs(pairs);
        }
        traced
    }
}

impl Sending {
    /// The error as the caller gets it.
    pub(super) fn without_secrets(&self, error: Error) -> Error {
        let Call { operation, transport, .. } = &self.call;
        let mut secrets = self.call.credentials();
        self.template.add_secrets(&mut secrets, operation.path, transport.api().sensitive);
        error.without(&secrets)
    }
}
