//! Errors: the information in the error of a failed call, and how to handle it.
//!
//! # One type
//!
//! A call of either API, a client that cannot be built, a file that cannot be opened, a page of a list: all of these
//! fail with [`Error`](crate::Error). Only a [wait](super::waiting) has another error type. It contains the error of a
//! failed request, and [converts into `Error`](super::waiting#in-functions-that-return-error).
//!
//! [`kind`](crate::Error::kind) tells at which stage the call failed. Only [`ErrorKind::Api`](crate::ErrorKind::Api) is
//! a failure that the vendor reported. With the other kinds, the request was not sent, the vendor sent no response, or
//! the response cannot be read. [`ErrorKind::Wait`](crate::ErrorKind::Wait) is not a failure of a call: a wait ended
//! without the awaited state.
//!
//! # Which refusal it was
//!
//! Each API has an enum of its codes, [`unigox::ErrorCode`](crate::unigox::ErrorCode) and
//! [`p100::ErrorCode`](crate::p100::ErrorCode), with the meaning of each code. P100's codes are numbers; their variants
//! have the vendor's name of the failure, and `as_str` returns the number. Predicates group codes by what the caller has
//! to do. `from_error` returns `None` for an error of the other API, so a function that gets errors of both APIs can call
//! both functions:
//!
//! ```
//! use partner_client::{Error, p100, unigox};
//!
//! /// What a person has to do before the payment can be made.
//! fn next_step(error: &Error) -> Option<&'static str> {
//!     if let Some(code) = unigox::ErrorCode::from_error(error) {
//!         return match code {
//!             unigox::ErrorCode::NoOffersAvailable => Some("choose another amount"),
//!             code if code.needs_new_quote() => Some("get a new quote"),
//!             code if code.needs_verification() => Some("complete the verification"),
//!             code if code.is_insufficient_funds() => Some("top up the wallet"),
//!             _ => None,
//!         };
//!     }
//!     match p100::ErrorCode::from_error(error)? {
//!         p100::ErrorCode::InvalidUser => Some("create the user"),
//!         code if code.needs_verification() => Some("complete the verification"),
//!         code if code.is_insufficient_funds() => Some("top up the balance"),
//!         _ => None,
//!     }
//! }
//! #
//! # let error = unigox::Client::builder().build().unwrap_err();
//! # assert_eq!(next_step(&error), None);
//! ```
//!
//! A code that this version does not know is kept as `Unrecognized`, and [`code`](crate::Error::code) has the text of
//! any code. Both vendors add codes without notice, so let the last arm of a `match` depend on the status or on the
//! two questions below:
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
//! - P100 refuses most requests with status 400. "No such user" is `InvalidUser`,
//!   and [`Error::is_not_found`](crate::Error::is_not_found), which goes by the status, is false for it. With P100, ask
//!   the code, which has [`is_not_found`](crate::p100::ErrorCode::is_not_found), too.
//! - Unigox has two spellings of two codes, depending on the operation: `unauthorized` and `UNAUTHORIZED`,
//!   `invalid_payment_details` and `INVALID_PAYMENT_DETAILS`. The enum has a variant for each spelling, because their
//!   statuses differ. For a refused key, use [`is_unauthorized`](crate::Error::is_unauthorized).
//! - A failure may have a success status: with `success: false` of Unigox, or an `errorCode` of P100. It is an error of
//!   the kind `Api`, whose [`status`](crate::Error::status) is for example 200, and whose request may have been
//!   executed. Only `ProofOfAddressPending` (`P211`) is documented as a success, with status 202 of
//!   `add_proof_of_address_files`.
//!
//! # Whether to make the call again
//!
//! A request that is safe to send again has been sent again before you see an error, see [`retries`](super::retries).
//! For the remaining errors there are two independent questions: [`is_retryable`](crate::Error::is_retryable) (may the
//! same request succeed later?) and [`may_have_executed`](crate::Error::may_have_executed) (may the vendor have
//! executed it nevertheless?). The second is always false for a read (a `GET`), which has no effect to look up. If money
//! moves, ask the second question first:
//!
//! ```
//! use partner_client::Error;
//! use std::time::Duration;
//!
//! enum Verdict {
//!     /// The request was not executed, and may succeed later: put it back into the queue.
//!     Later(Option<Duration>),
//!     /// The request was not executed, and the same request will fail again: report that to the user.
//!     Refused,
//!     /// The request may have been executed: look up the state, but not right now, because the vendor is unavailable.
//!     LookLater,
//!     /// The request may have been executed: look up the state before anything else.
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
//! - **Later**: the server was not reached, the client's own limits had no permit, or the vendor reported too many
//!   requests (429). For a read, also every failure of the list *look later*.
//! - **Refused**: a 4xx that a standard defines, 501, an argument that cannot be sent, a missing key, a certificate
//!   that is not accepted. The code or the message tells what has to be changed. For a read, also every failure of the
//!   list *look*.
//! - **Look later**: no response came in time, the connection broke, the vendor or a proxy responded
//!   with 502, 503, 504 or 408, or P100 said `ServiceUnavailable` (`P501`).
//! - **Look**: 500, P100's `UnknownException` (`P500`), a 4xx of P100 or Unigox that leaves open whether the request was executed (see
//!   below), a non-standard status from a proxy, like 499 or 520, a failure with a success status, a redirect, a
//!   response that cannot be read or is too large, an upload whose contents ended early, a [hook](crate::Hook) that
//!   refused the response.
//!
//! A request counts as not executed only if the docs exclude the execution. So for these failures,
//! [`may_have_executed`](crate::Error::may_have_executed) is true, too:
//!
//! - Unigox's 409, unless its code excludes it. `QUOTE_ALREADY_USED`, `INVALID_STATUS`, `OPERATION_NOT_ALLOWED`,
//!   `PROVISIONING_IN_PROGRESS` and `WALLET_ALREADY_LINKED` mean that the same was done before or is being done,
//!   possibly by this very request, which a proxy may have sent twice. The same is true for `CHALLENGE_EXPIRED`, whose
//!   challenge may have been used, and for `THIRD_PARTY_PAYOUT_UNDER_REVIEW`.
//! - Any status of Unigox with the code of a failure in a system behind the API: `INTERNAL_ERROR`, `TRANSACTOR_ERROR`,
//!   `BANKING_ERROR`, `BANKING_UNAVAILABLE`, `RECIPIENT_SERVICE_UNAVAILABLE`, `BALANCE_UNAVAILABLE`,
//!   `DEPOSIT_ADDRESSES_UNAVAILABLE` and `RECORD_FAILED`. The exception is `upload_source_of_funds_document`, which
//!   documents `INTERNAL_ERROR` with 429 for too many files in a minute: that request was not executed.
//! - P100's 400, 409 and 422 without a code or with a code that is not known to be a refusal, and any status with
//!   `UserExists` (`P411`) or `ProofOfAddressPending` (`P211`).
//!
//! Each error is about its own call. A function that makes a payment and then reads, for example the new order, must not
//! return the error of the read as that of the payment: its caller would make the payment again. Store the id of the
//! payment before the read, or return what is known of the payment together with the error.
//!
//! # Looking before a payment is repeated
//!
//! Store each payment before you send it, and its result afterwards. Then you can find and look up the payments without
//! a result, whether the reason is such an error or a process that died.
//!
//! In this example, an off-ramp was started from a quote, and the response was lost. Unigox's orders contain neither
//! quote nor customer nor reference, so the candidates are the recent orders of this amount that the service has not
//! recorded yet. Only if there is no candidate, the **same** order is sent again, with the same quote: the documents
//! state that a quote can be used once. They do not define the result of two concurrent requests with one quote. So
//! wait some minutes first, until the lost request cannot be in progress any more. Meanwhile, start no other payment of
//! the same amount, because its order could be mistaken for the order of this payment.
//!
//! ```no_run
//! use partner_client::chrono::{DateTime, Utc};
//! use partner_client::unigox::{Client, ErrorCode, NewOrder, OrderId, RampDirection};
//! use partner_client::{Decimal, Error};
//! use std::collections::HashSet;
//!
//! /// A payment in the records of the service.
//! struct Payment {
//!     /// The request, exactly as it was sent.
//!     order: NewOrder,
//!     crypto_amount: Decimal,
//!     /// A little before the request was first sent, because the clocks of both sides may differ.
//!     since: DateTime<Utc>,
//! }
//!
//! enum Settled {
//!     /// The order of the payment.
//!     Order(OrderId),
//!     /// The payment was made, but its order is not in the list yet: look it up again.
//!     Made,
//!     /// Unknown. Do nothing, look it up again later, and finally let a person decide.
//!     Unclear,
//! }
//!
//! /// Returns the orders that may belong to this payment. Reads the whole list, because its sorting is not documented.
//! async fn candidates(unigox: &Client, payment: &Payment, booked: &HashSet<OrderId>) -> Result<Vec<OrderId>, Error> {
//!     let mut orders = unigox.list_orders().direction(RampDirection::OffRamp).limit(100).items();
//!     let mut found = Vec::new();
//!     while let Some(order) = orders.next().await {
//!         let order = order?;
//!         let recent = order.created_at.is_none_or(|at| at >= payment.since);
//!         let amount = order.amounts.as_ref().and_then(|amounts| amounts.crypto_amount);
//!         let id = order.order_id()?;
//!         if recent
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
//! async fn settle(unigox: &Client, payment: &Payment, booked: &HashSet<OrderId>) -> Result<Settled, Error> {
//!     match candidates(unigox, payment, booked).await?[..] {
//!         [] => {}
//!         [order] => return Ok(Settled::Order(order)),
//!         _ => return Ok(Settled::Unclear),
//!     }
//!     match unigox.initiate_off_ramp(payment.order.clone()).await {
//!         Ok(order) => Ok(order.order_id.map_or(Settled::Unclear, Settled::Order)),
//!         Err(error) if ErrorCode::from_error(&error) == Some(ErrorCode::QuoteAlreadyUsed) => Ok(Settled::Made),
//!         // This includes `QUOTE_EXPIRED`: for a used quote that has expired, the documents do not define the code.
//!         Err(_) => Ok(Settled::Unclear),
//!     }
//! }
//! ```
//!
//! How to look up other payments:
//!
//! - Unigox's customer withdrawals: [`list_customer_withdrawals`](crate::unigox::Client::list_customer_withdrawals)
//!   returns the `withdrawal_quote_id` of each. A quote is never executed twice, so customer withdrawals are also
//!   retried like reads.
//! - Unigox's steps of an order (authorize, confirm, cancel, refund): [`get_order`](crate::unigox::Client::get_order)
//!   shows whether the order has a later status.
//! - P100's transfers, exchanges and withdrawals: their details can be requested by the id in the receipt. If the
//!   receipt was lost, there is no documented list to search, so compare the balances before and after
//!   ([`get_user_balances`](crate::p100::Client::get_user_balances)), wait for the vendor's webhook, or ask the vendor.
//!   The webhook of a SEPA transfer that succeeded repeats `transfer_title`, so give each transfer a title of its own.
//!
//! # What to log, and what to send to support
//!
//! `Display` has the operation, the status, the code and the message in one line; `Debug` adds the kind, the request
//! id, the number of attempts and the cause. Both can be logged: there are no keys, headers or bodies in them. The
//! message is the vendor's own text, however, and may contain anything. Do not show it to end users.
//!
//! A support ticket needs the data by which the vendor can find the request:
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
//!         error.attempt_count(),
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
//! Keep these out of logs, since they may hold personal data or cookies: [`body`](crate::Error::body) (the raw
//! response), [`headers`](crate::Error::headers) and [`details`](crate::Error::details) (the vendor's details, like the
//! missing fields). If the vendor's support asks for the body, send it over a channel for personal data. The request id
//! of a successful call is among the [`headers`](crate::Response::headers) of its response.
//!
//! # Passing it on
//!
//! An `Error` is one pointer large, and goes with `?` into `Box<dyn std::error::Error + Send + Sync>` and into
//! `anyhow`, or with `#[from]` into an enum of `thiserror`. Without these crates, a conversion needs one `impl`:
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
//!             // The error itself is omitted here, because code that prints the sources prints it.
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
//! Pass on the error, not its text: the text does not tell whether the payment may have been made.
//!
//! # A response that cannot be read
//!
//! An optional field whose value does not conform to the document is `None`, and the rest of the response can be used.
//! [`Response::unreadable_fields`](crate::Response::unreadable_fields) lists the path of each such field and the
//! reason, without the value. Log the list, because the documents or the vendor have to be corrected. Code that needs
//! an optional field has to handle `None` anyway.
//!
//! [`ErrorKind::Decode`](crate::ErrorKind::Decode) means that a response with a status of success cannot be read at
//! all: a required field is missing or of another type, a list or one of its items does not have the documented type,
//! the response is not JSON, or it is compressed although no compression was requested. New fields and new values of
//! enums do not cause this error. The error is final, and the request may have been executed, because the vendor
//! reported a success. The message contains the path of the value and the expected type, not the value;
//! [`json_path`](crate::Error::json_path) returns only the path, like `data.orders[3].amount`; of an error of the kind
//! [`Request`](crate::ErrorKind::Request), the path of an [amount](crate::guide::amounts) that is not more than zero. The whole response is in
//! [`body`](crate::Error::body), and [`body_as`](crate::Error::body_as) deserializes it as a type of yours, so that you
//! can save an id until the documents are corrected:
//!
//! ```
//! use partner_client::serde_json::Value;
//! use partner_client::unigox::OrderId;
//! use partner_client::{Error, ErrorKind};
//!
//! /// The order of a response that could not be read. The body is the whole response, envelope included.
//! fn order_id(error: &Error) -> Option<OrderId> {
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
//! A success with fewer data than usual is not an error if the documents allow it: if no field of the model is
//! required, an envelope without `data`, and an empty body after a call that changes something, are read as a model
//! without any value. A missing list is never replaced by an empty one.
//!
//! # What never is in an error
//!
//! An error never contains the API key, the request's headers and body, the URL with its ids, the path of a file, or
//! values of responses that the JSON parser would quote. Its text does not contain the body of the response either.
//!
//! The text contains the vendor's message and code, and messages of other libraries about a broken connection. They are
//! made harmless before, in `Display`, `Debug`, [`message`](crate::Error::message), [`code`](crate::Error::code),
//! [`request_id`](crate::Error::request_id) and causes:
//!
//! - It is one line of at most 200 characters. Control characters, terminal escapes and characters that change the
//!   direction of text are replaced.
//! - The API key, your `authorization` and `cookie` headers, names of uploaded files, and all values of fields that the
//!   documents mark as sensitive are replaced by `[redacted]`: as they were sent, in upper or lower case, with spaces,
//!   hyphens or line ends in between, escaped for URLs, JSON or HTML, and in base64. Of a key, eight consecutive
//!   letters or digits are enough. A value with fewer than eight is redacted only as a whole word, and a value with
//!   fewer than three is not redacted.
//! - If the body of a 401 or 403 is not documented, only its field `message` is shown.
//!
//! Secrets that are in hexadecimal, hashed or otherwise abbreviated are not recognized. Neither are personal data that
//! the vendor adds, or that you sent in a field that the documents do not mark as sensitive. And these are
//! **intentionally raw**: [`body`](crate::Error::body), [`details`](crate::Error::details),
//! [`headers`](crate::Error::headers), and the [source](std::error::Error::source) if it is the error of your hook or
//! upload, whose text is not changed.
