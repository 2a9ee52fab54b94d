//! Checks the API keys of requests.

use http::HeaderMap;
use partner_client::operation::Security;

use crate::refusal::RequestRefusal;

/// Checks that the API key in the header `header_name` is `expected`. The operation's `security` decides whether the
/// key is required, optional or ignored. Even an optional key is refused if it is wrong.
pub(crate) fn check_api_key(
    security: Security,
    headers: &HeaderMap,
    header_name: &str,
    expected: &str,
) -> Result<(), RequestRefusal> {
    match (security, headers.get(header_name)) {
        (Security::None, _) | (Security::Optional, None) => Ok(()),
        (_, None) => Err(RequestRefusal::NoKey),
        (_, Some(key)) if key.as_bytes() == expected.as_bytes() => Ok(()),
        (_, Some(_)) => Err(RequestRefusal::WrongKey),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_operation_without_security_ignores_keys_and_an_optional_key_has_to_be_right() {
        let none = HeaderMap::new();
        let wrong = HeaderMap::from_iter([(http::header::HOST, http::HeaderValue::from_static("wrong"))]);
        let check = |security, headers| check_api_key(security, headers, "host", "right");
        assert_eq!(check(Security::None, &wrong), Ok(()));
        assert_eq!(check(Security::Optional, &none), Ok(()));
        assert_eq!(check(Security::Optional, &wrong), Err(RequestRefusal::WrongKey));
        assert_eq!(check(Security::Required, &none), Err(RequestRefusal::NoKey));
    }
}
