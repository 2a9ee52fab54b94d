//! Classifies media types by the kind of body that they describe: JSON, a form, text or bytes.

/// The kind of body that a media type describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BodyKind {
    /// `application/json`, or another type that is written as JSON.
    Json,
    /// A form of the type `multipart/form-data`.
    Multipart,
    /// A form of the type `application/x-www-form-urlencoded`.
    UrlEncoded,
    /// `text/...`.
    Text,
    /// Any other media type: the body is handled as bytes.
    Bytes,
}

/// Returns the essence of a media type, which is the type without its parameters, in lower case. For example, the
/// essence of `Application/JSON; charset=utf-8` is `application/json`.
pub fn extract_media_type_essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// Whether a media type is JSON: `application/json`, `text/json`, or one that ends with `+json`.
pub fn is_json_media_type(media_type: &str) -> bool {
    let essence = extract_media_type_essence(media_type);
    essence == "application/json" || essence == "text/json" || essence.ends_with("+json")
}

/// Whether a media type is one of the two media types of HTML forms. The schema of a form has a property for each part
/// of the form.
pub fn is_form_media_type(media_type: &str) -> bool {
    matches!(
        extract_media_type_essence(media_type).as_str(),
        "multipart/form-data" | "application/x-www-form-urlencoded"
    )
}

impl BodyKind {
    /// Classifies a media type by the kind of body that it stands for.
    pub fn from_media_type(media_type: &str) -> BodyKind {
        match extract_media_type_essence(media_type).as_str() {
            _ if is_json_media_type(media_type) => BodyKind::Json,
            "multipart/form-data" => BodyKind::Multipart,
            "application/x-www-form-urlencoded" => BodyKind::UrlEncoded,
            text if text.starts_with("text/") => BodyKind::Text,
            _ => BodyKind::Bytes,
        }
    }
}
