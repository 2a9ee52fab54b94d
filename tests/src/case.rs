//! One way to call an operation, for the tests that walk all of them.

use std::cell::Cell;
use std::fmt::Debug;
use std::pin::Pin;

use partner_client::{Error, Json, Response};
use reqwest::StatusCode;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::{secrets, watch};

/// The UUID that is sent wherever the document wants one.
pub const UUID: &str = "550e8400-e29b-41d4-a716-446655440000";

/// One method of a client.
pub struct Case<C> {
    /// Its name.
    pub method: &'static str,
    /// The operation that it calls.
    pub operation: &'static str,
    /// The content type that it sends.
    pub sends: Option<&'static str>,
    /// Calls it.
    pub call: fn(&C, &With) -> Call,
    /// What `Debug` shows of the body, which is given as JSON.
    pub show: Option<fn(Value) -> String>,
}

impl<C> Case<C> {
    /// A method that sends no body.
    pub fn bare(method: &'static str, operation: &'static str, call: fn(&C, &With) -> Call) -> Self {
        Case { method, operation, sends: None, call, show: None }
    }

    /// A method that sends a JSON body of that type.
    pub fn json<B: DeserializeOwned + Debug>(
        method: &'static str,
        operation: &'static str,
        call: fn(&C, &With) -> Call,
    ) -> Self {
        let show = Some(show::<B> as fn(Value) -> String);
        Case { method, operation, sends: Some("application/json"), call, show }
    }

    /// A method that sends files.
    pub fn multipart(method: &'static str, operation: &'static str, call: fn(&C, &With) -> Call) -> Self {
        Case { method, operation, sends: Some("multipart/form-data"), call, show: None }
    }
}

fn show<B: DeserializeOwned + Debug>(json: Value) -> String {
    let body: B = serde_json::from_value(json).expect("the example fits the model");
    let shown = format!("{body:?} {body:#?}");
    watch::see(&shown);
    shown
}

/// What a case is called with.
#[derive(Clone, Debug, Default)]
pub struct With {
    /// Part of every text in the path.
    pub text: String,
    /// A path parameter that gets another text, as it is.
    pub replaced: Option<(String, String)>,
    /// The query parameters that have to be there, in the order of the document.
    pub queries: Vec<(String, String)>,
    /// The body.
    pub json: Value,
}

impl With {
    /// The text for a path parameter; no two have the same.
    pub fn path(&self, name: &str) -> String {
        match &self.replaced {
            Some((replaced, text)) if replaced == name => text.clone(),
            _ => format!("{}{name}", self.text),
        }
    }

    /// The text of a query parameter that has to be there.
    pub fn query(&self, name: &str) -> String {
        let mut queries = self.queries.iter();
        let (_, text) = queries.find(|(key, _)| key == name).expect("the parameter is required");
        text.clone()
    }

    /// The body as a model.
    pub fn body<B: DeserializeOwned>(&self) -> B {
        serde_json::from_value(self.json.clone()).expect("the example fits the model")
    }
}

/// The UUID that is sent wherever the document wants one.
pub fn uuid() -> uuid::Uuid {
    UUID.parse().expect("a UUID")
}

thread_local! {
    /// Whether responses are dropped as they come, in tests that measure what a call itself takes.
    pub static DROPS_RESPONSES: Cell<bool> = const { Cell::new(false) };
}

/// A call that has not been sent.
pub struct Call {
    /// What `Debug` shows of it.
    pub shown: String,
    /// Sends it.
    pub send: Pin<Box<dyn Future<Output = Result<Answered, Error>> + Send>>,
}

/// An answer, whatever its type.
#[derive(Debug)]
pub struct Answered {
    /// Its status.
    pub status: StatusCode,
    /// Its body, as JSON again.
    pub json: Value,
    /// What `Debug` shows of it.
    pub shown: String,
    /// What `Debug` shows of what was left out of it.
    pub unreadable: String,
}

/// A call whose answer can be written as JSON.
pub fn call<F, T>(call: F) -> Call
where
    F: IntoFuture<Output = Result<Response<T>, Error>> + Debug,
    F::IntoFuture: Send + 'static,
    T: Serialize + Debug + 'static,
{
    call_with(call, written)
}

/// A model as the API writes it: `serde_json::to_value` has strings for all decimals.
pub fn written<T: Serialize>(model: &T) -> Value {
    Json::from_serialize(model).and_then(|json| json.to_value()).expect("a model can be written")
}

/// A call whose answer becomes JSON in its own way.
pub fn call_with<F, T>(call: F, json: fn(&T) -> Value) -> Call
where
    F: IntoFuture<Output = Result<Response<T>, Error>> + Debug,
    F::IntoFuture: Send + 'static,
    T: Debug + 'static,
{
    let shown = format!("{call:?} {call:#?}");
    watch::see(&shown);
    let sending = call.into_future();
    let send = Box::pin(async move {
        let result = sending.await;
        if DROPS_RESPONSES.get() {
            let (status, json) = (result?.status(), Value::Null);
            return Ok(Answered { status, json, shown: String::new(), unreadable: String::new() });
        }
        let response = result.inspect_err(|error| watch::see(&secrets::shown(error)))?;
        let shown = format!("{response:?} {response:#?}");
        watch::see(&shown);
        let unreadable = format!("{:?}", response.unreadable());
        watch::see(&unreadable);
        Ok(Answered { status: response.status(), shown, unreadable, json: json(&response) })
    });
    Call { shown, send }
}
