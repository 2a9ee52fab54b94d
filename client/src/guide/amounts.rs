//! Amounts: calculating with, making and storing amounts of money and rates.
//!
//! # Calculating
//!
//! Every amount and rate is a [`Decimal`](crate::Decimal), whether the API writes it as a string or as a number. Sums,
//! differences and products are exact. Division and reducing the number of decimals are not exact, so they take the
//! number of decimals and the kind of rounding as arguments:
//!
//! ```
//! use partner_client::unigox::FeeBreakdown;
//! use partner_client::{Decimal, Rounding, decimal};
//!
//! /// What the partner earns with a quote, in cents.
//! fn earned(fees: &FeeBreakdown, rate: Decimal) -> Option<Decimal> {
//!     let fee = fees.partner_fee?;
//!     (fee > 0).then(|| (fee * rate).round_to(2, Rounding::TowardsZero))
//! }
//!
//! let fees: FeeBreakdown = partner_client::serde_json::from_str(r#"{"partner_fee": "1.005000", "partner_fee_pct": 1}"#)?;
//! assert_eq!(earned(&fees, decimal!("0.9312")), Some(decimal!("0.93")));
//!
//! let each = decimal!("100").checked_div(3, 2, Rounding::TowardsZero).unwrap();
//! assert_eq!(decimal!("100") - each * 3, decimal!("0.01"), "what is left has to go somewhere");
//! # Ok::<(), partner_client::serde_json::Error>(())
//! ```
//!
//! Two amounts are equal if they have the same value: `0.000000` equals `0`. [`with_scale`](crate::Decimal::with_scale)
//! pads an amount to a token's number of decimals, and [`move_decimal_point`](crate::Decimal::move_decimal_point)
//! converts it into the token's base units.
//!
//! The operators panic if a result has too many digits for a decimal. Amounts have at most half of these digits, so the
//! product of two amounts always fits. Code that multiplies untrusted numbers should use
//! [`checked_mul`](crate::Decimal::checked_mul).
//!
//! # Making amounts
//!
//! Setters and constructors take decimals and integers. A decimal comes from text (`"16.02".parse()`), from an integer,
//! or from [`decimal!`](crate::decimal), which the compiler checks. No function takes a float, because floats do not
//! have the intended digits: as floats, `0.1 + 0.2` is not `0.3`.
//!
//! ```
//! use partner_client::decimal;
//! use partner_client::unigox::{
//!     CryptoCurrencyCode, FiatCurrencyCode, NewOnRampQuote, NewOnRampQuoteRequired, QuoteAmount, UserUuid,
//! };
//! use partner_client::uuid::Uuid;
//!
//! let user_uuid = UserUuid::from(Uuid::from_u128(1));
//! let quote_of = |amount| {
//!     NewOnRampQuote::new(NewOnRampQuoteRequired {
//!         user_uuid,
//!         fiat_currency: FiatCurrencyCode::from("EUR"),
//!         crypto_currency: CryptoCurrencyCode::from("USDC"),
//!         quote_amount: QuoteAmount::Fiat(amount),
//!     })
//! };
//! let quote = quote_of(decimal!("16.02"));
//! let same = quote_of("16.02".parse()?);
//! assert_eq!(quote, same);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Amounts above zero
//!
//! An amount that a request moves or asks a price for is more than zero. A call with another amount fails before it is
//! sent, with an error that names the field. Fees, limits and tolerances may be zero. Nothing else is checked: how much is
//! enough, and how many decimals a currency has, is what the server decides.
//!
//! ```
//! use partner_client::p100::{Client, Currency, NewInternalTransfer, NewInternalTransferRequired};
//! use partner_client::{ErrorKind, decimal};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let client = Client::builder().api_key("an-example-key").base_url("http://127.0.0.1:9").build()?;
//! let transfer = NewInternalTransfer::new(NewInternalTransferRequired {
//!     amount: decimal!("-5"),
//!     currency: Currency::Eur,
//! });
//! let error = client.create_internal_transfer(transfer).await.unwrap_err();
//! assert_eq!((error.kind(), error.json_path()), (ErrorKind::Request, Some("amount")));
//! assert!(!error.may_have_executed());
//! # Ok(())
//! # }
//! ```
//!
//! # Storing amounts
//!
//! An audit row or a `JSONB` column is often filled by way of [`serde_json::Value`], which has floats and no decimals.
//! So in a `Value` every decimal of a model is a string, and the model can be read back from it with every digit.
//! [`Json::from_serialize`](crate::Json::from_serialize) keeps the text that the API would get, with the numbers as
//! numbers:
//!
//! ```
//! use partner_client::Json;
//! use partner_client::p100::OrderDetails;
//! use partner_client::serde_json::{self, json};
//!
//! let text = r#"{"receivedAmount":412.6071420000000001}"#;
//! let order: OrderDetails = serde_json::from_str(text)?;
//!
//! let row = json!({ "kind": "order", "payload": order });
//! assert_eq!(row["payload"]["receivedAmount"], "412.6071420000000001");
//! assert_eq!(serde_json::from_value::<OrderDetails>(row["payload"].clone())?, order);
//!
//! assert_eq!(Json::from_serialize(&order).unwrap().as_json_text(), text);
//! # Ok::<(), serde_json::Error>(())
//! ```
//!
//! Two losses cannot be prevented. Text that is parsed as a `Value` has lost digits before a model is read
//! from it: read models, or [`Json`](crate::Json), from the text. And the number of an
//! undocumented key (`extra`) is a float in a `Value`, because it is unknown whether the number is an amount;
//! `Json::from_serialize` keeps all of its digits.
