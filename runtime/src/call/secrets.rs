//! The secrets that a call sends. The error of the call must not show them, so they are collected when the call fails.

use reqwest::Url;

use super::RequestContext;
use super::attempt::ActiveCall;
use super::request::collect_request_secrets;
use crate::Error;
use crate::credential::ProviderTokens;
use crate::error::CallSecrets;

impl RequestContext {
    /// Returns the client's credentials as secrets to redact. Unlike the other secrets of a call, they are known before
    /// the request is built.
    fn collect_credential_secrets(&self) -> CallSecrets {
        let mut secrets = CallSecrets::default();
        self.transport.credentials().collect_secrets(&ProviderTokens::new(), &mut secrets);
        secrets
    }

    /// Removes the client's credentials from the text of an error.
    pub(super) fn redact_credentials(&self, error: Error) -> Error {
        error.with_redacted_secrets(&self.collect_credential_secrets())
    }

    /// Redacts the values of sensitive parameters in a URL, so that the tracing span of the call can show the URL.
    pub(super) fn redact_url(&self, url: &Url) -> String {
        let mut secrets = CallSecrets::default();
        secrets.add_sensitive_url_parameters(url, self.operation.path, self.transport.api().sensitive_names);
        secrets.redact(url.as_str())
    }
}

impl ActiveCall {
    /// Redacts the text of an error: removes all secrets that the call has sent.
    pub(super) fn redact_secrets(&self, error: Error) -> Error {
        let RequestContext { operation, transport, .. } = &self.context;
        let mut secrets = self.context.collect_credential_secrets();
        transport.credentials().collect_secrets(&self.sent_provider_tokens, &mut secrets);
        let names = transport.api().sensitive_names;
        self.template.collect_secrets(&mut secrets, operation.path, names);
        if let Some(request) = &self.attempt_state.request_after_hooks {
            collect_request_secrets(request, &mut secrets, operation.path, names);
        }
        error.with_redacted_secrets(&secrets)
    }
}
