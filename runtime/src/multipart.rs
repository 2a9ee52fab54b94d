//! Multipart bodies. A body is encoded anew for each attempt to send the request.

use std::borrow::Cow;

use reqwest::multipart::{Form as ReqwestForm, Part as ReqwestPart};
use serde::Serialize;

use crate::error::CallSecrets;
use crate::upload::FormPartError;
use crate::{Error, Upload};

/// A multipart form: the parts of a multipart body, in the order in which they are sent.
#[derive(Clone, Default)]
pub struct Form {
    parts: Vec<(&'static str, Part)>,
}

#[derive(Clone)]
enum Part {
    Text(String),
    /// A text part with a `Content-Type` header. The first value is the content type, the second is the text.
    TextWithContentType(&'static str, String),
    File(Upload),
}

impl Form {
    /// Makes a form without parts.
    pub fn new() -> Form {
        Form::default()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// Whether another attempt can send the same parts. If one of the parts is a file that can be read only once, the
    /// result is false after the file has been read.
    pub(crate) fn is_replayable(&self) -> bool {
        self.parts.iter().all(|(_, part)| match part {
            Part::Text(_) | Part::TextWithContentType(..) => true,
            Part::File(upload) => upload.is_replayable(),
        })
    }

    fn with(mut self, name: &'static str, part: Part) -> Form {
        self.parts.push((name, part));
        self
    }

    /// Adds a text part.
    pub fn text(self, name: &'static str, value: String) -> Form {
        self.with(name, Part::Text(value))
    }

    /// Adds a part with the contents of a file.
    pub fn file(self, name: &'static str, upload: Upload) -> Form {
        self.with(name, Part::File(upload))
    }

    /// Adds a part with this name for each file.
    pub fn files(self, name: &'static str, uploads: Vec<Upload>) -> Form {
        uploads.into_iter().fold(self, |form, upload| form.file(name, upload))
    }

    /// Adds a text part with this name for each of the values.
    pub fn texts(self, name: &'static str, values: impl Iterator<Item = String>) -> Form {
        values.fold(self, |form, value| form.text(name, value))
    }

    /// Adds a text part with a `Content-Type` header.
    pub fn text_with_content_type(
        self,
        name: &'static str,
        content_type: &'static str,
        value: String,
    ) -> Form {
        self.with(name, Part::TextWithContentType(content_type, value))
    }

    /// Adds a part that is serialized as JSON.
    ///
    /// # Errors
    ///
    /// When the value cannot be written as JSON.
    pub fn json<T: Serialize>(self, name: &'static str, value: &T) -> Result<Form, Error> {
        self.json_with_content_type(name, "application/json", value)
    }

    /// Adds a part with the value as JSON. The `Content-Type` header of the part is `content_type`.
    ///
    /// # Errors
    ///
    /// When the value cannot be written as JSON.
    pub fn json_with_content_type<T: Serialize>(
        self,
        name: &'static str,
        content_type: &'static str,
        value: &T,
    ) -> Result<Form, Error> {
        let text = serde_json::to_string(value).map_err(|error| Error::part(name, &error))?;
        Ok(self.text_with_content_type(name, content_type, text))
    }

    /// Adds the secrets of this form to `secrets`: the texts of parts with sensitive names, the JSON properties with
    /// sensitive names, and the names of the files, which are personal data.
    pub(crate) fn collect_secrets(&self, secrets: &mut CallSecrets, sensitive_names: &[&str]) {
        for (name, part) in &self.parts {
            match part {
                Part::Text(value) if sensitive_names.contains(name) => secrets.add_sensitive_value(value),
                Part::Text(_) => {}
                Part::TextWithContentType(_, text) if sensitive_names.contains(name) => {
                    secrets.add_sensitive_value(text)
                }
                Part::TextWithContentType(_, text) => {
                    secrets.add_sensitive_json_properties(text.as_bytes(), sensitive_names)
                }
                Part::File(upload) => secrets.add_sensitive_value(upload.file_name()),
            }
        }
    }

    /// Opens the files, and encodes the parts for one attempt. If a part fails, returns its name and the error.
    pub(crate) async fn open_files_and_encode_parts(
        &self,
    ) -> Result<ReqwestForm, (&'static str, FormPartError)> {
        // This setting of reqwest writes the names of parts as they are. reqwest's other encodings write `name*=`,
        // which RFC 7578 does not allow (section 4.2).
        let mut reqwest_form = ReqwestForm::new().percent_encode_noop();
        for (name, part) in &self.parts {
            let part = match part {
                Part::Text(value) => ReqwestPart::text(value.clone()),
                Part::TextWithContentType(content_type, text) => ReqwestPart::text(text.clone())
                    .mime_str(content_type)
                    .map_err(|_| (*name, FormPartError::InvalidContentType))?,
                Part::File(upload) => upload.open_as_form_part().await.map_err(|error| (*name, error))?,
            };
            reqwest_form = reqwest_form.part(escape_part_name(name), part);
        }
        Ok(reqwest_form)
    }
}

/// Escapes quotation marks and line ends in the name of a part, because a header contains the name between quotation
/// marks. Browsers escape these characters in the same way (HTML, "multipart/form-data encoding algorithm").
fn escape_part_name(name: &'static str) -> Cow<'static, str> {
    match name.contains(['"', '\r', '\n']) {
        true => name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A").into(),
        false => name.into(),
    }
}
