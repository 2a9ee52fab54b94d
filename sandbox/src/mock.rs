//! Mock responses, which a test sets for the next calls or for all further calls of an operation.

use std::collections::{HashMap, VecDeque};
use std::fmt;
use std::marker::PhantomData;
use std::sync::{Mutex, PoisonError};

use bytes::Bytes;
use serde::Serialize;

use crate::reply::{Reply, to_wire_json};

/// A response that a test sets with [`Sandbox::respond_with`](crate::Sandbox::respond_with), for one or several calls
/// of an operation. `T` is the type of the operation's response.
#[derive(Clone)]
#[must_use = "it does nothing until it is given to `Sandbox::respond_with`"]
pub struct MockResponse<T> {
    mock: MockReply,
    use_count: MockUseCount,
    success: PhantomData<fn() -> T>,
}

/// The reply that is sent instead of the operation's usual reply.
#[derive(Clone)]
pub(crate) enum MockReply {
    Reply(Reply),
    Failure(MockFailure),
}

/// How many requests get a mock response (a response that a test has set).
#[derive(Clone, Copy, Debug, PartialEq)]
enum MockUseCount {
    Times(usize),
    /// Every request gets the mock response, until a test sets another one.
    UntilReplaced,
}

/// A failure with an error code of the vendor. The shape of the response body depends on the vendor and the operation.
#[derive(Clone)]
pub(crate) struct MockFailure {
    pub(crate) status: u16,
    pub(crate) code: String,
    pub(crate) message: Option<String>,
}

impl<T> MockResponse<T> {
    fn new(mock: MockReply) -> MockResponse<T> {
        MockResponse { mock, use_count: MockUseCount::Times(1), success: PhantomData }
    }

    /// Makes a success response that contains `data`. A test can get the data of the documented example from
    /// [`Sandbox::response_example`](crate::Sandbox::response_example), and change it.
    pub fn success(data: T) -> MockResponse<T>
    where
        T: Serialize,
    {
        MockResponse::new(MockReply::Reply(Reply::success_with_data(to_wire_json(&data))))
    }

    /// Makes a failure response with an HTTP status and an error code. The code is an `ErrorCode` of the API, or any
    /// text.
    ///
    /// The body is the documented example of the operation with this code, if there is one. Otherwise the body has the
    /// shape of the operation's documented failures.
    pub fn failure(status: u16, code: impl ToString) -> MockResponse<T> {
        MockResponse::new(MockReply::Failure(MockFailure { status, code: code.to_string(), message: None }))
    }

    /// Makes a response with any status and body. The response need not be in the OpenAPI document. For example, it can
    /// be the error page of a proxy.
    pub fn from_body(status: u16, media_type: &str, body: impl Into<Bytes>) -> MockResponse<T> {
        MockResponse::new(MockReply::Reply(Reply::from_body(status, media_type, body.into())))
    }

    /// Makes a mock that closes the connection after the request was read, without a response. The caller cannot know
    /// whether the request was executed.
    pub fn closed_connection() -> MockResponse<T> {
        MockResponse::new(MockReply::Reply(Reply::closed_connection()))
    }

    /// Sets the message of a [`failure`](Self::failure), instead of the documented message. Has no effect on other
    /// responses, because they have no message.
    pub fn message(mut self, message: impl Into<String>) -> MockResponse<T> {
        if let MockReply::Failure(failure) = &mut self.mock {
            failure.message = Some(message.into());
        }
        self
    }

    /// Sets the number of requests that get this response; the default is 1. When the client retries a call, each
    /// attempt counts as a request.
    pub fn times(mut self, times: usize) -> MockResponse<T> {
        self.use_count = MockUseCount::Times(times);
        self
    }

    /// Sends this response to every request, until [`Sandbox::respond_with`](crate::Sandbox::respond_with) sets another
    /// response for the operation. So an operation can report the same state for as long as a test needs it.
    pub fn always(mut self) -> MockResponse<T> {
        self.use_count = MockUseCount::UntilReplaced;
        self
    }
}

/// Formats only the number of requests that get the mock response. The body of the response is left out, because it may
/// contain personal data.
impl<T> fmt::Debug for MockResponse<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MockResponse").field("repeats", &self.use_count).finish_non_exhaustive()
    }
}

/// The mock responses that will be sent: a queue for each operation id. Each response is stored with the number of
/// requests that get it.
#[derive(Default)]
pub(crate) struct MockResponseQueues(Mutex<HashMap<&'static str, VecDeque<(MockReply, MockUseCount)>>>);

impl MockResponseQueues {
    pub(crate) fn push<T>(&self, operation: &'static str, response: MockResponse<T>) {
        let mut queues = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let queue = queues.entry(operation).or_default();
        // If the last response in the queue is for all further requests, it is removed. Otherwise the new response,
        // which is added after it, would never be sent.
        if queue.back().is_some_and(|(_, uses)| *uses == MockUseCount::UntilReplaced) {
            queue.pop_back();
        }
        if response.use_count != MockUseCount::Times(0) {
            queue.push_back((response.mock, response.use_count));
        }
    }

    /// Whether the next call of an operation gets a mock response. `operation` is the id of the operation.
    pub(crate) fn has_mock_response(&self, operation: &'static str) -> bool {
        let queues = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        queues.get(operation).is_some_and(|queue| !queue.is_empty())
    }

    /// Returns the mock response for the next call of an operation; `None` if no mock response is set. Counts the call.
    /// Removes the mock response from the queue if it is not meant for further calls.
    pub(crate) fn take_mock_response(&self, operation: &'static str) -> Option<MockReply> {
        let mut queues = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let queue = queues.get_mut(operation)?;
        let (mock, uses) = queue.front_mut()?;
        let mock = mock.clone();
        match uses {
            MockUseCount::Times(times) if *times > 1 => *times -= 1,
            MockUseCount::Times(_) => drop(queue.pop_front()),
            MockUseCount::UntilReplaced => {}
        }
        Some(mock)
    }
}
