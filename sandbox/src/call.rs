//! A request that was matched to its operation.

use partner_client::operation::Operation;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::body::{Content, Form};
use crate::mismatch::Mismatch;

/// What a handler knows of a request.
pub(crate) struct Call<'a> {
    /// The operation that is called.
    pub(crate) operation: &'static Operation,
    /// The parameters of the path, decoded.
    pub(crate) path: Vec<(String, String)>,
    /// The parameters of the query, decoded, in the order in which they were sent.
    pub(crate) query: Vec<(String, String)>,
    /// The body.
    pub(crate) content: &'a Content,
}

impl Call<'_> {
    /// A parameter of the path. Empty when the operation's path has no such parameter.
    pub(crate) fn path_parameter(&self, name: &str) -> &str {
        find(&self.path, name).unwrap_or_default()
    }

    /// A parameter of the query.
    pub(crate) fn query_parameter(&self, name: &str) -> Option<&str> {
        find(&self.query, name)
    }

    /// The JSON body as one of the client's request types: what fits the document fits here.
    pub(crate) fn json<T: DeserializeOwned>(&self) -> Result<T, Mismatch> {
        let Content::Json(text) = self.content else { return Err(Mismatch::Body) };
        serde_json::from_slice(text).map_err(|error| Mismatch::from(&error))
    }

    /// The fields of a JSON body, or the texts of a form.
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

    /// The parts of a multipart body, when it is one.
    pub(crate) fn form(&self) -> Option<&Form> {
        match self.content {
            Content::Form(form) => Some(form),
            _ => None,
        }
    }
}

fn find<'a>(parameters: &'a [(String, String)], name: &str) -> Option<&'a str> {
    parameters.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
}
