//! What was received, without secrets: no keys, no bodies, no contents of files.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// A request that the sandbox has answered.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReceivedRequest {
    /// The API that was called: `unigox` or `p100`.
    pub api: &'static str,
    /// The operation, by the name of the client's method. None when no operation has this method and path.
    pub operation: Option<&'static str>,
    /// The HTTP method.
    pub method: String,
    /// The path, as in the vendor's docs and as sent: without the sandbox's prefix and without the query.
    pub path: String,
    /// The status of the answer.
    pub status: u16,
    /// The content type of the body, without its parameters.
    pub content_type: Option<String>,
    /// How many bytes the body had; none when the request was refused before its body was read.
    pub body_bytes: u64,
    /// The files of a multipart body.
    pub files: Vec<ReceivedFile>,
}

/// A file of a multipart body. What was in it is not kept.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReceivedFile {
    /// The name of the part.
    pub part: String,
    /// The name of the file.
    pub file_name: String,
    /// The content type of the part.
    pub content_type: Option<String>,
    /// How many bytes the file had.
    pub bytes: u64,
}

/// How many requests are remembered, so that a sandbox can run for days.
const REMEMBERED: usize = 10_000;

/// The latest requests, oldest first.
#[derive(Default)]
pub(crate) struct Log(Mutex<VecDeque<ReceivedRequest>>);

impl Log {
    pub(crate) fn add(&self, request: ReceivedRequest) {
        let mut requests = self.lock();
        if requests.len() == REMEMBERED {
            requests.pop_front();
        }
        requests.push_back(request);
    }

    pub(crate) fn all(&self) -> Vec<ReceivedRequest> {
        self.lock().iter().cloned().collect()
    }

    fn lock(&self) -> MutexGuard<'_, VecDeque<ReceivedRequest>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
