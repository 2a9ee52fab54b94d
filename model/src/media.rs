//! Classifies media types by the kind of body that they stand for.

/// The kind of body that a media type stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MediaKind {
    /// `application/json`, or another type that is written as JSON.
    Json,
    /// A form of the type `multipart/form-data`.
    Multipart,
    /// A form of the type `application/x-www-form-urlencoded`.
    UrlEncoded,
    /// `text/...`.
    Text,
    /// Any other media type.
    Bytes,
}

/// Returns the essence of a media type: the type without its parameters, in lower case, like `application/json` for
/// `Application/JSON; charset=utf-8`.
pub fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// Whether a media type is JSON: `application/json`, `text/json`, or one that ends with `+json`.
pub fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence == "application/json" || essence == "text/json" || essence.ends_with("+json")
}

/// Whether a media type is an HTML form. The parts of a form are the properties of the schema of the media type.
pub fn is_form(media_type: &str) -> bool {
    matches!(essence(media_type).as_str(), "multipart/form-data" | "application/x-www-form-urlencoded")
}

impl MediaKind {
    /// Classifies a media type by the kind of body that it stands for.
    pub fn new(media_type: &str) -> MediaKind {
        match essence(media_type).as_str() {
            _ if is_json(media_type) => MediaKind::Json,
            "multipart/form-data" => MediaKind::Multipart,
            "application/x-www-form-urlencoded" => MediaKind::UrlEncoded,
            text if text.starts_with("text/") => MediaKind::Text,
            _ => MediaKind::Bytes,
        }
    }
}
