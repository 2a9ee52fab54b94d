//! A payout service: it sells a customer's crypto for local currency at Unigox, or sends euros by SEPA at P100.
//!
//! Every payout has one of four results, which determine the next step of the caller. The tests in `tests.rs` cause
//! each of them with the sandbox.

use std::time::Duration;

use partner_client::chrono::{DateTime, Utc};
use partner_client::unigox::{
    NewOffRampQuote, NewOffRampQuoteRequired, NewOrder, OffRampPayout, QuoteAmount,
};
use partner_client::uuid::Uuid;
use partner_client::{Decimal, Error, p100, unigox};

/// The least time until a quote expires for which the quote is still used.
const MIN_TIME_LEFT: Duration = Duration::from_secs(5);

/// The payout service, with the clients of both vendors.
pub struct Payouts {
    unigox: unigox::Client,
    p100: p100::Client,
}

/// A sale of crypto whose proceeds go to the customer's stored payment details.
#[derive(Clone)]
pub struct Sale {
    /// The customer who sells.
    pub customer: Uuid,
    /// The id of the customer's payment details, which receive the proceeds.
    pub payment_details_id: i64,
    /// The token that is sold.
    pub crypto_currency: String,
    /// The currency that is paid.
    pub fiat_currency: String,
    /// The amount that is paid.
    pub fiat_amount: Decimal,
}

/// The result of a payout.
#[derive(Debug, PartialEq)]
pub enum Payout {
    /// The vendor has accepted the payout. The value is the vendor's id for the payout.
    Accepted(Uuid),
    /// Nothing was done. The same payout can be made later.
    NotMade(Retry),
    /// Nothing was done, and the same payout will be refused again.
    Refused(Reason),
    /// The payout may have been made. It must not be made again before its state was looked up at the vendor.
    Unknown,
}

/// The condition for making a payout again that was not made.
#[derive(Debug, PartialEq)]
pub enum Retry {
    /// The payout can be made later; after this time, if the vendor has set one.
    After(Option<Duration>),
    /// After the account was funded.
    WhenFunded,
}

/// The reason why a payout is refused.
#[derive(Debug, PartialEq)]
pub enum Reason {
    /// Two quotes have expired before they were used.
    QuoteExpired,
    /// The vendor refuses the payout, with this code.
    Vendor(Option<String>),
}

impl Payouts {
    /// A service that uses these clients.
    pub fn new(unigox: unigox::Client, p100: p100::Client) -> Payouts {
        Payouts { unigox, p100 }
    }

    /// Sells crypto. If the quote has expired, a second quote is requested.
    pub async fn sell(&self, sale: &Sale) -> Payout {
        for _ in 0..2 {
            let (quote_id, expires_at) = match self.quote(sale).await {
                Ok(quote) => quote,
                // A quote moves no money, so nothing was done even when the response was lost.
                Err(error) => return not_made(&error),
            };
            if !has_time_left(expires_at) {
                continue;
            }
            let order = self.unigox.initiate_off_ramp(NewOrder::new(quote_id)).await;
            match order.and_then(|order| order.order_id()) {
                Ok(order_id) => return Payout::Accepted(order_id),
                Err(error) => match unigox::ErrorCode::from_error(&error) {
                    Some(code) if code.needs_new_quote() => continue,
                    Some(code) if code.is_insufficient_funds() => return Payout::NotMade(Retry::WhenFunded),
                    _ => return classify(&error),
                },
            }
        }
        Payout::Refused(Reason::QuoteExpired)
    }

    /// Requests a quote. Returns its id, and the time at which it expires.
    async fn quote(&self, sale: &Sale) -> Result<(Uuid, DateTime<Utc>), Error> {
        let quote = NewOffRampQuote::new(NewOffRampQuoteRequired {
            user_uuid: sale.customer,
            crypto_currency: sale.crypto_currency.clone(),
            fiat_currency: sale.fiat_currency.clone(),
            quote_amount: QuoteAmount::Fiat(sale.fiat_amount),
            off_ramp_payout: OffRampPayout::PaymentDetails(sale.payment_details_id),
        });
        let quote = self.unigox.quote_off_ramp(quote).await?;
        Ok((quote.quote_id()?, quote.expires_at()?))
    }

    /// Sends euros by SEPA.
    pub async fn send_sepa(&self, transfer: p100::NewUserSepaTransfer) -> Payout {
        let receipt = self.p100.create_user_sepa_transfer(transfer).await;
        match receipt.and_then(|receipt| receipt.transfer_id()) {
            Ok(transfer_id) => Payout::Accepted(transfer_id),
            Err(error) => match p100::ErrorCode::from_error(&error) {
                Some(code) if code.is_insufficient_funds() => Payout::NotMade(Retry::WhenFunded),
                _ => classify(&error),
            },
        }
    }
}

/// Whether a quote will probably not have expired when the request with it arrives at the vendor.
fn has_time_left(expires_at: DateTime<Utc>) -> bool {
    expires_at > Utc::now() + MIN_TIME_LEFT
}

/// Returns the result of a payout whose request failed.
fn classify(error: &Error) -> Payout {
    if error.may_have_executed() { Payout::Unknown } else { not_made(error) }
}

/// Returns the result of a payout for which nothing was done.
fn not_made(error: &Error) -> Payout {
    if error.is_retryable() {
        return Payout::NotMade(Retry::After(error.retry_after()));
    }
    Payout::Refused(Reason::Vendor(error.code().map(str::to_owned)))
}

#[cfg(test)]
mod tests;
