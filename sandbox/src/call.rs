//! A request that was matched to its operation.

use partner_client::operation::Operation;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::body::{Content, Form};
use crate::mismatch::Mismatch;

/// A request as its handler gets it.
pub(crate) struct Call<'a> {
    /// The operation that is called.
    pub(crate) operation: &'static Operation,
    /// The decoded path parameters, as pairs of name and value.
    pub(crate) path: Vec<(String, String)>,
    /// The decoded query parameters, as pairs of name and value in the order in which they were sent.
    pub(crate) query: Vec<(String, String)>,
    /// The request body.
    pub(crate) content: &'a Content,
}

impl Call<'_> {
    /// Returns the value of a path parameter; an empty string if the operation's path has no such parameter.
    pub(crate) fn path_parameter(&self, name: &str) -> &str {
        find_parameter(&self.path, name).unwrap_or_default()
    }

    /// Returns the value of a query parameter; `None` if it was not sent.
    pub(crate) fn query_parameter(&self, name: &str) -> Option<&str> {
        find_parameter(&self.query, name)
    }

    /// Deserializes the JSON body as `T`, one of the client's request types. A body that conforms to the document can
    /// always be deserialized.
    pub(crate) fn json<T: DeserializeOwned>(&self) -> Result<T, Mismatch> {
        let Content::Json(text) = self.content else { return Err(Mismatch::Body) };
        serde_json::from_slice(text).map_err(|error| Mismatch::from(&error))
    }

    /// Returns the top-level fields of a JSON object, or the text fields of a form; nothing for any other body.
    pub(crate) fn fields(&self) -> Vec<(String, Value)> {
        match self.content {
            Content::Json(_) => match self.json() {
                Ok(Value::Object(fields)) => fields.into_iter().collect(),
                _ => Vec::new(),
            },
            Content::Form(form) => {
                form.texts.iter().map(|(name, text)| (name.clone(), text.as_str().into())).collect()
            }
            Content::Nothing | Content::Other => Vec::new(),
        }
    }

    /// Returns the parts of the body; `None` if the body is not multipart.
    pub(crate) fn form(&self) -> Option<&Form> {
        match self.content {
            Content::Form(form) => Some(form),
            _ => None,
        }
    }
}

fn find_parameter<'a>(parameters: &'a [(String, String)], name: &str) -> Option<&'a str> {
    parameters.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
}
