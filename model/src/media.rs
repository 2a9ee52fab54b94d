//! Media types.

/// What kind of body a media type stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MediaKind {
    /// `application/json`.
    Json,
    /// `multipart/form-data`.
    Multipart,
    /// `text/...`.
    Text,
    /// Any other.
    Bytes,
}

/// A media type without its parameters, in lower case: `Application/JSON; charset=utf-8` is `application/json`.
pub fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

impl MediaKind {
    /// The kind of body that a media type stands for.
    pub fn new(media_type: &str) -> MediaKind {
        match essence(media_type).as_str() {
            "application/json" => MediaKind::Json,
            "multipart/form-data" => MediaKind::Multipart,
            text if text.starts_with("text/") => MediaKind::Text,
            _ => MediaKind::Bytes,
        }
    }
}
