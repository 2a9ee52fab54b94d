//! Waiting until an order, a transfer or a verification has a final state.
//!
//! # Webhook or wait
//!
//! A webhook reports a state sooner and needs no requests, so use webhooks if the vendor has them. A wait polls until
//! the state is final. Use a wait if there is no webhook, in scripts and tests, and for missing webhooks: a job that
//! waits for all orders and transfers older than an hour notices these.
//!
//! # A wait
//!
//! Where the documents say which states are final, the client has a method `wait_until_…`. It resolves to the
//! response with the awaited state. Every other end is a [`WaitError`](crate::WaitError):
//!
//! ```no_run
//! use partner_client::p100::{Client, SepaTransferDetails, TransferId};
//! use partner_client::{Response, WaitError};
//! use std::time::Duration;
//!
//! # fn failed(transfer: &Response<SepaTransferDetails>) {}
//! # fn look_again_later(transfer_id: TransferId) {}
//! # async fn example(p100: Client, transfer_id: TransferId) -> Result<(), partner_client::Error> {
//! let wait = p100.wait_until_sepa_transfer_settled(transfer_id.clone()).deadline(Duration::from_secs(300));
//! match wait.await {
//!     Ok(transfer) => println!("paid {:?}", transfer.amount),
//!     // Final, and not what was hoped for: for example because there was not enough money.
//!     Err(WaitError::EndedInOtherState { response, .. }) => failed(&response),
//!     // Not final yet. It may still be paid.
//!     Err(WaitError::DeadlineExceeded { .. }) => look_again_later(transfer_id),
//!     Err(error) => return Err(error.into()),
//! }
//! # Ok(())
//! # }
//! ```
//!
//! **A deadline is not a failure of the payment.** The payment continues after the wait has ended. A caller who makes
//! the payment again because a wait took too long pays twice.
//!
//! # What counts as a success
//!
//! `Ok` always means that the awaited state was reached. If an order has completed, but its crypto could then not be
//! sent out, `wait_until_settled` neither succeeds nor reports a failed order: it returns
//! [`WaitError::ReachedThenFailed`](crate::WaitError::ReachedThenFailed). Repeat only the last step, never the payment:
//!
//! ```no_run
//! use partner_client::WaitError;
//! use partner_client::unigox::{Client, Order, OrderId};
//!
//! # fn book(order: &Order) {}
//! # fn send_out_again(order: &Order) {}
//! # async fn example(unigox: Client, order_id: OrderId) -> Result<(), partner_client::Error> {
//! match unigox.wait_until_settled(order_id).await {
//!     Ok(order) => book(&order),
//!     Err(WaitError::ReachedThenFailed { response, .. }) => {
//!         book(&response);
//!         send_out_again(&response);
//!     }
//!     Err(error) => return Err(error.into()),
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # How long
//!
//! By default the first request is sent at once, the next after 2 seconds, then less and less often, up to every 30
//! seconds, for 15 minutes in all; [`initial_delay`](crate::Wait::initial_delay), [`max_delay`](crate::Wait::max_delay)
//! and [`deadline`](crate::Wait::deadline) change that, and the [reference](crate::wait) has the exact rules. A
//! deadline is exact, and the last request is sent just before it. A wait has no state but the id. So use a deadline of
//! minutes and wait for the same id again later, instead of a deadline of days: a review by people may take a day, and
//! the process may end before.
//!
//! The requests of a wait are calls of the client, and count towards its
//! [limits](super::timeouts#limits-of-rate-and-concurrency). A thousand waits that poll every 30 seconds cause 33
//! requests a second. For so many orders or transfers, use webhooks, or read the [list](super::pagination) every
//! minute.
//!
//! # What a wait does not do
//!
//! A wait only reads the state. A state in which you or the customer have to do something is not final, so the wait
//! polls until its deadline. So wait for that state, act, and then wait for the final state. For example, an off-ramp:
//!
//! ```no_run
//! use partner_client::unigox::{Client, OrderId, SignedTransfer, TransferAuthorizationParameters};
//!
//! # async fn example(
//! #     unigox: Client,
//! #     order_id: OrderId,
//! #     sign: impl Fn(&TransferAuthorizationParameters) -> SignedTransfer,
//! #     has_arrived: impl Fn(OrderId) -> bool,
//! # ) -> Result<(), partner_client::Error> {
//! // A provider has accepted. An order that is past this is `EndedInOtherState`, so that it is not signed again.
//! unigox.wait_until_crypto_transfer_due(order_id).await?;
//! let parameters = unigox.get_transfer_authorization_parameters(order_id).await?;
//! unigox.authorize_crypto_transfer(order_id, sign(&parameters)).await?;
//! // Without the confirmation the order stays in this state. `EndedInOtherState` with the state `completed` means that
//! // the provider has confirmed it.
//! unigox.wait_until_fiat_confirmation_due(order_id).await?;
//! if has_arrived(order_id) {
//!     unigox.confirm_fiat_received(order_id).await?;
//! }
//! let order = unigox.wait_until_settled(order_id).await?;
//! println!("{:?}", order.status);
//! # Ok(())
//! # }
//! ```
//!
//! [`on_progress`](crate::Wait::on_progress) observes the states in between, for example the `next_action` of an order
//! that requires an unexpected action:
//!
//! ```no_run
//! use partner_client::unigox::{Client, OrderId};
//!
//! # fn remind(order_id: OrderId) {}
//! # async fn example(unigox: Client, order_id: OrderId) -> Result<(), partner_client::Error> {
//! let wait = unigox.wait_until_settled(order_id).on_progress(move |order| {
//!     if order.next_action.is_some() {
//!         remind(order_id);
//!     }
//! });
//! wait.await?;
//! # Ok(())
//! # }
//! ```
//!
//! A status that this version does not know counts as not final. So does a failure whose status is not documented, like
//! that of P100's internal transfers, for which the wait cannot recognize the failure, but the `error` in the response
//! shows it. The docs of each `wait_until_…` mention such failures.
//!
//! # Requests that fail
//!
//! Each request has the retries and the time of a call, which [`configure_call`](crate::Wait::configure_call) changes:
//! `wait.configure_call(|call| call.timeout(…))`. If the request still fails, a transient failure (a status like 500, a
//! timeout, no connection, a body that cannot be read) does not end the wait. More than 20 transient failures in a row
//! end the wait; [`max_consecutive_failures`](crate::Wait::max_consecutive_failures) sets another number. A permanent
//! failure (401, 403, 404, a wrong configuration) ends it at once. Both are
//! [`WaitError::CallFailed`](crate::WaitError::CallFailed), which has the last failure. After a deadline,
//! [`last_request_error`](crate::WaitError::last_request_error) tells whether the last request failed, and
//! [`last_response`](crate::WaitError::last_response) is the latest response, if there was a response.
//!
//! Waits only read. They can be dropped at any time, for example by `select!` with a shutdown.
//!
//! # In functions that return `Error`
//!
//! A [`WaitError`](crate::WaitError) converts into [`Error`](crate::Error), so `?` works where calls and waits are in
//! one function. Nothing is lost: the error has status, code and body of a request that failed, is of the kind
//! [`Wait`](crate::ErrorKind::Wait) where none did, and [`wait_error`](crate::Error::wait_error) gives the `WaitError`
//! back. [`may_have_executed`](crate::Error::may_have_executed) is always true for it: the payment before the wait was
//! made, and a function that makes it and waits for it must not be called again because the wait failed.
