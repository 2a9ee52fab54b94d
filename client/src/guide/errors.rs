//! Errors: what a failed call tells, and what to do about it.
//!
//! # One type
//!
//! A call of either API, a client that cannot be built, a file that cannot be opened, a page of a list: all of these
//! fail with [`Error`](crate::Error). Only a [wait](super::waiting) has an error of its own, which holds the one of its
//! call, and [converts into it](super::waiting#in-functions-that-return-error).
//!
//! The first question is how far the call came, which [`kind`](crate::Error::kind) answers. Of all kinds, only
//! [`ErrorKind::Api`](crate::ErrorKind::Api) is a refusal by the vendor; with the others the request was not sent, or the vendor sent
//! no response, or sent one that cannot be read. [`ErrorKind::Wait`](crate::ErrorKind::Wait) is no failure of a call: a
//! wait ended without what was waited for.
//!
//! # Which refusal it was
//!
//! Each API has an enum of its codes, [`unigox::ErrorCode`](crate::unigox::ErrorCode) and
//! [`p100::ErrorCode`](crate::p100::ErrorCode), with what each code means. `of` gives nothing for an error of the other
//! API, so a function that gets errors of both can ask both:
//!
//! ```
//! use partner_client::{Error, p100, unigox};
//!
//! /// What a person has to do before the payment can be made.
//! fn next_step(error: &Error) -> Option<&'static str> {
//!     use unigox::ErrorCode as U;
//!     match unigox::ErrorCode::from_error(error) {
//!         Some(U::QuoteExpired | U::PriceChangedRequote) => return Some("get a new quote"),
//!         Some(U::KycNotCleared | U::SenderIdentityRequired) => return Some("complete the verification"),
//!         Some(U::InsufficientBalance) => return Some("top up the wallet"),
//!         _ => {}
//!     }
//!     match p100::ErrorCode::from_error(error) {
//!         Some(p100::ErrorCode::P412) => Some("create the user"),
//!         Some(p100::ErrorCode::P433) => Some("top up the balance"),
//!         _ => None,
//!     }
//! }
//! #
//! # let error = unigox::Client::builder().build().unwrap_err();
//! # assert_eq!(next_step(&error), None);
//! ```
//!
//! A code that this version does not know is kept as `Unrecognized`, and [`code`](crate::Error::code) has the text of
//! any code. Both vendors add codes without notice, so let the last arm of a `match` go by the status or by the two
//! questions below:
//!
//! ```
//! use partner_client::unigox::ErrorCode;
//!
//! let code = ErrorCode::from("ADDED_NEXT_YEAR");
//! assert!(matches!(code, ErrorCode::Unrecognized(_)));
//! assert_eq!(code.as_str(), "ADDED_NEXT_YEAR");
//! ```
//!
//! Three things differ from what one might expect:
//!
//! - P100 refuses most requests with status 400. "No such user" is `P412`, and
//!   [`is_not_found`](crate::Error::is_not_found), which goes by the status, is false for it. With P100 go by codes.
//! - Unigox writes two codes in two ways, depending on the operation: `unauthorized` and `UNAUTHORIZED`,
//!   `invalid_payment_details` and `INVALID_PAYMENT_DETAILS`. The enum has a variant for each, since they come with
//!   different statuses. For a refused key ask [`is_unauthorized`](crate::Error::is_unauthorized).
//! - A failure may come with a status of success: `success: false` of Unigox, an `errorCode` of P100. That is an error of
//!   the kind `Api`, whose [`status`](crate::Error::status) is for example 200, and which may have executed. `P211`
//!   alone is documented as a success, with status 202 of `add_poa_files`.
//!
//! # Whether to make the call again
//!
//! A request that is safe to send again has been sent again before you see an error, see [`retries`](super::retries). For what is
//! left there are two questions, and they are independent: [`is_retryable`](crate::Error::is_retryable) (may the same
//! request succeed later?) and [`may_have_executed`](crate::Error::may_have_executed) (may the vendor have done it all
//! the same?). Ask the second one first wherever money moves:
//!
//! ```
//! use partner_client::Error;
//! use std::time::Duration;
//!
//! enum Verdict {
//!     /// Nothing was done, and it may work later: back into the queue.
//!     Later(Option<Duration>),
//!     /// The request was not executed, and the same request will fail again: report that to the user.
//!     Refused,
//!     /// It may have been done: look before doing anything. The vendor is in trouble, so not right now.
//!     LookLater,
//!     /// It may have been done: look before doing anything.
//!     Look,
//! }
//!
//! fn verdict(error: &Error) -> Verdict {
//!     match (error.may_have_executed(), error.is_retryable()) {
//!         (false, true) => Verdict::Later(error.retry_after()),
//!         (false, false) => Verdict::Refused,
//!         (true, true) => Verdict::LookLater,
//!         (true, false) => Verdict::Look,
//!     }
//! }
//! #
//! # let error = partner_client::p100::Client::builder().build().unwrap_err();
//! # assert!(matches!(verdict(&error), Verdict::Refused));
//! ```
//!
//! - **Later**: the server was not reached, the client's own limits had no permit, or the vendor reported that it was too
//!   much (429).
//! - **Refused**: a 4xx that a standard defines, 501, an argument that cannot be sent, a missing key, a certificate that
//!   is not accepted. The code or the message says what has to change.
//! - **Look later**: no response came in time, the connection broke, the vendor or something on the way to it responded
//!   with 502, 503, 504 or 408, or P100 said `P501`, which is "temporarily unavailable".
//! - **Look**: 500, P100's `P500`, a 4xx of P100 or Unigox that does not exclude that it was done (below), a status that
//!   no standard defines and a proxy makes up, like 499 or 520, a refusal with a status of success, a redirect, a
//!   response that cannot be read or is too large, an upload whose contents broke off, a [hook](crate::Hook) that
//!   refused the response.
//!
//! That nothing was done needs a source. So these refusals count as "may have executed", too:
//!
//! - Unigox's 409, unless its code excludes it. `QUOTE_ALREADY_USED`, `INVALID_STATUS`, `OPERATION_NOT_ALLOWED`,
//!   `PROVISIONING_IN_PROGRESS` and `WALLET_ALREADY_LINKED` say that it was done before or is being done, and that may be
//!   this very request, which a proxy has sent twice. The same goes for `CHALLENGE_EXPIRED`, which may have been used, and
//!   `THIRD_PARTY_PAYOUT_UNDER_REVIEW`.
//! - Any status of Unigox with the code of something that failed behind the API: `INTERNAL_ERROR`, `TRANSACTOR_ERROR`,
//!   `BANKING_ERROR`, `BANKING_UNAVAILABLE`, `RECIPIENT_SERVICE_UNAVAILABLE`, `BALANCE_UNAVAILABLE`,
//!   `DEPOSIT_ADDRESSES_UNAVAILABLE` and `RECORD_FAILED`. Only `upload_source_of_funds_document` documents
//!   `INTERNAL_ERROR` with 429, for files that come too fast, and those were refused.
//! - P100's 400, 409 and 422 without a code or with a code that is not known to be a refusal, and any status with `P411`,
//!   "the user exists", or `P211`.
//!
//! Reads need no look: repeat them whenever [`is_retryable`](crate::Error::is_retryable) says so.
//!
//! # Looking before a payment is repeated
//!
//! Write down what you are about to send before you send it, and the result after. A payment without a result, because
//! of such an error or because the process died, is then found and looked up.
//!
//! Here an off-ramp was started from a quote, and no response came. Unigox's orders name neither quote nor customer nor
//! reference, so the candidates are the orders that are recent, of this amount, and not in the service's books yet.
//! Only when there is none, the **same** order is sent again, quote and all: the documents say that a quote can be used
//! once. They do not say what becomes of two requests with one quote at the same moment, so wait first until the one
//! that was lost cannot be under way any more: some minutes after it was given up. While this runs, start no other
//! payment of the same amount, or its order is taken for this one's.
//!
//! ```no_run
//! use partner_client::chrono::{DateTime, Utc};
//! use partner_client::unigox::{Client, ErrorCode, NewOrder, RampDirection};
//! use partner_client::uuid::Uuid;
//! use partner_client::{Decimal, Error};
//! use std::collections::HashSet;
//!
//! /// A payment as it stands in the service's books.
//! struct Payment {
//!     /// What was sent, to the letter.
//!     order: NewOrder,
//!     crypto_amount: Decimal,
//!     /// A little before it was first sent: two clocks never agree.
//!     since: DateTime<Utc>,
//! }
//!
//! enum Settled {
//!     /// This is its order.
//!     Order(Uuid),
//!     /// It was made, and its order is not in the list yet: look again.
//!     Made,
//!     /// It cannot be told. Leave it alone, look again later, and let a person decide in the end.
//!     Unclear,
//! }
//!
//! /// Orders that may be this payment's. The documents say nothing of the order of the list, so all of it is read.
//! async fn candidates(unigox: &Client, payment: &Payment, booked: &HashSet<Uuid>) -> Result<Vec<Uuid>, Error> {
//!     let mut orders = unigox.list_orders().type_(RampDirection::Offramp).limit(100).items();
//!     let mut found = Vec::new();
//!     while let Some(order) = orders.next().await {
//!         let order = order?;
//!         let recent = order.created_at.is_none_or(|at| at >= payment.since);
//!         let amount = order.amounts.as_ref().and_then(|amounts| amounts.crypto_amount);
//!         if let Some(id) = order.order_id
//!             && recent
//!             && amount.is_none_or(|amount| amount == payment.crypto_amount)
//!             && !booked.contains(&id)
//!         {
//!             found.push(id);
//!         }
//!     }
//!     Ok(found)
//! }
//!
//! /// Finishes a payment whose call failed with `may_have_executed`, some minutes later.
//! async fn settle(unigox: &Client, payment: &Payment, booked: &HashSet<Uuid>) -> Result<Settled, Error> {
//!     match candidates(unigox, payment, booked).await?[..] {
//!         [] => {}
//!         [order] => return Ok(Settled::Order(order)),
//!         _ => return Ok(Settled::Unclear),
//!     }
//!     match unigox.initiate_off_ramp(payment.order.clone()).await {
//!         Ok(order) => Ok(order.order_id.map_or(Settled::Unclear, Settled::Order)),
//!         Err(error) if ErrorCode::from_error(&error) == Some(ErrorCode::QuoteAlreadyUsed) => Ok(Settled::Made),
//!         // Also `QUOTE_EXPIRED`: which of the two comes for a used quote that is too old is not documented.
//!         Err(_) => Ok(Settled::Unclear),
//!     }
//! }
//! ```
//!
//! What can be looked at for other payments:
//!
//! - Unigox's customer withdrawals: [`list_customer_withdrawals`](crate::unigox::Client::list_customer_withdrawals)
//!   names the `withdrawal_quote_id` of each. The same quote never sends twice, so they are retried like reads, too.
//! - Unigox's steps of an order (authorize, confirm, cancel, refund): [`get_order`](crate::unigox::Client::get_order)
//!   tells whether the order has moved on.
//! - P100's transfers, exchanges and withdrawals: a receipt has an id, and the details are asked for by that id. There
//!   is no documented list to look for a lost one, so compare the balances before and after
//!   ([`get_user_balances`](crate::p100::Client::get_user_balances)), wait for the vendor's webhook, or ask the vendor.
//!
//! # What to log, and what to send to support
//!
//! `Display` has the operation, the status, the code and the message in one line; `Debug` adds the kind, the request
//! id, the number of attempts and the cause. Both can be logged: there are no keys, headers or bodies in them. The
//! message is the vendor's own text, however, and what a vendor writes into it is not known beforehand. Do not show it
//! to end users.
//!
//! A support ticket needs what the vendor can find the request by:
//!
//! ```
//! use partner_client::unigox::Client;
//! use partner_client::{Error, RetryPolicy};
//!
//! fn ticket(error: &Error) -> String {
//!     let operation = error.operation().map_or("none", |operation| operation.id);
//!     let status = error.status().map_or(0, |status| status.as_u16());
//!     format!(
//!         "operation {operation}, status {status}, code {}, request {}, attempts {}",
//!         error.code().unwrap_or("none"),
//!         error.request_id().unwrap_or("none"),
//!         error.attempts(),
//!     )
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Error> {
//! // No server listens there.
//! let unigox = Client::builder().api_key("your-key").base_url("http://127.0.0.1:1").build()?;
//! let error = unigox.verify_auth().retry(RetryPolicy::none()).await.unwrap_err();
//! assert_eq!(ticket(&error), "operation verify_auth, status 0, code none, request none, attempts 1");
//! # Ok(())
//! # }
//! ```
//!
//! Keep these out of logs, since they may hold personal data or cookies: [`body`](crate::Error::body) (the raw response),
//! [`headers`](crate::Error::headers) and [`details`](crate::Error::details) (the vendor's particulars, like the fields
//! that are missing). When support asks for the body, hand it over on a channel that is meant for such data. The
//! request id of a call that succeeded is among the [`headers`](crate::Response::headers) of its response.
//!
//! # Passing it on
//!
//! An `Error` is one pointer large, and goes with `?` into `Box<dyn std::error::Error + Send + Sync>` and into
//! `anyhow`, or with `#[from]` into an enum of `thiserror`. Without either it takes one `impl`:
//!
//! ```
//! use partner_client::{BoxError, Error};
//! use std::fmt;
//!
//! #[derive(Debug)]
//! enum PayoutError {
//!     Ledger(String),
//!     Partner(Error),
//! }
//!
//! impl From<Error> for PayoutError {
//!     fn from(error: Error) -> Self {
//!         PayoutError::Partner(error)
//!     }
//! }
//!
//! impl fmt::Display for PayoutError {
//!     fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
//!         match self {
//!             PayoutError::Ledger(why) => write!(f, "the ledger refused: {why}"),
//!             // Not the error itself, because code that prints the sources would print it.
//!             PayoutError::Partner(_) => f.write_str("the partner did not pay out"),
//!         }
//!     }
//! }
//!
//! impl std::error::Error for PayoutError {
//!     fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
//!         match self {
//!             PayoutError::Ledger(_) => None,
//!             PayoutError::Partner(error) => Some(error),
//!         }
//!     }
//! }
//!
//! fn connect() -> Result<partner_client::p100::Client, PayoutError> {
//!     Ok(partner_client::p100::Client::builder().build()?)
//! }
//!
//! let error: BoxError = connect().unwrap_err().into();
//! let ours = error.source().and_then(|source| source.downcast_ref::<Error>());
//! assert!(ours.is_some_and(|error| !error.may_have_executed()));
//! assert_eq!(size_of::<Error>(), size_of::<usize>());
//! ```
//!
//! Pass on the error, not its text: a text does not say whether the payment may have been made.
//!
//! # A response that cannot be read
//!
//! An optional field whose value does not fit is `None`, and the rest of the response is yours:
//! [`Response::unreadable`](crate::Response::unreadable) lists the path of each such field and why it does not fit, not
//! the value. Log the list, since the documents or the vendor have to be mended. Where fields matter that may be absent,
//! a `None` has to be dealt with anyway.
//!
//! [`ErrorKind::Decode`](crate::ErrorKind::Decode) means that a response with a status of success cannot
//! be read at all: a required field is missing or of another type, a list or one of its items is not what it should be,
//! the response is no JSON, or it is compressed although that was not asked for. New fields and new values of enums are
//! not among that. Such an error is final and may have executed, since the vendor did its part. The message names the
//! place and the expected type, not the value; [`json_path`](crate::Error::json_path) has the place alone, like
//! `data.orders[3].amount`. The whole response is in [`body`](crate::Error::body), and
//! [`body_as`](crate::Error::body_as) deserializes it as a type of yours, so that an id can be saved until the documents
//! are mended:
//!
//! ```
//! use partner_client::serde_json::Value;
//! use partner_client::uuid::Uuid;
//! use partner_client::{Error, ErrorKind};
//!
//! /// The order of a response that could not be read. The body is the whole response, envelope included.
//! fn order_id(error: &Error) -> Option<Uuid> {
//!     if error.kind() != ErrorKind::Decode {
//!         return None;
//!     }
//!     let response: Value = error.body_as().ok()?;
//!     response["data"]["order_id"].as_str()?.parse().ok()
//! }
//! # let error = partner_client::p100::Client::builder().build().unwrap_err();
//! # assert_eq!(order_id(&error), None);
//! ```
//!
//! A success that holds less than usual is no error where the documents allow it: an envelope without `data`, and after
//! a call that does something an empty body, is a model without any value where nothing in the model is required. A list
//! is never made up.
//!
//! # What never is in an error
//!
//! The API key, the request's headers and body, the address with its ids, the path of a file, and values of responses that
//! the JSON parser would quote. In the text there is no response's body either.
//!
//! The text has the vendor's message and code, and what other libraries say of a broken connection. All of it is made
//! harmless first, in `Display`, `Debug`, [`message`](crate::Error::message), [`code`](crate::Error::code),
//! [`request_id`](crate::Error::request_id) and causes:
//!
//! - It is one line of at most 200 characters. Control characters, terminal escapes and characters that turn text around are
//!   replaced.
//! - The API key, `authorization` and `cookie` headers of yours, names of uploaded files, and everything that was sent under
//!   a name that the documents mark as sensitive are replaced by `[redacted]`: as they were sent, in other case, with spaces,
//!   hyphens or line ends in between, escaped for URLs, JSON or HTML, and in base64. Eight letters or digits in a row are
//!   enough of a key; a value with fewer than eight is found as a word of its own, and with fewer than three not at all.
//! - Of a 401 or 403 whose body is not documented, there is nothing but a field called `message`.
//!
//! Not found are secrets in hexadecimal, hashed or abbreviated otherwise, and personal data that the vendor says of its own
//! accord, or that you sent under a name that the documents do not mark. And these are **raw on purpose**:
//! [`body`](crate::Error::body), [`details`](crate::Error::details), [`headers`](crate::Error::headers), and the
//! [source](std::error::Error::source) when it is the error of a hook or an upload of yours, which says what they say.
