//! Why a request does not fit the document.

/// The first problem that was found in a request. No value of the request is part of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Mismatch {
    /// The body is of another media type, or cannot be parsed.
    Body,
    /// This property, parameter or part is required and missing.
    Missing(String),
    /// A value has another type or form than documented. The text says which one and what was expected.
    Invalid(String),
}

impl std::fmt::Display for Mismatch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Mismatch::Body => {
                f.write_str("the body is of another media type than documented, or cannot be parsed")
            }
            Mismatch::Missing(name) => write!(f, "{name} is required"),
            Mismatch::Invalid(problem) => f.write_str(problem),
        }
    }
}

/// What serde found wrong with a body. serde tells it in words only; the values that it quotes are not passed on.
impl From<&serde_json::Error> for Mismatch {
    fn from(error: &serde_json::Error) -> Mismatch {
        if !error.is_data() {
            return Mismatch::Body;
        }
        let text = error.to_string();
        match text.strip_prefix("missing field `").and_then(|rest| rest.split_once('`')) {
            Some((field, _)) => Mismatch::Missing(field.to_owned()),
            None => Mismatch::Invalid("a field has another type than it should".to_owned()),
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
        assert_eq!(mismatch(r#"{"user_ref": "x"}"#), Mismatch::Missing("email".to_owned()));
        assert!(matches!(mismatch(r#"{"user_ref": "x", "email": 1}"#), Mismatch::Invalid(_)));
        assert_eq!(mismatch(r#"{"user_ref": "x""#), Mismatch::Body);
        assert_eq!(mismatch(""), Mismatch::Body);
    }
}
