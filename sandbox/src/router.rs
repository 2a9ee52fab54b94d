//! Finds the operation of a request by its method and path.

use std::collections::BTreeMap;

use matchit::{InsertError, Router as PathRouter};
use partner_client::operation::OperationEntry;
use percent_encoding::percent_decode_str;

/// The operations of an API by their paths.
pub(crate) struct OperationRouter {
    paths: PathRouter<Vec<&'static OperationEntry>>,
}

/// The result of looking up the operation of a request.
#[derive(Debug, PartialEq)]
pub(crate) enum OperationLookupResult {
    /// The operation of the request, and the decoded path parameters.
    FoundOperation(&'static OperationEntry, Vec<(String, String)>),
    /// The path exists, but not with the method of the request. The value lists the methods that the path allows.
    WrongMethod(Vec<&'static str>),
    /// The path does not exist.
    UnknownPath,
}

impl OperationRouter {
    /// Creates a router for the operations of an API.
    pub(crate) fn new(operations: &[&'static OperationEntry]) -> Result<OperationRouter, InsertError> {
        let mut by_path: BTreeMap<&str, Vec<&'static OperationEntry>> = BTreeMap::new();
        for operation in operations {
            by_path.entry(operation.path).or_default().push(operation);
        }
        let mut paths = PathRouter::new();
        for (path, operations) in by_path {
            paths.insert(path, operations)?;
        }
        Ok(OperationRouter { paths })
    }

    /// Looks up the operation of a request. A literal segment has priority over a parameter: `/orders/all` over
    /// `/orders/{id}`.
    pub(crate) fn look_up_operation(&self, method: &str, path: &str) -> OperationLookupResult {
        let Ok(found) = self.paths.at(path) else { return OperationLookupResult::UnknownPath };
        let decoded = found.params.iter().map(|(name, segment)| {
            let text = percent_decode_str(segment).decode_utf8().ok()?;
            // The value of a path parameter must not be empty, but the router library `matchit` accepts an empty
            // segment if another segment follows.
            (!text.is_empty()).then(|| (name.to_owned(), text.into_owned()))
        });
        let Some(parameters) = decoded.collect() else { return OperationLookupResult::UnknownPath };
        match found.value.iter().find(|operation| operation.method == method) {
            Some(operation) => OperationLookupResult::FoundOperation(operation, parameters),
            None => OperationLookupResult::WrongMethod(
                found.value.iter().map(|operation| operation.method).collect(),
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use partner_client::unigox::OPERATIONS;

    #[test]
    fn parameters_of_a_path_are_decoded_segment_by_segment() {
        let router = OperationRouter::new(OPERATIONS).unwrap();
        let user =
            |path: &str| match router.look_up_operation("GET", &format!("/api/v1/partner/users/{path}")) {
                OperationLookupResult::FoundOperation(operation, parameters) => {
                    Some((operation.id, parameters[0].1.clone()))
                }
                _ => None,
            };
        assert_eq!(user("7/payment-details"), Some(("list_payment_details", "7".to_owned())));
        assert_eq!(user("a%2Fb%20%C5%82"), Some(("get_partner_user", "a/b ł".to_owned())));
        for unknown in ["/payment-details", "7/payment-details/", "7/nothing", "%FF", "7//wallet", ""] {
            assert_eq!(user(unknown), None, "{unknown}");
        }
    }

    #[test]
    fn every_operation_of_both_apis_is_found_by_its_own_path() {
        for operations in [OPERATIONS, partner_client::p100::OPERATIONS] {
            let router = OperationRouter::new(operations).unwrap();
            for operation in operations {
                let path = operation.path.replace(['{', '}'], "");
                let found = router.look_up_operation(operation.method, &path);
                assert!(
                    matches!(found, OperationLookupResult::FoundOperation(found, _) if found == *operation),
                    "{}",
                    operation.id
                );
            }
        }
    }

    #[test]
    fn a_known_path_with_another_method_is_distinguished_from_an_unknown_path() {
        let router = OperationRouter::new(OPERATIONS).unwrap();
        let methods = vec!["GET", "POST"];
        let path = "/api/v1/partner/users/7/payment-details";
        assert_eq!(router.look_up_operation("PUT", path), OperationLookupResult::WrongMethod(methods));
        assert_eq!(router.look_up_operation("GET", "/api/v1/partner"), OperationLookupResult::UnknownPath);
    }
}
