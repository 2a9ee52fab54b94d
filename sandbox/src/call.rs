//! A request that was matched to its operation.

use partner_client::operation::OperationEntry;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::body::{BodyContent, MultipartForm};
use crate::mismatch::Mismatch;

/// A call of an operation: a request, together with the operation to which it was matched. It is the argument of the
/// operation's handler.
pub(crate) struct Call<'a> {
    /// The operation that the request calls.
    pub(crate) operation: &'static OperationEntry,
    /// The decoded path parameters, as pairs of name and value.
    pub(crate) path_parameters: Vec<(String, String)>,
    /// The decoded query parameters, as pairs of name and value in the order in which they were sent.
    pub(crate) query_parameters: Vec<(String, String)>,
    /// The content of the request body.
    pub(crate) body_content: &'a BodyContent,
}

impl Call<'_> {
    /// Returns the value of a path parameter; an empty string if the operation's path has no such parameter.
    pub(crate) fn path_parameter(&self, name: &str) -> &str {
        find_parameter(&self.path_parameters, name).unwrap_or_default()
    }

    /// Returns the value of a query parameter; `None` if the request does not have the parameter.
    pub(crate) fn query_parameter(&self, name: &str) -> Option<&str> {
        find_parameter(&self.query_parameters, name)
    }

    /// Deserializes the JSON body as `T`, one of the client's request types. This succeeds for every body that conforms
    /// to the OpenAPI document.
    pub(crate) fn deserialize_json_body<T: DeserializeOwned>(&self) -> Result<T, Mismatch> {
        let BodyContent::Json(text) = self.body_content else { return Err(Mismatch::UnusableBody) };
        serde_json::from_slice(text).map_err(|error| Mismatch::from(&error))
    }

    /// Returns the top-level fields of a JSON object, or the text fields of a form; an empty list for any other body.
    pub(crate) fn body_fields(&self) -> Vec<(String, Value)> {
        match self.body_content {
            BodyContent::Json(_) => match self.deserialize_json_body() {
                Ok(Value::Object(fields)) => fields.into_iter().collect(),
                _ => Vec::new(),
            },
            BodyContent::Multipart(form) => {
                form.text_parts.iter().map(|(name, text)| (name.clone(), text.as_str().into())).collect()
            }
            BodyContent::NoBody | BodyContent::Unusable => Vec::new(),
        }
    }

    /// Returns the parts of the multipart body; `None` if the body is not multipart.
    pub(crate) fn multipart_form(&self) -> Option<&MultipartForm> {
        match self.body_content {
            BodyContent::Multipart(form) => Some(form),
            _ => None,
        }
    }
}

fn find_parameter<'a>(parameters: &'a [(String, String)], name: &str) -> Option<&'a str> {
    parameters.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
}
