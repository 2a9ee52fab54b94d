//! Finds the operation that a request means, by method and path template.

use partner_client::operation::Operation;

/// What a request means.
#[derive(Debug, PartialEq)]
pub(crate) enum Route {
    /// This operation, with what its path holds.
    Found(&'static Operation, Vec<(&'static str, String)>),
    /// There is such a path, but with these methods.
    WrongMethod(Vec<&'static str>),
    /// There is no such path.
    Unknown,
}

/// Finds the operation. Of several, the one with the most fixed segments wins: `/orders/all` before `/orders/{id}`.
pub(crate) fn find(operations: &[&'static Operation], method: &str, path: &str) -> Route {
    let mut fitting: Vec<_> = operations
        .iter()
        .filter_map(|operation| values(operation.path, path).map(|values| (*operation, values)))
        .collect();
    let methods = fitting.iter().map(|(operation, _)| operation.method).collect();
    fitting.retain(|(operation, _)| operation.method == method);
    // The fewer values, the more fixed segments.
    match fitting.into_iter().min_by_key(|(_, values)| values.len()) {
        Some((operation, values)) => Route::Found(operation, values),
        None if Vec::is_empty(&methods) => Route::Unknown,
        None => Route::WrongMethod(methods),
    }
}

/// The values of a path, when it fits a template.
fn values(template: &'static str, path: &str) -> Option<Vec<(&'static str, String)>> {
    let (mut expected, mut segments) = (template.split('/'), path.split('/'));
    let mut values = Vec::new();
    loop {
        match (expected.next(), segments.next()) {
            (None, None) => return Some(values),
            (Some(expected), Some(segment)) => match name(expected) {
                Some(name) if !segment.is_empty() => values.push((name, decode(segment)?)),
                None if expected == segment => {}
                _ => return None,
            },
            _ => return None,
        }
    }
}

/// The name of a segment that is a parameter.
fn name(segment: &str) -> Option<&str> {
    segment.strip_prefix('{')?.strip_suffix('}')
}

/// Undoes percent-encoding. None when the result is no UTF-8.
fn decode(segment: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(segment.len());
    let mut rest = segment.as_bytes();
    while let [first, tail @ ..] = rest {
        rest = tail;
        match (first, tail) {
            (b'%', [high, low, tail @ ..]) => {
                let digit =
                    |byte: &u8| char::from(*byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
                bytes.push(digit(high)? * 16 + digit(low)?);
                rest = tail;
            }
            _ => bytes.push(*first),
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_fits_a_template_segment_by_segment() {
        let fits = |path| values("/users/{id}/kyc", path);
        assert_eq!(fits("/users/7/kyc"), Some(vec![("id", "7".to_owned())]));
        assert_eq!(fits("/users/a%2Fb%20%C5%82/kyc"), Some(vec![("id", "a/b ł".to_owned())]));
        for other in [
            "/users//kyc",
            "/users/7",
            "/users/7/kyc/",
            "/users/7/kyc/x",
            "/users/%FF/kyc",
            "/Users/7/kyc",
            "",
        ] {
            assert_eq!(fits(other), None, "{other}");
        }
    }

    #[test]
    fn a_known_path_with_another_method_is_told_apart_from_an_unknown_path() {
        let find = |method, path| find(partner_client::unigox::OPERATIONS, method, path);
        assert!(
            matches!(find("GET", "/api/v1/partner/verify-auth"), Route::Found(found, _) if found.id == "verify_auth")
        );
        let methods = vec!["GET", "POST"];
        assert_eq!(find("PUT", "/api/v1/partner/users/7/payment-details"), Route::WrongMethod(methods));
        assert_eq!(find("GET", "/api/v1/partner"), Route::Unknown);
    }
}
