//! The reasons why a request does not conform to the OpenAPI document.

/// The first reason why a request does not conform to the OpenAPI document. The strings in the variants never contain
/// values of the request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Mismatch {
    /// The body has a media type that the operation does not accept, or the body cannot be parsed.
    UnusableBody,
    /// A required property, parameter or form part is missing. The string is its name.
    MissingValue(String),
    /// A value violates its schema, for example because it has another type or format than the schema requires. The
    /// string is a message with the name of the property or parameter, and the problem.
    InvalidValue(String),
}

impl std::fmt::Display for Mismatch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Mismatch::UnusableBody => {
                f.write_str("the body is of another media type than documented, or cannot be parsed")
            }
            Mismatch::MissingValue(name) => write!(f, "{name} is required"),
            Mismatch::InvalidValue(problem) => f.write_str(problem),
        }
    }
}

/// Converts an error that occurred while a body was deserialized. Only the name of a missing field is taken from the
/// message of the error, because the message may quote values of the body.
impl From<&serde_json::Error> for Mismatch {
    fn from(error: &serde_json::Error) -> Mismatch {
        if !error.is_data() {
            return Mismatch::UnusableBody;
        }
        let text = error.to_string();
        match text.strip_prefix("missing field `").and_then(|rest| rest.split_once('`')) {
            Some((field, _)) => Mismatch::MissingValue(field.to_owned()),
            None => Mismatch::InvalidValue("a field has another type than it should".to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use partner_client::unigox::NewPartnerUser;

    #[test]
    fn a_mismatch_names_the_missing_field() {
        let mismatch =
            |json: &str| Mismatch::from(&serde_json::from_str::<NewPartnerUser>(json).unwrap_err());
        assert_eq!(mismatch(r#"{"user_ref": "x"}"#), Mismatch::MissingValue("email".to_owned()));
        assert!(matches!(mismatch(r#"{"user_ref": "x", "email": 1}"#), Mismatch::InvalidValue(_)));
        assert_eq!(mismatch(r#"{"user_ref": "x""#), Mismatch::UnusableBody);
        assert_eq!(mismatch(""), Mismatch::UnusableBody);
    }
}
