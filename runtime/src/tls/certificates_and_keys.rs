//! Parses certificates and keys, in PEM or DER. Error messages never contain the certificate or the key.

use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, PrivateKeyDer};

/// Parses `bytes` as certificates: any number of them in PEM, or one in DER. `setting` is the name of the TLS setting,
/// for the error message.
pub(super) fn parse_certificates(
    setting: &str,
    bytes: &[u8],
) -> Result<Vec<CertificateDer<'static>>, String> {
    let expected = || {
        format!(
            "`{setting}` takes X.509 certificates: PEM (`-----BEGIN CERTIFICATE-----`), or the DER of one"
        )
    };
    if is_der_sequence(bytes) {
        return Ok(vec![CertificateDer::from(bytes.to_vec())]);
    }
    let found: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(bytes).collect();
    found.ok().filter(|found| !found.is_empty()).ok_or_else(expected)
}

/// Parses `bytes` as a private key, in PEM or DER. Other sections of PEM are skipped, so that one PEM file can contain
/// both the certificate and the key. `setting` is the name of the TLS setting, for the error message.
pub(super) fn parse_private_key(setting: &str, bytes: &[u8]) -> Result<PrivateKeyDer<'static>, String> {
    let expected = || {
        format!("`{setting}` takes an unencrypted private key: PEM (`-----BEGIN PRIVATE KEY-----`), or DER")
    };
    if is_der_sequence(bytes) {
        return PrivateKeyDer::try_from(bytes.to_vec()).map_err(|_| expected());
    }
    PrivateKeyDer::from_pem_slice(bytes).map_err(|_| expected())
}

/// Whether the bytes are exactly one ASN.1 sequence, like a certificate or key in DER. The result is false for a PEM
/// text: its second byte, an ASCII character, would mean a length of at most 127 bytes, but a PEM text is longer.
fn is_der_sequence(bytes: &[u8]) -> bool {
    match bytes {
        [0x30, length @ 0..=0x7f, rest @ ..] => rest.len() == usize::from(*length),
        [0x30, 0x81, length, rest @ ..] => rest.len() == usize::from(*length),
        [0x30, 0x82, high, low, rest @ ..] => rest.len() == usize::from(u16::from_be_bytes([*high, *low])),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_neither_pem_nor_der_is_refused_with_what_was_expected_and_not_shown() {
        let cut = "-----BEGIN CERTIFICATE-----\nc2VjcmV0\n";
        let other = "-----BEGIN PUBLIC KEY-----\nc2VjcmV0\n-----END PUBLIC KEY-----\n";
        for given in ["", "secret", "/etc/ssl/secret.pem", "c2VjcmV0", cut, other] {
            let error = parse_certificates("root_certificates", given.as_bytes()).unwrap_err();
            assert!(error.contains("`root_certificates` takes X.509 certificates: PEM"), "{error}");
            assert!(!error.contains("secret") && !error.contains("c2VjcmV0"), "{error}");

            let error = parse_private_key("client_key", given.as_bytes()).unwrap_err();
            assert!(error.contains("`client_key` takes an unencrypted private key: PEM"), "{error}");
            assert!(!error.contains("secret") && !error.contains("c2VjcmV0"), "{error}");
        }
    }

    #[test]
    fn a_file_of_several_certificates_is_read_to_its_end() {
        let one = "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n";
        let key = "-----BEGIN PRIVATE KEY-----\nMAA=\n-----END PRIVATE KEY-----\n";
        let file = format!("# the authorities\n{one}{key}\n{one}");
        assert_eq!(parse_certificates("x", file.as_bytes()).unwrap().len(), 2);
        assert!(parse_private_key("x", file.as_bytes()).is_ok());
        // The whole file is invalid if one of its PEM sections has no end.
        assert!(
            parse_certificates("x", format!("{one}-----BEGIN CERTIFICATE-----\nMAA=\n").as_bytes()).is_err()
        );
    }

    #[test]
    fn der_is_told_from_pem_by_its_bytes() {
        assert!(
            is_der_sequence(&[0x30, 0x00])
                && is_der_sequence(&[0x30, 0x81, 0x01, 0x00])
                && is_der_sequence(&[0x30, 0x82, 0, 1, 7])
        );
        assert!(
            !is_der_sequence(b"0")
                && !is_der_sequence(&[0x30, 0x01])
                && !is_der_sequence(&[0x30, 0x00, 0x00])
                && !is_der_sequence(b"0-----")
        );
    }
}
