//! The cases of the tests that call all operations: each case calls a method of a client. The build script writes the
//! list of the cases.

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

/// The text of the UUID that tests send wherever a UUID is needed.
pub const UUID: &str = "550e8400-e29b-41d4-a716-446655440000";

/// A case: a method of a client, as the tests call it.
pub struct Case<C> {
    /// The name of the method.
    pub method: &'static str,
    /// The `operationId` of the operation that the method calls.
    pub operation: &'static str,
    /// The media type of the request body; `None` if the method sends no body.
    pub body_media_type: Option<&'static str>,
    /// The function that prepares a call of the method.
    pub call: fn(&C, &Arguments) -> PreparedCall,
    /// The function that returns the `Debug` output of a JSON body; `None` if the method sends no body.
    pub debug_body: Option<fn(Value) -> String>,
}

/// The arguments of a call.
#[derive(Clone, Debug, Default)]
pub struct Arguments {
    /// The values of parameters and of form parts that are not files, by their names on the wire. An optional parameter
    /// that is not in the map is not set.
    pub values: BTreeMap<String, Value>,
    /// The JSON body; null if the request has no JSON body.
    pub json: Value,
}

impl Arguments {
    /// Returns the value of a required parameter or part.
    pub fn value<T: DeserializeOwned>(&self, name: &str) -> T {
        self.optional_value(name).unwrap_or_else(|| panic!("`{name}` is required"))
    }

    /// Returns the value of an optional parameter or part; `None` if it is not set.
    pub fn optional_value<T: DeserializeOwned>(&self, name: &str) -> Option<T> {
        let value = self.values.get(name)?;
        Some(
            serde_json::from_value(value.clone()).unwrap_or_else(|error| panic!("`{name}` {value}: {error}")),
        )
    }

    /// Deserializes the JSON body as a model.
    pub fn body<B: DeserializeOwned>(&self) -> B {
        self.optional_body().expect("the operation requires a body")
    }

    /// Deserializes the JSON body as a model; `None` if the request has no JSON body.
    pub fn optional_body<B: DeserializeOwned>(&self) -> Option<B> {
        let json = Some(&self.json).filter(|json| !json.is_null())?;
        Some(serde_json::from_value(json.clone()).expect("the example fits the model"))
    }

    /// Returns the file that is sent in a part.
    pub fn upload(&self, name: &str) -> Upload {
        Upload::from_bytes(file_name(name), file_contents(name))
    }

    /// Returns the file that is sent in an optional part.
    pub fn optional_upload(&self, name: &str) -> Option<Upload> {
        Some(self.upload(name))
    }

    /// Returns the files that are sent in a part that accepts several files.
    pub fn uploads(&self, name: &str) -> Vec<Upload> {
        FILE_NUMBERS.map(|number| self.upload(&format!("{name}-{number}"))).to_vec()
    }

    /// Returns the files that are sent in an optional part that accepts several files.
    pub fn optional_uploads(&self, name: &str) -> Option<Vec<Upload>> {
        Some(self.uploads(name))
    }
}

/// The numbers in the names of the files that are sent in a part that accepts several files.
pub const FILE_NUMBERS: [&str; 2] = ["1", "2"];

/// Returns the file name that is sent with a part.
pub fn file_name(part: &str) -> String {
    format!("{part}.jpg")
}

/// Returns the contents of the file that is sent in a part.
pub fn file_contents(part: &str) -> Vec<u8> {
    format!("contents of {part}").into_bytes()
}

/// Returns the UUID that tests send wherever a UUID is needed.
pub fn uuid() -> uuid::Uuid {
    UUID.parse().expect("a UUID")
}

thread_local! {
    /// Whether responses are dropped at once. The tests that measure the memory of a call itself set this flag.
    pub static DROPS_RESPONSES: Cell<bool> = const { Cell::new(false) };
}

/// A call that was prepared and not sent yet.
pub struct PreparedCall {
    /// The `Debug` output of the call.
    pub shown: String,
    /// The future that sends the call.
    pub send: Pin<Box<dyn Future<Output = Result<CallResponse, Error>> + Send>>,
}

/// A success response of any type.
#[derive(Debug)]
pub struct CallResponse {
    /// The status of the response.
    pub status: StatusCode,
    /// The typed body, serialized as JSON.
    pub json: Value,
    /// The `Debug` output of the response.
    pub shown: String,
    /// The `Debug` output of the fields that could not be deserialized.
    pub unreadable: String,
}

/// Prepares a call. `json` serializes the typed body of the response in the JSON form of the vendor.
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
            let (status, json) = (result?.http_status(), Value::Null);
            return Ok(CallResponse { status, json, shown: String::new(), unreadable: String::new() });
        }
        let response = result.inspect_err(|error| watch::record(&secrets::error_texts(error)))?;
        let shown = format!("{response:?} {response:#?}");
        watch::record(&shown);
        let unreadable = format!("{:?}", response.unreadable_fields());
        watch::record(&unreadable);
        Ok(CallResponse { status: response.http_status(), shown, unreadable, json: json(&response) })
    });
    PreparedCall { shown, send }
}

/// Serializes a model in the JSON form of the vendor. `serde_json::to_value` would turn all decimals into strings.
pub fn to_vendor_json<T: Serialize>(model: &T) -> Value {
    Json::from_serialize(model).and_then(|json| json.to_value_lossy()).expect("a model can be written")
}

/// Serializes a decimal, or a list or map of decimals, as JSON numbers. Without this function, decimals that are not
/// fields of a struct would become strings, although the document describes numbers.
pub fn to_json_numbers<T: Serialize>(decimals: &T) -> Value {
    fn to_numbers(value: &mut Value) {
        match value {
            Value::Object(object) => object.values_mut().for_each(to_numbers),
            Value::Array(list) => list.iter_mut().for_each(to_numbers),
            Value::String(text) => *value = serde_json::from_str(text).expect("a decimal is a number"),
            _ => {}
        }
    }
    let mut value = to_vendor_json(decimals);
    to_numbers(&mut value);
    value
}

/// Converts the bytes of a response body to a JSON string.
pub fn bytes_to_json<T: AsRef<[u8]>>(bytes: &T) -> Value {
    String::from_utf8_lossy(bytes.as_ref()).into()
}

/// Deserializes a JSON body, and returns its `Debug` output.
pub(crate) fn debug_body<B: DeserializeOwned + Debug>(json: Value) -> String {
    let body: B = serde_json::from_value(json).expect("the example fits the model");
    let shown = format!("{body:?} {body:#?}");
    watch::record(&shown);
    shown
}
