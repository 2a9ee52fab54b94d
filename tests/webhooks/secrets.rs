//! What can be a secret.

use partner_client::webhooks::{InvalidSecret, Secret};

#[test]
fn a_secret_with_its_line_end_is_refused() {
    assert_eq!(Secret::new("").unwrap_err(), InvalidSecret::Empty);
    for secret in ["whsec\n", "whsec\r\n", " whsec", "whsec ", "wh\0sec", "wh\tsec", "whséc"] {
        let error = Secret::new(secret).unwrap_err();
        assert_eq!(error, InvalidSecret::ForbiddenCharacters, "{secret:?}");
        assert!(!error.to_string().contains("wh"), "{error}");
    }
    assert!(Secret::new("Bearer whsec_1").is_ok());
}

#[test]
fn a_secret_is_not_shown() {
    assert_eq!(format!("{:?}", Secret::new("whsec").unwrap()), "Secret([redacted])");
}
