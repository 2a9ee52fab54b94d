//! Checks media types for typing mistakes.

use mime::Mime;
use partner_model::media::extract_media_type_essence;

/// The top-level media types, like `image` in `image/png`: the registered ones, and others that servers use without
/// registration.
const TOP_LEVEL_MEDIA_TYPES: &[&str] = &[
    "application",
    "audio",
    "binary",
    "chemical",
    "example",
    "font",
    "haptics",
    "image",
    "message",
    "model",
    "multipart",
    "text",
    "video",
    "*",
];

/// The common media types. Media types that resemble them are reported as misspellings.
const COMMON_MEDIA_TYPES: &[&str] = &[
    "application/json",
    "application/merge-patch+json",
    "application/json-patch+json",
    "application/octet-stream",
    "application/pdf",
    "application/problem+json",
    "application/x-www-form-urlencoded",
    "application/xml",
    "application/zip",
    "image/jpeg",
    "image/png",
    "multipart/form-data",
    "text/csv",
    "text/event-stream",
    "text/html",
    "text/plain",
];

/// Media types that resemble a common media type, but are not misspellings.
const VALID_LOOKALIKE_MEDIA_TYPES: &[&str] = &[
    "application/bson",
    "application/gzip",
    "application/json5",
    "application/jsonl",
    "image/apng",
    "image/jpg",
    "text/css",
    "text/tsv",
];

/// Checks a media type, or a range like `image/*`. Returns `None` if it has no mistake. Otherwise, returns a
/// description of the mistake and, if there is a likely correction, the correction: a media type, or a top-level type
/// like `image`.
pub(crate) fn describe_media_type_mistake(media_type: &str) -> Option<(String, Option<&'static str>)> {
    let parsed: Result<Mime, _> = media_type.trim().parse();
    let essence = extract_media_type_essence(media_type);
    let halves = essence.split_once('/').filter(|(top, sub)| !top.is_empty() && !sub.is_empty());
    let Some((top, sub)) = halves.filter(|_| parsed.is_ok()) else {
        let meant = COMMON_MEDIA_TYPES.iter().find(|common| common.ends_with(&format!("/{essence}")));
        let meant = if essence == "*" { Some(&"*/*") } else { meant };
        let what =
            if essence.contains('/') { "is no media type" } else { "is no media type: it has no slash" };
        return Some((what.to_owned(), meant.copied()));
    };
    if top == "*" && sub != "*" {
        return Some((String::from("is no media range"), Some("*/*")));
    }
    if !TOP_LEVEL_MEDIA_TYPES.contains(&top) && !top.starts_with("x-") {
        let meant = COMMON_MEDIA_TYPES.iter().find(|common| {
            common
                .split_once('/')
                .is_some_and(|(type_, subtype)| differ_by_one_typing_mistake(type_, top) && subtype == sub)
        });
        let near = TOP_LEVEL_MEDIA_TYPES.iter().find(|type_| differ_by_one_typing_mistake(type_, top));
        return Some((format!("is of the type `{top}`, which does not exist"), meant.or(near).copied()));
    }
    if COMMON_MEDIA_TYPES.contains(&essence.as_str())
        || VALID_LOOKALIKE_MEDIA_TYPES.contains(&essence.as_str())
    {
        return None;
    }
    let meant = COMMON_MEDIA_TYPES.iter().find(|common| differ_by_one_typing_mistake(common, &essence))?;
    Some((String::from("is no media type that is known"), Some(meant)))
}

/// Whether two texts differ by one inserted, removed or replaced letter, or by two adjacent letters that are swapped.
fn differ_by_one_typing_mistake(a: &str, b: &str) -> bool {
    let start = a.bytes().zip(b.bytes()).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a.as_bytes()[start..], &b.as_bytes()[start..]);
    let end = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    match (&a[..a.len() - end], &b[..b.len() - end]) {
        ([_], []) | ([], [_]) | ([_], [_]) => true,
        ([x, y], [z, w]) => x == w && y == z,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_used_is_a_media_type() {
        for fine in [
            "application/json",
            "application/json; charset=utf-8",
            "application/vnd.wallets.v2+json;profile=\"a b\"",
            "image/*",
            "*/*",
            "image/jpg",
            "binary/octet-stream",
            "x-wallets/list",
            "Text/CSV",
        ] {
            assert_eq!(describe_media_type_mistake(fine), None, "{fine}");
        }
    }

    #[test]
    fn slips_are_found_with_what_was_meant() {
        let meant = |text| describe_media_type_mistake(text).and_then(|(_, meant)| meant);
        assert_eq!(meant("aplication/json"), Some("application/json"));
        assert_eq!(meant("application/jsno"), Some("application/json"));
        assert_eq!(meant("multipart/formdata"), Some("multipart/form-data"));
        assert_eq!(meant("json"), Some("application/json"));
        assert_eq!(meant("*/json"), Some("*/*"));
        for wrong in ["application", "application/", "/json", "application json", "a/b/c", ""] {
            assert!(describe_media_type_mistake(wrong).is_some(), "{wrong}");
        }
    }
}
