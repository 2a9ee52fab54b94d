//! Raw calls, for operations that are not documented, or documented wrongly. They have the same features as generated
//! calls.

mod address;
mod operations;

use std::fmt;

use bytes::Bytes;
use http::header::ACCEPT;
use http::{HeaderValue, Method};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::call::{CallOptions, RequestBuildResult, RequestContext, SuccessResponse};
use crate::transport::Transport;
use crate::{Error, Response};
use operations::ResponseBodyFormat;

/// A call of an operation that is not in the OpenAPI document. The method `raw` of a client returns it.
///
/// A raw call uses the client's key, retries, limits, hooks, errors and tracing spans, like any other call. Three
/// methods send the call, and differ in how they read the response: [`bytes`](Self::bytes), [`json`](Self::json), and
/// [`enveloped_json`](Self::enveloped_json), which reads the data inside the API's envelope (the JSON object around the
/// data of a response).
///
/// ```no_run
/// use partner_runtime::{Error, RawCall};
///
/// /// Sends a call like `client.raw(Method::POST, "/api/v1/aliases")`, and reads the id that the envelope holds.
/// async fn alias(call: RawCall) -> Result<String, Error> {
///     let body = serde_json::json!({ "alias": "payouts" });
///     Ok(call.json_body(&body).enveloped_json::<String>().await?.into_inner())
/// }
/// ```
///
/// A `POST` or `PATCH` that may have been executed is not sent again, unless [`repeatable`](Self::repeatable) declares
/// that this is harmless.
#[derive(Clone)]
#[must_use = "nothing is sent until `bytes`, `json` or `enveloped_json` is called"]
pub struct RawCall {
    transport: Transport,
    method: Method,
    path: String,
    query: Vec<(String, String)>,
    body: Body,
    repeatable: bool,
    options: CallOptions,
}

#[derive(Clone)]
enum Body {
    None,
    Content(String, Bytes),
    /// The body that the caller passed could not be serialized. The string says why.
    Unserializable(String),
}

impl RawCall {
    pub(crate) fn new(transport: &Transport, method: Method, path: String) -> RawCall {
        RawCall {
            transport: transport.clone(),
            method,
            path,
            query: Vec::new(),
            body: Body::None,
            repeatable: false,
            options: CallOptions::default(),
        }
    }

    /// Adds a query parameter. Its name and value are escaped.
    pub fn query(mut self, name: impl Into<String>, value: impl ToString) -> RawCall {
        self.query.push((name.into(), value.to_string()));
        self
    }

    /// Sets a body that is serialized as JSON. If the serialization fails, the call fails before it is sent.
    pub fn json_body<T: Serialize + ?Sized>(mut self, body: &T) -> RawCall {
        self.body = match serde_json::to_vec(body) {
            Ok(text) => Body::Content(String::from("application/json"), text.into()),
            Err(error) => Body::Unserializable(crate::json::describe_error_without_values(&error)),
        };
        self
    }

    /// Sets a body of any content type.
    pub fn body(mut self, content_type: impl Into<String>, body: impl Into<Bytes>) -> RawCall {
        self.body = Body::Content(content_type.into(), body.into());
        self
    }

    /// Declares that the request is repeatable: according to the vendor, sending it twice is harmless. Then the call is
    /// retried like a `GET`.
    pub fn repeatable(mut self) -> RawCall {
        self.repeatable = true;
        self
    }

    /// Sends the call, and returns the bytes of the body, as they were received.
    ///
    /// # Errors
    ///
    /// When the call fails, or its path is not valid.
    pub async fn bytes(self) -> Result<Response<Bytes>, Error> {
        self.send(ResponseBodyFormat::Bytes, SuccessResponse::read_bytes).await
    }

    /// Sends the call, and reads the whole body as JSON. An empty body counts as `null`. An optional field is `None` if
    /// the received value does not fit its type; [`Response::unreadable_fields`] lists such fields.
    ///
    /// # Errors
    ///
    /// When the call fails, its path is not valid, or the body does not fit the type.
    pub async fn json<T: DeserializeOwned>(self) -> Result<Response<T>, Error> {
        self.send(ResponseBodyFormat::Json, SuccessResponse::deserialize_json).await
    }

    /// Sends the call, and reads the data in the envelope (the object in which the API wraps its responses) as JSON. If
    /// the API has no envelope, reads the whole body.
    ///
    /// # Errors
    ///
    /// When the call fails, its path is not valid, or the data does not fit the type.
    pub async fn enveloped_json<T: DeserializeOwned>(self) -> Result<Response<T>, Error> {
        self.send(ResponseBodyFormat::EnvelopedJson, SuccessResponse::deserialize_json).await
    }

    async fn send<T>(
        self,
        format: ResponseBodyFormat,
        read: impl FnOnce(&SuccessResponse) -> Result<T, Error>,
    ) -> Result<Response<T>, Error> {
        let RawCall { transport, method, path, query, body, repeatable, options } = self;
        let Some(operation) = operations::find_raw_operation(&method, repeatable, format) else {
            return Err(Error::request(format!("`{method}` is no method that this client sends")));
        };
        let mut context = RequestContext::new(&transport, operation, options);
        context.set_raw_call_path(address::redact_and_shorten_path(&path));
        let request = || -> RequestBuildResult {
            let url = address::build_url(transport.base_url(), &path, &query)?;
            let mut request = reqwest::Request::new(method, url);
            if format != ResponseBodyFormat::Bytes {
                request.headers_mut().insert(ACCEPT, HeaderValue::from_static("application/json"));
            }
            attach(&mut context, body)?;
            Ok(request)
        };
        let request = request();
        context.into_active_call(request)?.send_and_read(read).await
    }
}

fn attach(context: &mut RequestContext, body: Body) -> Result<(), Error> {
    match body {
        Body::None => Ok(()),
        Body::Unserializable(why) => Err(Error::request(format!("the body cannot be sent: {why}"))),
        Body::Content(content_type, body) => {
            let content_type = HeaderValue::try_from(content_type)
                .map_err(|_| Error::request("the content type of the body cannot be sent"))?;
            context.set_body(content_type, body);
            Ok(())
        }
    }
}

/// The setters for the options of this raw call, like its timeout.
impl RawCall {
    crate::__option_setters!(options);
}

/// Shows only the name of the type, because the path, the query and the body may be sensitive.
impl fmt::Debug for RawCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawCall").finish_non_exhaustive()
    }
}
