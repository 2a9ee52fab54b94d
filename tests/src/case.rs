//! How the tests that walk all operations call a method of a client. The build script writes the list of them.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::fmt::Debug;
use std::pin::Pin;

use partner_client::{Error, Json, Response, Upload};
use reqwest::StatusCode;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::{secrets, watch};

/// The UUID that is sent wherever the document asks for one.
pub const UUID: &str = "550e8400-e29b-41d4-a716-446655440000";

/// A method of a client.
pub struct Case<C> {
    /// Its name.
    pub method: &'static str,
    /// The `operationId` of the operation that it calls.
    pub operation: &'static str,
    /// The media type of the body that it sends.
    pub sends: Option<&'static str>,
    /// Prepares a call of it.
    pub call: fn(&C, &Arguments) -> PreparedCall,
    /// What `Debug` shows of its JSON body.
    pub show: Option<fn(Value) -> String>,
}

/// What a method is called with.
#[derive(Clone, Debug, Default)]
pub struct Arguments {
    /// The values of parameters and of parts that are no files, by their names on the wire. A value that is optional and
    /// not listed is not set.
    pub values: BTreeMap<String, Value>,
    /// The JSON body; null stands for none.
    pub json: Value,
}

impl Arguments {
    /// The value of a required parameter or part.
    pub fn value<T: DeserializeOwned>(&self, name: &str) -> T {
        self.optional_value(name).unwrap_or_else(|| panic!("`{name}` is required"))
    }

    /// The value of an optional parameter or part.
    pub fn optional_value<T: DeserializeOwned>(&self, name: &str) -> Option<T> {
        let value = self.values.get(name)?;
        Some(
            serde_json::from_value(value.clone()).unwrap_or_else(|error| panic!("`{name}` {value}: {error}")),
        )
    }

    /// The JSON body as a model.
    pub fn body<B: DeserializeOwned>(&self) -> B {
        self.optional_body().expect("the operation requires a body")
    }

    /// The JSON body as a model, unless none is to be sent.
    pub fn optional_body<B: DeserializeOwned>(&self) -> Option<B> {
        let json = Some(&self.json).filter(|json| !json.is_null())?;
        Some(serde_json::from_value(json.clone()).expect("the example fits the model"))
    }

    /// The file of a part.
    pub fn upload(&self, name: &str) -> Upload {
        Upload::bytes(file_name(name), file_contents(name))
    }

    /// The file of an optional part.
    pub fn optional_upload(&self, name: &str) -> Option<Upload> {
        Some(self.upload(name))
    }

    /// The files of a part that takes several.
    pub fn uploads(&self, name: &str) -> Vec<Upload> {
        FILE_NUMBERS.map(|number| self.upload(&format!("{name}-{number}"))).to_vec()
    }

    /// The files of an optional part that takes several.
    pub fn optional_uploads(&self, name: &str) -> Option<Vec<Upload>> {
        Some(self.uploads(name))
    }
}

/// The numbers of the files that are sent in a part that takes several.
pub const FILE_NUMBERS: [&str; 2] = ["1", "2"];

/// The file name that is sent with a part.
pub fn file_name(part: &str) -> String {
    format!("{part}.jpg")
}

/// The contents that are sent as the file of a part.
pub fn file_contents(part: &str) -> Vec<u8> {
    format!("contents of {part}").into_bytes()
}

/// The UUID that is sent wherever the document asks for one.
pub fn uuid() -> uuid::Uuid {
    UUID.parse().expect("a UUID")
}

thread_local! {
    /// Whether responses are dropped at once, in tests that measure what a call itself allocates.
    pub static DROPS_RESPONSES: Cell<bool> = const { Cell::new(false) };
}

/// A call that has not been sent.
pub struct PreparedCall {
    /// What `Debug` shows of it.
    pub shown: String,
    /// Sends it.
    pub send: Pin<Box<dyn Future<Output = Result<CallResponse, Error>> + Send>>,
}

/// A success of any type.
#[derive(Debug)]
pub struct CallResponse {
    /// Its status.
    pub status: StatusCode,
    /// Its typed body, written as JSON again.
    pub json: Value,
    /// What `Debug` shows of it.
    pub shown: String,
    /// What `Debug` shows of its fields that could not be read.
    pub unreadable: String,
}

/// Prepares a call. `json` writes its typed body as the vendor does.
pub fn prepare<F, T>(call: F, json: fn(&T) -> Value) -> PreparedCall
where
    F: IntoFuture<Output = Result<Response<T>, Error>> + Debug,
    F::IntoFuture: Send + 'static,
    T: Debug + 'static,
{
    let shown = format!("{call:?} {call:#?}");
    watch::record(&shown);
    let sending = call.into_future();
    let send = Box::pin(async move {
        let result = sending.await;
        if DROPS_RESPONSES.get() {
            let (status, json) = (result?.status(), Value::Null);
            return Ok(CallResponse { status, json, shown: String::new(), unreadable: String::new() });
        }
        let response = result.inspect_err(|error| watch::record(&secrets::shown(error)))?;
        let shown = format!("{response:?} {response:#?}");
        watch::record(&shown);
        let unreadable = format!("{:?}", response.unreadable());
        watch::record(&unreadable);
        Ok(CallResponse { status: response.status(), shown, unreadable, json: json(&response) })
    });
    PreparedCall { shown, send }
}

/// Writes a model as the vendor does: `serde_json::to_value` has strings for all decimals.
pub fn json<T: Serialize>(model: &T) -> Value {
    Json::from_serialize(model).and_then(|json| json.to_value()).expect("a model can be written")
}

/// Writes decimals as numbers, in a list or map of them, which has no fields that could say how they are written.
pub fn numbers<T: Serialize>(decimals: &T) -> Value {
    fn to_numbers(value: &mut Value) {
        match value {
            Value::Object(object) => object.values_mut().for_each(to_numbers),
            Value::Array(list) => list.iter_mut().for_each(to_numbers),
            Value::String(text) => *value = serde_json::from_str(text).expect("a decimal is a number"),
            _ => {}
        }
    }
    let mut value = json(decimals);
    to_numbers(&mut value);
    value
}

/// Writes bytes as text.
pub fn text<T: AsRef<[u8]>>(bytes: &T) -> Value {
    String::from_utf8_lossy(bytes.as_ref()).into()
}

/// What `Debug` shows of a body.
pub(crate) fn show<B: DeserializeOwned + Debug>(json: Value) -> String {
    let body: B = serde_json::from_value(json).expect("the example fits the model");
    let shown = format!("{body:?} {body:#?}");
    watch::record(&shown);
    shown
}
