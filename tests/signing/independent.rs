//! A second implementation of hashes and signatures, by hand and with other crates, as the contract computes them.

use k256::ecdsa::SigningKey;
use sha3::{Digest, Keccak256};

/// A request, as words of 32 bytes and calldata.
pub(crate) struct Request<'a> {
    pub(crate) from: [u8; 20],
    pub(crate) to: [u8; 20],
    pub(crate) gas: u128,
    pub(crate) nonce: u128,
    pub(crate) deadline: u64,
    pub(crate) data: &'a [u8],
}

fn keccak(parts: &[&[u8]]) -> [u8; 32] {
    let mut hash = Keccak256::new();
    for part in parts {
        hash.update(part);
    }
    hash.finalize().into()
}

fn number(value: u128) -> [u8; 32] {
    let mut word = [0; 32];
    word[16..].copy_from_slice(&value.to_be_bytes());
    word
}

fn address(value: [u8; 20]) -> [u8; 32] {
    let mut word = [0; 32];
    word[12..].copy_from_slice(&value);
    word
}

pub(crate) const DOMAIN_TYPE: &str =
    "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)";
pub(crate) const REQUEST_TYPE: &str = "ForwardRequest(address from,address to,uint256 value,uint256 gas,uint256 nonce,uint48 deadline,bytes data)";

pub(crate) fn domain_separator(chain_id: u128, forwarder: [u8; 20]) -> [u8; 32] {
    keccak(&[
        &keccak(&[DOMAIN_TYPE.as_bytes()]),
        &keccak(&[b"SyntheticAssetForwarder"]),
        &keccak(&[b"1"]),
        &number(chain_id),
        &address(forwarder),
    ])
}

pub(crate) fn struct_hash(request: &Request<'_>) -> [u8; 32] {
    keccak(&[
        &keccak(&[REQUEST_TYPE.as_bytes()]),
        &address(request.from),
        &address(request.to),
        &number(0),
        &number(request.gas),
        &number(request.nonce),
        &number(request.deadline.into()),
        &keccak(&[request.data]),
    ])
}

pub(crate) fn digest(domain: [u8; 32], hash: [u8; 32]) -> [u8; 32] {
    keccak(&[&[0x19, 0x01], &domain, &hash])
}

/// r, s and v as 27 or 28, in hex after `0x`.
pub(crate) fn sign(key: &[u8; 32], digest: &[u8; 32]) -> String {
    let key = SigningKey::from_slice(key).unwrap();
    let (signature, recovery) = key.sign_prehash_recoverable(digest).unwrap();
    let bytes = signature.to_bytes().into_iter().chain([27 + recovery.to_byte()]);
    bytes.fold("0x".to_owned(), |text, byte| format!("{text}{byte:02x}"))
}

/// The address of a key: the last 20 bytes of the hash of its public key.
pub(crate) fn address_of(key: &[u8; 32]) -> [u8; 20] {
    let public = SigningKey::from_slice(key).unwrap().verifying_key().to_encoded_point(false);
    keccak(&[&public.as_bytes()[1..]])[12..].try_into().unwrap()
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

pub(crate) fn unhex(text: &str) -> Vec<u8> {
    let digits = text.strip_prefix("0x").unwrap_or(text);
    (0..digits.len()).step_by(2).map(|at| u8::from_str_radix(&digits[at..at + 2], 16).unwrap()).collect()
}

/// The hash that `personal_sign` signs.
pub(crate) fn personal_digest(message: &[u8]) -> [u8; 32] {
    let prefix = format!("\u{19}Ethereum Signed Message:\n{}", message.len());
    keccak(&[prefix.as_bytes(), message])
}
