//! A request that has found its operation.

use serde::de::DeserializeOwned;

use crate::body::{Content, Form};

/// What a behaviour gets to see of a request.
pub(crate) struct Call<'a> {
    pub(crate) values: &'a [(&'static str, String)],
    pub(crate) content: &'a Content,
}

/// Why a body does not fit.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Misfit {
    /// It is not JSON, or not said to be.
    NotJson,
    /// This field is missing.
    Missing(String),
    /// Something has another type or form than it should.
    Invalid,
}

impl Call<'_> {
    /// A value of the path. Empty when the operation's path has no such parameter.
    pub(crate) fn value(&self, name: &str) -> &str {
        self.values.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value)
    }

    /// The JSON body as one of the client's request types: what fits the document fits here.
    pub(crate) fn json<T: DeserializeOwned>(&self) -> Result<T, Misfit> {
        let Content::Json(text) = self.content else { return Err(Misfit::NotJson) };
        serde_json::from_slice(text).map_err(|error| misfit(&error))
    }

    /// The parts of a multipart body, when it is one.
    pub(crate) fn form(&self) -> Option<&Form> {
        match self.content {
            Content::Form(form) => Some(form),
            Content::Json(_) | Content::Other => None,
        }
    }
}

/// serde tells what is wrong in words only. The values that it quotes stay here.
fn misfit(error: &serde_json::Error) -> Misfit {
    if !error.is_data() {
        return Misfit::NotJson;
    }
    let text = error.to_string();
    match text.strip_prefix("missing field `").and_then(|rest| rest.split_once('`')) {
        Some((field, _)) => Misfit::Missing(field.to_owned()),
        None => Misfit::Invalid,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use partner_client::unigox::NewPartnerUser;

    #[test]
    fn a_misfit_names_what_is_missing() {
        let misfit = |json: &'static str| {
            let content = Content::Json(json.into());
            Call { values: &[], content: &content }.json::<NewPartnerUser>().unwrap_err()
        };
        assert_eq!(misfit(r#"{"user_ref": "x"}"#), Misfit::Missing("email".to_owned()));
        assert_eq!(misfit(r#"{"user_ref": "x", "email": 1}"#), Misfit::Invalid);
        assert_eq!(misfit(r#"{"user_ref": "x""#), Misfit::NotJson);
        assert_eq!(misfit(""), Misfit::NotJson);
    }
}
