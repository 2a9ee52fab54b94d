//! `Display` and `Debug` of errors. They never show keys, headers or bodies. The module `text` has already shortened
//! the texts that come from the vendor, and removed secrets from them.

use std::fmt;

use super::Error;

/// Writes one line: operation, status, code and message.
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(wait) = &self.0.original_wait_error {
            return wait.fmt(f);
        }
        if let (Some(api), Some(operation)) = (self.0.api, self.0.operation) {
            write!(f, "{} {}", api.title, operation.id)?;
            match &self.0.redacted_raw_call_path {
                Some(path) => write!(f, " {} {path}: ", operation.method)?,
                None => f.write_str(": ")?,
            }
        }
        if let Some(status) = self.0.status {
            write!(f, "status {}", status.as_u16())?;
            if self.0.code.is_some() || self.0.message.is_some() {
                f.write_str(", ")?;
            }
        }
        match (&self.0.code, &self.0.message) {
            (Some(code), Some(message)) => write!(f, "{code}: {message}"),
            (Some(code), None) => f.write_str(code),
            (None, Some(message)) => f.write_str(message),
            (None, None) if self.0.status.is_none() => write!(f, "{:?}", self.0.kind),
            (None, None) => Ok(()),
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("kind", &self.0.kind)
            .field("exceeded_time_limit", &self.0.exceeded_time_limit)
            .field("operation", &self.0.operation.map(|operation| operation.id))
            .field("status", &self.status_code())
            .field("code", &self.0.code)
            .field("message", &self.0.message)
            .field("request_id", &self.request_id())
            .field("attempts", &self.0.attempts)
            .field("may_have_executed", &self.may_have_executed())
            .field("body_bytes", &self.0.body.len())
            .field("source", &self.source_chain_text())
            .finish()
    }
}

impl Error {
    fn source_chain_text(&self) -> Option<String> {
        self.0
            .source_chain_text
            .clone()
            .or_else(|| self.0.source.as_deref().map(|source| super::describe_error(source)))
    }
}

/// For a connection error, `source()` returns an error that has only the text of the original error, without secrets.
/// If a hook failed, or the body of the request could not be read, `source()` returns the original error itself,
/// because its text comes from the caller.
impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match (&self.0.original_wait_error, &self.0.source) {
            // `Display` already shows the text of the `WaitError`, so the next error in the chain is returned: the
            // source of the `WaitError`.
            (Some(wait), _) => wait.source(),
            (None, source) => source.as_deref().map(|source| source as &(dyn std::error::Error + 'static)),
        }
    }
}
