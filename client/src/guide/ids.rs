//! Ids and codes.
//!
//! Each kind of id, and each kind of code like currencies, countries and addresses, has a type of its own. The same type is
//! used wherever the thing appears: in arguments, requests, responses and webhooks. So an id of a response can be passed on
//! as it is, and the compiler refuses an id of another kind.
//!
//! The caller writes the conversion from text, with `from` or `parse`. UUIDs are parsed, because not every text is one:
//!
//! ```
//! use partner_client::unigox::{CountryCode, PaymentDetailsId, UserUuid};
//!
//! let user: UserUuid = "550e8400-e29b-41d4-a716-446655440000".parse()?;
//! let country = CountryCode::from("DE");
//! assert_eq!((user.to_string().len(), country.as_str()), (36, "DE"));
//!
//! // Unigox has these ids as numbers in some operations and as strings in others. The type is the same for both.
//! assert_eq!(PaymentDetailsId::from(987), PaymentDetailsId::from("987"));
//! # Ok::<(), partner_client::uuid::Error>(())
//! ```
//!
//! All of them implement `Display`, `FromStr`, `Serialize`, `Deserialize`, `Hash` and `Ord`, so that they can be stored and
//! used as keys. None of them checks its text, because the vendor knows better what is valid, and what the vendor sends
//! is kept as it came. An IBAN can be checked before it is sent, and its `Debug` output does not show it:
//!
//! ```
//! use partner_client::{IbanError, p100::Iban};
//!
//! assert_eq!(Iban::from("DE89 3704 0044 0532 0130 00").check(), Ok(()));
//! assert_eq!(Iban::from("DE89 3704 0044 0532 0130 01").check(), Err(IbanError::WrongCheckDigits));
//! assert_eq!(format!("{:?}", Iban::from("DE89")), "Iban([redacted])");
//! ```
//!
//! # What does not compile
//!
//! Two ids that are swapped:
//!
//! ```compile_fail,E0308
//! use partner_client::p100::{CardId, Client, ExternalUserId};
//!
//! # fn example(p100: Client, user: ExternalUserId, card: CardId) {
//! let limits = p100.get_card_limits(card, user);
//! # }
//! ```
//!
//! Two texts, swapped or not:
//!
//! ```compile_fail,E0308
//! use partner_client::unigox::{Client, OrderId};
//!
//! # fn example(unigox: Client, order: OrderId, chain: String, address: String) {
//! let parameters = unigox.get_bridge_authorization_parameters(order, address, chain);
//! # }
//! ```
//!
//! With the conversion that says what the texts are, it does:
//!
//! ```
//! use partner_client::unigox::{ChainAddress, Client, DestinationChain, OrderId};
//!
//! # fn example(unigox: Client, order: OrderId, chain: String, address: String) {
//! let (chain, address) = (DestinationChain::from(chain), ChainAddress::from(address));
//! let parameters = unigox.get_bridge_authorization_parameters(order, chain, address);
//! # }
//! ```
